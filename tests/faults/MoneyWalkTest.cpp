#include "support/PaidBench.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"
#include "support/Troubles.h"
#include "support/WalkAsked.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <atomic>
#include <mutex>

namespace seedbook::moneyWalkTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

constexpr int fewSeeds = 10; // so that the same is often asked for again
constexpr auto goodKey = "SG_0123456789abcdef";
constexpr auto badKey = "SG_ffffffffffffffff";

using Fate = SwiftService::Fate;

// One walk: two paid services and one for practice, a queue with all it needs, a person who does
// whatever comes to mind, and a computer whose disks fill up and whose folders go.
class Walk
{
public:
    explicit Walk(quint32 seed)
        : m_troubles(m_folder.path())
        , m_random(seed)
        , m_fates(seed + 1)
        , m_services{std::make_unique<SwiftService>(options()),
              std::make_unique<SwiftService>(options()), std::make_unique<SwiftService>(options())}
        , m_endpoints{m_services[0]->endpoint(), m_services[1]->endpoint(),
              Endpoint::practice(quint16(m_services[2]->endpoint().url({}).port()))}
    {
        start();
    }

    void step();
    // Everything that is on its way has come.
    void rest()
    {
        m_troubles.mend();
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->queue.isIdle(), 60000);
    }
    // The last of it: all is mended and has come, in the next run too.
    void end();
    // Empty, or what was paid twice without a word.
    [[nodiscard]] QString fault() const;
    // After end(): empty, or what is missing of what came.
    [[nodiscard]] QString loss() const;
    // What the ledger and the services know of a seed.
    [[nodiscard]] QString history(qint64 seed) const;
    [[nodiscard]] QString counts() const
    {
        return u"%1 steps, %2 POSTs, %3 of them paid, %4 acts, %5 restarts, %6 by a signal, %7 "
               u"plans"
               " sent, %8 not, %9 troubles%10, %11 pictures came"_s.arg(m_steps)
                   .arg(m_posts)
                   .arg(m_paid)
                   .arg(m_actCount)
                   .arg(m_restarts)
                   .arg(m_signals)
                   .arg(m_sent)
                   .arg(m_notSent)
                   .arg(m_troubleCount)
                   .arg(m_troubles.canFill() ? QString() : u" (no disk full)"_s)
                   .arg(m_received.size());
    }
    void count();
    [[nodiscard]] const QString& last() const { return m_last; }

private:
    // Their own services, for the queue of one run.
    struct Run : PaidBench
    {
        Run(const Troubles& troubles, const std::array<Endpoint, 3>& endpoints, Transport transport)
            : PaidBench(troubles.folder(), endpoints[0], transport, troubles.library())
            , other(endpoints[1], [this] { return key; })
            , practice(endpoints[2], [] { return ApiKey(goodKey); })
        {
            queue.addService(other);
            queue.addService(practice);
        }
        SegmindService other;
        SegmindService practice;
    };

    SwiftService::Options options()
    {
        return {.delay = 1ms,
            .spread = 25ms,
            .pictureBytes = 200,
            .fate = [this](const QByteArray& key) {
                if (key != goodKey)
                    return Fate::WrongKey;
                const std::lock_guard lock(m_mutex);
                const quint32 dice = m_fates.bounded(100U);
                return dice < 70   ? Fate::Picture
                       : dice < 85 ? Fate::Nothing
                       : dice < 90 ? Fate::ServerError
                       : dice < 95 ? Fate::BadGateway
                                   : Fate::Limited;
            }};
    }

    template <typename T>
    T oneOf(const QList<T>& all)
    {
        return all.at(m_random.bounded(all.size()));
    }
    [[nodiscard]] QList<JobId> jobsThat(const std::function<bool(const Job&)>& fit) const
    {
        QList<JobId> ids;
        for (const Job& job : m_bench->queue.jobs()) {
            if (fit(job))
                ids.append(job.id);
        }
        return ids;
    }
    [[nodiscard]] QString ledger() const { return m_troubles.data() + u"/ledger.sqlite"_s; }
    void start();
    [[nodiscard]] bool tryToStart();
    void follow(const Job& job);
    void stop();
    void stopBySignal();
    void trouble();
    void press(const QSet<Standing>& anyway);
    void send(const SendPlan& plan);
    void again(const QList<JobId>& ids);
    void movePicture();

    QTemporaryDir m_folder;
    Troubles m_troubles;
    QRandomGenerator m_random;
    std::mutex m_mutex;
    QRandomGenerator m_fates; // under the mutex
    std::array<std::unique_ptr<SwiftService>, 3> m_services;
    std::array<Endpoint, 3> m_endpoints;
    std::unique_ptr<Run> m_bench;
    std::map<std::pair<QString, qint64>, int> m_acts; // by endpoint and seed
    QSet<QString> m_received;                         // the ids of pictures whose every byte came
    QSet<JobId> m_held;                               // of jobs whose picture is in memory alone
    QString m_last;
    QStringList m_lately; // steps, by their times
    bool m_keyIsGood = true;
    int m_target = 0;
    int m_moves = 0;
    int m_steps = 0;
    int m_restarts = 0;
    int m_signals = 0;
    int m_troubleCount = 0;
    int m_sent = 0;
    int m_notSent = 0;
    int m_actCount = 0;
    qsizetype m_posts = 0;
    qsizetype m_paid = 0;
};

