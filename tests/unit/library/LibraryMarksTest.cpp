#include "library/PictureFile.h"
#include "support/PictureFolder.h"
#include "support/SmallDisk.h"
#include "support/TestProgram.h"

#include <QCoreApplication>

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace seedbook::libraryMarksTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

QByteArray encoded(const QString& path)
{
    return QFile::encodeName(path);
}

} // namespace

class LibraryMarksTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<PictureFolder>(); }
    void cleanup() { m_bench.reset(); }

    void shownAtOnceAndWritten_data();
    void shownAtOnceAndWritten();
    void manyInTheirOrder();
    void tagsComeAndGo();
    void closingWritesWhatIsLeft();
    void overWhatOthersWrote();
    void anotherProgramIsQuicker();
    void whatMovedIsFound();
    void takenBackWhereItFails();
    void takenBackWhereTheFileIsGone();
    void aReadOnlyDisk();
    void linksAreNotReplaced();
    void picturesWithSidecars();
    void permissionsAndAttributesStay();
    void replacesOnlyWhatWasRead();

private:
    [[nodiscard]] QString at(const QString& path) const { return m_bench->at(path); }
    [[nodiscard]] PicturePtr known(int number) const { return m_bench->known.value(idOf(number)); }

    std::unique_ptr<PictureFolder> m_bench;
};

void LibraryMarksTest::shownAtOnceAndWritten_data()
{
    QTest::addColumn<ImageFormat>("format");
    QTest::newRow("png") << ImageFormat::Png;
    QTest::newRow("jpeg") << ImageFormat::Jpeg;
    QTest::newRow("webp") << ImageFormat::Webp;
}

void LibraryMarksTest::shownAtOnceAndWritten()
{
    QFETCH(const ImageFormat, format);
    const QString path = at(u"one."_s + fileExtension(format));
    put(path, recordedPicture(1, format));
    QVERIFY(m_bench->scan());
    const QByteArray before = contents(path);
    Library& library = m_bench->library();
    library.setRating({known(1)}, 5);
    QCOMPARE(known(1)->rating, 5); // before anything is written
    QCOMPARE(contents(path), before);
    library.changeTags({known(1)}, {u"fox"_s, u"海"_s}, {u"tag 1"_s});
    const QStringList tags{u"海"_s, u"fox"_s};
    QCOMPARE(known(1)->tags, tags);
    QTRY_COMPARE(readPictureMetadata(path)->tags, tags);
    const auto read = readPictureMetadata(path);
    QCOMPARE(read->rating, 5);
    QCOMPARE(read->codedKey, readPictureMetadata(before, {})->codedKey);
    QVERIFY(read->own);
    QVERIFY(m_bench->scan());
    QCOMPARE(known(1)->rating, 5);
    QCOMPARE(QDir(m_bench->folder).entryList(QDir::Files | QDir::Hidden).size(), 1);
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
    QCOMPARE(known(1)->rating, 5);
    QCOMPARE(known(1)->tags, tags);
    // Rejected, and not rated at all.
    m_bench->library().setRating({known(1)}, -1);
    QTRY_COMPARE(readPictureMetadata(path)->rating, -1);
    m_bench->library().setRating({known(1)}, 0);
    QTRY_COMPARE(readPictureMetadata(path)->rating, 0);
}

void LibraryMarksTest::manyInTheirOrder()
{
    for (int i = 0; i < 20; ++i)
        put(at(u"%1.png"_s.arg(i)), recordedPicture(i));
    QVERIFY(m_bench->scan());
    m_bench->told.clear();
    QSignalSpy failed(&m_bench->library(), &Library::ratingTagsFailed);
    for (int rating = 1; rating <= 4; ++rating) {
        QList<PicturePtr> all;
        for (int i = 0; i < 20; ++i)
            all.append(known(i));
        m_bench->library().setRating(all, rating);
    }
    // What is told while earlier ones are being written never shows an older value.
    QTRY_COMPARE_WITH_TIMEOUT(readPictureMetadata(at(u"18.png"_s))->rating, 4, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(readPictureMetadata(at(u"19.png"_s))->rating, 4, 60000);
    QVERIFY(m_bench->scan());
    QHash<QUuid, int> last;
    for (const LibraryChanges& changes : std::as_const(m_bench->told)) {
        for (const auto& update : changes.updated) {
            QVERIFY(update.now->rating >= last.value(update.now->id));
            last.insert(update.now->id, update.now->rating);
        }
    }
    QCOMPARE(last.size(), 20);
    QVERIFY(failed.isEmpty());
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(known(i)->rating, 4);
        QCOMPARE(readPictureMetadata(known(i)->path)->rating, 4);
        QCOMPARE(known(i)->tags, sampleRecord(i).tags);
    }
    QVERIFY(m_bench->agrees());
}

