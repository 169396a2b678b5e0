#include "widgets/queue/QueuePanel.h"

#include "jobs/JobQueue.h"
#include "library/Library.h"
#include "support/Finding.h"
#include "support/GallerySamples.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/TestProgram.h"
#include "support/WalkAsked.h"
#include "widgets/common/PressGuard.h"
#include "widgets/live/JobText.h"
#include "widgets/live/QueueWatch.h"
#include "widgets/queue/QueueModel.h"
#include "widgets/queue/QueueStatus.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>

#include <algorithm>
#include <atomic>
#include <map>

namespace seedbook::queuePanelTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

Job queued(JobId id, JobState state = JobState::Waiting)
{
    Job job = sampleJob(id, state);
    job.position = static_cast<double>(id);
    if (state == JobState::Sending || state == JobState::Received)
        job.sent = moment(id);
    if (isEnded(state))
        job.ended = moment(id);
    return job;
}

QList<JobId> shown(const QueueModel& model)
{
    QList<JobId> ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.job(model.index(row, 0))->id);
    return ids;
}

// The order a plain sort gives.
QList<JobId> expected(const std::map<JobId, Job>& jobs)
{
    const auto key = [](const Job& job) {
        const bool out = isInFlight(job.state) || job.state == JobState::Received;
        const int group = out ? 0 : job.state == JobState::Waiting ? 1 : 2;
        const double place = out          ? double(job.sent.toMSecsSinceEpoch())
                             : group == 1 ? job.position
                                          : -double(job.ended.toMSecsSinceEpoch());
        return std::tuple(group, place, job.id);
    };
    QList<JobId> ids;
    for (const auto& [id, job] : jobs)
        ids.append(id);
    std::ranges::sort(ids, [&](JobId a, JobId b) { return key(jobs.at(a)) < key(jobs.at(b)); });
    return ids;
}

// A queue that sends nothing: no service is there, and it is paused.
struct Bench
{
    Bench()
        : ledger(folder.path() + u"/data/ledger.sqlite"_s)
        , library(folder.path() + u"/library"_s, folder.path() + u"/cache"_s)
        , queue(ledger, library, folder.path() + u"/kept"_s)
        , sender(queue, library)
        , watch(queue)
        , panel(queue, sender, watch)
    {
        queue.pauseAll();
        QSignalSpy restored(&queue, &JobQueue::restored);
        queue.restore(models());
        restored.wait();
        panel.resize(900, 400);
        panel.show();
    }
    QList<JobId> submit(int count)
    {
        QList<Request> requests;
        for (int i = 0; i < count; ++i)
            requests.append(sampleRequest(u"a fox"_s, 1 + i));
        const auto ids = test::submit(queue, requests, Endpoint::segmind());
        [&] { QTRY_VERIFY(queue.job(ids.last())->committed); }();
        return ids;
    }
    [[nodiscard]] QAction* action(const QString& text) const
    {
        for (QAction* action : panel.findChild<QToolBar*>()->actions()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }
    void select(int first, int last)
    {
        panel.view()->selectionModel()->select(
            QItemSelection(panel.model()->index(first, 0), panel.model()->index(last, 0)),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }

    QTemporaryDir folder;
    Ledger ledger;
    Library library;
    JobQueue queue;
    Sender sender;
    QueueWatch watch;
    QueuePanel panel;
};

} // namespace

class QueuePanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsAnySequence();
    void tenThousandRows();
    void actionsFitTheSelection();
    void keysMove();
    void dropMoves();
    void cancelsMany();
    void aDoubleClickCancelsOne();
    void deleteHeldDownCancelsOne();
    void onlyMovesRepeat();
    void errorOnTheClipboard();
    void saysWhyNothingIsSent();
    void statusBarSaysItWhileThePanelIsClosed();
    void retryIsToldInTheStatusBar();
    void tenThousandWaitForOneReason();
    void heldNamesItsPrice();
    void sendAgainNamesItsPrice();
};