bool Walk::tryToStart()
{
    const bool recoverable = m_random.bounded(2) == 1;
    m_bench = std::make_unique<Run>(
        m_troubles, m_endpoints, recoverable ? Transport::Recoverable : Transport::Blocking);
    m_bench->key = ApiKey(m_keyIsGood ? goodKey : badKey);
    QObject::connect(&m_bench->queue, &JobQueue::jobChanged, &m_bench->queue,
        [this](const Job& job) { follow(job); });
    QSignalSpy restored(&m_bench->queue, &JobQueue::restored);
    QSignalSpy failed(&m_bench->queue, &JobQueue::restoreFailed);
    m_bench->queue.restore(models());
    if (!QTest::qWaitFor([&] { return !restored.isEmpty() || !failed.isEmpty(); }, 20000))
        qFatal("a start that does not end");
    return failed.isEmpty();
}

// A ledger that cannot be read is a start that is told so; one that is not there is another
// person's.
void Walk::start()
{
    m_troubles.comeBack(Troubles::Data);
    if (!tryToStart()) {
        m_troubles.mend();
        QVERIFY(tryToStart());
    }
    QSignalSpy scanned(&m_bench->library, &Library::scanned);
    (void)m_bench->library.checkFolder().result();
    m_bench->library.watch(); // as the window does
    QVERIFY(scanned.wait(20000));
    m_bench->queue.setLimit(m_random.bounded(1, 7));
    m_bench->sender.setTarget(m_endpoints.at(std::size_t(m_target)));
}

void Walk::follow(const Job& job)
{
    const bool came = job.state == JobState::Received || job.state == JobState::Filed;
    if (!came)
        return;
    m_received.insert(job.pictureId.toString(QUuid::WithoutBraces));
    if (job.state == JobState::Received && job.spoolPath.isEmpty())
        m_held.insert(job.id);
    else
        m_held.remove(job.id);
}

// As a kill does: what is in memory alone is lost, and only that.
void Walk::stop()
{
    for (const JobId id : std::as_const(m_held))
        m_received.remove(m_bench->last.at(id).pictureId.toString(QUuid::WithoutBraces));
    m_held.clear();
    m_bench.reset();
}

// Nothing more is sent, and the last answer is on a disk before it ends.
void Walk::stopBySignal()
{
    QSignalSpy left(&m_bench->queue, &JobQueue::left);
    m_bench->queue.leave();
    if (left.isEmpty() && !left.wait(1000)) { // a disk is full
        m_troubles.mend();
        QVERIFY(!left.isEmpty() || left.wait(20000));
    }
    QVERIFY(m_held.isEmpty());
    m_bench.reset();
}

void Walk::trouble()
{
    ++m_troubleCount;
    switch (m_random.bounded(6)) {
    case 0:
        m_last = u"the data's disk is full"_s;
        m_troubles.fill(Troubles::Data);
        break;
    case 1:
        m_last = u"the library's disk is full"_s;
        m_troubles.fill(Troubles::Library);
        break;
    case 2:
        m_last = u"both disks are full"_s;
        m_troubles.fill(Troubles::Data);
        m_troubles.fill(Troubles::Library);
        break;
    case 3:
        m_last = u"the library goes"_s;
        m_troubles.go(Troubles::Library);
        m_bench->library.rescan();
        break;
    case 4:
        m_last = u"the ledger goes"_s;
        m_troubles.go(Troubles::Data);
        break;
    default:
        m_last = u"an empty place is where the library was"_s;
        m_troubles.go(Troubles::Library);
        QVERIFY(QDir().mkpath(m_troubles.library()));
        m_bench->library.rescan();
    }
}

