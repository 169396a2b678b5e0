#include "support/Listing.h"
#include "support/PictureFolder.h"
#include "support/SmallDisk.h"
#include "support/TestProgram.h"

#include <QFutureWatcher>
#include <QGuiApplication>

#include <sys/stat.h>
#include <unistd.h>

namespace seedbook::libraryTrashTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

using Results = QList<Result<MoveReceipt>>;

const QByteArray adobeSidecar =
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Rating='4'/>"
    "</rdf:RDF></x:xmpmeta>";

QList<MoveReceipt> receiptsOf(const Results& results)
{
    QList<MoveReceipt> receipts;
    for (const auto& result : results) {
        if (result)
            receipts.append(*result);
    }
    return receipts;
}

} // namespace

// Pictures that go to the trash or to another folder, and come back.
class LibraryTrashTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_bench.reset(); }

    void goesAndComesBack_data();
    void goesAndComesBack();
    void sidecarsGoAlong();
    void aSharedSidecarStays();
    void aNameThatWasTakenIsCountedUp();
    void aSidecarThatLiesThereIsNotTakenOver();
    void theFolderIsMadeAgain();
    void makesTheHomeTrash();
    void noHomeTrash();
    void whatWentElsewhereComesBack();
    void aFolderThatIsNotWritable();
    void aReadOnlyDisk();
    void aDiskWithItsOwnTrash();
    void oneThatIsGoneStopsNothing();
    void oneThatMovedIsFound();
    void theTrashWasEmptied();
    void marksBeforeAndAfter();
    void copiesKeepApart();
    void filedAndNotYetIndexed();
    void fiveHundredInOrder();
    void closingFinishesIt();
    void movesWithinTheLibrary();
    void movesWithSidecars();
    void foldersThatAreRefused();
    void rejectedOnesAreKnownOnceWritten();
    void findsById();

private:
    [[nodiscard]] QString at(const QString& path) const { return m_bench->at(path); }
    [[nodiscard]] PicturePtr known(int number) const { return m_bench->known.value(idOf(number)); }
    [[nodiscard]] Results trash(const QList<PicturePtr>& pictures)
    {
        return await(m_bench->library().trash(pictures), 60'000);
    }
    [[nodiscard]] QList<Result<PicturePtr>> restore(const Results& results)
    {
        return await(m_bench->library().restore(receiptsOf(results)), 60'000);
    }
    [[nodiscard]] QStringList trashed() const { return filesBelow(m_home->filePath(u"Trash"_s)); }
    // The index as it would be made anew from the folder is the index that is there.
    [[nodiscard]] bool followsFolder()
    {
        if (!m_bench->agrees())
            return false;
        const QString dump = m_bench->dump();
        return m_bench->rebuild() && m_bench->dump() == dump;
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<PictureFolder> m_bench;
};

void LibraryTrashTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_home->path()));
    m_bench = std::make_unique<PictureFolder>();
}

void LibraryTrashTest::goesAndComesBack_data()
{
    QTest::addColumn<ImageFormat>("format");
    QTest::newRow("png") << ImageFormat::Png;
    QTest::newRow("jpeg") << ImageFormat::Jpeg;
    QTest::newRow("webp") << ImageFormat::Webp;
}

void LibraryTrashTest::goesAndComesBack()
{
    QFETCH(const ImageFormat, format);
    const QString path = at(u"2026-01-02/one 海."_s + fileExtension(format));
    put(path, recordedPicture(5, format));
    put(at(u"two.png"_s), recordedPicture(2));
    QVERIFY(m_bench->scan());
    const QByteArray bytes = contents(path);
    const QString before = m_bench->dump();
    m_bench->told.clear();

    const Results went = trash({known(5)});
    QCOMPARE(went.size(), 1);
    QVERIFY(went.first());
    QCOMPARE(went.first()->id, idOf(5));
    QCOMPARE(went.first()->file.from, path);
    QVERIFY(went.first()->sidecars.isEmpty());
    QVERIFY(!QFile::exists(path));
    QCOMPARE(contents(went.first()->file.to), bytes);
    QCOMPARE(trashed().size(), 2); // the file and the desktop's note
    // Told at once, without a look at the folder.
    QTRY_VERIFY(!known(5));
    QCOMPARE(m_bench->told.last().removed, QList{idOf(5)});
    QVERIFY(known(2));
    QVERIFY(m_bench->agrees());

    const auto back = restore(went);
    QCOMPARE(back.size(), 1);
    QVERIFY(back.first());
    QCOMPARE((*back.first())->path, path);
    QCOMPARE((*back.first())->id, idOf(5));
    QCOMPARE(contents(path), bytes);
    QVERIFY(trashed().isEmpty());
    QTRY_VERIFY(known(5));
    QCOMPARE(known(5)->rating, sampleRecord(5).rating);
    QCOMPARE(known(5)->tags, sampleRecord(5).tags);
    QCOMPARE(m_bench->dump(), before);
    QVERIFY(followsFolder());
}