void LibraryMarksTest::tagsComeAndGo()
{
    put(at(u"one.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    Library& library = m_bench->library();
    library.changeTags({known(1)}, {u"a"_s, u"海"_s, u"a"_s, u"A"_s}, {});
    QCOMPARE(known(1)->tags, (QStringList{u"tag 1"_s, u"海"_s, u"a"_s, u"A"_s}));
    library.changeTags({known(1)}, {u"b"_s}, {u"a"_s, u"not there"_s});
    const QStringList last{u"tag 1"_s, u"海"_s, u"A"_s, u"b"_s};
    QCOMPARE(known(1)->tags, last);
    QTRY_COMPARE(readPictureMetadata(at(u"one.png"_s))->tags, last);
    library.changeTags({known(1)}, {}, last);
    QTRY_COMPARE(readPictureMetadata(at(u"one.png"_s))->tags, QStringList());
    QVERIFY(m_bench->scan());
    QCOMPARE(known(1)->tags, QStringList());
    QCOMPARE(*await(library.tags()), QStringList());
}

void LibraryMarksTest::closingWritesWhatIsLeft()
{
    for (int i = 0; i < 10; ++i)
        put(at(u"%1.png"_s.arg(i)), recordedPicture(i));
    QVERIFY(m_bench->scan());
    m_bench->library().setRating(m_bench->known.values(), 3);
    m_bench->close();
    for (int i = 0; i < 10; ++i)
        QCOMPARE(readPictureMetadata(at(u"%1.png"_s.arg(i)))->rating, 3);
    m_bench->open();
    for (int i = 0; i < 10; ++i)
        QCOMPARE(known(i)->rating, 3);
}

// What is known here is older than the file.
void LibraryMarksTest::overWhatOthersWrote()
{
    put(at(u"one.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const PicturePtr old = known(1);
    const auto theirs = withRatingAndTags({contents(at(u"one.png"_s)), {}}, 2, {u"theirs"_s});
    QVERIFY(theirs);
    put(at(u"one.png"_s), theirs->file);
    m_bench->library().changeTags({old}, {u"ours"_s}, {});
    const QStringList both{u"theirs"_s, u"ours"_s};
    QTRY_COMPARE(readPictureMetadata(at(u"one.png"_s))->tags, both);
    QCOMPARE(readPictureMetadata(at(u"one.png"_s))->rating, 2);
    QTRY_COMPARE(known(1)->tags, both);
    QCOMPARE(known(1)->rating, 2);
}

// The file changes between the reading and the writing: what the other one wrote is kept.
void LibraryMarksTest::anotherProgramIsQuicker()
{
    const QString path = at(u"one.png"_s);
    put(path, recordedPicture(1));
    int rounds = 0;
    const auto done = changeFile(path, [&](const EmbeddedPicture& now) {
        if (++rounds <= 3) { // by writing into it, and by putting another in its place
            const auto theirs = withRatingAndTags(now, rounds, {u"theirs %1"_s.arg(rounds)});
            if (rounds == 2)
                QFile::remove(path);
            put(path, theirs->file);
        }
        const auto read = readPictureMetadata(now.file, now.sidecar);
        return withRatingAndTags(now, read->rating, read->tags + QStringList{u"ours"_s});
    });
    QVERIFY(done);
    QCOMPARE(rounds, 4);
    const auto read = readPictureMetadata(path);
    QCOMPARE(read->rating, 3);
    QCOMPARE(read->tags, (QStringList{u"theirs 3"_s, u"ours"_s}));

    // One that never stops is left alone after a while.
    rounds = 0;
    const auto never = changeFile(path, [&](const EmbeddedPicture& now) {
        put(path, withRatingAndTags(now, 1, {u"round %1"_s.arg(++rounds)})->file);
        return withRatingAndTags(now, 5, {});
    });
    QVERIFY(!never);
    QCOMPARE(never.error().kind, ErrorKind::DiskError);
    QVERIFY(rounds > 1);
    QCOMPARE(readPictureMetadata(path)->tags, QStringList{u"round %1"_s.arg(rounds)});
    QCOMPARE(QDir(m_bench->folder).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void LibraryMarksTest::whatMovedIsFound()
{
    put(at(u"one.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    const PicturePtr old = known(1);
    QVERIFY(QFile::rename(at(u"one.png"_s), at(u"two.png"_s)));
    QVERIFY(m_bench->scan());
    m_bench->library().setRating({old}, 5);
    QTRY_COMPARE(readPictureMetadata(at(u"two.png"_s))->rating, 5);
    QTRY_COMPARE(known(1)->path, at(u"two.png"_s));
    QCOMPARE(known(1)->rating, 5);
}

void LibraryMarksTest::takenBackWhereItFails()
{
    put(at(u"one.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    // Spoilt since it was scanned.
    const auto spoilt = at(u"one.png"_s);
    QSignalSpy failed(&m_bench->library(), &Library::ratingTagsFailed);
    const int before = known(1)->rating;
    const PicturePtr picture = known(1);
    if (::geteuid() != 0) {
        QCOMPARE(::chmod(encoded(m_bench->folder).constData(), 0500), 0);
        m_bench->library().setRating({picture}, 5);
        QCOMPARE(known(1)->rating, 5);
        QVERIFY(failed.wait());
        QCOMPARE(failed.first().at(1).value<Error>().kind, ErrorKind::FolderNotWritable);
        QCOMPARE(known(1)->rating, before);
        QCOMPARE(::chmod(encoded(m_bench->folder).constData(), 0700), 0);
        // A file that may not be written to is not replaced either.
        QCOMPARE(::chmod(encoded(spoilt).constData(), 0400), 0);
        m_bench->library().setRating({picture}, 5);
        QVERIFY(failed.wait());
        QCOMPARE(failed.last().at(1).value<Error>().kind, ErrorKind::FolderNotWritable);
        QCOMPARE(known(1)->rating, before);
        QCOMPARE(::chmod(encoded(spoilt).constData(), 0600), 0);
        failed.clear();
    }
    put(spoilt, "no picture any more");
    m_bench->library().setRating({picture}, 5);
    QVERIFY(failed.wait());
    QCOMPARE(failed.last().at(1).value<Error>().kind, ErrorKind::PictureUndecodable);
    QVERIFY(!m_bench->known.contains(picture->id)); // and it is told that it is none
    QCOMPARE(contents(spoilt), QByteArray("no picture any more"));
}

void LibraryMarksTest::takenBackWhereTheFileIsGone()
{
    put(at(u"one.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    QVERIFY(QFile::remove(at(u"one.png"_s)));
    QSignalSpy failed(&m_bench->library(), &Library::ratingTagsFailed);
    m_bench->library().setRating({known(1)}, 5);
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().at(1).value<Error>().kind, ErrorKind::PictureMissing);
    QVERIFY(!known(1)); // the look at the folder for it has told of that
    QVERIFY(!QFile::exists(at(u"one.png"_s)));
}

void LibraryMarksTest::aReadOnlyDisk()
{
    const SmallDisk disk(m_bench->folder, "1m");
    if (!disk)
        QSKIP("a small disk can only be mounted by root");
    put(at(u"one.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    QVERIFY(disk.makeReadOnly());
    const int before = known(1)->rating;
    QSignalSpy failed(&m_bench->library(), &Library::ratingTagsFailed);
    m_bench->library().setRating({known(1)}, 5);
    m_bench->library().changeTags({known(1)}, {u"new"_s}, {});
    QCOMPARE(known(1)->rating, 5);
    QTRY_COMPARE(failed.size(), 2);
    QCOMPARE(failed.first().at(1).value<Error>().kind, ErrorKind::FolderNotWritable);
    QCOMPARE(failed.first().at(0).value<PicturePtr>()->id, idOf(1));
    QCOMPARE(known(1)->rating, before);
    QCOMPARE(known(1)->tags, sampleRecord(1).tags);
}

void LibraryMarksTest::linksAreNotReplaced()
{
    const QString outside = m_bench->folder + u" outside.png"_s;
    put(outside, recordedPicture(1));
    const QByteArray before = contents(outside);
    QVERIFY(QFile::link(outside, at(u"link.png"_s)));
    auto picture = std::make_shared<Picture>(sampleRecord(1));
    picture->path = at(u"link.png"_s);
    QSignalSpy failed(&m_bench->library(), &Library::ratingTagsFailed);
    m_bench->library().setRating({picture}, 5);
    QVERIFY(failed.wait());
    QVERIFY(QFileInfo(at(u"link.png"_s)).isSymLink());
    QCOMPARE(contents(outside), before);
}

void LibraryMarksTest::picturesWithSidecars()
{
    const QByteArray torn = samplePicture(ImageFormat::Png, {40, 40}).chopped(20);
    const EmbeddedPicture beside = embedRecord(torn, sampleRecord(1), u"Qwen-Image"_s);
    put(at(u"own.png"_s), torn);
    put(at(u"own.png.xmp"_s), beside.sidecar);
    const QByteArray other = samplePicture(ImageFormat::Png, {41, 40});
    put(at(u"adobe.png"_s), other);
    put(at(u"adobe.xmp"_s), embedRecord(torn, sampleRecord(2), u"Qwen-Image"_s).sidecar);
    const QByteArray bare = samplePicture(ImageFormat::Png, {42, 40}).chopped(20);
    put(at(u"bare.png"_s), bare);
    QVERIFY(m_bench->scan());
    const QUuid bareId = m_bench->atPath(u"bare.png"_s)->id;
    m_bench->library().setRating(m_bench->known.values(), 5);
    m_bench->library().changeTags(m_bench->known.values(), {u"new"_s}, {});
    for (const QString& name : {u"own.png"_s, u"adobe.png"_s, u"bare.png"_s}) {
        QTRY_COMPARE(readPictureMetadata(at(name))->tags.value(
                         readPictureMetadata(at(name))->tags.size() - 1),
            u"new"_s);
        QCOMPARE(readPictureMetadata(at(name))->rating, 5);
    }
    QCOMPARE(contents(at(u"own.png"_s)), torn);
    // A sound file is told too, and what others keep beside it says the same.
    QVERIFY(holdsPicture(at(u"adobe.png"_s), other));
    QCOMPARE(readPictureMetadata(contents(at(u"adobe.png"_s)), {})->rating, 5);
    QCOMPARE(contents(at(u"bare.png"_s)), bare);
    QVERIFY(!QFile::exists(at(u"adobe.png.xmp"_s)));
    QVERIFY(QFile::exists(at(u"bare.png.xmp"_s)));
    QVERIFY(m_bench->scan());
    QCOMPARE(known(1)->rating, 5);
    QCOMPARE(known(2)->rating, 5);
    QCOMPARE(m_bench->known.value(bareId)->rating, 5);
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
}

void LibraryMarksTest::permissionsAndAttributesStay()
{
    const QString path = at(u"one.png"_s);
    put(path, recordedPicture(1));
    QCOMPARE(::chmod(encoded(path).constData(), 0640), 0);
    const bool hasAttributes =
        ::setxattr(encoded(path).constData(), "user.seedbook.test", "value", 5, 0) == 0;
    QVERIFY(writeRatingAndTags(path, {4, {}, {}}));
    QCOMPARE(readPictureMetadata(path)->rating, 4);
    struct stat info = {};
    QCOMPARE(::stat(encoded(path).constData(), &info), 0);
    QCOMPARE(info.st_mode & 07777U, 0640U);
    if (hasAttributes) {
        QByteArray value(5, '\0');
        QCOMPARE(::getxattr(encoded(path).constData(), "user.seedbook.test", value.data(), 5),
            ssize_t{5});
        QCOMPARE(value, QByteArray("value"));
    }
    // Nothing to be written: nothing is.
    QVERIFY(writeRatingAndTags(path, {4, {}, {u"not there"_s}}));
    struct stat again = {};
    QCOMPARE(::stat(encoded(path).constData(), &again), 0);
    QCOMPARE(again.st_ino, info.st_ino);
}

void LibraryMarksTest::replacesOnlyWhatWasRead()
{
    const QString path = at(u"one.png"_s);
    put(path, "before");
    const auto read = readWholeFile(path, 100);
    QVERIFY(read);
    QCOMPARE(read->bytes, QByteArray("before"));
    QCOMPARE(readWholeFile(path, 3).error().kind, ErrorKind::FileUnreadable);
    QCOMPARE(readWholeFile(at(u"none"_s), 3).error().kind, ErrorKind::PictureMissing);
    QCOMPARE(readWholeFile(m_bench->folder, 3).error().kind, ErrorKind::FileUnreadable);
    QCOMPARE(*replaceFile(path, read->identity, "after"), true);
    QCOMPARE(contents(path), QByteArray("after"));
    QCOMPARE(*replaceFile(path, read->identity, "again"), false);
    QCOMPARE(*replaceFile(path, std::nullopt, "again"), false);
    QCOMPARE(contents(path), QByteArray("after"));
    QCOMPARE(*replaceFile(at(u"new.xmp"_s), std::nullopt, "new"), true);
    QCOMPARE(contents(at(u"new.xmp"_s)), QByteArray("new"));
    QVERIFY(QFile::remove(path));
    QCOMPARE(*replaceFile(path, read->identity, "again"), false);
    QVERIFY(!QFile::exists(path));
    QCOMPARE(QDir(m_bench->folder).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

SEEDBOOK_TEST(LibraryMarksTest, QCoreApplication)

} // namespace seedbook::libraryMarksTest

#include "LibraryMarksTest.moc"
