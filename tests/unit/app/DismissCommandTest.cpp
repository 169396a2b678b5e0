#include "support/ProgramBench.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTest>

#include <atomic>

namespace seedbook::dismissCommandTest {

using namespace Qt::StringLiterals;
using namespace seedbook::test;

namespace {

const QString dismissed = u"SELECT id FROM jobs WHERE dismissed = 1 ORDER BY id"_s;
const QString actions = u"SELECT job || ' ' || action FROM actions ORDER BY job, id"_s;

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

// The program itself: tiles of the window are taken away without it.
class DismissCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<ProgramBench>(); }
    void cleanup() { QVERIFY(!m_bench->printed().contains(ProgramBench::secret)); }
    void asTheWindowDoes();
    void tellsInJson();
    void allOrNone_data();
    void allOrNone();
    void wantsTheLock();
    void noLedgerStaysNone();
    void tellsWhatItCannotPrint();

private:
    // Ids 1 to 6: unknown, refused, failed, filed; then, of a run that was killed, sending,
    // waiting.
    void runs()
    {
        std::atomic<int> requests = 0;
        RawServer server([&requests](RawServer::Peer& peer) {
            if (!isOrder(peer))
                return;
            switch (++requests) {
            case 1:
                break;
            case 2:
                peer.send(httpAnswer(401, {}));
                break;
            case 3:
                peer.send(httpAnswer(500, {}));
                break;
            case 4:
                peer.send(httpAnswer(200, samplePicture()));
                break;
            default:
                peer.stall();
                break;
            }
            peer.close();
        });
        const QStringList generate{
            u"generate"_s, u"--endpoint"_s, server.address(), u"--prompt"_s, u"x"_s};
        for (int i = 0; i < 4; ++i)
            (void)m_bench->run(generate);
        const auto killed =
            m_bench->start(generate + QStringList{u"--jobs"_s, u"1"_s, u"--count"_s, u"2"_s});
        QTRY_COMPARE_WITH_TIMEOUT(requests.load(), 5, 30000);
        killed->kill();
        QVERIFY(killed->waitForFinished());
        QCOMPARE(m_bench->states(), (QStringList{u"unknown"_s, u"refused"_s, u"failed"_s,
                                        u"filed"_s, u"sending"_s, u"waiting"_s}));
    }

    std::unique_ptr<ProgramBench> m_bench;
};

void DismissCommandTest::asTheWindowDoes()
{
    runs();
    const Run two = m_bench->run({u"dismiss"_s, u"3"_s, u"1"_s, u"3"_s});
    QCOMPARE(two.exitCode, 0);
    QCOMPARE(two.out, "3: dismissed. It stays in the spending log.\n"
                      "1: dismissed. It stays in the spending log.\n");
    QCOMPARE(two.said, QString());
    QCOMPARE(m_bench->ask(dismissed), (QStringList{u"1"_s, u"3"_s}));
    QCOMPARE(m_bench->ask(actions), (QStringList{u"1 let it be"_s, u"3 clear"_s}));

    // Those that are gone already are no fault, and nothing is noted twice.
    const Run again = m_bench->run({u"dismiss"_s, u"1"_s, u"2"_s});
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(again.lines().size(), 2);
    QCOMPARE(m_bench->ask(dismissed), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(m_bench->ask(actions), (QStringList{u"1 let it be"_s, u"2 clear"_s, u"3 clear"_s}));

    const QList<QJsonObject> rows = m_bench->run({u"ledger"_s, u"--json"_s}).objects();
    QCOMPARE(rows.size(), 7);
    QCOMPARE(rows.at(5)[u"id"_s].toInt(), 1);
    QCOMPARE(rows.at(5)[u"dismissed"_s], QJsonValue(true));
    QCOMPARE(rows.at(5)[u"outcome"_s].toString(), u"unknown"_s);
    QCOMPARE(rows.at(5)[u"actions"_s].toArray(), QJsonArray{u"let it be"_s});
}

void DismissCommandTest::tellsInJson()
{
    runs();
    const Run told = m_bench->run({u"dismiss"_s, u"--json"_s, u"1"_s, u"2"_s});
    QCOMPARE(told.exitCode, 0);
    QCOMPARE(told.objects(), (QList<QJsonObject>{{{u"id"_s, 1}, {u"dismissed"_s, true}},
                                 {{u"id"_s, 2}, {u"dismissed"_s, true}}}));
}

void DismissCommandTest::allOrNone_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("says");
    QTest::newRow("not there") << QStringList{u"99"_s} << u"no request 99"_s;
    QTest::newRow("zero") << QStringList{u"0"_s} << u"no request 0"_s;
    QTest::newRow("filed") << QStringList{u"4"_s} << u"request 4 is saved"_s;
    QTest::newRow("sending") << QStringList{u"5"_s} << u"Request 5 has not ended"_s;
    QTest::newRow("waiting") << QStringList{u"6"_s} << u"Request 6 has not ended"_s;
    QTest::newRow("two in the way")
        << QStringList{u"6"_s, u"98"_s} << u"Request 6 has not ended.\nThere is no request 98"_s;
    QTest::newRow("no number") << QStringList{u"2x"_s} << u"“2x”"_s;
    QTest::newRow("too large a number")
        << QStringList{u"99999999999999999999"_s} << u"“99999999999999999999”"_s;
    QTest::newRow("signed") << QStringList{u"+2"_s} << u"“+2”"_s;
    QTest::newRow("empty") << QStringList{QString()} << u"“”"_s;
    QTest::newRow("an option") << QStringList{u"-2"_s} << u"'2'"_s;
    QTest::newRow("an escape sequence") << QStringList{u"\u001b[2J"_s} << u"“\ufffd[2J”"_s;
}