void QueuePanelTest::followsAnySequence()
{
    QueueModel model;
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto [steps, seed] = walkAsked();
    QRandomGenerator random(seed);
    std::map<JobId, Job> jobs;
    const QList<JobState> states{JobState::Waiting, JobState::Sending, JobState::Accepted,
        JobState::Received, JobState::Filed, JobState::Refused, JobState::Cancelled,
        JobState::Unknown};
    JobId next = 1;
    for (int step = 0; step < steps; ++step) {
        const int what = random.bounded(10);
        if (what < 3) {
            QList<Job> added;
            for (int i = random.bounded(1, 6); i > 0; --i) {
                added.append(queued(next++, states.at(random.bounded(states.size()))));
                jobs.insert({added.last().id, added.last()});
            }
            model.addJobs(added);
        } else if (!jobs.empty()) {
            auto it = jobs.begin();
            std::advance(it, random.bounded(static_cast<int>(jobs.size())));
            const bool finished =
                it->second.state == JobState::Filed || it->second.state == JobState::Cancelled;
            if (what == 9) {
                model.removeJob(it->first);
                if (!finished)
                    jobs.erase(it);
            } else if (what == 8 && step % 50 == 0) {
                model.clearFinished();
                std::erase_if(jobs, [](const auto& item) {
                    return item.second.state == JobState::Filed ||
                           item.second.state == JobState::Cancelled;
                });
            } else {
                Job changed = queued(it->first, states.at(random.bounded(states.size())));
                changed.position = random.bounded(1000.0);
                it->second = changed;
                model.updateJob(changed);
            }
        }
        QCOMPARE(shown(model), expected(jobs));
    }
    QVERIFY(model.rowCount() > 20);
}

// A change is told of once, for its own row, and a batch is one insertion.
void QueuePanelTest::tenThousandRows()
{
    QueueModel model;
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QList<Job> jobs;
    for (JobId id = 1; id <= 10'000; ++id)
        jobs.append(queued(id));
    model.addJobs(jobs);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), 10'000);
    model.updateJob(queued(5000, JobState::Sending));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 0);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 0);
    model.tick();
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.last().at(1).toModelIndex().row(), 0);
    QVERIFY(reset.isEmpty());
}

void QueuePanelTest::actionsFitTheSelection()
{
    Bench bench;
    QVERIFY(!bench.action(u"Cancel"_s)->isEnabled());
    bench.submit(3);
    QVERIFY(!bench.action(u"Move up"_s)->isEnabled());
    bench.select(1, 1);
    QVERIFY(bench.action(u"Cancel"_s)->isEnabled());
    QVERIFY(bench.action(u"Move up"_s)->isEnabled());
    QVERIFY(!bench.action(u"Retry"_s)->isEnabled());
    QVERIFY(!bench.action(u"Copy error"_s)->isEnabled());
    QVERIFY(bench.action(u"Resume"_s)); // it is paused
    bench.action(u"Cancel"_s)->trigger();
    QCOMPARE(bench.queue.waitingCount(), 2);
    QCOMPARE(bench.panel.model()->rowCount(), 3); // it stays to be seen
    QTRY_VERIFY(bench.action(u"Clear finished"_s)->isEnabled());
    bench.action(u"Clear finished"_s)->trigger();
    QCOMPARE(bench.panel.model()->rowCount(), 2);
}

void QueuePanelTest::keysMove()
{
    Bench bench;
    const auto ids = bench.submit(4);
    QVERIFY(QTest::qWaitForWindowExposed(&bench.panel));
    QTableView* view = bench.panel.view();
    view->setFocus();
    bench.select(2, 2);
    QTest::keyClick(view, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(shown(*bench.panel.model()), (QList<JobId>{ids[0], ids[2], ids[1], ids[3]}));
    QTest::keyClick(view, Qt::Key_Home, Qt::AltModifier);
    QCOMPARE(shown(*bench.panel.model()), (QList<JobId>{ids[2], ids[0], ids[1], ids[3]}));
    QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier); // there is no further
    QCOMPARE(shown(*bench.panel.model()), (QList<JobId>{ids[0], ids[1], ids[3], ids[2]}));
    QTest::keyClick(view, Qt::Key_Delete);
    QCOMPARE(bench.queue.waitingCount(), 3);
    QTRY_VERIFY(!bench.queue.job(ids[2]));
}

