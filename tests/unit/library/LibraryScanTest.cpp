#include "support/Listing.h"
#include "support/PictureFolder.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seedbook::libraryScanTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

QByteArray encoded(const QString& path)
{
    return QFile::encodeName(path);
}

// Rates it and puts its time back, as a program may that is told to keep it. Neither size nor time
// tells of that then.
bool rateUnseen(const QString& path, int rating)
{
    struct stat was = {};
    struct stat now = {};
    const auto marked = withRatingAndTags({contents(path), {}}, rating, {});
    if (!marked || ::stat(encoded(path).constData(), &was) != 0)
        return false;
    put(path, marked->file);
    const std::array<timespec, 2> times{was.st_atim, was.st_mtim};
    return ::utimensat(AT_FDCWD, encoded(path).constData(), times.data(), 0) == 0 &&
           ::stat(encoded(path).constData(), &now) == 0 && now.st_size == was.st_size &&
           now.st_mtim.tv_sec == was.st_mtim.tv_sec && now.st_mtim.tv_nsec == was.st_mtim.tv_nsec;
}

} // namespace

class LibraryScanTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<PictureFolder>(); }
    void cleanup() { m_bench.reset(); }

    void findsWhatIsThere();
    void followsEveryChange();
    void seesWhatKeepsItsTime();
    void readsWhatItIsToldOf();
    void movedPicturesKeepTheirPlace();
    void copiesAreSecondPictures();
    void picturesThatChangePlaces();
    void aNewSidecarIsSeen();
    void rebuiltAsItWas();
    void sameIdsWhateverCameFirst();
    void seenWithinTwoSeconds();
    void agreesAfterAThousandChanges();
    void filedPicturesAreReadOnce();
    void manyGoInPieces();
    void importsWithSidecars();
    void oldPicturesGetTheirRecord();
    void tellsTheTagsInUse();

private:
    [[nodiscard]] QString at(const QString& path) const { return m_bench->at(path); }

    std::unique_ptr<PictureFolder> m_bench;
};

void LibraryScanTest::findsWhatIsThere()
{
    put(at(u"2023-11-14/one.png"_s), recordedPicture(1));
    put(at(u"a/b/c/two.JPG"_s), recordedPicture(2, ImageFormat::Jpeg));
    put(at(u"three.webp"_s), recordedPicture(3, ImageFormat::Webp));
    put(at(u"foreign.jpeg"_s), samplePicture(ImageFormat::Jpeg));
    put(at(u".hidden.png"_s), recordedPicture(4));
    put(at(u".trash/gone.png"_s), recordedPicture(5));
    put(at(u".seedbook-x.part"_s), recordedPicture(6));
    put(at(u"notes.txt"_s), "no picture");
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), 4);
    QVERIFY(m_bench->agrees());
    QVERIFY(m_bench->library().unreadable().isEmpty());

    const PicturePtr two = m_bench->known.value(idOf(2));
    QVERIFY(two);
    const Picture record = sampleRecord(2);
    QCOMPARE(two->recordId, record.id);
    QCOMPARE(two->path, at(u"a/b/c/two.JPG"_s));
    QCOMPARE(two->format, ImageFormat::Jpeg);
    QCOMPARE(two->prompt, record.prompt);
    QCOMPARE(two->parameters, record.parameters);
    QCOMPARE(two->seed, record.seed);
    QCOMPARE(two->created, record.created);
    QCOMPARE(two->price, record.price);
    QCOMPARE(two->provenance, record.provenance);
    QCOMPARE(two->rating, record.rating);
    QCOMPARE(two->tags, record.tags);
    QCOMPARE(two->bytes, QFileInfo(two->path).size());
    const PicturePtr foreign = m_bench->atPath(u"foreign.jpeg"_s);
    QVERIFY(foreign && foreign->recordId.isNull() && !foreign->seed);
    QCOMPARE(foreign->size, QSize(64, 36));
    // Nothing is read twice.
    m_bench->told.clear();
    QVERIFY(m_bench->scan());
    QVERIFY(m_bench->told.isEmpty());
    // And all of it is there at the next start.
    m_bench->open();
    QCOMPARE(m_bench->known.size(), 4);
    QCOMPARE(m_bench->known.value(idOf(2))->provenance, record.provenance);
    QVERIFY(!m_bench->atPath(u"foreign.jpeg"_s)->seed);
}