void Walk::end()
{
    m_keyIsGood = true;
    for (int run = 0; run < 2; ++run) {
        m_bench->key = ApiKey(goodKey);
        m_troubles.mend();
        m_bench->library.rescan();
        m_bench->queue.resumeAll();
        for (const Endpoint& endpoint : m_endpoints)
            m_bench->queue.resumeEndpoint(endpoint.name());
        rest();
        if (run == 0) {
            stop();
            start();
        }
    }
}

void Walk::press(const QSet<Standing>& anyway)
{
    QList<Intent> intents;
    const int count = m_random.bounded(1, 4);
    for (int i = 0; i < count; ++i)
        intents.append({sampleRequest(u"a fox"_s, m_random.bounded(fewSeeds))});
    m_bench->sender.plan(intents, &m_bench->queue, [this, anyway](const SendPlan& plan) {
        send(anyway.isEmpty() ? plan : m_bench->sender.anyway(plan, anyway));
    });
}

void Walk::send(const SendPlan& plan)
{
    QList<std::pair<QString, qint64>> acts;
    for (const SendPlan::Item& item : plan.items) {
        if (item.standing != Standing::Fresh)
            continue;
        const Job* job = m_bench->queue.job(item.intent.job);
        const bool isAct = job ? job->state == JobState::Unknown : item.anyway;
        if (isAct)
            acts.append({plan.endpoint, item.intent.request.seed()->number()});
    }
    if (!m_bench->sender.send(plan)) {
        ++m_notSent;
        return;
    }
    ++m_sent;
    m_actCount += static_cast<int>(acts.size());
    for (const auto& act : acts)
        ++m_acts[act];
}

void Walk::again(const QList<JobId>& ids)
{
    m_bench->sender.planAgain(ids, &m_bench->queue, [this](const SendPlan& plan) { send(plan); });
}