void QueuePanelTest::dropMoves()
{
    Bench bench;
    const auto ids = bench.submit(5);
    QueueModel* model = bench.panel.model();
    const std::unique_ptr<QMimeData> data(
        model->mimeData({model->index(3, 0), model->index(4, 0), model->index(4, 1)}));
    QVERIFY(!model->dropMimeData(data.get(), Qt::MoveAction, 1, 0, {})); // the view removes nothing
    QCOMPARE(shown(*model), (QList<JobId>{ids[0], ids[3], ids[4], ids[1], ids[2]}));
    QVERIFY(!model->dropMimeData(data.get(), Qt::MoveAction, 5, 0, {}));
    QCOMPARE(shown(*model), (QList<JobId>{ids[0], ids[1], ids[2], ids[3], ids[4]}));
    QMimeData other;
    other.setText(u"words"_s);
    QVERIFY(!model->canDropMimeData(&other, Qt::MoveAction, 0, 0, {}));
}

void QueuePanelTest::cancelsMany()
{
    Bench bench;
    bench.submit(2000);
    bench.panel.view()->selectAll();
    bench.action(u"Cancel"_s)->trigger();
    QCOMPARE(bench.queue.waitingCount(), 0);
    QCOMPARE(bench.panel.model()->rowCount(), 2000);
    QTRY_VERIFY(bench.queue.jobs().isEmpty());
    bench.panel.model()->clearFinished();
    QCOMPARE(bench.panel.model()->rowCount(), 0);
}

// As a desktop sends it; and by then the next row is selected.
void QueuePanelTest::aDoubleClickCancelsOne()
{
    Bench bench;
    const auto ids = bench.submit(4);
    QVERIFY(QTest::qWaitForWindowExposed(&bench.panel));
    QWidget* button =
        bench.panel.findChild<QToolBar*>()->widgetForAction(bench.action(u"Cancel"_s));
    QVERIFY(button);
    // Time stands still from here on.
    button->findChild<PressGuard*>()->setClock([] { return std::chrono::hours(1'000'000); });
    bench.select(0, 0);
    QCoreApplication::processEvents();
    // The hand rests there, and what the button is about changes below it.
    QTest::mouseMove(button);
    quint64 time = 1000;
    const auto send = [&](QEvent::Type type) {
        const QPointF middle = button->rect().center();
        QMouseEvent event(type, middle, button->mapToGlobal(middle), Qt::LeftButton,
            type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
        event.setTimestamp(time += 50);
        QCoreApplication::sendEvent(button, &event);
    };
    connect(&bench.queue, &JobQueue::countsChanged, this, [&] {
        if (bench.panel.model()->indexOf(ids[1]).isValid()) {
            const int row = bench.panel.model()->indexOf(ids[1]).row();
            bench.select(row, row);
        }
    });
    for (const auto type :
        {QEvent::MouseButtonPress, QEvent::MouseButtonDblClick, QEvent::MouseButtonPress}) {
        send(type);
        send(QEvent::MouseButtonRelease);
    }
    QCOMPARE(bench.queue.waitingCount(), 3);
    // Another row is selected just before it is pressed.
    time += 1000;
    const int row = bench.panel.model()->indexOf(ids[3]).row();
    bench.select(row, row);
    send(QEvent::MouseButtonPress);
    send(QEvent::MouseButtonRelease);
    QCOMPARE(bench.queue.waitingCount(), 3);
}

void QueuePanelTest::deleteHeldDownCancelsOne()
{
    Bench bench;
    const auto ids = bench.submit(6);
    QVERIFY(QTest::qWaitForWindowExposed(&bench.panel));
    QTableView* view = bench.panel.view();
    view->setFocus();
    bench.select(0, 0);
    connect(&bench.queue, &JobQueue::countsChanged, this, [&] {
        for (const JobId id : ids) {
            const QModelIndex index = bench.panel.model()->indexOf(id);
            const Job* job = bench.panel.model()->job(index);
            if (job && job->state == JobState::Waiting)
                return bench.select(index.row(), index.row());
        }
    });
    // Through the window, which looks for shortcuts first.
    QTest::simulateEvent(view, true, Qt::Key_Delete, Qt::NoModifier, QString(), false);
    for (int i = 0; i < 20; ++i)
        QTest::simulateEvent(view, true, Qt::Key_Delete, Qt::NoModifier, QString(), true);
    QTest::simulateEvent(view, false, Qt::Key_Delete, Qt::NoModifier, QString(), false);
    QCOMPARE(bench.queue.waitingCount(), 5);
}

void QueuePanelTest::onlyMovesRepeat()
{
    const Bench bench;
    for (const QAction* action : bench.panel.findChild<QToolBar*>()->actions()) {
        const bool moves =
            action->text().startsWith(u"Move"_s) || action->text() == u"To the top"_s;
        if (!action->isSeparator())
            QVERIFY2(action->autoRepeat() == moves, qPrintable(action->text()));
    }
}

void QueuePanelTest::errorOnTheClipboard()
{
    Bench bench;
    // Nobody serves it, so it fails once it is its turn.
    bench.submit(1);
    bench.queue.resumeAll();
    QTRY_COMPARE(bench.queue.jobs().first().state, JobState::Failed);
    bench.select(0, 0);
    QTRY_VERIFY(bench.action(u"Copy error"_s)->isEnabled());
    bench.action(u"Copy error"_s)->trigger();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.contains(u"Seed 1:"_s) && text.contains(u"segmind"_s), qPrintable(text));
}

