#include "app/Generate.h"

#include "metadata/PictureMetadata.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::generateTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

constexpr auto secret = "SG_0123456789abcdef";

struct Run
{
    int exitCode = -1;
    QList<QJsonObject> lines;
    QString said; // on standard error
};

} // namespace

// The program itself, as a script calls it: the body on the wire, the lines, the exit codes.
class GenerateTest : public QObject
{
    Q_OBJECT

public:
    // Before there is an application: no key of a test goes into the person's keychain.
    static void initMain() { qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:"); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void filesWhatComes();
    void otherModels();
    void everyPictureOfAnAnswerIsThisRuns();
    void endsAndExitCodes_data();
    void endsAndExitCodes();
    void wrongUsageSendsNothing_data();
    void wrongUsageSendsNothing();
    void oneProgramADataFolder();
    void practiceIsTheSameAgain();
    void everyOwnJobIsReported();
    void practiceOfAnEarlierRunGoesOn();
    void whatCannotBeAskedAfterStays();
    void fetchedInAPracticeRun();
    void acceptedAndSaidAgain_data();
    void acceptedAndSaidAgain();
    void unknownIsSaidAndNotSent();
    void onHoldIsThisRuns();
    void practiceReleasesNothingPaid();
    void aCapBeforeAnythingIsReleased();
    void movedOrForgottenItIsThere();
    void afterAWrongKeyTheyStayOnHold();

private:
    // What is to be paid: by v1, with the answers of `server`.
    static QStringList paidRun(const RawServer& server, int seed, int count = 1)
    {
        return {u"--endpoint"_s, server.address(), u"--prompt"_s, u"x"_s, u"--jobs"_s, u"1"_s,
            u"--seed"_s, QString::number(seed), u"--count"_s, QString::number(count)};
    }
    // The ledger's states, in order.
    QStringList states() const
    {
        QStringList found;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
            database.setDatabaseName(m_folder->filePath(u"XDG_DATA_HOME/seedbook/ledger.sqlite"_s));
            if (database.open()) {
                QSqlQuery rows(u"SELECT state FROM jobs ORDER BY id"_s, database);
                while (rows.next())
                    found.append(rows.value(0).toString());
            }
        }
        QSqlDatabase::removeDatabase(u"look"_s);
        return found;
    }

    // Starts it and kills it once its POST is out.
    void killOnceOut(const RawServer& server, const QStringList& arguments)
    {
        const auto process = start(arguments);
        QTRY_COMPARE_WITH_TIMEOUT(server.posts(), 1, 30000);
        process->kill();
        QVERIFY(process->waitForFinished());
        QVERIFY(states().contains(u"sending"_s));
    }

    // Starts it and kills it once a job is in that state.
    void killAt(const QString& state, const QStringList& arguments)
    {
        killWhen([this, &state] { return states().contains(state); }, arguments);
    }

    template <typename Moment>
    void killWhen(const Moment& moment, const QStringList& arguments)
    {
        const auto process = start(arguments);
        QTRY_VERIFY_WITH_TIMEOUT(moment(), 30000);
        process->kill();
        QVERIFY(process->waitForFinished());
    }