void LibraryScanTest::followsEveryChange()
{
    put(at(u"d/one.png"_s), recordedPicture(1));
    put(at(u"d/two.png"_s), recordedPicture(2));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), 2);

    // Marked by another program.
    const auto marked =
        withRatingAndTags({contents(at(u"d/one.png"_s)), {}}, 4, {u"sea"_s, u"fox"_s});
    QVERIFY(marked);
    put(at(u"d/one.png"_s), marked->file);
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.value(idOf(1))->rating, 4);
    QCOMPARE(m_bench->known.value(idOf(1))->tags, (QStringList{u"sea"_s, u"fox"_s}));
    QCOMPARE(m_bench->told.last().updated.size(), 1);
    QVERIFY(!m_bench->told.last().updated.first().redrawn);

    // Painted over, the record kept: the same picture with other pixels.
    put(at(u"d/one.png"_s),
        embedRecord(samplePicture(ImageFormat::Png, {30, 30}), sampleRecord(1), u"Qwen-Image"_s)
            .file);
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.value(idOf(1))->size, QSize(30, 30));
    QVERIFY(m_bench->told.last().updated.first().redrawn);

    // Its record taken away: the same place, another id.
    const auto bare = withoutMetadata(contents(at(u"d/one.png"_s)));
    QVERIFY(bare);
    put(at(u"d/one.png"_s), *bare);
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->told.last().updated.first().was, idOf(1));
    QVERIFY(m_bench->atPath(u"d/one.png"_s)->recordId.isNull());

    // Another picture under the same name is another picture.
    put(at(u"d/two.png"_s), recordedPicture(3));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->told.last().removed, QList<QUuid>{idOf(2)});
    QCOMPARE(m_bench->told.last().added.first()->id, idOf(3));

    QVERIFY(QFile::remove(at(u"d/two.png"_s)));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->told.last().removed, QList<QUuid>{idOf(3)});
    QCOMPARE(m_bench->known.size(), 1);
    QVERIFY(m_bench->agrees());
}

void LibraryScanTest::seesWhatKeepsItsTime()
{
    const QString path = at(u"d/one.png"_s);
    put(path, recordedPicture(1));
    put(path, withRatingAndTags({contents(path), {}}, 4, {})->file);
    put(at(u"bad.png"_s), "no picture");
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.value(idOf(1))->rating, 4);
    QVERIFY(rateUnseen(path, 5));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.value(idOf(1))->rating, 5);
    m_bench->close();
    QVERIFY(rateUnseen(path, 3));
    m_bench->open();
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.value(idOf(1))->rating, 3);

    // What leaves the contents as they are is nobody's news.
    const QString dump = m_bench->dump();
    QSignalSpy unreadable(&m_bench->library(), &Library::unreadableChanged);
    m_bench->told.clear();
    const QByteArray outside = encoded(m_bench->folder + u" outside"_s);
    for (const QString& each : {path, at(u"bad.png"_s)}) {
        QCOMPARE(::chmod(encoded(each).constData(), 0600), 0);
        QVERIFY(m_bench->scan());
        QCOMPARE(::link(encoded(each).constData(), outside.constData()), 0);
        QVERIFY(m_bench->scan());
        QCOMPARE(::rename(outside.constData(), encoded(each).constData()), 0); // does nothing
        QCOMPARE(::unlink(outside.constData()), 0);
        QVERIFY(m_bench->scan());
    }
    QVERIFY(m_bench->told.isEmpty());
    QCOMPARE(unreadable.count(), 0);
    QCOMPARE(m_bench->dump(), dump);
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
}