void QueuePanelTest::saysWhyNothingIsSent()
{
    Bench bench;
    auto* reason = named<QLabel>(bench.panel, u"Reason for the pause"_s);
    QVERIFY(reason);
    QTRY_VERIFY(reason->text().contains(u"Paused"_s));
    QVERIFY(reason->isVisible());
    bench.action(u"Resume"_s)->trigger();
    QTRY_VERIFY(!reason->isVisible());
    QVERIFY(bench.action(u"Pause"_s));
}

void QueuePanelTest::statusBarSaysItWhileThePanelIsClosed()
{
    Bench bench;
    bench.panel.hide();
    const QueueStatus status(bench.queue, bench.watch);
    const auto* cause = status.findChild<QLabel*>();
    auto* wayOut = status.findChild<QPushButton*>();
    QVERIFY(!status.isHidden());
    QCOMPARE(cause->text(), u"Paused"_s);
    QCOMPARE(wayOut->text(), u"Resume"_s);
    QVERIFY(cause->accessibleDescription().contains(u"resume to send"_s));
    wayOut->click();
    QVERIFY(!bench.queue.isPausedByPerson());
    QVERIFY(status.isHidden());
}

// Nobody listens there: the job waits for its next attempt, and a press does not wait for it.
void QueuePanelTest::retryIsToldInTheStatusBar()
{
    QTemporaryDir folder;
    RawServer gone([](RawServer::Peer&) {});
    const Endpoint endpoint = gone.endpoint();
    gone.stop();
    PaidBench paid(folder.path(), endpoint);
    paid.queue.setRetryTable(RetryTable(1000)); // its attempts are an hour apart
    QVERIFY(paid.restore());
    QueueWatch watch(paid.queue);
    QueueModel model;
    model.setWatch(&watch);
    model.addJobs(paid.queue.jobs());
    connect(&paid.queue, &JobQueue::jobsAdded, &model, &QueueModel::addJobs);
    connect(&paid.queue, &JobQueue::jobChanged, &model, &QueueModel::updateJob);
    const QueueStatus status(paid.queue, watch);
    QVERIFY(status.isHidden());
    const auto ids = submit(paid.queue, batch(1), endpoint);
    QTRY_VERIFY(paid.queue.job(ids[0])->notBefore.isValid());
    QTRY_VERIFY(!status.isHidden());
    const QString time =
        paid.queue.job(ids[0])->notBefore.toLocalTime().time().toString(u"HH:mm"_s);
    QCOMPARE(status.findChild<QLabel*>()->text(), u"No network · retrying at "_s + time);
    QCOMPARE(
        model.index(0, QueueModel::State).data().toString(), status.findChild<QLabel*>()->text());
    auto* wayOut = status.findChild<QPushButton*>();
    QCOMPARE(wayOut->text(), u"Retry now"_s);
    wayOut->click();
    QTRY_COMPARE(paid.queue.job(ids[0])->attempts, 2);
}