void LibraryTrashTest::sidecarsGoAlong()
{
    put(at(u"a.png"_s), samplePicture(ImageFormat::Png, {24, 16}, 0xff102030));
    put(at(u"a.png.xmp"_s), adobeSidecar);
    put(at(u"b.jpg"_s), samplePicture(ImageFormat::Jpeg, {24, 16}, 0xff203040));
    put(at(u"b.xmp"_s), adobeSidecar);
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->atPath(u"a.png"_s)->rating, 4);
    const QString before = m_bench->dump();
    const Results went = trash({m_bench->atPath(u"a.png"_s), m_bench->atPath(u"b.jpg"_s)});
    QVERIFY(went.at(0) && went.at(1));
    QCOMPARE(went.at(0)->sidecars.size(), 1);
    QCOMPARE(went.at(0)->sidecars.first().from, at(u"a.png.xmp"_s));
    QCOMPARE(contents(went.at(1)->sidecars.first().to), adobeSidecar);
    QCOMPARE(filesBelow(m_bench->folder), QStringList());
    QTRY_VERIFY(m_bench->known.isEmpty());
    const auto back = restore(went);
    QVERIFY(back.at(0) && back.at(1));
    QCOMPARE((*back.at(1))->rating, 4);
    QCOMPARE(filesBelow(m_bench->folder),
        (QStringList{u"a.png"_s, u"a.png.xmp"_s, u"b.jpg"_s, u"b.xmp"_s}));
    QVERIFY(trashed().isEmpty());
    QCOMPARE(m_bench->dump(), before);
    // One that was thrown away in the trash keeps nothing back.
    const Results again = trash({m_bench->atPath(u"a.png"_s)});
    QVERIFY(QFile::remove(again.first()->sidecars.first().to));
    QVERIFY(restore(again).first());
    QVERIFY(QFile::exists(at(u"a.png"_s)) && !QFile::exists(at(u"a.png.xmp"_s)));
    QVERIFY(followsFolder());
}

void LibraryTrashTest::aSharedSidecarStays()
{
    put(at(u"a.png"_s), samplePicture(ImageFormat::Png, {24, 16}, 0xff102030));
    put(at(u"a.jpg"_s), samplePicture(ImageFormat::Jpeg, {24, 16}, 0xff203040));
    put(at(u"a.xmp"_s), adobeSidecar);
    QVERIFY(m_bench->scan());
    const QString before = m_bench->dump();
    const Results first = trash({m_bench->atPath(u"a.png"_s)});
    QVERIFY(first.first() && first.first()->sidecars.isEmpty());
    QCOMPARE(first.first()->left, QStringList{at(u"a.xmp"_s)});
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->atPath(u"a.jpg"_s)->rating, 4);
    QVERIFY(restore(first).first());
    QCOMPARE(filesBelow(m_bench->folder), (QStringList{u"a.jpg"_s, u"a.png"_s, u"a.xmp"_s}));
    // With the last of them it goes.
    const Results both = trash({m_bench->atPath(u"a.png"_s), m_bench->atPath(u"a.jpg"_s)});
    QVERIFY(both.at(0)->sidecars.isEmpty());
    QCOMPARE(both.at(1)->sidecars.size(), 1);
    QCOMPARE(filesBelow(m_bench->folder), QStringList());
    for (const auto& back : restore(both))
        QCOMPARE((*back)->rating, 4);
    QCOMPARE(filesBelow(m_bench->folder), (QStringList{u"a.jpg"_s, u"a.png"_s, u"a.xmp"_s}));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->dump(), before);
}