// As on a file system that has no time but the one that can be put back.
void LibraryScanTest::readsWhatItIsToldOf()
{
    const QString path = at(u"one.png"_s);
    put(path, recordedPicture(1));
    put(path, withRatingAndTags({contents(path), {}}, 4, {})->file);
    QVERIFY(m_bench->scan());
    m_bench->close();
    QVERIFY(rateUnseen(path, 5));
    {
        auto database = Database::open(m_bench->cache + u"/index.sqlite"_s,
            PictureIndex::migrations(), Database::Durability::Normal);
        QVERIFY(database);
        QVERIFY(
            (*database)->run(u"UPDATE pictures SET changed = ?"_s, {stateOfFile(path)->changed}));
    }
    m_bench->open();
    QSignalSpy scanned(&m_bench->library(), &Library::scanned);
    m_bench->library().watch();
    QVERIFY(scanned.wait());
    QCOMPARE(m_bench->known.value(idOf(1))->rating, 4);
    const int file = ::open(encoded(path).constData(), O_WRONLY | O_CLOEXEC);
    QVERIFY(file >= 0 && ::close(file) == 0);
    QTRY_COMPARE(m_bench->known.value(idOf(1))->rating, 5);
}

void LibraryScanTest::movedPicturesKeepTheirPlace()
{
    for (int i = 1; i <= 5; ++i)
        put(at(u"old/%1.png"_s.arg(i)), recordedPicture(i));
    put(at(u"old/foreign.png"_s), samplePicture());
    QVERIFY(m_bench->scan());
    const QUuid foreign = m_bench->atPath(u"old/foreign.png"_s)->id;
    m_bench->told.clear();
    QVERIFY(QDir().rename(at(u"old"_s), at(u"new"_s)));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->told.size(), 1);
    QCOMPARE(m_bench->told.first().updated.size(), 6);
    QVERIFY(m_bench->told.first().removed.isEmpty());
    QVERIFY(m_bench->told.first().added.isEmpty());
    QCOMPARE(m_bench->known.value(idOf(3))->path, at(u"new/3.png"_s));
    QCOMPARE(m_bench->known.value(foreign)->path, at(u"new/foreign.png"_s));
    QVERIFY(m_bench->agrees());
}

void LibraryScanTest::copiesAreSecondPictures()
{
    put(at(u"m.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    QVERIFY(QFile::copy(at(u"m.png"_s), at(u"z.png"_s)));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), 2);
    QCOMPARE(m_bench->atPath(u"m.png"_s)->id, idOf(1));
    const QUuid copy = m_bench->atPath(u"z.png"_s)->id;
    QVERIFY(copy != idOf(1));
    QCOMPARE(m_bench->atPath(u"z.png"_s)->recordId, idOf(1));

    // One whose path comes first takes the record's id, and says so of the one before.
    QVERIFY(QFile::copy(at(u"m.png"_s), at(u"a.png"_s)));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->atPath(u"a.png"_s)->id, idOf(1));
    QCOMPARE(m_bench->atPath(u"z.png"_s)->id, copy);
    const QUuid second = m_bench->atPath(u"m.png"_s)->id;
    QVERIFY(second != idOf(1) && second != copy);
    QVERIFY(m_bench->agrees());
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);

    // Each copy is marked for itself.
    m_bench->library().setRating({m_bench->atPath(u"m.png"_s)}, 5);
    QTRY_COMPARE(readPictureMetadata(at(u"m.png"_s))->rating, 5);
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.value(second)->rating, 5);
    QCOMPARE(m_bench->known.value(idOf(1))->rating, sampleRecord(1).rating);

    QVERIFY(QFile::remove(at(u"a.png"_s)));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->atPath(u"m.png"_s)->id, idOf(1));
    QCOMPARE(m_bench->atPath(u"z.png"_s)->id, copy);
    QVERIFY(m_bench->agrees());
}

