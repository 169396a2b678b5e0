#include "library/Library.h"

#include "library/PictureFiling.h"
#include "support/Listing.h"
#include "support/Samples.h"
#include "support/SmallDisk.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::libraryTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using test::await;

namespace {

SaveRequest filing(qint64 sequence = 1, const QString& prompt = u"a lighthouse at dusk"_s,
    const QByteArray& bytes = test::samplePicture())
{
    SaveRequest filing{test::sampleRequest(prompt), bytes, ImageFormat::Png, {}};
    filing.draft.id = QUuid::createUuid();
    filing.draft.created = QDateTime(QDate(2025, 3, 9), QTime(12, 0), Qt::UTC);
    filing.draft.sequence = sequence;
    return filing;
}

QStringList paths(const QList<PicturePtr>& pictures)
{
    QStringList paths;
    for (const PicturePtr& picture : pictures)
        paths.append(picture->path);
    return paths;
}

} // namespace

class LibraryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->filePath(u"Pictures"_s);
        m_cache = m_temporary->filePath(u"cache"_s);
    }

    void touchesNothingBeforeTheFirstCall();
    void filesAndKeepsEverything();
    void survivesReopening();
    void newestFirst();
    void dayIsLocal();
    void bytesThatAreNoPictureAreNotFiled();
    void filedOnceWhenTriedAgain();
    void foundWithoutAnIndex();
    void aSidecarTakesTheName();
    void twentyAtOnce();
    void indexThatCannotBeOpened();
    void folderThatCannotBeWritten();
    void fullDisk();
    void movedFolder();
    void twoLibrariesShareAnIndex();
    void damagedIndex_data();
    void damagedIndex();
    void oddRowsArePassedOver();
    void endsWhatWasBegun();

private:
    Result<PicturePtr> fileOne(const SaveRequest& what)
    {
        Library library(m_folder, m_cache);
        return await(library.file(what));
    }
    QList<PicturePtr> loaded()
    {
        Library library(m_folder, m_cache);
        const auto pictures = test::loadAll(library);
        if (!pictures)
            qWarning("%s", qPrintable(pictures.error().detail));
        return pictures ? *pictures : QList<PicturePtr>();
    }
    Result<void> sql(const QString& statement, const QVariantList& values = {})
    {
        auto database =
            Database::open(indexPath(), PictureIndex::migrations(), Database::Durability::Normal);
        if (!database)
            return database.error();
        auto done = (*database)->run(statement, values);
        return done ? Result<void>() : done.error();
    }
    QString indexPath() const { return m_cache + u"/index.sqlite"_s; }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
    QString m_cache;
};

void LibraryTest::touchesNothingBeforeTheFirstCall()
{
    {
        const Library library(m_folder, m_cache);
        QCOMPARE(library.folder(), m_folder);
    }
    QVERIFY(!QFile::exists(m_folder));
    QVERIFY(!QFile::exists(m_cache));
    Library library(m_folder, m_cache);
    QVERIFY(await(library.checkFolder()));
    QCOMPARE(test::filesBelow(m_folder), QStringList());
    QVERIFY(QFileInfo(m_folder).isDir());
}