// Not in the midst of a look at the folder, which may miss what moves behind its back.
void Walk::movePicture()
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_bench->sender.isAsked(), 20000);
    QStringList files;
    QDirIterator it(m_troubles.library(), {u"*.png"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        files.append(it.next());
    if (files.isEmpty())
        return;
    const QString folder = m_troubles.library() + u"/kept"_s;
    if (!QDir().mkpath(folder))
        return; // no room
    QVERIFY(QFile::rename(oneOf(files), folder + u"/%1.png"_s.arg(++m_moves)));
}

void Walk::step()
{
    ++m_steps;
    JobQueue& queue = m_bench->queue;
    const QSet<Standing> all{Standing::There, Standing::Waiting, Standing::OnHold, Standing::Out,
        Standing::Received, Standing::Unknown};
    const auto sendable = [&queue](const Job& job) { return queue.canSendAgain(job.id); };
    const auto waits = [](const Job& job) { return job.state == JobState::Waiting; };
    const auto isOutNow = [](const Job& job) { return isInFlight(job.state); };
    const quint32 dice = m_random.bounded(110U);
    if (dice < 34) {
        m_last = u"press"_s;
        press({});
    } else if (dice < 40) {
        m_last = u"press twice"_s;
        const QRandomGenerator before = m_random;
        press({});
        m_random = before; // the same once more, before the first is answered
        press({});
    } else if (dice < 44) {
        m_last = u"anyway"_s;
        press(all);
    } else if (dice < 46) {
        m_last = u"resume what is on hold"_s;
        press({Standing::OnHold});
    } else if (dice < 52) {
        m_last = u"again"_s;
        if (const auto ids = jobsThat(sendable); !ids.isEmpty())
            again({oneOf(ids), oneOf(ids)});
    } else if (dice < 55) {
        m_last = u"release"_s;
        m_bench->sender.planRelease(
            oneOf(QList<Endpoint>(m_endpoints.begin(), m_endpoints.end())).name(), &queue,
            [this](const SendPlan& plan) { send(plan); });
    } else if (dice < 59) {
        m_last = u"cancel"_s;
        if (const auto ids = jobsThat(waits); !ids.isEmpty())
            queue.giveUp({oneOf(ids)});
    } else if (dice < 62) {
        m_last = u"stop waiting"_s;
        if (const auto ids = jobsThat(isOutNow); !ids.isEmpty())
            queue.giveUp({oneOf(ids)});
    } else if (dice < 66) {
        m_last = u"dismiss"_s;
        if (const auto ids = jobsThat(sendable); !ids.isEmpty())
            queue.dismiss({oneOf(ids)});
    } else if (dice < 68) {
        m_last = u"end and start"_s;
        ++m_restarts;
        if (m_random.bounded(2) == 0) {
            ++m_signals;
            stopBySignal();
        } else {
            stop();
        }
        if (m_random.bounded(4) == 0)
            QVERIFY(QDir(m_troubles.folder() + u"/cache"_s).removeRecursively());
        start();
    } else if (dice < 71) {
        m_last = u"key"_s;
        m_keyIsGood = m_random.bounded(8) != 0;
        m_bench->key = ApiKey(m_keyIsGood ? goodKey : badKey);
        for (const Endpoint& endpoint : m_endpoints)
            queue.resumeEndpoint(endpoint.name());
    } else if (dice < 75) {
        m_last = u"target"_s;
        m_target = m_random.bounded(3);
        m_bench->sender.setTarget(m_endpoints.at(std::size_t(m_target)));
    } else if (dice < 80) {
        m_last = u"move a picture"_s;
        movePicture();
    } else if (dice < 82) {
        m_last = u"pause"_s;
        queue.pauseAll();
    } else if (dice < 90) {
        m_last = u"resume"_s;
        queue.resumeAll();
    } else if (dice < 97) {
        trouble();
        if (m_random.bounded(2) == 0)
            press(all); // something new is on its way in it
    } else if (dice < 103) {
        m_last = u"mended"_s;
        m_troubles.mend();
        m_bench->library.rescan();
    } else if (dice < 106) {
        m_last = u"all have come"_s;
        if (queue.isPausedByPerson())
            queue.resumeAll();
        rest();
    } else {
        m_last = u"answers"_s;
        QTest::qWait(m_random.bounded(40));
    }
    m_lately.append(u"%1 %2"_s.arg(QString::number(QDateTime::currentMSecsSinceEpoch()), m_last));
    if (m_lately.size() > 80)
        m_lately.removeFirst();
    // Some steps follow at once, others after what is out has ended.
    QTest::qWait(m_random.bounded(15));
}

void Walk::count()
{
    m_posts = 0;
    m_paid = 0;
    for (const auto& service : m_services) {
        for (const auto& post : service->posts()) {
            ++m_posts;
            m_paid += post.isPaid() ? 1 : 0;
        }
    }
}

QString Walk::history(qint64 seed) const
{
    QString text;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"history"_s);
        database.setDatabaseName(ledger());
        QSqlQuery rows(database);
        if (database.open() &&
            rows.exec(u"SELECT j.id, state, dismissed, endpoint, transport, attempts, sent_ms, "
                      "ended_ms, error_kind, (SELECT group_concat(action) FROM actions WHERE job = "
                      "j.id) FROM jobs j WHERE seed = %1"_s.arg(seed))) {
            while (rows.next()) {
                for (int i = 0; i < 10; ++i)
                    text += rows.value(i).toString() + u' ';
                text += u'\n';
            }
        }
    }
    QSqlDatabase::removeDatabase(u"history"_s);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"history"_s);
        database.setDatabaseName(m_troubles.folder() + u"/cache/index.sqlite"_s);
        QSqlQuery rows(database);
        if (database.open() &&
            rows.exec(u"SELECT path, endpoint, practice, request_identity, number "
                      "FROM pictures WHERE seed = %1"_s.arg(seed))) {
            while (rows.next()) {
                for (int i = 0; i < 5; ++i)
                    text += rows.value(i).toString() + u' ';
                text += u'\n';
            }
        }
    }
    QSqlDatabase::removeDatabase(u"history"_s);
    QDirIterator it(m_folder.path(), {u"*.png"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        text += it.next() + u'\n';
    text += m_lately.join(u'\n') + u'\n';
    const auto now = std::chrono::steady_clock::now();
    const qint64 wall = QDateTime::currentMSecsSinceEpoch();
    for (const auto& service : m_services) {
        for (const auto& post : service->posts()) {
            if (post.seed == seed)
                text += u"%1 POST at %2, %3\n"_s.arg(service->address())
                            .arg(wall - std::chrono::duration_cast<std::chrono::milliseconds>(
                                            now - post.at)
                                            .count())
                            .arg(int(post.fate));
        }
    }
    return text;
}

QString Walk::fault() const
{
    for (std::size_t i = 0; i < m_services.size(); ++i) {
        std::array<int, fewSeeds> paid{};
        for (const auto& post : m_services.at(i)->posts())
            paid.at(std::size_t(post.seed)) += post.isPaid() ? 1 : 0;
        for (qint64 seed = 0; seed < fewSeeds; ++seed) {
            const auto acts = m_acts.find({m_endpoints.at(i).name(), seed});
            const int allowed = 1 + (acts == m_acts.end() ? 0 : acts->second);
            if (paid.at(std::size_t(seed)) > allowed)
                return u"seed %1 was paid %2 times at %3, and %4 were meant\n%5"_s.arg(seed)
                    .arg(paid.at(std::size_t(seed)))
                    .arg(m_endpoints.at(i).name())
                    .arg(allowed)
                    .arg(history(seed));
        }
    }
    return {};
}

// By the ids that the files' own records have: a picture that was moved away before a run could
// write down that it is filed is filed once more.
QString Walk::loss() const
{
    QStringList missing;
    const QStringList files = askLedger(
        m_troubles.folder() + u"/cache/index.sqlite"_s, u"SELECT record_id FROM pictures"_s);
    for (const QString& row :
        askLedger(ledger(), u"SELECT picture_id, state, seed, dismissed FROM jobs"_s)) {
        const QStringList values = row.split(u", "_s);
        const bool isThere = files.contains(values.at(0));
        const bool isFiled = values.at(1) == "filed"_L1;
        // Filed by a run that could not write it down, put away by a person before it was found.
        const bool isPutAway = isThere && values.at(3) == "1"_L1;
        const bool came = m_received.contains(values.at(0));
        if (isFiled ? !isThere : came && !isPutAway)
            missing.append(u"a picture that came is %1: %2\n%3"_s.arg(
                values.at(1), values.at(0), history(values.at(2).toLongLong())));
    }
    for (const QString& kept : filesIn(m_troubles.data() + u"/kept"_s)) {
        if (!kept.endsWith(u".answer"_s))
            missing.append(u"not filed: "_s + kept);
    }
    return missing.join(u'\n');
}

} // namespace