void LibraryScanTest::picturesThatChangePlaces()
{
    put(at(u"a.png"_s), recordedPicture(1));
    put(at(u"b.png"_s), recordedPicture(2));
    QVERIFY(m_bench->scan());
    put(at(u"a.png"_s), recordedPicture(2));
    put(at(u"b.png"_s), recordedPicture(1));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.value(idOf(1))->path, at(u"b.png"_s));
    QCOMPARE(m_bench->known.value(idOf(2))->path, at(u"a.png"_s));
    QVERIFY(m_bench->agrees());
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
}

void LibraryScanTest::aNewSidecarIsSeen()
{
    const QByteArray bytes = samplePicture();
    put(at(u"p.png"_s), bytes);
    put(at(u"q.png"_s), samplePicture(ImageFormat::Png, {10, 10}));
    QVERIFY(m_bench->scan());
    // Sealed or torn files come with theirs beside them.
    const QByteArray torn = bytes.chopped(20);
    const EmbeddedPicture beside = embedRecord(torn, sampleRecord(1), u"Qwen-Image"_s);
    QVERIFY(!beside.sidecar.isEmpty());
    put(sidecarPath(at(u"p.png"_s)), beside.sidecar);
    put(at(u"q.xmp"_s), beside.sidecar); // as Adobe's programs name it
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->atPath(u"p.png"_s)->recordId, idOf(1));
    QVERIFY(m_bench->atPath(u"p.png"_s)->hasSidecar);
    QCOMPARE(m_bench->atPath(u"q.png"_s)->recordId, idOf(1));
    QVERIFY(QFile::remove(sidecarPath(at(u"p.png"_s))));
    QVERIFY(m_bench->scan());
    QVERIFY(m_bench->atPath(u"p.png"_s)->recordId.isNull());
    QVERIFY(!m_bench->atPath(u"p.png"_s)->hasSidecar);
    QVERIFY(m_bench->agrees());
}

void LibraryScanTest::rebuiltAsItWas()
{
    constexpr int count = 600;
    for (int i = 0; i < count; ++i)
        put(at(u"%1/picture %2.png"_s.arg(i % 9).arg(i)), recordedPicture(i));
    for (int i = 0; i < 20; ++i) {
        QVERIFY(QFile::copy(at(u"%1/picture %1.png"_s.arg(i % 9)), at(u"copy %1.png"_s.arg(i))));
        put(at(u"foreign %1.webp"_s.arg(i)), samplePicture(ImageFormat::Webp, {20 + i, 20}));
    }
    put(at(u"empty.png"_s), {});
    QSignalSpy scanning(&m_bench->library(), &Library::scanning);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_bench->scan());
    qInfo("%lld pictures a second", static_cast<long long>((count + 41) * 1000 / timer.elapsed()));
    QCOMPARE(scanning.last().at(0).toInt(), count + 41);
    QCOMPARE(scanning.last().at(1).toInt(), count + 41);
    QCOMPARE(m_bench->known.size(), count + 40);
    // Marked here, which must not differ from what a fresh look at the files gives.
    QList<PicturePtr> some;
    for (int i = 0; i < 30; ++i)
        some.append(m_bench->known.value(idOf(i)));
    m_bench->library().setRating(some, 3);
    m_bench->library().changeTags(some, {u"kept"_s}, {u"海"_s});
    QTRY_COMPARE(readPictureMetadata(some.last()->path)->tags.last(), u"kept"_s);
    QVERIFY(m_bench->scan());
    QVERIFY(m_bench->agrees());
    const QString dump = m_bench->dump();
    QVERIFY(dump.contains(u"rating: 3\n"_s) && dump.contains(u"kept"_s));
    QVERIFY(dump.contains(u"request-77"_s) && dump.contains(u"price: 121077"_s));
    QVERIFY(dump.contains(u"empty.png"_s));

    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
    QCOMPARE(m_bench->known.value(idOf(29))->tags.last(), u"kept"_s);
    QVERIFY(m_bench->agrees());
}

