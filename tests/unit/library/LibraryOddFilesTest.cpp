#include "support/Listing.h"
#include "support/PictureFolder.h"
#include "support/SmallDisk.h"
#include "support/TestProgram.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace seedbook::libraryOddFilesTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

QByteArray encoded(const QString& path)
{
    return QFile::encodeName(path);
}

void setTime(const QString& path, time_t seconds)
{
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, encoded(path).constData(), times, 0), 0);
}

} // namespace

class LibraryOddFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<PictureFolder>(); }
    void cleanup() { m_bench.reset(); }

    void oddFiles();
    void withoutPermission();
    void oddNames();
    void linksThatLeadRound();
    void aClockThatWentBack();
    void aFolderThatIsGone();
    void aDiskThatIsGone();
    void aFolderReplacedByItsCopy();
    void aFolderThatBecameALink();
    void whatACrashLeft();

private:
    [[nodiscard]] QString at(const QString& path) const { return m_bench->at(path); }

    std::unique_ptr<PictureFolder> m_bench;
};

void LibraryOddFilesTest::oddFiles()
{
    put(at(u"empty.png"_s), {});
    put(at(u"text.png"_s), "this is a sentence and no picture at all");
    put(at(u"mislabelled.png"_s), recordedPicture(1, ImageFormat::Jpeg));
    put(at(u"torn.png"_s), recordedPicture(2).chopped(30));
    put(at(u"zeroes.webp"_s), QByteArray(5000, '\0'));
    put(at(u"good.png"_s), recordedPicture(3));
    put(at(u"folder.png/inside.png"_s), recordedPicture(4));
    QCOMPARE(::mkfifo(encoded(at(u"pipe.png"_s)).constData(), 0600), 0);
    QVERIFY(QFile::link(at(u"good.png"_s), at(u"link.png"_s)));
    QVERIFY(QFile::link(at(u"nothing"_s), at(u"dangling.jpg"_s)));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->unreadable(), (QStringList{u"dangling.jpg"_s, u"empty.png"_s, u"link.png"_s,
                                        u"pipe.png"_s, u"text.png"_s, u"zeroes.webp"_s}));
    for (const UnreadableFile& file : m_bench->library().unreadable()) {
        QVERIFY(!file.error.detail.isEmpty());
        QCOMPARE(file.error.subject, file.path);
    }
    QCOMPARE(m_bench->known.size(), 4);
    QCOMPARE(m_bench->known.value(idOf(1))->format, ImageFormat::Jpeg);
    QCOMPARE(m_bench->atPath(u"torn.png"_s)->size, QSize(24, 16)); // what can be shown
    QVERIFY(m_bench->known.value(idOf(4)));

    // Mended, it is a picture; gone, it is no longer told of.
    QSignalSpy unreadable(&m_bench->library(), &Library::unreadableChanged);
    put(at(u"empty.png"_s), recordedPicture(5));
    QVERIFY(QFile::remove(at(u"text.png"_s)));
    put(at(u"good.png"_s), "spoilt");
    QVERIFY(m_bench->scan());
    QCOMPARE(unreadable.size(), 1);
    QCOMPARE(m_bench->unreadable(), (QStringList{u"dangling.jpg"_s, u"good.png"_s, u"link.png"_s,
                                        u"pipe.png"_s, u"zeroes.webp"_s}));
    QVERIFY(m_bench->known.value(idOf(5)));
    QVERIFY(!m_bench->known.contains(idOf(3)));
    QVERIFY(m_bench->agrees());
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
    QCOMPARE(m_bench->unreadable().size(), 5);
}

void LibraryOddFilesTest::withoutPermission()
{
    if (::geteuid() == 0)
        QSKIP("root may read everything");
    put(at(u"secret.png"_s), recordedPicture(1));
    put(at(u"locked/kept.png"_s), recordedPicture(2));
    put(at(u"open.png"_s), recordedPicture(3));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), 3);
    QVERIFY(QFile::setPermissions(at(u"secret.png"_s), {}));
    put(at(u"secret2.png"_s), recordedPicture(4));
    QVERIFY(QFile::setPermissions(at(u"secret2.png"_s), {}));
    QCOMPARE(::chmod(encoded(at(u"locked"_s)).constData(), 0), 0);
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->unreadable(), (QStringList{u"locked"_s, u"secret2.png"_s}));
    // What cannot be looked at just now is not gone.
    QCOMPARE(m_bench->known.size(), 3);
    QCOMPARE(::chmod(encoded(at(u"locked"_s)).constData(), 0700), 0);
    QVERIFY(QFile::setPermissions(at(u"secret2.png"_s), QFile::ReadOwner));
    QVERIFY(m_bench->scan());
    QVERIFY(m_bench->unreadable().isEmpty());
    QCOMPARE(m_bench->known.size(), 4);
}