    std::unique_ptr<QProcess> start(const QStringList& arguments, const QByteArray& key = secret)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString& name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CACHE_HOME"_s,
                 u"XDG_CONFIG_HOME"_s, u"XDG_PICTURES_DIR"_s})
            environment.insert(name, m_folder->filePath(name));
        environment.remove(u"DISPLAY"_s);
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
        environment.insert(u"SEGMIND_API_KEY"_s, QString::fromUtf8(key));
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment);
        process->start(
            QStringLiteral(SEEDBOOK_PROGRAM), QStringList{u"generate"_s, u"--json"_s} + arguments);
        return process;
    }

    Run run(const QStringList& arguments, const QByteArray& key = secret)
    {
        const auto process = start(arguments, key);
        Run run;
        if (!process->waitForFinished(60000))
            return run;
        run.exitCode = process->exitCode();
        run.said = QString::fromUtf8(process->readAllStandardError());
        for (const QByteArray& line : process->readAllStandardOutput().split('\n')) {
            if (!line.isEmpty())
                run.lines.append(QJsonDocument::fromJson(line).object());
        }
        return run;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void GenerateTest::filesWhatComes()
{
    RawServer server([](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(200, samplePicture(), {"x-cost: 0.125"}));
    });
    const Run filed =
        run({u"--endpoint"_s, server.address(), u"--prompt"_s, u"龙 “dragon”"_s, u"--seed"_s,
            u"0"_s, u"--guidance"_s, u"4"_s, u"--negative-prompt"_s, u""_s, u"--base64"_s});
    server.stop();
    QCOMPARE(filed.exitCode, 0);
    QCOMPARE(server.posts(), 1);
    const RawServer::Request request = server.requests().first();
    QCOMPARE(request.target, "/v1/qwen-image");
    QCOMPARE(request.header("x-api-key"), secret);
    QCOMPARE(request.header("content-type"), "application/json");
    // As text, so that 30.0 or "30" would be seen.
    QCOMPARE(QString::fromUtf8(request.body),
        u"{\"aspect_ratio\":\"16:9\",\"base64\":true,\"guidance\":4,\"image_format\":\"png\","
        "\"negative_prompt\":\"\",\"prompt\":\"龙 “dragon”\",\"quality\":90,\"seed\":0,\"steps\":30}"_s);

    QCOMPARE(filed.lines.size(), 1);
    const QJsonObject line = filed.lines.first();
    QCOMPARE(line[u"outcome"_s].toString(), u"filed"_s);
    QCOMPARE(line[u"seed"_s].toInt(-1), 0);
    QCOMPARE(line[u"width"_s].toInt(), 64);
    QCOMPARE(line[u"height"_s].toInt(), 36);
    QCOMPARE(line[u"cost"_s].toDouble(), 0.125);
    QVERIFY(line[u"seconds"_s].isDouble());
    QVERIFY(line[u"error"_s].isNull());
    const QString path = line[u"path"_s].toString();
    QVERIFY(path.startsWith(m_folder->path()));
    QVERIFY(holdsPicture(path, samplePicture()));
}

// Models of the person's own: one without a seed, one without a prompt.
void GenerateTest::otherModels()
{
    const QString models = m_folder->filePath(u"XDG_DATA_HOME/seedbook/models"_s);
    for (const QString& name : {u"/without-seed.json"_s, u"/without-prompt.json"_s})
        put(models + name, contents(QStringLiteral(SEEDBOOK_TESTS "/support") + name));
    RawServer server([](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(200, samplePicture(), {"x-cost: 0.125"}));
    });
    const QStringList chance{
        u"--endpoint"_s, server.address(), u"--model"_s, u"chance"_s, u"--prompt"_s, u"a fox"_s};
    const Run two = run(chance + QStringList{u"--tiled"_s, u"--no-sharp"_s, u"--count"_s, u"2"_s});
    QCOMPARE(two.exitCode, 0);
    QCOMPARE(server.posts(), 2);
    for (const RawServer::Request& request : server.requests()) {
        if (request.body.isEmpty())
            continue; // asks for the balance
        QCOMPARE(request.target, "/v1/chance");
        QCOMPARE(QString::fromUtf8(request.body),
            u"{\"prompt\":\"a fox\",\"sharp\":false,\"strength\":0.5,\"tiled\":true}"_s);
    }
    QCOMPARE(two.lines.size(), 2);
    for (const QJsonObject& line : two.lines) {
        QCOMPARE(line[u"outcome"_s].toString(), u"filed"_s);
        QVERIFY(line.contains(u"seed"_s) && line[u"seed"_s].isNull());
        QVERIFY(QFile::exists(line[u"path"_s].toString()));
    }
    QVERIFY(two.lines.first()[u"path"_s] != two.lines.last()[u"path"_s]);
    // Said again it is not there: it is another picture.
    QCOMPARE(run(chance).exitCode, 0);
    QCOMPARE(server.posts(), 3);
    QCOMPARE(run(chance + QStringList{u"--seed"_s, u"5"_s}).exitCode, 2);
    QCOMPARE(run(chance + QStringList{u"--sharp"_s, u"--no-sharp"_s}).exitCode, 2);
    const Run wrong = run(chance + QStringList{u"--strength"_s, u"2"_s});
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY2(wrong.said.contains(u"--strength: "_s), qPrintable(wrong.said));

    const QStringList pattern{u"--endpoint"_s, server.address(), u"--model"_s, u"pattern"_s,
        u"--motif"_s, u"leaves"_s, u"--rng"_s, u"7"_s};
    QCOMPARE(run(pattern + QStringList{u"--prompt"_s, u"x"_s}).exitCode, 2);
    QCOMPARE(server.posts(), 3);
    const Run leaves = run(pattern);
    QCOMPARE(leaves.exitCode, 0);
    QCOMPARE(leaves.lines.first()[u"seed"_s].toInt(), 7);
    QCOMPARE(server.posts(), 4);
    QCOMPARE(run(pattern).exitCode, 0); // there, for nothing
    QCOMPARE(server.posts(), 4);
    server.stop();
}

