#include "widgets/live/JobText.h"

#include "jobs/JobQueue.h"
#include "library/Library.h"
#include "library/ThumbnailLoader.h"
#include "support/GallerySamples.h"
#include "support/PaidBench.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"
#include "widgets/live/PictureListModel.h"
#include "widgets/live/QueueWatch.h"
#include "widgets/queue/QueueModel.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace seedbook::jobTextTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const Error lost{ErrorKind::HostNotFound, u"api.example.org"_s, {}};
const Error busy{ErrorKind::BadGateway, u"api.example.org"_s, {}, 502};
const QueueCondition flowing{.now = moment(1000)};

Job waiting()
{
    return sampleJob(1);
}

Job held(bool practice = false)
{
    Job job = waiting();
    job.onHold = true;
    job.practice = practice;
    return job;
}

// At a time of day that does not depend on where the test runs.
QDateTime at(const QString& time)
{
    return QDateTime(moment(1000).toLocalTime().date(), QTime::fromString(time, u"HH:mm:ss"_s))
        .toUTC();
}

Job retrying(const Error& error)
{
    Job job = waiting();
    job.notBefore = at(u"17:39:44"_s);
    job.error = error;
    return job;
}

QueueCondition shortlyBefore()
{
    return {.now = at(u"17:39:40"_s)};
}

Job out(CallPhase phase, qint64 seconds, JobState state = JobState::Sending)
{
    Job job = sampleJob(1, state);
    job.phase = phase;
    job.sent = moment(1000 - seconds);
    return job;
}

Job ended(JobState state, ErrorKind kind)
{
    Job job = sampleJob(1, state, Error{kind, u"api.example.org"_s, {}});
    job.sent = moment(100);
    job.ended = moment(131);
    return job;
}

QueueCondition paused()
{
    QueueCondition condition = flowing;
    condition.pausedByPerson = true;
    return condition;
}

QueueCondition disk(ErrorKind kind)
{
    QueueCondition condition = flowing;
    condition.disk = Error{kind, u"/pictures"_s, {}};
    return condition;
}

QueueCondition endpoint(PauseReason reason, ErrorKind kind, const QString& endpoint = {})
{
    QueueCondition condition = flowing;
    condition.endpoints.insert(endpoint.isEmpty() ? waiting().endpoint : endpoint,
        {Pause{reason, Error{kind, u"api.example.org"_s, {}}}, {}});
    return condition;
}

QueueCondition limited()
{
    QueueCondition condition = shortlyBefore();
    condition.endpoints.insert(waiting().endpoint, {{}, at(u"17:40:10"_s)});
    return condition;
}

} // namespace

class JobTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void states_data();
    void states();
    void wholeSecondsFromOneMoment();
    void detailsSayWhatToDo();
    void anEndpointHoldsItsOwnJobsAlone();
    void tileAndRowSayTheSame();
    void phasesOfARecoverableCall();
};