void LibraryOddFilesTest::oddNames()
{
    const QStringList names{u"two\nlines.png"_s, u"山水 – мир – صورة.png"_s, u"Case.png"_s,
        u"case.png"_s, u"CASE.PNG"_s, QString(251, u'x') + u".png"_s, u"'quoted\"%20?*.png"_s,
        u"-rf.png"_s, u" spaces .png"_s, u"e\u0301.png"_s, u"\u00e9.png"_s, u"😀.png"_s};
    int number = 0;
    for (const QString& name : names)
        put(at(name), recordedPicture(++number));
    const QByteArray bad = encoded(at(u"bad "_s)) + "\xff\xfe.png";
    const int file = ::open(bad.constData(), O_WRONLY | O_CREAT, 0600);
    QVERIFY(file >= 0);
    ::close(file);
    const QByteArray badFolder = encoded(at(u"folder "_s)) + "\xff";
    QCOMPARE(::mkdir(badFolder.constData(), 0700), 0);
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), names.size());
    number = 0;
    for (const QString& name : names)
        QCOMPARE(m_bench->known.value(idOf(++number))->path, at(name));
    QCOMPARE(m_bench->library().unreadable().size(), 2);
    QVERIFY(m_bench->library().unreadable().first().error.detail.contains(u"UTF-8"_s));
    QVERIFY(m_bench->agrees());
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
    // Qt cannot name them to take them away.
    QCOMPARE(::unlink(bad.constData()), 0);
    QCOMPARE(::rmdir(badFolder.constData()), 0);
}

void LibraryOddFilesTest::linksThatLeadRound()
{
    put(at(u"a/one.png"_s), recordedPicture(1));
    QVERIFY(QFile::link(m_bench->folder, at(u"a/round"_s)));
    QVERIFY(QFile::link(at(u"self"_s), at(u"self"_s)));
    QVERIFY(QFile::link(u"/proc"_s, at(u"elsewhere"_s)));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), 1);
    QVERIFY(m_bench->unreadable().isEmpty());
    // The library's own folder may be a link.
    const QString link = m_bench->cache + u"-link"_s;
    QVERIFY(QFile::link(m_bench->folder, link));
    Library linked(link, m_bench->cache);
    QSignalSpy scanned(&linked, &Library::scanned);
    linked.rescan();
    QVERIFY(scanned.wait());
    QCOMPARE(loadAll(linked)->size(), 1);
}

void LibraryOddFilesTest::aClockThatWentBack()
{
    const QString path = at(u"one.png"_s);
    put(path, recordedPicture(10));
    setTime(path, 2'000'000'000);
    QVERIFY(m_bench->scan());
    const auto other = withRatingAndTags({contents(path), {}}, 5, {});
    const auto another = withRatingAndTags({contents(path), {}}, 4, {});
    QVERIFY(other && another);
    put(path, other->file);
    setTime(path, 1'000'000'000);
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.value(idOf(10))->rating, 5);
    // The same size, the same second: only the time's small part differs.
    QCOMPARE(another->file.size(), other->file.size());
    put(path, another->file);
    const timespec times[2] = {{1'000'000'000, 1}, {1'000'000'000, 1}};
    QCOMPARE(::utimensat(AT_FDCWD, encoded(path).constData(), times, 0), 0);
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.value(idOf(10))->rating, 4);
}

void LibraryOddFilesTest::aFolderThatIsGone()
{
    for (int i = 1; i <= 3; ++i)
        put(at(u"%1.png"_s.arg(i)), recordedPicture(i));
    QVERIFY(m_bench->scan());
    const QString away = m_bench->folder + u" away"_s;
    QVERIFY(QDir().rename(m_bench->folder, away));
    m_bench->told.clear();
    QVERIFY(m_bench->scan());
    QVERIFY(m_bench->told.isEmpty());
    QCOMPARE(loadAll(m_bench->library())->size(), 3);
    QCOMPARE(m_bench->library().unreadable().size(), 1);
    QCOMPARE(m_bench->library().unreadable().first().path, m_bench->folder);
    // An empty place where it was is no library of which everything was deleted.
    QVERIFY(QDir().mkpath(m_bench->folder));
    QVERIFY(m_bench->scan());
    QCOMPARE(loadAll(m_bench->library())->size(), 3);
    QVERIFY(QDir().rmdir(m_bench->folder));
    QVERIFY(QDir().rename(away, m_bench->folder));
    QVERIFY(m_bench->scan());
    QVERIFY(m_bench->told.isEmpty());
    QVERIFY(m_bench->library().unreadable().isEmpty());
    // In its own folder the person may delete everything.
    for (int i = 1; i <= 3; ++i)
        QVERIFY(QFile::remove(at(u"%1.png"_s.arg(i))));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), 0);
    QVERIFY(m_bench->agrees());
}

void LibraryOddFilesTest::aDiskThatIsGone()
{
    {
        const SmallDisk disk(m_bench->folder, "1m");
        if (!disk)
            QSKIP("a small disk can only be mounted by root");
        put(at(u"one.png"_s), recordedPicture(1));
        QVERIFY(m_bench->scan());
        QCOMPARE(m_bench->known.size(), 1);
    }
    QVERIFY(!QFile::exists(at(u"one.png"_s)));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), 1);
    QCOMPARE(m_bench->library().unreadable().size(), 1);
}