// Random sequences of what a person, the network and the computer may do, against the real queue,
// ledger and library: after each step no request was paid twice without a person's act, and at the
// end nothing that came is missing. As many
// steps as SEEDBOOK_WALK_STEPS says, from SEEDBOOK_WALK_SEED on.
class MoneyWalkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void walk();
};

void MoneyWalkTest::walk()
{
    const auto [steps, seed] = walkAsked();
    // Ten seeds at three services are soon all there: a new beginning every so often.
    constexpr int walkLength = 200;
    for (int done = 0, number = 0; done < steps; done += walkLength, ++number) {
        Walk walk(seed + static_cast<quint32>(number));
        for (int i = 0; i < walkLength && done + i < steps; ++i) {
            walk.step();
            const QString fault = walk.fault();
            if (!fault.isEmpty())
                qWarning("%s", qPrintable(fault)); // whole; a failure's message is cut
            QVERIFY2(fault.isEmpty() && !QTest::currentTestFailed(),
                qPrintable(u"step %1 of the walk from seed %2 (%3): %4"_s.arg(i)
                               .arg(seed + static_cast<quint32>(number))
                               .arg(walk.last(), fault)));
        }
        walk.end();
        const QString loss = walk.loss();
        if (!loss.isEmpty())
            qWarning("%s", qPrintable(loss));
        QVERIFY2(loss.isEmpty() && !QTest::currentTestFailed(),
            qPrintable(u"the walk from seed %1: %2"_s.arg(seed + quint32(number)).arg(loss)));
        walk.count();
        qInfo("%s", qPrintable(walk.counts()));
    }
}

SEEDBOOK_TEST(MoneyWalkTest, QCoreApplication)

} // namespace seedbook::moneyWalkTest

#include "MoneyWalkTest.moc"