void LibraryTest::filesAndKeepsEverything()
{
    const QByteArray bytes = test::samplePicture(ImageFormat::Jpeg, {160, 90});
    SaveRequest what{test::sampleRequest(u"山水, \"ink\""_s, 77, {{u"steps"_s, 12}}), bytes,
        ImageFormat::Png /* wrong: the bytes decide */, {}};
    what.draft.id = QUuid::createUuid();
    what.draft.created = QDateTime(QDate(2025, 3, 9), QTime(12, 0, 1, 234), Qt::UTC);
    what.draft.sequence = 42;
    what.draft.duration = std::chrono::milliseconds(27912);
    what.draft.price = Money::fromMicros(121'000);
    what.draft.priceConfirmed = true;
    what.draft.practice = true;
    what.draft.endpoint = u"https://example.org"_s;
    what.draft.serviceRequestId = u"req-1"_s;

    const auto filed = fileOne(what);
    QVERIFY(filed);
    const auto again = loaded();
    QCOMPARE(again.size(), 1);
    for (const PicturePtr& picture : {*filed, again.first()}) {
        QCOMPARE(picture->id, what.draft.id);
        QCOMPARE(picture->path, m_folder + u"/2025-03-09/山水-ink 77.jpg"_s);
        QCOMPARE(picture->modelId, u"qwen-image"_s);
        QCOMPARE(picture->parameters, what.request.parameters());
        QCOMPARE(picture->prompt, what.request.prompt());
        QCOMPARE(picture->seed->number(), 77);
        QCOMPARE(picture->format, ImageFormat::Jpeg);
        QCOMPARE(picture->size, QSize(160, 90));
        QCOMPARE(picture->bytes, QFileInfo(picture->path).size());
        QCOMPARE(picture->created, what.draft.created);
        QCOMPARE(picture->created.timeSpec(), Qt::UTC);
        QCOMPARE(picture->sequence, 42);
        QCOMPARE(picture->duration, what.draft.duration);
        QCOMPARE(picture->price, what.draft.price);
        QVERIFY(picture->priceConfirmed);
        QVERIFY(picture->practice);
        QCOMPARE(picture->endpoint, what.draft.endpoint);
        QCOMPARE(picture->serviceRequestId, what.draft.serviceRequestId);
    }
    QVERIFY(test::holdsPicture((*filed)->path, bytes));
    QCOMPARE(test::filesBelow(m_folder).size(), 1);
}

void LibraryTest::survivesReopening()
{
    QStringList expected;
    for (int i = 1; i <= 3; ++i) {
        const auto filed = fileOne(filing(i));
        QVERIFY(filed);
        expected.prepend((*filed)->path);
        QCOMPARE(paths(loaded()), expected);
    }
}

void LibraryTest::newestFirst()
{
    Library library(m_folder, m_cache);
    const QDateTime noon(QDate(2025, 3, 9), QTime(12, 0), Qt::UTC);
    const std::pair<int, qint64> order[] = {{0, 5}, {2, 1}, {1, 9}, {2, 3}, {2, 2}};
    for (const auto& [second, sequence] : order) {
        SaveRequest what = filing(sequence);
        what.draft.created = noon.addSecs(second);
        QVERIFY(await(library.file(what)));
    }
    QList<std::pair<int, qint64>> found;
    const auto pictures = test::loadAll(library);
    QVERIFY(pictures);
    for (const PicturePtr& picture : *pictures)
        found.append({static_cast<int>(noon.secsTo(picture->created)), picture->sequence});
    const QList<std::pair<int, qint64>> expected{{2, 3}, {2, 2}, {2, 1}, {1, 9}, {0, 5}};
    QCOMPARE(found, expected);
}

void LibraryTest::dayIsLocal()
{
    const QByteArray zone = qgetenv("TZ");
    qputenv("TZ", "Asia/Shanghai");
    ::tzset();
    SaveRequest what = filing();
    what.draft.created = QDateTime(QDate(2025, 3, 9), QTime(20, 0), Qt::UTC);
    const auto filed = fileOne(what);
    if (zone.isNull())
        qunsetenv("TZ");
    else
        qputenv("TZ", zone);
    ::tzset();
    QVERIFY(filed);
    QVERIFY2((*filed)->path.contains(u"/2025-03-10/"_s), qPrintable((*filed)->path));
}

void LibraryTest::bytesThatAreNoPictureAreNotFiled()
{
    const QByteArray bytes("\x89PNG\r\n\x1a\nand then nothing that is known");
    const auto filed = fileOne(filing(1, u"torn"_s, bytes));
    QVERIFY(!filed);
    QCOMPARE(filed.error().kind, ErrorKind::PictureUndecodable);
    QVERIFY(loaded().isEmpty());
}

// What an attempt that was cut off has left is found, and a picture of another job with the very
// same bytes is not taken for it.
void LibraryTest::filedOnceWhenTriedAgain()
{
    SaveRequest first = filing(1, u"twice"_s);
    const auto filed = fileOne(first);
    QVERIFY(filed);
    first.maybeThere = true;
    const auto again = fileOne(first);
    QVERIFY(again);
    QCOMPARE((*again)->path, (*filed)->path);
    QCOMPARE(loaded().size(), 1);

    SaveRequest other = filing(1, u"twice"_s);
    other.draft.id = QUuid::createUuid();
    other.maybeThere = true;
    const auto apart = fileOne(other);
    QVERIFY(apart);
    QVERIFY((*apart)->path != (*filed)->path);
    QCOMPARE(loaded().size(), 2);

    // The file is there, and the program ended before the index knew.
    SaveRequest third = filing(1, u"thrice"_s);
    third.draft.id = QUuid::createUuid();
    const auto stored = storePicture(m_folder, third, *pictureOf(third));
    QVERIFY(stored);
    third.maybeThere = true;
    const auto adopted = fileOne(third);
    QVERIFY(adopted);
    QCOMPARE((*adopted)->path, stored->path);
    QCOMPARE(loaded().size(), 3);
}

// The sidecar of a picture that is gone is somebody's, and not the new one's.
// Whether it is filed is asked of the folder: the index may lie on a disk that is full.
void LibraryTest::foundWithoutAnIndex()
{
    const SaveRequest what = filing();
    const auto filed = fileOne(what);
    QVERIFY(filed);
    QVERIFY(QDir(m_cache).removeRecursively());
    test::put(m_cache, "no folder");
    Library library(m_folder, m_cache, m_temporary->filePath(u"data"_s));
    const auto found = await(library.findFiled(what));
    QVERIFY(found && *found);
    QCOMPARE((*found)->path, (*filed)->path);
    QCOMPARE((*found)->id, what.draft.id);
    const SaveRequest other = filing(2, u"not there"_s);
    const auto none = await(library.findFiled(other));
    QVERIFY(none && !*none);
}

void LibraryTest::aSidecarTakesTheName()
{
    const auto first = fileOne(filing(1, u"blue cat"_s));
    QVERIFY(first);
    const QString path = (*first)->path;
    QVERIFY(QFile::remove(path));
    test::put(path + u".xmp"_s, "somebody's");
    const auto second = fileOne(filing(2, u"blue cat"_s));
    QVERIFY(second);
    QVERIFY((*second)->path != path);
    QCOMPARE(test::contents(path + u".xmp"_s), QByteArray("somebody's"));
}

void LibraryTest::twentyAtOnce()
{
    constexpr int count = 20;
    Library library(m_folder, m_cache);
    QList<QFuture<Result<PicturePtr>>> futures;
    QList<QByteArray> bytes;
    for (int i = 0; i < count; ++i) {
        bytes.append(test::samplePicture(ImageFormat::Png, {32 + i, 32}));
        futures.append(library.file(filing(i, u"same"_s, bytes.last())));
    }
    QSet<QString> names;
    for (int i = 0; i < count; ++i) {
        const auto filed = await(futures[i]);
        QVERIFY(filed);
        names.insert((*filed)->path);
        QVERIFY(test::holdsPicture((*filed)->path, bytes[i]));
        QCOMPARE((*filed)->size, QSize(32 + i, 32));
    }
    QCOMPARE(names.size(), count);
    QCOMPARE(test::filesBelow(m_folder).size(), count);
    QCOMPARE(test::loadAll(library)->size(), count);
}

void LibraryTest::indexThatCannotBeOpened()
{
    test::put(m_cache, "a file where the cache folder should be");
    Library library(m_folder, m_cache);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the index did not take a picture"_s));
    const auto filed = await(library.file(filing()));
    QVERIFY(filed); // its file is durable, and that is what counts
    QVERIFY(QFile::exists((*filed)->path));
    QVERIFY(!test::loadAll(library));
    // Once the index can be used again the picture is in it.
    QVERIFY(QFile::remove(m_cache));
    const auto pictures = test::loadAll(library);
    QVERIFY(pictures);
    QCOMPARE(paths(*pictures), QStringList{(*filed)->path});
}

void LibraryTest::folderThatCannotBeWritten()
{
    const QString file = m_temporary->filePath(u"file"_s);
    test::put(file, "x");
    Library library(file + u"/library"_s, m_cache);
    const auto checked = await(library.checkFolder());
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, ErrorKind::FolderNotWritable);
    const auto filed = await(library.file(filing()));
    QVERIFY(!filed);
    QCOMPARE(filed.error().kind, ErrorKind::FolderNotWritable);
    QCOMPARE(test::loadAll(library)->size(), 0);

    QVERIFY(QDir().mkpath(m_folder));
    const test::SmallDisk disk(m_folder, "64k", MS_RDONLY);
    if (!disk)
        QSKIP("a read-only disk can only be mounted by root");
    Library readOnly(m_folder, m_cache);
    QCOMPARE(await(readOnly.checkFolder()).error().kind, ErrorKind::FolderNotWritable);
    QCOMPARE(await(readOnly.file(filing())).error().kind, ErrorKind::FolderNotWritable);
}