void JobTextTest::states_data()
{
    QTest::addColumn<Job>("job");
    QTest::addColumn<QueueCondition>("condition");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("wayOut"); // what can be pressed beside Cancel and Dismiss
    const auto row = [](const char* name, const Job& job, const QueueCondition& condition,
                         const QString& words, const QString& wayOut = {}) {
        QTest::newRow(name) << job << condition << words << wayOut;
    };
    row("waiting", waiting(), flowing, u"Waiting"_s);
    row("on hold", held(), flowing, u"On hold"_s, u"Resume · $0.12"_s);
    row("practice on hold", held(true), flowing, u"On hold"_s, u"Resume"_s);
    row("on hold and paused", held(), paused(), u"On hold"_s, u"Resume · $0.12"_s);
    row("paused", waiting(), paused(), u"Paused"_s, u"Resume queue"_s);
    row("paused and retrying", retrying(lost), paused(), u"Paused"_s, u"Resume queue"_s);
    row("disk full", waiting(), disk(ErrorKind::DiskFull), u"Disk full"_s, u"Retry now"_s);
    row("ledger", waiting(), disk(ErrorKind::DatabaseError), u"Cannot save"_s, u"Retry now"_s);
    row("offline", waiting(), endpoint(PauseReason::Offline, ErrorKind::HostNotFound),
        u"No network"_s, u"Retry now"_s);
    row("cap", waiting(), endpoint(PauseReason::Cap, ErrorKind::CapReached),
        u"Spending cap reached"_s, u"Resume"_s);
    row("wrong key", waiting(), endpoint(PauseReason::Key, ErrorKind::WrongKey),
        u"API key rejected"_s, u"Resume"_s);
    row("no key", waiting(), endpoint(PauseReason::Key, ErrorKind::MissingKey), u"No API key"_s,
        u"Resume"_s);
    row("credits", waiting(), endpoint(PauseReason::Credits, ErrorKind::InsufficientCredits),
        u"Out of credits"_s, u"Resume"_s);
    row("team's limit", waiting(), endpoint(PauseReason::Credits, ErrorKind::SpendLimit),
        u"Spending limit reached"_s, u"Resume"_s);
    row("insecure", waiting(), endpoint(PauseReason::Insecure, ErrorKind::TlsFailed),
        u"Connection not secure"_s, u"Resume"_s);
    row("rate limit", waiting(), limited(), u"Rate limit · 17:40"_s);
    row("rate limit, itself", retrying({ErrorKind::RateLimited, {}, {}, 429}), limited(),
        u"Rate limit · 17:40"_s, u"Retry now"_s);
    row("no network", retrying(lost), shortlyBefore(), u"No network · retrying at 17:39"_s,
        u"Retry now"_s);
    row("bad gateway", retrying(busy), shortlyBefore(), u"Retrying at 17:39"_s, u"Retry now"_s);
    row("its time has come", retrying(lost), {.now = at(u"17:39:44"_s)}, u"Waiting"_s);
    row("connecting", out(CallPhase::Connecting, 3), flowing, u"Connecting"_s);
    row("generating", out(CallPhase::Generating, 12), flowing,
        u"Generating · 12 s of about 28 s"_s);
    row("generating while paused", out(CallPhase::Generating, 12), paused(),
        u"Generating · 12 s of about 28 s"_s);
    row("to the last second", out(CallPhase::Generating, 28), flowing,
        u"Generating · 28 s of about 28 s"_s);
    row("past the expected time", out(CallPhase::Generating, 31), flowing, u"Generating · 31 s"_s);
    row("downloading", out(CallPhase::Downloading, 29), flowing, u"Downloading"_s);
    row("v2 accepted", out(CallPhase::Generating, 5, JobState::Accepted), flowing,
        u"Generating · 5 s of about 28 s"_s);
    row("v2 taken up", out(CallPhase::Connecting, 5, JobState::Accepted), flowing,
        u"Generating · 5 s of about 28 s"_s);
    row("v2 downloading", out(CallPhase::Downloading, 29, JobState::Accepted), flowing,
        u"Downloading"_s);
    Job stopped = out(CallPhase::Generating, 12);
    stopped.unclaimed = true;
    row("stopped", stopped, flowing, u"Waiting stopped"_s);
    Job quick = out(CallPhase::Generating, 0);
    quick.expected = 300ms;
    row("less than a second", quick, flowing, u"Generating · 0 s"_s);
    row("saving", out(CallPhase::Connecting, 29, JobState::Received), flowing, u"Saving"_s);
    row("failed", ended(JobState::Failed, ErrorKind::JobFailed), flowing, u"Failed"_s, u"Retry"_s);
    row("unknown", ended(JobState::Unknown, ErrorKind::TimedOut), flowing, u"Outcome unknown"_s,
        u"Send again · $0.12"_s);
}

void JobTextTest::states()
{
    QFETCH(Job, job);
    QFETCH(QueueCondition, condition);
    QFETCH(QString, wayOut);
    QTEST(stateTimeText(job, condition), "words");
    QVERIFY(!(canResumeQueue(job, condition) && canTryAgain(job, condition)));
    const QString pressed = canResumeQueue(job, condition) ? resumeQueueText(condition)
                            : canTryAgain(job, condition)  ? tryAgainText(job, condition)
                                                           : QString();
    QCOMPARE(pressed, wayOut);
    QVERIFY(!detailText(job, condition).isEmpty());
}