void LibraryTrashTest::aNameThatWasTakenIsCountedUp()
{
    put(at(u"a.png"_s), recordedPicture(1));
    put(at(u"a.png.xmp"_s), adobeSidecar);
    QVERIFY(m_bench->scan());
    const QByteArray bytes = contents(at(u"a.png"_s));
    const Results went = trash({known(1)});
    put(at(u"a.png"_s), recordedPicture(2));
    put(at(u"a (2).png.xmp"_s), "another's");
    const auto back = restore(went);
    QVERIFY(back.first());
    QCOMPARE((*back.first())->path, at(u"a (3).png"_s));
    QCOMPARE((*back.first())->id, idOf(1));
    QCOMPARE(contents(at(u"a (3).png"_s)), bytes);
    QCOMPARE(contents(at(u"a (3).png.xmp"_s)), adobeSidecar);
    QCOMPARE(contents(at(u"a.png"_s)), recordedPicture(2));
    QCOMPARE(contents(at(u"a (2).png.xmp"_s)), QByteArray("another's"));
    QVERIFY(trashed().isEmpty());
    QVERIFY(m_bench->scan());
    QVERIFY(followsFolder());
}

void LibraryTrashTest::aSidecarThatLiesThereIsNotTakenOver()
{
    put(at(u"a.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const Results went = trash({known(1)});
    put(at(u"a.png.xmp"_s), adobeSidecar);
    const auto back = restore(went);
    QCOMPARE((*back.first())->path, at(u"a (2).png"_s));
    QCOMPARE((*back.first())->rating, sampleRecord(1).rating);
}

void LibraryTrashTest::theFolderIsMadeAgain()
{
    put(at(u"2026-01-02/deep/a.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const Results went = trash({known(1)});
    QVERIFY(QDir(at(u"2026-01-02"_s)).removeRecursively());
    QVERIFY(restore(went).first());
    QCOMPARE(contents(at(u"2026-01-02/deep/a.png"_s)), recordedPicture(1));
    // A file in its place: nothing is lost.
    const Results again = trash({known(1)});
    QVERIFY(QDir(at(u"2026-01-02"_s)).removeRecursively());
    put(at(u"2026-01-02"_s), "in the way");
    const auto back = restore(again);
    QVERIFY(!back.first());
    QCOMPARE(back.first().error().kind, ErrorKind::FolderNotWritable);
    QCOMPARE(contents(again.first()->file.to), recordedPicture(1));
}

void LibraryTrashTest::makesTheHomeTrash()
{
    // As on an account where nobody has ever used a desktop: not even ~/.local is there.
    const QString home = m_home->filePath(u".local/share"_s);
    qputenv("XDG_DATA_HOME", QFile::encodeName(home));
    put(at(u"a.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const Results went = trash({known(1)});
    QVERIFY(went.first());
    QCOMPARE(went.first()->file.to, home + u"/Trash/files/a.png"_s);
    QCOMPARE(contents(went.first()->file.to), recordedPicture(1));
    QVERIFY(QFile::exists(home + u"/Trash/info/a.png.trashinfo"_s));
    // Nobody else's to see.
    struct stat info = {};
    QCOMPARE(::stat(QFile::encodeName(home + u"/Trash"_s).constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777, mode_t{0700});
}

void LibraryTrashTest::noHomeTrash()
{
    put(at(u"a.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const QStringList here = QDir::current().entryList();
    put(m_home->filePath(u"Trash"_s), "no folder");
    for (const QString& home : {m_home->path(), m_home->filePath(u"Trash/below a file"_s)}) {
        qputenv("XDG_DATA_HOME", QFile::encodeName(home));
        const Results went = trash({known(1)});
        QVERIFY(!went.first());
        QCOMPARE(went.first().error().kind, ErrorKind::NoTrash);
        QCOMPARE(went.first().error().subject, at(u"a.png"_s));
        QCOMPARE(contents(at(u"a.png"_s)), recordedPicture(1));
        QVERIFY(known(1));
    }
    QCOMPARE(QDir::current().entryList(), here);
    QVERIFY(followsFolder());
}

void LibraryTrashTest::whatWentElsewhereComesBack()
{
    // What Qt makes of a home without a trash: files and info in the working directory.
    const QString elsewhere = m_home->filePath(u"work"_s);
    put(elsewhere + u"/files/a.png"_s, recordedPicture(1));
    put(elsewhere + u"/info/a.png.trashinfo"_s, "[Trash Info]");
    QVERIFY(QDir::setCurrent(elsewhere));
    const auto went = confirmTrashed(at(u"a.png"_s), u"./files/a.png"_s);
    QVERIFY(QDir::setCurrent(u"/"_s));
    QVERIFY(!went);
    QCOMPARE(went.error().kind, ErrorKind::NoTrash);
    QCOMPARE(contents(at(u"a.png"_s)), recordedPicture(1));
    QCOMPARE(QDir(elsewhere).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    // What else lies in such a folder stays, and no file is overwritten.
    put(elsewhere + u"/files/a.png"_s, recordedPicture(2));
    put(elsewhere + u"/files/mine"_s, "mine");
    QVERIFY(!confirmTrashed(at(u"a.png"_s), elsewhere + u"/files/a.png"_s));
    QCOMPARE(contents(at(u"a.png"_s)), recordedPicture(1));
    QCOMPARE(contents(at(u"a (2).png"_s)), recordedPicture(2));
    QCOMPARE(contents(elsewhere + u"/files/mine"_s), QByteArray("mine"));
}

void LibraryTrashTest::aFolderThatIsNotWritable()
{
    if (::geteuid() == 0)
        QSKIP("root may write everywhere");
    put(at(u"locked/a.png"_s), recordedPicture(1));
    put(at(u"b.png"_s), recordedPicture(2));
    QVERIFY(m_bench->scan());
    QVERIFY(QFile::setPermissions(at(u"locked"_s), QFile::ReadOwner | QFile::ExeOwner));
    const Results went = trash({known(1), known(2)});
    QVERIFY(QFile::setPermissions(
        at(u"locked"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QCOMPARE(went.at(0).error().kind, ErrorKind::FolderNotWritable);
    QVERIFY(went.at(1));
    QCOMPARE(contents(at(u"locked/a.png"_s)), recordedPicture(1));
    QVERIFY(known(1));
}

void LibraryTrashTest::aReadOnlyDisk()
{
    QVERIFY(QDir().mkpath(at(u"disk"_s)));
    const SmallDisk disk(at(u"disk"_s), "4m");
    if (!disk)
        QSKIP("only root can mount a disk");
    put(at(u"disk/a.png"_s), recordedPicture(1));
    put(at(u"b.png"_s), recordedPicture(2));
    QVERIFY(m_bench->scan());
    QVERIFY(disk.makeReadOnly());
    const Results went = trash({known(1), known(2)});
    QVERIFY(!went.at(0));
    QCOMPARE(went.at(0).error().kind, ErrorKind::FolderNotWritable);
    QVERIFY(went.at(1));
    QVERIFY(known(1));
    QCOMPARE(contents(at(u"disk/a.png"_s)), recordedPicture(1));
    const auto moved = await(m_bench->library().moveTo({known(1)}, u"elsewhere"_s));
    QVERIFY(!moved.first());
    QCOMPARE(contents(at(u"disk/a.png"_s)), recordedPicture(1));
    QVERIFY(followsFolder());
}

void LibraryTrashTest::aDiskWithItsOwnTrash()
{
    QVERIFY(QDir().mkpath(at(u"disk"_s)));
    const SmallDisk disk(at(u"disk"_s), "4m");
    if (!disk)
        QSKIP("only root can mount a disk");
    put(at(u"disk/a.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const Results went = trash({known(1)});
    QVERIFY(went.first());
    QVERIFY2(
        went.first()->file.to.startsWith(at(u"disk/.Trash-"_s)), qPrintable(went.first()->file.to));
    // The library does not look into it.
    QVERIFY(m_bench->scan());
    QVERIFY(m_bench->known.isEmpty());
    QVERIFY(restore(went).first());
    QCOMPARE(contents(at(u"disk/a.png"_s)), recordedPicture(1));
    // Where none can be made the file stays.
    QVERIFY(QDir(at(u"disk/.Trash-%1"_s.arg(::getuid()))).removeRecursively());
    put(at(u"disk/.Trash-%1"_s.arg(::getuid())), "in the way");
    QTRY_VERIFY(known(1));
    const Results none = trash({known(1)});
    QCOMPARE(none.first().error().kind, ErrorKind::NoTrash);
    QCOMPARE(contents(at(u"disk/a.png"_s)), recordedPicture(1));
}

void LibraryTrashTest::oneThatIsGoneStopsNothing()
{
    for (int i = 1; i <= 3; ++i)
        put(at(u"%1.png"_s.arg(i)), recordedPicture(i));
    QVERIFY(m_bench->scan());
    QVERIFY(QFile::remove(at(u"2.png"_s)));
    const Results went = trash({known(1), known(2), known(3), known(1)});
    QCOMPARE(went.size(), 4);
    QVERIFY(went.at(0) && went.at(2));
    QCOMPARE(went.at(1).error().kind, ErrorKind::PictureMissing);
    QCOMPARE(went.at(1).error().subject, at(u"2.png"_s));
    QCOMPARE(went.at(3).error().kind, ErrorKind::PictureMissing); // it went a moment ago
    QTRY_VERIFY(m_bench->known.isEmpty());
    QCOMPARE(restore(went).size(), 2);
    QTRY_COMPARE(m_bench->known.size(), 2);
    QVERIFY(followsFolder());
}

void LibraryTrashTest::oneThatMovedIsFound()
{
    put(at(u"a.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const PicturePtr before = known(1);
    QVERIFY(QDir().mkpath(at(u"new"_s)));
    QVERIFY(QFile::rename(at(u"a.png"_s), at(u"new/b.png"_s)));
    QVERIFY(m_bench->scan());
    const Results went = trash({before});
    QVERIFY(went.first());
    QCOMPARE(went.first()->file.from, at(u"new/b.png"_s));
    QTRY_VERIFY(m_bench->known.isEmpty());
}

void LibraryTrashTest::theTrashWasEmptied()
{
    put(at(u"a.png"_s), recordedPicture(1));
    put(at(u"b.png"_s), recordedPicture(2));
    QVERIFY(m_bench->scan());
    const Results went = trash({known(1), known(2)});
    QVERIFY(QFile::remove(went.at(0)->file.to));
    const auto back = restore(went);
    QCOMPARE(back.at(0).error().kind, ErrorKind::PictureMissing);
    QCOMPARE(back.at(0).error().subject, went.at(0)->file.to);
    QVERIFY(back.at(1));
    QCOMPARE(filesBelow(m_bench->folder), QStringList{u"b.png"_s});
    QVERIFY(followsFolder());
}

void LibraryTrashTest::marksBeforeAndAfter()
{
    put(at(u"a.png"_s), recordedPicture(3));
    put(at(u"b.png"_s), recordedPicture(4));
    QVERIFY(m_bench->scan());
    QSignalSpy failed(&m_bench->library(), &Library::ratingTagsFailed);
    Library& library = m_bench->library();
    const PicturePtr picture = known(3);
    // Given just before, while it goes, and once it is gone; then to the other one.
    library.setRating({picture}, 5);
    const auto going = library.trash({picture});
    library.changeTags({picture}, {u"kept"_s}, {});
    const Results went = await(going);
    QVERIFY(went.first());
    QCOMPARE(readPictureMetadata(went.first()->file.to)->rating, 5);
    library.changeTags({picture}, {u"later"_s}, {u"海"_s});
    library.setRating({known(4)}, 1);
    QTRY_COMPARE(readPictureMetadata(at(u"b.png"_s))->rating, 1);
    QVERIFY(failed.isEmpty());
    const auto back = restore(went);
    QVERIFY(back.first());
    const QStringList tags{u"tag 3"_s, u"kept"_s, u"later"_s};
    QCOMPARE((*back.first())->rating, 5);
    QCOMPARE((*back.first())->tags, tags);
    QCOMPARE(readPictureMetadata(at(u"a.png"_s))->tags, tags);
    QTRY_COMPARE(known(3)->tags, tags);
    QVERIFY(failed.isEmpty());
    // Nothing is left over that would come upon it again.
    library.changeTags({known(3)}, {}, {u"kept"_s, u"later"_s});
    QTRY_COMPARE(readPictureMetadata(at(u"a.png"_s))->tags, QStringList{u"tag 3"_s});
    QVERIFY(followsFolder());
}

void LibraryTrashTest::copiesKeepApart()
{
    put(at(u"a.png"_s), recordedPicture(1));
    put(at(u"b.png"_s), recordedPicture(1));
    put(at(u"c.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const QString before = m_bench->dump();
    const PicturePtr first = m_bench->atPath(u"a.png"_s);
    const Results went = trash({first});
    QVERIFY(went.first());
    QTRY_COMPARE(m_bench->known.size(), 2);
    // A mark for the one in the trash goes to none of the others.
    m_bench->library().setRating({first}, 5);
    m_bench->library().changeTags({m_bench->atPath(u"c.png"_s)}, {u"other"_s}, {});
    QTRY_VERIFY(readPictureMetadata(at(u"c.png"_s))->tags.contains(u"other"_s));
    QCOMPARE(readPictureMetadata(at(u"b.png"_s))->rating, sampleRecord(1).rating);
    QCOMPARE(readPictureMetadata(at(u"c.png"_s))->rating, sampleRecord(1).rating);
    const auto back = restore(went);
    QCOMPARE((*back.first())->rating, 5);
    QTRY_COMPARE(m_bench->known.size(), 3);
    QVERIFY(m_bench->agrees());
    m_bench->library().setRating({m_bench->atPath(u"a.png"_s)}, sampleRecord(1).rating);
    m_bench->library().changeTags({m_bench->atPath(u"c.png"_s)}, {}, {u"other"_s});
    QTRY_VERIFY(!readPictureMetadata(at(u"c.png"_s))->tags.contains(u"other"_s));
    QVERIFY(followsFolder());
}

void LibraryTrashTest::filedAndNotYetIndexed()
{
    // The index cannot be opened: what is filed waits for it.
    QVERIFY(QDir(m_bench->cache).removeRecursively());
    m_bench->close();
    put(m_bench->cache, "in the way");
    Library library(m_bench->folder, m_bench->cache);
    SaveRequest filing{sampleRequest(), samplePicture(), ImageFormat::Png, {}};
    filing.draft.id = QUuid::createUuid();
    const auto filed = await(library.file(filing));
    QVERIFY(filed);
    QVERIFY(QFile::remove(m_bench->cache));
    const Results went = await(library.trash({*filed}));
    QVERIFY(went.first());
    const auto left = loadAll(library);
    QVERIFY(left);
    QVERIFY(left->isEmpty());
}

void LibraryTrashTest::fiveHundredInOrder()
{
    constexpr int count = 500;
    for (int i = 1; i <= count; ++i)
        put(at(u"%1/%2.png"_s.arg(i % 7).arg(i)), recordedPicture(i));
    QVERIFY(m_bench->scan());
    m_bench->library().watch(); // which sees each of them go, too
    QList<PicturePtr> all;
    for (int i = count; i >= 1; --i)
        all.append(known(i));
    QList<int> progress;
    QFutureWatcher<Results> watcher;
    connect(&watcher, &QFutureWatcher<Results>::progressValueChanged, this,
        [&progress](int value) { progress.append(value); });
    const auto going = m_bench->library().trash(all);
    watcher.setFuture(going);
    // A rating that comes meanwhile does not wait for all of them.
    m_bench->library().setRating({known(1)}, 2);
    const Results went = await(going, 60'000);
    QCOMPARE(went.size(), count);
    for (int i = 0; i < count; ++i) {
        QVERIFY(went.at(i));
        QCOMPARE(went.at(i)->id, idOf(count - i));
    }
    QVERIFY(!progress.isEmpty());
    QVERIFY(std::is_sorted(progress.cbegin(), progress.cend()));
    QTRY_COMPARE(progress.last(), count);
    QTRY_VERIFY(m_bench->known.isEmpty());
    QCOMPARE(filesBelow(m_bench->folder), QStringList());
    // It was still there when its turn came.
    QCOMPARE(readPictureMetadata(went.last()->file.to)->rating, 2);
    QCOMPARE(restore(went).size(), count);
    QTRY_COMPARE(m_bench->known.size(), count);
    QVERIFY(trashed().isEmpty());
    m_bench->library().setRating({known(1)}, sampleRecord(1).rating);
    QTRY_COMPARE(readPictureMetadata(at(u"1/1.png"_s))->rating, sampleRecord(1).rating);
    QVERIFY(followsFolder());
}

void LibraryTrashTest::closingFinishesIt()
{
    constexpr int count = 250; // several batches
    QList<PicturePtr> all;
    for (int i = 1; i <= count; ++i)
        put(at(u"%1.png"_s.arg(i)), recordedPicture(i));
    QVERIFY(m_bench->scan());
    for (int i = 1; i <= count; ++i)
        all.append(known(i));
    (void)m_bench->library().trash(all);
    m_bench->close();
    QCOMPARE(filesBelow(m_bench->folder), QStringList());
    QCOMPARE(trashed().size(), 2 * count);
    m_bench->open();
    QVERIFY(m_bench->known.isEmpty());
}

void LibraryTrashTest::movesWithinTheLibrary()
{
    put(at(u"2026-01-02/a.png"_s), recordedPicture(1));
    put(at(u"b/a.png"_s), recordedPicture(2));
    put(at(u"a.png"_s), recordedPicture(3));
    QVERIFY(m_bench->scan());
    const QString before = m_bench->dump();
    m_bench->told.clear();
    const auto moved =
        await(m_bench->library().moveTo({known(1), known(2), known(3)}, u"best/of all"_s));
    QCOMPARE(filesBelow(m_bench->folder), (QStringList{u"best/of all/a (2).png"_s,
                                              u"best/of all/a (3).png"_s, u"best/of all/a.png"_s}));
    QCOMPARE(contents(at(u"best/of all/a.png"_s)), recordedPicture(1));
    QCOMPARE(contents(at(u"best/of all/a (2).png"_s)), recordedPicture(2));
    QTRY_COMPARE(known(3)->path, at(u"best/of all/a (3).png"_s));
    // They keep their places in the gallery.
    for (const LibraryChanges& changes : std::as_const(m_bench->told))
        QVERIFY(changes.removed.isEmpty() && changes.added.isEmpty());
    QVERIFY(m_bench->agrees());
    // Where they are already nothing happens.
    const auto stayed = await(m_bench->library().moveTo({known(3)}, at(u"best/of all"_s)));
    QVERIFY(stayed.first());
    QCOMPARE(stayed.first()->file.to, stayed.first()->file.from);
    QVERIFY(restore(stayed).first());
    m_bench->told.clear();
    for (const auto& back : restore(moved))
        QVERIFY(back);
    QCOMPARE(filesBelow(m_bench->folder),
        (QStringList{u"2026-01-02/a.png"_s, u"a.png"_s, u"b/a.png"_s}));
    QTRY_COMPARE(known(2)->path, at(u"b/a.png"_s));
    for (const LibraryChanges& changes : std::as_const(m_bench->told))
        QVERIFY(changes.removed.isEmpty() && changes.added.isEmpty());
    QCOMPARE(m_bench->dump(), before);
    QVERIFY(followsFolder());
}

void LibraryTrashTest::movesWithSidecars()
{
    put(at(u"a.png"_s), samplePicture(ImageFormat::Png, {24, 16}, 0xff102030));
    put(at(u"a.jpg"_s), samplePicture(ImageFormat::Jpeg, {24, 16}, 0xff203040));
    put(at(u"a.xmp"_s), adobeSidecar);
    put(at(u"b.png"_s), samplePicture(ImageFormat::Png, {24, 16}, 0xff302010));
    put(at(u"b.png.xmp"_s), adobeSidecar);
    QVERIFY(m_bench->scan());
    const auto moved = await(m_bench->library().moveTo(
        {m_bench->atPath(u"a.png"_s), m_bench->atPath(u"b.png"_s)}, u"new"_s));
    QVERIFY(moved.at(0) && moved.at(1));
    QVERIFY(m_bench->scan());
    for (const QString& path : {u"new/a.png"_s, u"a.jpg"_s, u"new/b.png"_s})
        QCOMPARE(m_bench->atPath(path)->rating, 4);
    QCOMPARE(contents(at(u"a.xmp"_s)), adobeSidecar);
    QVERIFY(!QFile::exists(at(u"b.png.xmp"_s)));
    for (const auto& back : restore(moved))
        QCOMPARE((*back)->rating, 4);
    QVERIFY(m_bench->scan());
    QCOMPARE(filesBelow(m_bench->folder), (QStringList{u"a.jpg"_s, u"a.png"_s, u"a.png.xmp"_s,
                                              u"a.xmp"_s, u"b.png"_s, u"b.png.xmp"_s}));
    for (const QString& path : {u"a.png"_s, u"a.jpg"_s, u"b.png"_s})
        QCOMPARE(m_bench->atPath(path)->rating, 4);
    QCOMPARE(filesBelow(at(u"new"_s)), QStringList());
    QVERIFY(followsFolder());
}

void LibraryTrashTest::foldersThatAreRefused()
{
    put(at(u"a.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const QString outside = m_home->filePath(u"outside"_s);
    QVERIFY(QDir().mkpath(outside));
    QVERIFY(QFile::link(outside, at(u"link"_s)));
    for (const QString& folder : {outside, u"/"_s, u".."_s, m_bench->folder + u" beside"_s,
             u".hidden"_s, u"x/.hidden/y"_s, u"link"_s, u"link/below"_s, u"d/"_s.repeated(100)}) {
        const auto moved = await(m_bench->library().moveTo({known(1)}, folder));
        QVERIFY2(!moved.first(), qPrintable(folder));
        QCOMPARE(moved.first().error().kind, ErrorKind::InvalidValue);
        QVERIFY(!moved.first().error().detail.isEmpty());
        QCOMPARE(contents(at(u"a.png"_s)), recordedPicture(1));
    }
    QCOMPARE(filesBelow(outside), QStringList());
    // By another way to the library itself it is taken.
    const QString way = m_home->filePath(u"way"_s);
    QVERIFY(QFile::link(m_bench->folder, way));
    m_bench->close();
    Library library(way, m_bench->cache);
    QSignalSpy scanned(&library, &Library::scanned);
    library.rescan();
    QVERIFY(scanned.wait(10'000));
    const auto pictures = loadAll(library);
    const auto moved = await(library.moveTo(*pictures, m_bench->folder + u"/below"_s));
    QVERIFY(moved.first());
    QCOMPARE(moved.first()->file.to, way + u"/below/a.png"_s);
}

void LibraryTrashTest::rejectedOnesAreKnownOnceWritten()
{
    for (int i = 1; i <= 5; ++i)
        put(at(u"%1.png"_s.arg(i)), recordedPicture(i));
    QVERIFY(m_bench->scan());
    m_bench->library().setRating({known(4), known(2)}, -1);
    // No waiting for anything in between.
    const auto rejected = await(m_bench->library().rejected());
    QVERIFY(rejected);
    QCOMPARE(rejected->size(), 2);
    QCOMPARE(rejected->at(0)->id, idOf(4));
    QCOMPARE(rejected->at(1)->id, idOf(2));
    QCOMPARE(rejected->at(1)->price, sampleRecord(2).price);
    QCOMPARE(rejected->at(1)->bytes, QFileInfo(at(u"2.png"_s)).size());
}

void LibraryTrashTest::findsById()
{
    put(at(u"1.png"_s), recordedPicture(1));
    put(at(u"2.png"_s), recordedPicture(2));
    QVERIFY(m_bench->scan());
    const auto found = await(m_bench->library().find({idOf(2), idOf(7), idOf(1)}));
    QVERIFY(found);
    QCOMPARE(found->size(), 3);
    QCOMPARE(found->at(0)->path, at(u"2.png"_s));
    QVERIFY(!found->at(1));
    QCOMPARE(found->at(2)->path, at(u"1.png"_s));
}

SEEDBOOK_TEST(LibraryTrashTest, QGuiApplication)

} // namespace seedbook::libraryTrashTest

#include "LibraryTrashTest.moc"