void GenerateTest::everyPictureOfAnAnswerIsThisRuns()
{
    RawServer server([](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        peer.send(httpAnswer(200,
            R"({"images":[")" + samplePicture().toBase64() + R"(",")" +
                samplePicture(ImageFormat::Jpeg).toBase64() + R"("]})",
            {"x-cost: 0.125"}));
    });
    const Run both = run(paidRun(server, 5));
    server.stop();
    QCOMPARE(both.exitCode, 0);
    QCOMPARE(server.posts(), 1);
    QCOMPARE(both.lines.size(), 2);
    double cost = 0;
    for (const QJsonObject& line : both.lines) {
        QCOMPARE(line[u"outcome"_s].toString(), u"filed"_s);
        QVERIFY(QFile::exists(line[u"path"_s].toString()));
        QVERIFY(!line.contains(u"earlier"_s));
        cost += line[u"cost"_s].toDouble();
    }
    QCOMPARE(cost, 0.125);
}

void GenerateTest::endsAndExitCodes_data()
{
    QTest::addColumn<QByteArray>("answer"); // empty: the connection ends
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<int>("posts"); // of three jobs, one at once
    QTest::newRow("connection lost") << QByteArray() << 3 << u"unknown"_s << 3;
    QTest::newRow("wrong key") << httpAnswer(401, R"({"error":"no SG_0123456789abcdef"})") << 1
                               << u"refused"_s << 1;
    QTest::newRow("no credits") << httpAnswer(406, R"({"error":"Insufficient credits"})") << 1
                                << u"refused"_s << 1;
    QTest::newRow("server error") << httpAnswer(500, {}) << 1 << u"failed"_s << 3;
}

void GenerateTest::endsAndExitCodes()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, exitCode);
    QFETCH(QString, outcome);
    QFETCH(int, posts);
    RawServer server([&](RawServer::Peer& peer) {
        if (peer.readRequest() && !answer.isEmpty())
            peer.send(answer);
        peer.close();
    });
    const Run ended = run({u"--endpoint"_s, server.address(), u"--prompt"_s, u"x"_s, u"--count"_s,
        u"3"_s, u"--jobs"_s, u"1"_s});
    server.stop();
    QCOMPARE(ended.exitCode, exitCode);
    QCOMPARE(server.posts(), posts);
    QCOMPARE(ended.lines.size(), 3);
    int ends = 0;
    QSet<int> seeds;
    for (const QJsonObject& line : ended.lines) {
        seeds.insert(line[u"seed"_s].toInt());
        QVERIFY(line[u"path"_s].isNull());
        if (line[u"outcome"_s].toString() == u"cancelled"_s)
            continue;
        ++ends;
        QCOMPARE(line[u"outcome"_s].toString(), outcome);
        QVERIFY(!line[u"error"_s].toString().isEmpty());
        QVERIFY(!line[u"error"_s].toString().contains(QLatin1StringView(secret)));
    }
    QCOMPARE(ends, posts);
    QCOMPARE(seeds.size(), 3);
    QVERIFY(!ended.said.contains(QLatin1StringView(secret)));
}