void LibraryScanTest::sameIdsWhateverCameFirst()
{
    QRandomGenerator dice(3);
    for (int i = 0; i < 40; ++i) {
        const QString path = at(u"%1/%2.png"_s.arg(dice.bounded(3)).arg(dice.bounded(6)));
        if (dice.bounded(4) == 0)
            QFile::remove(path);
        else
            put(path, recordedPicture(dice.bounded(4)));
        if (dice.bounded(5) == 0) {
            QDir(at(u"9"_s)).removeRecursively();
            QDir().rename(at(QString::number(dice.bounded(3))), at(u"9"_s));
        }
        QVERIFY(m_bench->scan());
        QVERIFY(m_bench->agrees());
        QSet<QString> paths;
        for (const PicturePtr& picture : std::as_const(m_bench->known))
            paths.insert(picture->path);
        QCOMPARE(paths.size(), m_bench->known.size());
    }
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
}

void LibraryScanTest::seenWithinTwoSeconds()
{
    constexpr int soon = 2000;
    Library& library = m_bench->library();
    QSignalSpy scanned(&library, &Library::scanned);
    library.watch();
    QVERIFY(scanned.wait());
    put(at(u"day/new.png"_s), recordedPicture(1));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->known.contains(idOf(1)), soon);
    const auto marked = withRatingAndTags({contents(at(u"day/new.png"_s)), {}}, 2, {});
    QVERIFY(marked);
    put(at(u"day/new.png"_s), marked->file);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->known.value(idOf(1))->rating, 2, soon);
    QVERIFY(QDir().rename(at(u"day"_s), at(u"night"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->known.value(idOf(1))->path, at(u"night/new.png"_s), soon);
    QVERIFY(m_bench->told.last().added.isEmpty()); // the same picture, at another path
    put(at(u"night/bad.png"_s), "no picture");
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->unreadable(), QStringList{u"night/bad.png"_s}, soon);
    QVERIFY(QDir(at(u"night"_s)).removeRecursively());
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->known.isEmpty() && m_bench->unreadable().isEmpty(), soon);
}

void LibraryScanTest::agreesAfterAThousandChanges()
{
    Library& library = m_bench->library();
    QSignalSpy scanned(&library, &Library::scanned);
    library.watch();
    QVERIFY(scanned.wait());
    QRandomGenerator dice(11);
    QList<QString> there;
    const auto fresh = [&dice](int number) {
        return u"%1/%2 %3.png"_s.arg(dice.bounded(20)).arg(number).arg(dice.bounded(1'000'000));
    };
    for (int i = 0; i < 1000; ++i) {
        there.append(fresh(i));
        put(at(there.last()), recordedPicture(i % 700)); // some are copies
        if (i % 50 == 0)
            QCoreApplication::processEvents();
        const auto index = dice.bounded(there.size());
        const QString path = at(there.at(index));
        switch (dice.bounded(4)) {
        case 0: {
            const QString to = fresh(i);
            QVERIFY(QDir().mkpath(QFileInfo(at(to)).path()));
            QVERIFY(QFile::rename(path, at(to)));
            there[index] = to;
            break;
        }
        case 1: {
            // As ExifTool does it.
            const auto marked =
                withRatingAndTags({contents(path), {}}, dice.bounded(6), {u"round %1"_s.arg(i)});
            QVERIFY(marked);
            put(path + u"_tmp"_s, marked->file);
            QCOMPARE(::rename(encoded(path + u"_tmp"_s).constData(), encoded(path).constData()), 0);
            break;
        }
        case 2:
            QVERIFY(QFile::remove(path));
            there.removeAt(index);
            break;
        default:
            break;
        }
    }
    put(at(u"end.png"_s), recordedPicture(5000));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->known.contains(idOf(5000)), 20'000);
    QTRY_COMPARE(m_bench->known.size(), there.size() + 1);
    QVERIFY(m_bench->agrees());
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
}

