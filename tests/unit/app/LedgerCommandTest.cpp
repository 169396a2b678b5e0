#include "support/ProgramBench.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <atomic>

namespace seedbook::ledgerCommandTest {

using namespace Qt::StringLiterals;
using namespace seedbook::test;

namespace {

const QStringList practice{u"generate"_s, u"--practice"_s, u"--practice-seconds"_s, u"0"_s};

// What a script could be made to do to a terminal: escape sequences (also as one C1 character),
// turned text, line breaks of every kind, and a tag character outside the first plane.
const QString rude =
    u"red\u001b[31m \u009b2J\u202eevil\u2066\r\nsecond\u2028third \U000e0041 cat"_s;

bool isRude(const QByteArray& bytes)
{
    static const QRegularExpression steers(
        u"[\\p{Cf}\\x{0}-\\x{9}\\x{b}-\\x{1f}\\x{7f}-\\x{9f}]"_s);
    return QString::fromUtf8(bytes).contains(steers);
}

// Whether a paid request came. A question for the balance is answered, with no.
bool isOrder(RawServer::Peer& peer)
{
    if (!peer.readRequest())
        return false;
    if (peer.request().method == "POST")
        return true;
    peer.send(httpAnswer(404, {}));
    peer.close();
    return false;
}

} // namespace

// The program itself, over ledgers that its own runs have left.
class LedgerCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<ProgramBench>(); }
    void cleanup() { QVERIFY(!m_bench->printed().contains(ProgramBench::secret)); }
    void noLedgerStaysNone();
    void rowsAndSums();
    void unknownOnes();
    void readsBesideARun();
    void changesNothing_data();
    void changesNothing();
    void terminalIsSafe();
    void everyRowOnce();
    void tellsWhatItCannotPrint();
    void tellsWhatItCannotRead_data();
    void tellsWhatItCannotRead();
    void wrongUsage();
    void helpListsAllCommands();

private:
    // One that is filed and told $0.125, one whose connection was lost, one refused; ids 1 to 3.
    void paidRuns()
    {
        std::atomic<int> requests = 0;
        RawServer server([&requests](RawServer::Peer& peer) {
            if (!isOrder(peer))
                return;
            switch (++requests) {
            case 1:
                peer.send(httpAnswer(200, samplePicture(), {"x-cost: 0.125"}));
                break;
            case 3:
                peer.send(httpAnswer(401, "no " + peer.request().header("x-api-key")));
                break;
            default:
                break;
            }
            peer.close();
        });
        for (const int seed : {7, 8, 9})
            (void)m_bench->run({u"generate"_s, u"--endpoint"_s, server.address(), u"--prompt"_s,
                u"a cabin"_s, u"--seed"_s, QString::number(seed)});
        QCOMPARE(m_bench->states(), (QStringList{u"filed"_s, u"unknown"_s, u"refused"_s}));
    }

    // The data folder's files and what is in them.
    QMap<QString, QByteArray> files() const
    {
        QMap<QString, QByteArray> all;
        QDirIterator entries(m_bench->dataFolder(), QDir::Files, QDirIterator::Subdirectories);
        while (entries.hasNext()) {
            const QString path = entries.next();
            all.insert(
                path, QCryptographicHash::hash(contents(path), QCryptographicHash::Sha256).toHex());
        }
        return all;
    }

    std::unique_ptr<ProgramBench> m_bench;
};

void LedgerCommandTest::noLedgerStaysNone()
{
    const Run plain = m_bench->run({u"ledger"_s});
    QCOMPARE(plain.exitCode, 0);
    QCOMPARE(plain.out, "0 requests · 0 images · Charged $0.00\n");
    QVERIFY2(plain.said.contains(u"no spending log"_s), qPrintable(plain.said));
    const Run json = m_bench->run({u"ledger"_s, u"--json"_s, u"--unknown"_s});
    QCOMPARE(json.exitCode, 0);
    QCOMPARE(json.objects(),
        (QList<QJsonObject>{{{u"sums"_s,
            QJsonObject{{u"jobs"_s, 0}, {u"filed"_s, 0}, {u"paid"_s, 0}, {u"unknown"_s, 0}}}}}));
    QVERIFY(!QFile::exists(m_bench->dataFolder()));
}