void GenerateTest::wrongUsageSendsNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("says");
    const QStringList sound{u"--prompt"_s, u"x"_s};
    QTest::newRow("no key") << sound << QByteArray() << u"API key"_s;
    QTest::newRow("no key, what works without") << sound << QByteArray() << u"--practice"_s;
    QTest::newRow("no prompt") << QStringList{} << QByteArray(secret) << u"--prompt"_s;
    QTest::newRow("empty prompt") << QStringList{u"--prompt"_s, u" "_s} << QByteArray(secret)
                                  << u"empty"_s;
    QTest::newRow("steps 51") << sound + QStringList{u"--steps"_s, u"51"_s} << QByteArray(secret)
                              << u"from 1 to 50"_s;
    QTest::newRow("steps in words")
        << sound + QStringList{u"--steps"_s, u"many"_s} << QByteArray(secret) << u"whole number"_s;
    QTest::newRow("seed in words") << sound + QStringList{u"--seed"_s, u"abc"_s}
                                   << QByteArray(secret) << u"from -1 to 2147483647"_s;
    QTest::newRow("ratio") << sound + QStringList{u"--aspect-ratio"_s, u"5:4"_s}
                           << QByteArray(secret) << u"16:9"_s;
    QTest::newRow("count 0") << sound + QStringList{u"--count"_s, u"0"_s} << QByteArray(secret)
                             << u"--count"_s;
    QTest::newRow("unknown option")
        << sound + QStringList{u"--speed"_s, u"9"_s} << QByteArray(secret) << u"speed"_s;
    QTest::newRow("a word too many")
        << sound + QStringList{u"y"_s} << QByteArray(secret) << u"“y”"_s;
}

void GenerateTest::wrongUsageSendsNothing()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, key);
    QFETCH(QString, says);
    RawServer server([](RawServer::Peer& peer) { peer.readRequest(); });
    const Run wrong = run(arguments + QStringList{u"--endpoint"_s, server.address()}, key);
    server.stop();
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY(wrong.lines.isEmpty());
    QVERIFY2(wrong.said.contains(says), qPrintable(wrong.said));
    QCOMPARE(server.connections(), 0);
}

void GenerateTest::oneProgramADataFolder()
{
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.stall();
    });
    const QStringList arguments{u"--endpoint"_s, server.address(), u"--prompt"_s, u"x"_s};
    const auto first = start(arguments);
    QTRY_COMPARE_WITH_TIMEOUT(server.posts(), 1, 30000);
    const Run second = run(arguments);
    QCOMPARE(second.exitCode, 4);
    QVERIFY(second.said.contains(u"already running"_s));
    first->kill();
    QVERIFY(first->waitForFinished());
    server.stop();
    QCOMPARE(server.posts(), 1);
    // The killed one's lock does not hold up the next.
    QCOMPARE(
        run({u"--practice"_s, u"--practice-seconds"_s, u"0"_s, u"--prompt"_s, u"x"_s}).exitCode, 0);
}

void GenerateTest::practiceIsTheSameAgain()
{
    const QStringList arguments{u"--practice"_s, u"--practice-seconds"_s, u"0"_s, u"--prompt"_s,
        u"一条龙"_s, u"--seed"_s, u"77"_s, u"--count"_s, u"2"_s};
    const Run first = run(arguments, {});
    const Run second = run(arguments + QStringList{u"--run-anyway"_s}, {});
    QCOMPARE(first.exitCode, 0);
    QCOMPARE(second.exitCode, 0);
    QHash<int, QByteArray> pictures;
    QSet<QString> paths;
    for (const QJsonObject& line : first.lines + second.lines) {
        const QString path = line[u"path"_s].toString();
        paths.insert(path);
        const auto clean = withoutMetadata(contents(path));
        QVERIFY(clean);
        const QByteArray& bytes = *clean;
        const int seed = line[u"seed"_s].toInt();
        QCOMPARE(pictures.value(seed, bytes), bytes);
        pictures.insert(seed, bytes);
        QCOMPARE(line[u"cost"_s].toDouble(-1), 0.0);
    }
    QCOMPARE(paths.size(), 4); // nothing was overwritten
    QCOMPARE(pictures.size(), 2);
    QVERIFY(pictures.contains(77) && pictures.contains(78));
    QVERIFY(pictures.value(77) != pictures.value(78));
}