void LibraryScanTest::filedPicturesAreReadOnce()
{
    SaveRequest filing{sampleRequest(), samplePicture(), ImageFormat::Png, {}};
    filing.draft.id = QUuid::createUuid();
    filing.draft.created = QDateTime::currentDateTimeUtc();
    const auto filed = await(m_bench->library().file(filing));
    QVERIFY(filed);
    // The index knows at once what the file will tell.
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->dump(), dump);
    const auto pictures = loadAll(m_bench->library());
    QCOMPARE(pictures->size(), 1);
    QCOMPARE(pictures->first()->id, filing.draft.id);
    m_bench->told.clear();
    QVERIFY(m_bench->scan());
    QVERIFY(m_bench->told.isEmpty());
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
}

// Else all who want something of the index would wait until the last of them is gone.
void LibraryScanTest::manyGoInPieces()
{
    constexpr int count = 2500;
    for (int number = 1; number <= count; ++number)
        put(at(u"%1/%2.png"_s.arg(number % 7).arg(number)), recordedPicture(number));
    QVERIFY(m_bench->scan());
    QCOMPARE(m_bench->known.size(), count);
    for (int number = 2; number <= count; ++number)
        QVERIFY(QFile::remove(at(u"%1/%2.png"_s.arg(number % 7).arg(number))));
    m_bench->told.clear();
    QVERIFY(m_bench->scan());
    QVERIFY(m_bench->told.size() > 2);
    for (const LibraryChanges& changes : std::as_const(m_bench->told))
        QVERIFY(changes.removed.size() <= 1000);
    QCOMPARE(m_bench->known.size(), 1);
    QVERIFY(m_bench->agrees());
}

void LibraryScanTest::importsWithSidecars()
{
    const QString outside = m_bench->folder + u" outside"_s;
    put(outside + u"/one.png"_s, recordedPicture(1));
    put(outside + u"/.odd\nname.JPG"_s, samplePicture(ImageFormat::Jpeg));
    put(outside + u"/no ending"_s, samplePicture(ImageFormat::Webp));
    const QByteArray torn = samplePicture(ImageFormat::Png, {40, 40}).chopped(20);
    const EmbeddedPicture beside = embedRecord(torn, sampleRecord(2), u"Qwen-Image"_s);
    put(outside + u"/torn.png"_s, torn);
    put(outside + u"/torn.png.xmp"_s, beside.sidecar);
    put(outside + u"/bad.png"_s, "no picture");
    const auto results = await(m_bench->library().import({outside + u"/one.png"_s,
        outside + u"/.odd\nname.JPG"_s, outside + u"/no ending"_s, outside + u"/torn.png"_s,
        outside + u"/bad.png"_s, outside + u"/gone.png"_s, outside + u"/one.png"_s}));
    QCOMPARE(results.size(), 7);
    QVERIFY(results[0] && results[1] && results[2] && results[3] && results[6]);
    QCOMPARE((*results[0])->id, idOf(1));
    const QString day = at(u"2023-11-1"_s).chopped(1);
    QVERIFY((*results[0])->path.startsWith(day));
    QCOMPARE(QFileInfo((*results[0])->path).fileName(), u"one.png"_s);
    QCOMPARE(contents((*results[0])->path), contents(outside + u"/one.png"_s));
    QCOMPARE(QFileInfo((*results[1])->path).fileName(), u"odd name.JPG"_s);
    QCOMPARE(QFileInfo((*results[2])->path).fileName(), u"no ending.webp"_s);
    QCOMPARE((*results[3])->recordId, idOf(2));
    QCOMPARE(QFileInfo((*results[3])->path).fileName(), u"torn.png"_s); // its sidecar is its own
    QCOMPARE(contents((*results[3])->path + u".xmp"_s), beside.sidecar);
    QCOMPARE(results[4].error().kind, ErrorKind::PictureUndecodable);
    QCOMPARE(results[5].error().kind, ErrorKind::PictureMissing);
    QCOMPARE(QFileInfo((*results[6])->path).fileName(), u"one (2).png"_s);
    QTRY_COMPARE(m_bench->known.size(), 5);
    QVERIFY(m_bench->agrees());
    QCOMPARE(QDir(outside).entryList(QDir::Files | QDir::Hidden).size(), 6); // nothing was moved
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
}