// Whatever part of a second has gone is cut off, never rounded up.
void JobTextTest::wholeSecondsFromOneMoment()
{
    Job job = out(CallPhase::Generating, 0);
    job.sent = moment(1000).addMSecs(-12'999);
    QCOMPARE(timeText(job, flowing), u"12 s of about 28 s"_s);
    job.sent = moment(1000).addMSecs(-13'000);
    QCOMPARE(timeText(job, flowing), u"13 s of about 28 s"_s);
    job.sent = moment(1001); // a clock that was set back
    QCOMPARE(timeText(job, flowing), u"0 s of about 28 s"_s);
    job.ended = moment(1031);
    QCOMPARE(timeText(job, flowing), u"30 s"_s);
}

void JobTextTest::detailsSayWhatToDo()
{
    QCOMPARE(longText(held(), flowing),
        u"On hold since your last session. Resume it to send it. Nothing was sent or charged."_s);
    QCOMPARE(longText(waiting(), paused()),
        u"Paused. Running requests continue; resume to send the rest."_s);
    QCOMPARE(longText(waiting(), limited()), u"Rate limit reached. Sending continues at 17:40."_s);
    QVERIFY(longText(retrying(lost), shortlyBefore()).endsWith(u" Retrying at 17:39."_s));
    QVERIFY(longText(waiting(), endpoint(PauseReason::Key, ErrorKind::WrongKey))
                .contains(u"Settings"_s));
    QCOMPARE(detailText(out(CallPhase::Generating, 12), flowing),
        u"Generating · 12 s of about 28 s. The service is generating the image."_s);
    QCOMPARE(detailText(out(CallPhase::Downloading, 12), flowing), u"Downloading the image."_s);
}

void JobTextTest::anEndpointHoldsItsOwnJobsAlone()
{
    const auto elsewhere =
        endpoint(PauseReason::Offline, ErrorKind::HostNotFound, u"https://other.example.org"_s);
    QCOMPARE(stateTimeText(waiting(), elsewhere), u"Waiting"_s);
    QVERIFY(!canTryAgain(waiting(), elsewhere));
    Job there = waiting();
    there.endpoint = u"https://other.example.org"_s;
    QCOMPARE(stateTimeText(there, elsewhere), u"No network"_s);
}

// At any moment, over a few beats of the clock that both are told from.
void JobTextTest::tileAndRowSayTheSame()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 2500ms});
    PaidBench paid(folder.path(), service.endpoint());
    QVERIFY(paid.restore());
    QueueWatch watch(paid.queue);
    ThumbnailLoader loader(folder.filePath(u"cache"_s));
    LivePictures live(loader);
    const PictureListModel gallery(live);
    QueueModel rows;
    live.setWatch(&watch);
    rows.setWatch(&watch);
    connect(&paid.queue, &JobQueue::jobsAdded, &live, &LivePictures::addJobs);
    connect(&paid.queue, &JobQueue::jobChanged, &live, &LivePictures::updateJob);
    connect(&paid.queue, &JobQueue::jobsAdded, &rows, &QueueModel::addJobs);
    connect(&paid.queue, &JobQueue::jobChanged, &rows, &QueueModel::updateJob);
    QStringList seen;
    const auto look = [&] {
        if (rows.rowCount() == 0 || rows.job(rows.index(0, 0))->state == JobState::Filed)
            return;
        const Job& job = *rows.job(rows.index(0, 0));
        const QString row = rows.index(0, QueueModel::State).data().toString();
        const QModelIndex tile = gallery.indexOfJob(job.id);
        QVERIFY(tile.data(Qt::AccessibleTextRole).toString().endsWith(u", "_s + row));
        QCOMPARE(stateTimeText(job, live.condition()), row);
        if (row.startsWith(u"Generating"_s)) {
            const QString begin = row + u". "_s;
            QVERIFY(tile.data(Qt::AccessibleDescriptionRole).toString().startsWith(begin));
            QVERIFY(tile.data(Qt::ToolTipRole).toString().contains(begin));
            QVERIFY(rows.index(0, QueueModel::State)
                        .data(Qt::ToolTipRole)
                        .toString()
                        .startsWith(begin));
        }
        if (seen.isEmpty() || seen.last() != row)
            seen.append(row);
    };
    connect(&paid.queue, &JobQueue::jobChanged, this, look);
    connect(&watch, &QueueWatch::ticked, this, look);
    submit(paid.queue, batch(1), service.endpoint());
    QTRY_COMPARE_WITH_TIMEOUT(paid.filed.size(), 1, 20'000);
    QCOMPARE(seen.first(), u"Connecting"_s);
    QList<int> figures;
    for (const QString& words : std::as_const(seen)) {
        if (words.startsWith(u"Generating · "_s))
            figures.append(words.section(u' ', 2, 2).toInt());
    }
    QVERIFY2(figures.size() >= 2, qPrintable(seen.join(u'|')));
    QVERIFY2(std::ranges::is_sorted(figures), qPrintable(seen.join(u'|')));
    QVERIFY(figures.last() >= 1);
}

// The answer that names the request is not yet the picture.
void JobTextTest::phasesOfARecoverableCall()
{
    QTemporaryDir folder;
    SwiftService service({.delay = 150ms});
    PaidBench paid(folder.path(), service.endpoint(), Transport::Recoverable);
    QVERIFY(paid.restore());
    QStringList seen;
    connect(&paid.queue, &JobQueue::jobChanged, this, [&seen](const Job& job) {
        const QString state = stateText(job, flowing);
        if (seen.isEmpty() || seen.last() != state)
            seen.append(state);
    });
    submit(paid.queue, batch(1), service.endpoint());
    QTRY_COMPARE(paid.filed.size(), 1);
    QCOMPARE(seen,
        (QStringList{u"Connecting"_s, u"Generating"_s, u"Downloading"_s, u"Saving"_s, u"Done"_s}));
}

SEEDBOOK_TEST(JobTextTest, QApplication)

} // namespace seedbook::jobTextTest

#include "JobTextTest.moc"
