#include "jobs/Ledger.h"
#include "support/PictureFolder.h"
#include "support/TestProgram.h"

#include <QCoreApplication>

namespace seedbook::backfillTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// A ledger beside a library, joined as the program joins them.
struct Bench
{
    Bench()
        : ledger(pictures.cache + u"/ledger.sqlite"_s)
    {
    }
    // A job whose picture is filed there.
    [[nodiscard]] bool file(JobId id, const QString& path)
    {
        const Picture record = sampleRecord(static_cast<int>(id));
        Job job{.request = sampleRequest(record.prompt, record.seed->number())};
        job.id = id;
        job.pictureId = record.id;
        job.endpoint = record.endpoint;
        job.state = JobState::Received;
        job.created = record.created;
        if (!await(ledger.insert({job})))
            return false;
        auto picture = std::make_shared<Picture>(record);
        picture->path = path;
        job.state = JobState::Filed;
        job.picture = picture;
        return await(ledger.update(job)).has_value();
    }
    [[nodiscard]] bool makeOld(JobId id)
    {
        return await(ledger.thread().run([id](Database& database) -> Result<void> {
            auto done = database.run(u"UPDATE jobs SET record_written = 0 WHERE id = ?"_s, {id});
            return done ? Result<void>() : done.error();
        })).has_value();
    }
    // What happens at the start. Answers what was settled.
    [[nodiscard]] std::optional<QList<QUuid>> start()
    {
        if (!pictures.scan())
            return std::nullopt;
        const auto known = await(ledger.picturesWithoutRecord(models()));
        if (!known || known->isEmpty())
            return known ? std::optional(QList<QUuid>()) : std::nullopt;
        QSignalSpy backfilled(&pictures.library(), &Library::backfilled);
        pictures.library().backfill(*known, models());
        if (!backfilled.wait())
            return std::nullopt;
        const auto ids = backfilled.first().first().value<QList<QUuid>>();
        return await(ledger.noteRecords(ids)) ? std::optional(ids) : std::nullopt;
    }
    [[nodiscard]] bool hasRecord(const QString& path) const
    {
        const auto read = readPictureMetadata(path);
        return read && read->own;
    }
    [[nodiscard]] bool strip(const QString& path) const
    {
        const auto bare = withoutMetadata(contents(path));
        if (bare)
            put(path, *bare);
        return bare && !hasRecord(path);
    }

    PictureFolder pictures;
    Ledger ledger;
};

} // namespace

class BackfillTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oldJobsAreTriedOnce()
    {
        Bench bench;
        const QString path = bench.pictures.at(u"2023-11-14/1.png"_s);
        put(path, samplePicture());
        QVERIFY(bench.file(1, path) && bench.makeOld(1));
        const QUuid id = sampleRecord(1).id;
        QCOMPARE(bench.start(), QList<QUuid>{id});
        QVERIFY(bench.hasRecord(path));
        QVERIFY(bench.pictures.known.contains(id));
        // Taken out on purpose.
        QVERIFY(bench.strip(path));
        QCOMPARE(bench.start(), QList<QUuid>());
        QVERIFY(!bench.hasRecord(path));
    }

    void newJobsAreNot()
    {
        Bench bench;
        const QString path = bench.pictures.at(u"2023-11-14/2.png"_s);
        put(path, recordedPicture(2));
        QVERIFY(bench.file(2, path));
        QVERIFY(bench.strip(path));
        QCOMPARE(bench.start(), QList<QUuid>());
        QVERIFY(!bench.hasRecord(path));
    }

    void theirDiskMayBeAway()
    {
        Bench bench;
        const QString path = bench.pictures.at(u"2023-11-14/3.png"_s);
        QVERIFY(bench.file(3, path) && bench.makeOld(3));
        QVERIFY(bench.file(4, bench.pictures.at(u"day/gone.png"_s)) && bench.makeOld(4));
        QVERIFY(QDir().mkpath(bench.pictures.at(u"day"_s)));
        QCOMPARE(bench.start(), QList<QUuid>{sampleRecord(4).id});
        put(path, samplePicture());
        QCOMPARE(bench.start(), QList<QUuid>{sampleRecord(3).id});
        QVERIFY(bench.hasRecord(path));
    }
};

SEEDBOOK_TEST(BackfillTest, QCoreApplication)

} // namespace seedbook::backfillTest

#include "BackfillTest.moc"