// The pause may come while this run's own row is still on its way to the ledger.
void GenerateTest::everyOwnJobIsReported()
{
    std::atomic<bool> answers = false;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        if (answers)
            peer.send(httpAnswer(401, {}));
        else
            peer.stall();
        peer.close();
    });
    const QStringList arguments{u"--endpoint"_s, server.address(), u"--prompt"_s, u"x"_s,
        u"--jobs"_s, u"1"_s, u"--count"_s};
    killWhen([&server] { return server.posts() == 1; }, arguments + QStringList{u"2"_s});
    QCOMPARE(states(), (QStringList{u"sending"_s, u"waiting"_s}));
    answers = true;
    const Run resumed = run(arguments + QStringList{u"2"_s, u"--resume"_s});
    QCOMPARE(resumed.exitCode, 1);
    QCOMPARE(resumed.lines.size(), 4); // unknown, refused, and its own two
    QCOMPARE(states(), (QStringList{u"unknown"_s, u"refused"_s, u"cancelled"_s, u"cancelled"_s}));
    server.stop();
    QCOMPARE(server.posts(), 2);
}

void GenerateTest::practiceOfAnEarlierRunGoesOn()
{
    killAt(u"accepted"_s, {u"--practice"_s, u"--practice-seconds"_s, u"3"_s, u"--recoverable"_s,
                              u"--prompt"_s, u"x"_s});
    RawServer server([](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(200, samplePicture()));
    });
    const Run paid = run({u"--endpoint"_s, server.address(), u"--prompt"_s, u"y"_s});
    server.stop();
    QCOMPARE(paid.exitCode, 0);
    QCOMPARE(paid.lines.size(), 2);
    QCOMPARE(states(), (QStringList{u"filed"_s, u"filed"_s}));
}

// Without the key of its endpoint a picture stays with the service; the command ends all the same
// and says so.
void GenerateTest::whatCannotBeAskedAfterStays()
{
    SwiftService service({.delay = 300ms});
    killAt(u"accepted"_s,
        {u"--endpoint"_s, service.address(), u"--recoverable"_s, u"--prompt"_s, u"x"_s});
    RawServer other([](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(200, samplePicture()));
    });
    for (const QStringList& where : {QStringList{u"--practice"_s, u"--practice-seconds"_s, u"0"_s},
             QStringList{u"--endpoint"_s, other.address()}}) {
        const Run ended = run(where + QStringList{u"--prompt"_s, u"y"_s, u"--jobs"_s, u"1"_s});
        QCOMPARE(ended.exitCode, 0);
        QCOMPARE(ended.lines.size(), 1);
        QVERIFY2(ended.said.contains(u"later run"_s), qPrintable(ended.said));
        QCOMPARE(states().first(), u"accepted"_s);
    }
    const Run fetched = run({u"--endpoint"_s, service.address(), u"--prompt"_s, u"z"_s});
    QCOMPARE(fetched.exitCode, 0);
    QCOMPARE(fetched.lines.size(), 2);
    QVERIFY(!fetched.said.contains(u"later run"_s));
    QCOMPARE(states().first(), u"filed"_s);
}

void GenerateTest::fetchedInAPracticeRun()
{
    SwiftService service({.delay = 300ms});
    killAt(u"accepted"_s,
        {u"--endpoint"_s, service.address(), u"--recoverable"_s, u"--prompt"_s, u"x"_s});
    // The endpoint of the settings, with a key that was entered.
    const auto under = [this](const QString& name) { return m_folder->filePath(name); };
    const Folders folders{under(u"XDG_DATA_HOME/seedbook"_s), under(u"XDG_CACHE_HOME/seedbook"_s),
        under(u"XDG_CONFIG_HOME/seedbook"_s), under(u"XDG_PICTURES_DIR/Seedbook"_s)};
    QVERIFY(QDir().mkpath(folders.config));
    QSettings(folders.config + u"/seedbook.conf"_s, QSettings::IniFormat)
        .setValue(u"service/endpoint"_s, service.address());
    GenerateOptions options;
    options.common.library = folders.pictures;
    options.common.practice = true;
    options.common.practiceTime = 0ms;
    options.model = models().find(u"qwen-image"_s);
    options.values = QJsonObject{{u"prompt"_s, u"y"_s}, {u"steps"_s, 9}};
    Session session(folders, models(), options.common);
    QVERIFY(session.lock().acquire());
    session.keys().save(ApiKey(secret));
    Generate generate(session, options);
    QSignalSpy finished(&generate, &Generate::finished);
    generate.start();
    QVERIFY(finished.wait(30000));
    QCOMPARE(finished.first().first().toInt(), 0);
    QCOMPARE(states(), (QStringList{u"filed"_s, u"filed"_s}));
    QCOMPARE(service.posts().size(), 1);
}