void LedgerCommandTest::rowsAndSums()
{
    paidRuns();
    QCOMPARE(m_bench->run(practice + QStringList{u"--prompt"_s, u"a dragon"_s}).exitCode, 0);

    const Run json = m_bench->run({u"ledger"_s, u"--json"_s});
    QCOMPARE(json.exitCode, 0);
    QCOMPARE(json.said, QString());
    const QList<QJsonObject> rows = json.objects();
    QCOMPARE(rows.size(), 5);
    for (int i = 0; i < 4; ++i) // newest first
        QCOMPARE(rows.at(i)[u"id"_s].toInt(), 4 - i);
    const QStringList keys{u"actions"_s, u"attempts"_s, u"cost"_s, u"costEstimated"_s, u"created"_s,
        u"dismissed"_s, u"ended"_s, u"endpoint"_s, u"httpStatus"_s, u"id"_s, u"model"_s,
        u"outcome"_s, u"path"_s, u"practice"_s, u"prompt"_s, u"requestId"_s, u"seed"_s, u"sent"_s,
        u"state"_s, u"transport"_s, u"unclaimed"_s};
    QCOMPARE(rows.first().keys(), keys);

    QCOMPARE(rows.at(0)[u"practice"_s], QJsonValue(true));
    QCOMPARE(rows.at(0)[u"cost"_s], QJsonValue(0));
    QCOMPARE(rows.at(0)[u"costEstimated"_s], QJsonValue(false));

    QCOMPARE(rows.at(1)[u"outcome"_s].toString(), u"refused"_s);
    QCOMPARE(rows.at(1)[u"httpStatus"_s].toInt(), 401);
    QCOMPARE(rows.at(1)[u"cost"_s], QJsonValue(0));

    const QJsonObject& unknown = rows.at(2);
    QCOMPARE(unknown[u"outcome"_s].toString(), u"unknown"_s);
    QCOMPARE(unknown[u"costEstimated"_s], QJsonValue(true));
    QVERIFY(unknown[u"cost"_s].toDouble() > 0);
    QVERIFY(unknown[u"httpStatus"_s].isNull());
    QVERIFY(unknown[u"path"_s].isNull());

    const QJsonObject& filed = rows.at(3);
    QCOMPARE(filed[u"state"_s].toString(), u"filed"_s);
    QCOMPARE(filed[u"outcome"_s].toString(), u"filed"_s);
    QCOMPARE(filed[u"seed"_s].toInt(), 7);
    QCOMPARE(filed[u"prompt"_s].toString(), u"a cabin"_s);
    QCOMPARE(filed[u"model"_s].toString(), u"qwen-image"_s);
    QCOMPARE(filed[u"attempts"_s].toInt(), 1);
    QCOMPARE(filed[u"cost"_s].toDouble(), 0.125);
    QCOMPARE(filed[u"costEstimated"_s], QJsonValue(false));
    QCOMPARE(filed[u"dismissed"_s], QJsonValue(false));
    QCOMPARE(filed[u"actions"_s].toArray(), QJsonArray());
    QVERIFY(QFile::exists(filed[u"path"_s].toString()));
    for (const QString& time : {u"created"_s, u"sent"_s, u"ended"_s}) {
        const QString text = filed[time].toString();
        QVERIFY2(text.endsWith(u'Z') && QDateTime::fromString(text, Qt::ISODate).isValid(),
            qPrintable(text));
    }
    const QJsonObject sums = rows.last()[u"sums"_s].toObject();
    QCOMPARE(sums[u"jobs"_s].toInt(), 4);
    QCOMPARE(sums[u"filed"_s].toInt(), 2);
    QCOMPARE(sums[u"paid"_s].toDouble(), 0.125);
    QCOMPARE(sums[u"unknown"_s], unknown[u"cost"_s]);

    const Run plain = m_bench->run({u"ledger"_s});
    QCOMPARE(plain.exitCode, 0);
    const QList<QByteArray> lines = plain.lines();
    QCOMPARE(lines.size(), 5);
    const QRegularExpression columns(
        u"^[1-4]  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  [a-z ]{9}  [ \\d]{10}  .{9}  a (cabin|dragon)$"_s);
    for (const QByteArray& line : lines.first(4))
        QVERIFY2(QString::fromUtf8(line).contains(columns), line.constData());
    QVERIFY(lines.at(0).contains("practice"));
    QVERIFY(lines.at(1).contains("refused") && lines.at(1).contains("$0.00"));
    QVERIFY(lines.at(2).contains("unknown") && lines.at(2).contains("≈$0."));
    QVERIFY(lines.at(3).contains("filed") && lines.at(3).contains("   $0.125"));
    QVERIFY2(
        lines.at(4).startsWith("4 requests · 2 images · Charged $0.125 · Running or unknown ≈$0."),
        lines.at(4).constData());
}