void QueuePanelTest::tenThousandWaitForOneReason()
{
    Bench bench;
    bench.queue.resumeAll();
    QueueModel model;
    model.setWatch(&bench.watch);
    QList<Job> jobs;
    for (JobId id = 1; id <= 10'000; ++id)
        jobs.append(queued(id));
    jobs.append(queued(20'000, JobState::Refused));
    model.addJobs(jobs);
    QCOMPARE(model.index(9'000, QueueModel::State).data().toString(), u"Waiting"_s);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    bench.queue.pauseAll();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 0);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 9'999);
    QCOMPARE(model.index(9'000, QueueModel::State).data().toString(), u"Paused"_s);
    bench.queue.resumeAll();
    QCOMPARE(changed.size(), 2);
    bench.queue.resumeAll(); // nothing new
    QCOMPARE(changed.size(), 2);
}

// What waits since the last session says what it costs to let it go.
void QueuePanelTest::heldNamesItsPrice()
{
    QTemporaryDir folder;
    RawServer server([](RawServer::Peer&) {});
    const Endpoint endpoint = server.endpoint();
    {
        PaidBench before(folder.path(), endpoint);
        QVERIFY(before.restore());
        before.queue.pauseAll();
        const auto ids = submit(before.queue, batch(2), endpoint);
        QTRY_VERIFY(before.queue.job(ids.last())->committed);
    }
    PaidBench paid(folder.path(), endpoint);
    QVERIFY(paid.restore());
    QueueWatch watch(paid.queue);
    QueuePanel panel(paid.queue, paid.sender, watch);
    QCOMPARE(panel.model()->rowCount(), 2);
    QCOMPARE(panel.model()->index(0, QueueModel::State).data().toString(), u"On hold"_s);
    panel.view()->selectRow(0);
    const auto texts = [&panel] {
        QStringList all;
        for (const QAction* action : panel.findChild<QToolBar*>()->actions())
            all.append(action->text());
        return all;
    };
    QVERIFY(texts().contains(u"Resume · $0.12"_s));
    panel.view()->selectAll();
    QVERIFY(texts().contains(u"Resume · $0.24"_s));
}

// What pays a second time says so, in the sum that it may cost today; and a cap is asked.
void QueuePanelTest::sendAgainNamesItsPrice()
{
    QTemporaryDir folder;
    std::atomic<int> posts = 0;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest() || peer.request().method != "POST")
            return;
        if (++posts > 3)
            peer.send(httpAnswer(200, samplePicture(), {"x-cost: 0.2"}));
        peer.close(); // no answer: unknown
    });
    PaidBench paid(folder.path(), server.endpoint());
    QVERIFY(paid.restore());
    paid.queue.setLimit(6);
    QueueWatch watch(paid.queue);
    QueuePanel panel(paid.queue, paid.sender, watch);
    QAction* again = nullptr;
    for (QAction* action : panel.findChild<QToolBar*>()->actions())
        again = action->text() == u"Retry"_s ? action : again;
    QVERIFY(again);
    const auto ids = submit(paid.queue, batch(3), server.endpoint());
    for (const JobId id : ids)
        QTRY_COMPARE(paid.queue.job(id)->state, JobState::Unknown);
    panel.view()->selectAll();
    QCOMPARE(again->text(), u"Send again · $0.36"_s);
    QCOMPARE(tryAgainText(*paid.queue.job(ids[0])), u"Send again · $0.12"_s);
    // Another job is told a price: the tiles name that one from now on.
    submit(paid.queue, batch(1, 900), server.endpoint());
    QTRY_COMPARE(paid.filed.size(), 1);
    QTRY_COMPARE(again->text(), u"Send again · $0.60"_s);
    QCOMPARE(tryAgainText(*paid.queue.job(ids[0])), u"Send again · $0.20"_s);
    QList<Error> objections;
    int answers = 0;
    connect(&panel, &QueuePanel::againRequested, this, [&](const QList<JobId>& asked) {
        paid.sender.planAgain(asked, this, [&](const SendPlan& plan) {
            ++answers;
            if (const auto sent = paid.sender.send(plan); !sent)
                objections.append(sent.error());
        });
    });
    paid.queue.setCaps({Money::fromUsd(0.5), {}, {}});
    again->trigger();
    QTRY_COMPARE(answers, 1);
    QCOMPARE(objections.size(), 1);
    QCOMPARE(objections.first().kind, ErrorKind::CapReached);
    QCOMPARE(paid.queue.jobs().size(), 3);
    paid.queue.setCaps({Money::fromUsd(0.6), {}, {}});
    again->trigger();
    QTRY_COMPARE(answers, 2);
    QCOMPARE(objections.size(), 1);
    QTRY_COMPARE(paid.filed.size(), 4);
    QCOMPARE(posts, 7);
}

SEEDBOOK_TEST(QueuePanelTest, QApplication)

} // namespace seedbook::queuePanelTest

#include "QueuePanelTest.moc"