// The same library in another folder, as after a backup was put back, while it is watched.
void LibraryOddFilesTest::aFolderReplacedByItsCopy()
{
    put(at(u"day/one.png"_s), recordedPicture(1));
    QSignalSpy scanned(&m_bench->library(), &Library::scanned);
    m_bench->library().watch();
    QVERIFY(scanned.wait());
    QCOMPARE(m_bench->known.size(), 1);
    const QString away = m_bench->folder + u" away"_s;
    QVERIFY(QDir().rename(m_bench->folder, away));
    std::filesystem::copy(away.toStdString(), m_bench->folder.toStdString(),
        std::filesystem::copy_options::recursive);
    put(at(u"day/two.png"_s), recordedPicture(2));
    QTRY_COMPARE(m_bench->known.size(), 2);
    put(at(u"day/three.png"_s), recordedPicture(3));
    QTRY_COMPARE(m_bench->known.size(), 3);
    QVERIFY(QFile::remove(at(u"day/one.png"_s)));
    QTRY_COMPARE(m_bench->known.size(), 2);
    QVERIFY(m_bench->library().unreadable().isEmpty());
    // It can be told again what is not there.
    const auto made = m_bench->library().findMade({"nothing like it"_ba}, {}, false);
    QTRY_VERIFY(made.isFinished());
    QVERIFY(made.result());
    QCOMPARE(*made.result(), QList<PicturePtr>{nullptr});
}

// Between the moment it is told of and the look, at any depth.
void LibraryOddFilesTest::aFolderThatBecameALink()
{
    const QString outside = m_bench->folder + u" outside"_s;
    put(outside + u"/b/c/private.png"_s, recordedPicture(1));
    QVERIFY(QDir().mkpath(at(u"real"_s)));
    QVERIFY(QFile::link(outside, at(u"a"_s)));
    QVERIFY(QFile::link(outside + u"/b"_s, at(u"real/b"_s)));
    QVERIFY(QFile::link(outside + u"/b/c"_s, at(u"real/c"_s)));
    const std::atomic_bool stop = false;
    QStringList found;
    for (const QString& path :
        {u"a/b/c/private.png"_s, u"real/b/c/private.png"_s, u"real/c/private.png"_s, u"a/b/c"_s,
            u"../%1 outside/b/c/private.png"_s.arg(QFileInfo(m_bench->folder).fileName())})
        (void)walkBelow(m_bench->folder, path, stop,
            [&found](const FoundFile& file) { found.append(file.path); });
    QCOMPARE(found, QStringList());
}

void LibraryOddFilesTest::whatACrashLeft()
{
    constexpr time_t day = 24 * 60 * 60;
    const time_t now = ::time(nullptr);
    const QString old = u".seedbook-3w5e11264sgsf.part"_s;
    const QStringList others{u".seedbook-3w5e11264sgsg.part"_s, u".seedbook-.part"_s,
        u".seedbook-3w5e11264sgsf0.part"_s, u".seedbook-3W.part"_s, u".seedbook-a b.part"_s,
        u".seedbook-3w.kept"_s, u"seedbook-3w.part"_s, u".other-3w.part"_s};
    for (const QString& folder : {u""_s, u"2025-03-09/"_s}) {
        for (const QString& name : others + QStringList{old}) {
            put(at(folder + name), "half a picture");
            setTime(at(folder + name), now - day - 60);
        }
        setTime(at(folder + others.first()), now - day + 600);
        // Not files.
        QVERIFY(QDir().mkpath(at(folder + u".seedbook-1.part"_s)));
        QVERIFY(QFile::link(at(u"one.png"_s), at(folder + u".seedbook-2.part"_s)));
    }
    put(at(u".hidden/"_s + old), "x");
    setTime(at(u".hidden/"_s + old), 1);
    put(at(u"one.png"_s), recordedPicture(1));
    setTime(at(u"one.png"_s), 1);

    // Not a look at one folder, which comes while files are written.
    const std::atomic_bool stop = false;
    (void)walkBelow(m_bench->folder, u"2025-03-09"_s, stop, [](const FoundFile&) {});
    QVERIFY(QFileInfo::exists(at(old)) && QFileInfo::exists(at(u"2025-03-09/"_s + old)));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), 1);
    for (const QString& folder : {u""_s, u"2025-03-09/"_s}) {
        QVERIFY(!QFileInfo::exists(at(folder + old)));
        for (const QString& name : others)
            QVERIFY2(QFileInfo::exists(at(folder + name)), qPrintable(name));
        QVERIFY(QFileInfo(at(folder + u".seedbook-1.part"_s)).isDir());
        QVERIFY(QFileInfo(at(folder + u".seedbook-2.part"_s)).isSymLink());
    }
    QVERIFY(QFileInfo::exists(at(u".hidden/"_s + old)));
}

SEEDBOOK_TEST(LibraryOddFilesTest, QCoreApplication)

} // namespace seedbook::libraryOddFilesTest

#include "LibraryOddFilesTest.moc"