void LedgerCommandTest::unknownOnes()
{
    paidRuns();
    const Run found = m_bench->run({u"ledger"_s, u"--unknown"_s});
    QCOMPARE(found.exitCode, 0);
    QCOMPARE(found.lines().size(), 2);
    QVERIFY(found.lines().first().startsWith("2  "));
    QVERIFY(found.lines().last().startsWith("1 request · 0 images · Charged $0.00 · "));
    QVERIFY(found.said.contains(u"seedbook balance"_s));
    QVERIFY(found.said.contains(u"seedbook dismiss ID"_s));

    const Run json = m_bench->run({u"ledger"_s, u"--unknown"_s, u"--json"_s});
    QCOMPARE(json.objects().size(), 2);
    QCOMPARE(json.objects().first()[u"id"_s].toInt(), 2);
    QCOMPARE(json.said, QString());

    QCOMPARE(m_bench->run({u"dismiss"_s, u"2"_s}).exitCode, 0);
    const Run none = m_bench->run({u"ledger"_s, u"--unknown"_s});
    QCOMPARE(none.exitCode, 0);
    QCOMPARE(none.out, "0 requests · 0 images · Charged $0.00\n");
    QCOMPARE(none.said, QString());
}

void LedgerCommandTest::readsBesideARun()
{
    RawServer server([](RawServer::Peer& peer) {
        if (isOrder(peer))
            peer.stall();
    });
    const auto out =
        m_bench->start({u"generate"_s, u"--endpoint"_s, server.address(), u"--prompt"_s, u"x"_s});
    QTRY_COMPARE_WITH_TIMEOUT(server.posts(), 1, 30000);
    const Run read = m_bench->run({u"ledger"_s, u"--json"_s});
    QCOMPARE(read.exitCode, 0);
    QCOMPARE(read.objects().size(), 2);
    const QJsonObject row = read.objects().first();
    QCOMPARE(row[u"state"_s].toString(), u"sending"_s);
    QVERIFY(row[u"outcome"_s].isNull());
    QVERIFY(row[u"ended"_s].isNull());
    QCOMPARE(read.objects().last()[u"sums"_s][u"unknown"_s], row[u"cost"_s]);
    QCOMPARE(out->state(), QProcess::Running);
    out->kill();
    QVERIFY(out->waitForFinished());
}

void LedgerCommandTest::changesNothing_data()
{
    QTest::addColumn<bool>("killed");
    QTest::newRow("after a run") << false;
    QTest::newRow("after a run that was killed") << true; // which leaves its log
}

void LedgerCommandTest::changesNothing()
{
    QFETCH(const bool, killed);
    if (killed) {
        RawServer server([](RawServer::Peer& peer) {
            if (isOrder(peer))
                peer.stall();
        });
        const auto out = m_bench->start(
            {u"generate"_s, u"--endpoint"_s, server.address(), u"--prompt"_s, u"x"_s});
        QTRY_COMPARE_WITH_TIMEOUT(server.posts(), 1, 30000);
        out->kill();
        QVERIFY(out->waitForFinished());
        QVERIFY(QFile::exists(m_bench->ledger() + u"-wal"_s));
    } else {
        QCOMPARE(m_bench->run(practice + QStringList{u"--prompt"_s, u"x"_s}).exitCode, 0);
        QVERIFY(!QFile::exists(m_bench->ledger() + u"-wal"_s));
    }
    auto before = files();
    const Run read = m_bench->run({u"ledger"_s, u"--json"_s});
    auto after = files();
    QCOMPARE(read.exitCode, 0);
    QCOMPARE(read.objects().size(), 2);
    // The memory that readers share, where a log has to be read.
    before.remove(m_bench->ledger() + u"-shm"_s);
    after.remove(m_bench->ledger() + u"-shm"_s);
    QCOMPARE(after, before);
}

void LedgerCommandTest::terminalIsSafe()
{
    QVERIFY(isRude(rude.toUtf8()));
    QCOMPARE(m_bench->run(practice + QStringList{u"--prompt"_s, rude}).exitCode, 0);
    const Run plain = m_bench->run({u"ledger"_s});
    QCOMPARE(plain.exitCode, 0);
    QCOMPARE(plain.lines().size(), 2);
    QVERIFY(!isRude(plain.out));
    QVERIFY2(plain.out.contains("evil� second third � cat\n"), plain.out.constData());

    const Run json = m_bench->run({u"ledger"_s, u"--json"_s});
    QCOMPARE(json.lines().size(), 2);
    QVERIFY(!isRude(json.out));
    QVERIFY(!QString::fromUtf8(json.out).contains(QChar(0x2028)));
    QCOMPARE(json.objects().first()[u"prompt"_s].toString(), rude); // as it was
}