void GenerateTest::acceptedAndSaidAgain_data()
{
    QTest::addColumn<bool>("resume");
    QTest::newRow("without --resume") << false;
    QTest::newRow("with --resume") << true;
}

// The same command after a kill: it is polled on, and is this run's own; nothing is posted anew.
void GenerateTest::acceptedAndSaidAgain()
{
    QFETCH(bool, resume);
    SwiftService service({.delay = 300ms});
    const QStringList command{u"--endpoint"_s, service.address(), u"--recoverable"_s, u"--prompt"_s,
        u"x"_s, u"--seed"_s, u"7"_s};
    killAt(u"accepted"_s, command);
    const Run ended = run(resume ? command + QStringList{u"--resume"_s} : command);
    QCOMPARE(ended.exitCode, 0);
    QCOMPARE(ended.lines.size(), 1);
    QCOMPARE(ended.lines.first()[u"outcome"_s].toString(), u"filed"_s);
    QVERIFY(!ended.lines.first().contains(u"earlier"_s));
    QCOMPARE(states(), QStringList{u"filed"_s});
    QCOMPARE(service.posts().size(), 1);
    // And once more: it is there.
    const Run third = run(command);
    QCOMPARE(third.exitCode, 0);
    QCOMPARE(third.lines.size(), 1);
    QCOMPARE(third.lines.first()[u"cost"_s].toDouble(-1), 0.0);
    QCOMPARE(third.lines.first()[u"path"_s], ended.lines.first()[u"path"_s]);
    QCOMPARE(service.posts().size(), 1);
}

void GenerateTest::unknownIsSaidAndNotSent()
{
    std::atomic<bool> answers = false;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        if (answers)
            peer.send(httpAnswer(200, samplePicture()));
        else
            peer.stall();
        peer.close();
    });
    killOnceOut(server, paidRun(server, 7));
    answers = true;
    for (int i = 0; i < 2; ++i) {
        const Run said = run(paidRun(server, 7));
        QCOMPARE(said.exitCode, 3);
        QCOMPARE(said.lines.size(), 1);
        QCOMPARE(said.lines.first()[u"outcome"_s].toString(), u"unknown"_s);
        QCOMPARE(said.lines.first()[u"seed"_s].toInt(), 7);
        QVERIFY(!said.lines.first().contains(u"earlier"_s));
        QVERIFY2(said.said.contains(u"--run-anyway"_s), qPrintable(said.said));
        QCOMPARE(server.posts(), 1);
    }
    // Another one says nothing of it any more.
    const Run other = run(paidRun(server, 100));
    QCOMPARE(other.exitCode, 0);
    QCOMPARE(other.lines.size(), 1);
    QCOMPARE(other.lines.first()[u"costEstimated"_s].toBool(), true);
    const Run anyway = run(paidRun(server, 7) + QStringList{u"--run-anyway"_s});
    QCOMPARE(anyway.exitCode, 0);
    QCOMPARE(anyway.lines.size(), 1);
    server.stop();
    QCOMPARE(server.posts(), 3);
    QCOMPARE(states(), (QStringList{u"unknown"_s, u"filed"_s, u"filed"_s}));
}

void GenerateTest::onHoldIsThisRuns()
{
    std::atomic<bool> answers = false;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        if (answers)
            peer.send(httpAnswer(200, samplePicture()));
        else
            peer.stall();
        peer.close();
    });
    killOnceOut(server, paidRun(server, 7, 3)); // 8 and 9 wait
    answers = true;
    const Run ended = run(paidRun(server, 8));
    QCOMPARE(ended.exitCode, 0);
    QCOMPARE(ended.lines.size(), 2); // 7 is unknown now: said once, as an earlier run's
    for (const QJsonObject& line : ended.lines) {
        const bool own = line[u"seed"_s].toInt() == 8;
        QCOMPARE(line[u"outcome"_s].toString(), own ? u"filed"_s : u"unknown"_s);
        QCOMPARE(line[u"earlier"_s].toBool(), !own);
    }
    QVERIFY2(ended.said.contains(u"on hold"_s), qPrintable(ended.said));
    QCOMPARE(states(), (QStringList{u"unknown"_s, u"filed"_s, u"waiting"_s}));
    server.stop();
    QCOMPARE(server.posts(), 2);
}