void LibraryTest::fullDisk()
{
    QVERIFY(QDir().mkpath(m_folder));
    const test::SmallDisk disk(m_folder, "256k");
    if (!disk)
        QSKIP("a small disk can only be mounted by root");
    Library library(m_folder, m_cache);
    const QByteArray small = test::samplePicture() + QByteArray(100'000, 's');
    QVERIFY(await(library.file(filing(1, u"fits"_s, small))));
    const auto filed = await(
        library.file(filing(2, u"does not"_s, test::samplePicture() + QByteArray(200'000, 'l'))));
    QVERIFY(!filed);
    QCOMPARE(filed.error().kind, ErrorKind::DiskFull);
    QCOMPARE(test::filesBelow(m_folder), QStringList{u"2025-03-09/fits 1827364.png"_s});
    QVERIFY(await(library.file(filing(3, u"fits"_s, small)))); // the room is free again
    QCOMPARE(test::loadAll(library)->size(), 2);
}

void LibraryTest::movedFolder()
{
    const auto filed = fileOne(filing());
    QVERIFY(filed);
    const QString elsewhere = m_temporary->filePath(u"other place/Moved"_s);
    QVERIFY(QDir().mkpath(QFileInfo(elsewhere).path()));
    QVERIFY(QFile::rename(m_folder, elsewhere));
    Library library(elsewhere, m_cache);
    const auto pictures = test::loadAll(library);
    QCOMPARE(paths(*pictures),
        QStringList{elsewhere + u"/2025-03-09/"_s + QFileInfo((*filed)->path).fileName()});
    QCOMPARE(pictures->first()->id, (*filed)->id);
    QVERIFY(!*await(library.isIndexNew()));
}

void LibraryTest::twoLibrariesShareAnIndex()
{
    const auto first = fileOne(filing());
    const QString otherFolder = m_temporary->filePath(u"Other"_s);
    QString second;
    {
        Library other(otherFolder, m_cache);
        QCOMPARE(test::loadAll(other)->size(), 0);
        QVERIFY(*await(other.isIndexNew()));
        second = (*await(other.file(filing())))->path;
        QCOMPARE(paths(*test::loadAll(other)), QStringList{second});
    }
    QCOMPARE(paths(loaded()), QStringList{(*first)->path});
    // A disk that is not there just now has not moved.
    const QString away = m_temporary->filePath(u"away"_s);
    QVERIFY(QFile::rename(m_folder, away));
    {
        Library third(m_temporary->filePath(u"Third"_s), m_cache);
        QCOMPARE(test::loadAll(third)->size(), 0);
    }
    QVERIFY(QFile::rename(away, m_folder));
    QCOMPARE(paths(loaded()), QStringList{(*first)->path});
}

void LibraryTest::damagedIndex_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("this is not a database, it is a sentence. ").repeated(300);
    QTest::newRow("newer") << QByteArray();
}

void LibraryTest::damagedIndex()
{
    QFETCH(const QByteArray, bytes);
    const auto filed = fileOne(filing());
    QVERIFY(filed);
    QCOMPARE(loaded().size(), 1);
    if (bytes.isEmpty())
        QVERIFY(sql(u"PRAGMA user_version=77"_s));
    else
        test::put(indexPath(), bytes);

    Library library(m_folder, m_cache);
    QCOMPARE(test::loadAll(library)->size(), 0);
    QVERIFY(*await(library.isIndexNew()));
    QVERIFY(QFile::exists(indexPath() + u".set-aside"_s));
    QSignalSpy scanned(&library, &Library::scanned);
    library.rescan();
    QVERIFY(scanned.wait());
    QCOMPARE(paths(*test::loadAll(library)), QStringList{(*filed)->path});
    QVERIFY(await(library.file(filing(2))));
    QCOMPARE(test::loadAll(library)->size(), 2);
}

void LibraryTest::oddRowsArePassedOver()
{
    const std::pair<const char*, QVariant> bad[] = {{"seed", -1}, {"seed", u"text"_s},
        {"rating", 9}, {"format", u"tiff"_s}, {"id", u"no id"_s},
        {"parameters", u"{\"prompt\": "_s}, {"parameters", u"[]"_s}, {"width", qint64{1} << 40},
        {"path", u"../../etc/passwd"_s}, {"path", u"/etc/passwd"_s},
        {"path", u"2025-03-09/../../x.png"_s}, {"bytes", u"x"_s}};
    Library library(m_folder, m_cache);
    const auto sound = await(library.file(filing(1000)));
    QVERIFY(sound);
    for (const auto& [column, value] : bad) {
        const auto filed = await(library.file(filing()));
        QVERIFY(filed);
        QVERIFY(sql(u"UPDATE pictures SET %1 = ? WHERE id = ?"_s.arg(QLatin1StringView(column)),
            {value, (*filed)->id.toString(QUuid::WithoutBraces)}));
    }
    QCOMPARE(paths(*test::loadAll(library)), QStringList{(*sound)->path});
}

void LibraryTest::endsWhatWasBegun()
{
    QList<QFuture<Result<PicturePtr>>> futures;
    {
        Library library(m_folder, m_cache);
        for (int i = 0; i < 12; ++i)
            futures.append(library.file(filing(i)));
    }
    for (const auto& future : std::as_const(futures))
        QVERIFY(future.isFinished() && future.result());
    QCOMPARE(loaded().size(), 12);
}

SEEDBOOK_TEST(LibraryTest, QCoreApplication)

} // namespace seedbook::libraryTest

#include "LibraryTest.moc"