void DismissCommandTest::allOrNone()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, says);
    runs();
    for (const QStringList& arguments :
        {QStringList{u"1"_s, u"2"_s} + words, words + QStringList{u"1"_s}}) {
        const Run refused = m_bench->run(QStringList{u"dismiss"_s} + arguments);
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(refused.out, "");
        QVERIFY2(refused.said.contains(says), qPrintable(refused.said));
        QVERIFY(!refused.said.contains(u'\x1b'));
    }
    QCOMPARE(m_bench->ask(dismissed), QStringList());
    QCOMPARE(m_bench->ask(actions), QStringList());
}

void DismissCommandTest::wantsTheLock()
{
    runs();
    RawServer server([](RawServer::Peer& peer) {
        if (isOrder(peer))
            peer.stall();
    });
    const auto holder =
        m_bench->start({u"generate"_s, u"--endpoint"_s, server.address(), u"--prompt"_s, u"y"_s});
    QTRY_COMPARE_WITH_TIMEOUT(server.posts(), 1, 30000);
    const Run refused = m_bench->run({u"dismiss"_s, u"1"_s});
    QCOMPARE(refused.exitCode, 4);
    QCOMPARE(refused.out, "");
    QVERIFY2(refused.said.contains(u"already running"_s), qPrintable(refused.said));
    holder->kill();
    QVERIFY(holder->waitForFinished());
    QCOMPARE(m_bench->ask(dismissed), QStringList());
}

void DismissCommandTest::noLedgerStaysNone()
{
    const Run refused = m_bench->run({u"dismiss"_s, u"1"_s});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.said.contains(u"no request 1"_s), qPrintable(refused.said));
    QVERIFY(!QFile::exists(m_bench->dataFolder()));
    const Run none = m_bench->run({u"dismiss"_s});
    QCOMPARE(none.exitCode, 2);
    QVERIFY(!none.said.isEmpty());
}

void DismissCommandTest::tellsWhatItCannotPrint()
{
    runs();
    QCOMPARE(m_bench->run({u"dismiss"_s, u"1"_s}, {}, u"/dev/full"_s).exitCode, 1);
    QCOMPARE(m_bench->runClosed({u"dismiss"_s, u"2"_s}).exitCode, 1);
    QCOMPARE(m_bench->ask(dismissed), (QStringList{u"1"_s, u"2"_s})); // done all the same
}

SEEDBOOK_TEST(DismissCommandTest, QCoreApplication)

} // namespace seedbook::dismissCommandTest

#include "DismissCommandTest.moc"