void GenerateTest::practiceReleasesNothingPaid()
{
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.stall();
    });
    killOnceOut(server, paidRun(server, 7, 2));
    QVERIFY(QDir().mkpath(m_folder->filePath(u"XDG_CONFIG_HOME/seedbook"_s)));
    QSettings(m_folder->filePath(u"XDG_CONFIG_HOME/seedbook/seedbook.conf"_s), QSettings::IniFormat)
        .setValue(u"service/endpoint"_s, server.address());
    const Run practice = run({u"--practice"_s, u"--practice-seconds"_s, u"0"_s, u"--resume"_s,
        u"--prompt"_s, u"x"_s, u"--seed"_s, u"8"_s});
    server.stop();
    QCOMPARE(practice.exitCode, 0);
    QCOMPARE(states(), (QStringList{u"unknown"_s, u"waiting"_s, u"filed"_s}));
    QVERIFY2(practice.said.contains(u"on hold"_s), qPrintable(practice.said));
    QCOMPARE(server.posts(), 1);
}

void GenerateTest::aCapBeforeAnythingIsReleased()
{
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.stall();
    });
    killOnceOut(server, paidRun(server, 7, 2));
    QVERIFY(QDir().mkpath(m_folder->filePath(u"XDG_CONFIG_HOME/seedbook"_s)));
    QSettings(m_folder->filePath(u"XDG_CONFIG_HOME/seedbook/seedbook.conf"_s), QSettings::IniFormat)
        .setValue(u"money/capPerSend"_s, u"0.15"_s);
    const Run capped = run(paidRun(server, 20) + QStringList{u"--resume"_s});
    server.stop();
    QCOMPARE(capped.exitCode, 1);
    QCOMPARE(states(), (QStringList{u"unknown"_s, u"waiting"_s}));
    QCOMPARE(capped.lines.size(), 2); // what became unknown, and what was not sent
    for (const QJsonObject& line : capped.lines) {
        if (line[u"seed"_s].toInt() != 20)
            continue;
        QCOMPARE(line[u"outcome"_s].toString(), u"cancelled"_s);
        QVERIFY(line[u"error"_s].toString().contains(u"cap"_s));
    }
    QCOMPARE(server.posts(), 1);
}

// Renamed by hand while nothing ran; and with neither ledger nor index, as on another computer.
void GenerateTest::movedOrForgottenItIsThere()
{
    RawServer server([](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(200, samplePicture()));
    });
    const Run first = run(paidRun(server, 7));
    QCOMPARE(first.exitCode, 0);
    const QString path = first.lines.first()[u"path"_s].toString();
    const QString moved = QFileInfo(path).path() + u"/my fox.png"_s;
    QVERIFY(QFile::rename(path, moved));
    for (const QString& lost :
        {QString(), u"XDG_DATA_HOME/seedbook"_s, u"XDG_CACHE_HOME/seedbook"_s}) {
        if (!lost.isEmpty())
            QVERIFY(QDir(m_folder->filePath(lost)).removeRecursively());
        const Run next = run(paidRun(server, 7));
        QCOMPARE(next.exitCode, 0);
        QCOMPARE(next.lines.size(), 1);
        QCOMPARE(next.lines.first()[u"path"_s].toString(), moved);
        QCOMPARE(next.lines.first()[u"cost"_s].toDouble(-1), 0.0);
    }
    server.stop();
    QCOMPARE(server.posts(), 1);
}

void GenerateTest::afterAWrongKeyTheyStayOnHold()
{
    std::atomic<bool> answers = false;
    RawServer server([&](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        if (answers)
            peer.send(httpAnswer(401, {}));
        else
            peer.stall();
        peer.close();
    });
    killOnceOut(server, paidRun(server, 7, 4));
    answers = true;
    const Run refused = run(paidRun(server, 50) + QStringList{u"--resume"_s});
    server.stop();
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(states(),
        (QStringList{u"unknown"_s, u"refused"_s, u"waiting"_s, u"waiting"_s, u"cancelled"_s}));
    QVERIFY2(refused.said.contains(u"2 request"_s) && refused.said.contains(u"--resume"_s),
        qPrintable(refused.said));
    QCOMPARE(server.posts(), 2);
}

SEEDBOOK_TEST(GenerateTest, QGuiApplication)

} // namespace seedbook::generateTest

#include "GenerateTest.moc"