// More than are read at a time.
void LedgerCommandTest::everyRowOnce()
{
    constexpr int count = 1203;
    QCOMPARE(m_bench->run(practice + QStringList{u"--prompt"_s, u"x"_s}).exitCode, 0);
    (void)m_bench->ask(
        u"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
        " INSERT INTO jobs (id, picture_id, model, parameters, seed, endpoint, practice,"
        " state, created_ms, expected_ms, price_micros) SELECT i, 'picture ' || i, model,"
        " parameters, i, endpoint, 0, 'filed', created_ms, expected_ms, 20000"
        " FROM n, jobs WHERE jobs.id = 1"_s.arg(count));
    const Run json = m_bench->run({u"ledger"_s, u"--json"_s});
    QCOMPARE(json.exitCode, 0);
    const QList<QJsonObject> rows = json.objects();
    QCOMPARE(rows.size(), count + 1);
    for (int i = 0; i < count; ++i)
        QCOMPARE(rows.at(i)[u"id"_s].toInt(), count - i);
    QCOMPARE(rows.last()[u"sums"_s][u"paid"_s].toDouble(), (count - 1) * 0.02);

    const Run plain = m_bench->run({u"ledger"_s});
    const QList<QByteArray> lines = plain.lines();
    QCOMPARE(lines.size(), count + 1);
    QVERIFY(lines.first().startsWith("1203  "));
    QVERIFY(lines.at(count - 1).startsWith("   1  "));
    QVERIFY2(QString::fromUtf8(lines.last()).contains(QRegularExpression(u"^1,?203 requests · "_s)),
        lines.last().constData());
}

void LedgerCommandTest::tellsWhatItCannotPrint()
{
    QCOMPARE(m_bench->run(practice + QStringList{u"--prompt"_s, u"x"_s}).exitCode, 0);
    const auto before = files();
    for (const QStringList& arguments :
        {QStringList{u"ledger"_s}, QStringList{u"ledger"_s, u"--json"_s},
            QStringList{u"ledger"_s, u"--help"_s}, QStringList{u"--help"_s}}) {
        QCOMPARE(m_bench->run(arguments, {}, u"/dev/full"_s).exitCode, 1);
        QCOMPARE(m_bench->runClosed(arguments).exitCode, 1);
    }
    QVERIFY(m_bench->run({u"ledger"_s}, {}, u"/dev/full"_s).said.contains(u"No space left"_s));
    QCOMPARE(files(), before); // none of them became standard output
}

void LedgerCommandTest::tellsWhatItCannotRead_data()
{
    QTest::addColumn<QString>("harm"); // empty: no database at all
    QTest::addColumn<QString>("says");
    QTest::newRow("no database") << QString() << u"ledger.sqlite"_s;
    QTest::newRow("newer") << u"PRAGMA user_version = 1000"_s << u"newer"_s;
    QTest::newRow("older") << u"PRAGMA user_version = 3"_s << u"older version"_s;
}

void LedgerCommandTest::tellsWhatItCannotRead()
{
    QFETCH(const QString, harm);
    QFETCH(const QString, says);
    if (harm.isEmpty()) {
        QVERIFY(QDir().mkpath(m_bench->dataFolder()));
        QFile file(m_bench->ledger());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(8192, 'x')) == 8192);
    } else {
        QCOMPARE(m_bench->run(practice + QStringList{u"--prompt"_s, u"x"_s}).exitCode, 0);
        (void)m_bench->ask(harm);
    }
    const auto before = files();
    const Run failed = m_bench->run({u"ledger"_s});
    QCOMPARE(failed.exitCode, 1);
    QCOMPARE(failed.out, "");
    QVERIFY2(failed.said.contains(says), qPrintable(failed.said));
    QCOMPARE(files(), before);
}

void LedgerCommandTest::wrongUsage()
{
    for (const QString& word : {u"--library"_s, u"12"_s}) {
        const Run wrong = m_bench->run({u"ledger"_s, word});
        QCOMPARE(wrong.exitCode, 2);
        QCOMPARE(wrong.out, "");
        QVERIFY2(wrong.said.contains(word.right(2)), qPrintable(wrong.said));
    }
    const Run unknown = m_bench->run({u"leger"_s});
    QCOMPARE(unknown.exitCode, 2);
    QVERIFY2(unknown.said.contains(u"“leger”"_s), qPrintable(unknown.said));
}

void LedgerCommandTest::helpListsAllCommands()
{
    const Run help = m_bench->run({u"--help"_s});
    QCOMPARE(help.exitCode, 0);
    for (const QString& verb :
        {u"generate"_s, u"inspect"_s, u"ledger"_s, u"balance"_s, u"dismiss"_s}) {
        QVERIFY2(help.out.contains("\n  " + verb.toUtf8() + "  "), qPrintable(verb));
        const Run own = m_bench->run({verb, u"--help"_s});
        QCOMPARE(own.exitCode, 0);
        QVERIFY2(own.out.startsWith("Usage: seedbook " + verb.toUtf8()), own.out.constData());
    }
}

SEEDBOOK_TEST(LedgerCommandTest, QCoreApplication)

} // namespace seedbook::ledgerCommandTest

#include "LedgerCommandTest.moc"