// Pictures of the time when only the ledger knew what made them.
void LibraryScanTest::oldPicturesGetTheirRecord()
{
    QList<Picture> known;
    for (int i = 1; i <= 5; ++i) {
        Picture picture = sampleRecord(i);
        picture.rating = 0;
        picture.tags.clear();
        picture.path = at(u"2023-11-14/%1.png"_s.arg(i));
        known.append(picture);
    }
    // The library has moved since the ledger wrote this one down.
    known[1].path = u"/elsewhere/2023-11-14/2.png"_s;
    put(at(u"2023-11-14/1.png"_s), samplePicture(ImageFormat::Png, {31, 20}));
    const auto rated =
        withRatingAndTags({samplePicture(ImageFormat::Png, {32, 20}), {}}, 4, {u"mine"_s});
    QVERIFY(rated);
    put(at(u"2023-11-14/2.png"_s), rated->file);
    put(at(u"2023-11-14/3.png"_s), samplePicture(ImageFormat::Png, {33, 20}).chopped(15)); // torn
    put(at(u"2023-11-14/4.png"_s), recordedPicture(77)); // another one by now
    // The fifth is gone.
    QVERIFY(m_bench->scan());
    const QUuid before = m_bench->atPath(u"2023-11-14/1.png"_s)->id;
    m_bench->told.clear();
    QSignalSpy backfilled(&m_bench->library(), &Library::backfilled);
    m_bench->library().backfill(known, models());
    QTRY_VERIFY(m_bench->known.contains(idOf(1)) && m_bench->known.contains(idOf(2)) &&
                m_bench->known.contains(idOf(3)));
    QTRY_COMPARE(backfilled.size(), 1);
    QCOMPARE(backfilled.first().first().value<QList<QUuid>>(),
        (QList{idOf(1), idOf(2), idOf(3), idOf(4), idOf(5)}));
    QCOMPARE(m_bench->told.first().updated.first().was, before); // it keeps its place
    QVERIFY(m_bench->told.first().removed.isEmpty() && m_bench->told.first().added.isEmpty());
    QCOMPARE(m_bench->known.size(), 4);
    QVERIFY(m_bench->known.contains(idOf(77)));
    const PicturePtr second = m_bench->known.value(idOf(2));
    QCOMPARE(second->rating, 4);
    QCOMPARE(second->tags, QStringList{u"mine"_s});
    QCOMPARE(second->price, known[1].price);
    QVERIFY(m_bench->known.value(idOf(3))->hasSidecar);
    const QString dump = m_bench->dump();
    QVERIFY(m_bench->rebuild());
    QCOMPARE(m_bench->dump(), dump);
    QCOMPARE(m_bench->known.value(idOf(1))->prompt, known[0].prompt);
}

void LibraryScanTest::tellsTheTagsInUse()
{
    for (int i = 0; i < 8; ++i)
        put(at(u"%1.png"_s.arg(i)), recordedPicture(i));
    QVERIFY(m_bench->scan());
    QCOMPARE(*await(m_bench->library().tags()),
        (QStringList{u"海"_s, u"tag 0"_s, u"tag 1"_s, u"tag 2"_s, u"tag 3"_s, u"tag 4"_s}));
}

SEEDBOOK_TEST(LibraryScanTest, QCoreApplication)

} // namespace seedbook::libraryScanTest

#include "LibraryScanTest.moc"
