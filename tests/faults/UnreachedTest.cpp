#include "core/ErrorText.h"
#include "support/OwnCertificate.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QNetworkProxy>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::unreachedTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

// The outcome table's rows of what never reaches the service: free, tried again by the table, and
// then a paused queue that says why.
class UnreachedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void row_data();
    void row();
    void cleanup() { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); }
    void cleanupTestCase();

private:
    QSslServer m_stranger; // its certificate is signed by nobody
    QByteArray m_heard;
    quint16 m_nobody = 0;
    QStringList m_table;
};

void UnreachedTest::initTestCase()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(serverKey, QSsl::Ec));
    configuration.setLocalCertificate(QSslCertificate(serverCertificate));
    m_stranger.setSslConfiguration(configuration);
    connect(&m_stranger, &QSslServer::pendingConnectionAvailable, this, [this] {
        auto* socket = m_stranger.nextPendingConnection();
        connect(
            socket, &QTcpSocket::readyRead, this, [this, socket] { m_heard += socket->readAll(); });
    });
    QVERIFY(m_stranger.listen(QHostAddress::LocalHost));
}

void UnreachedTest::row_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("throughProxy"); // one that is not there
    QTest::addColumn<JobState>("state");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<PauseReason>("reason");
    QTest::addColumn<int>("attempts");
    {
        const RawServer server([](RawServer::Peer&) {});
        m_nobody = server.port(); // and nothing listens there any more
    }
    const QString stranger = u"https://127.0.0.1:%1"_s.arg(m_stranger.serverPort());
    const QString closed = u"http://127.0.0.1:%1"_s.arg(m_nobody);
    QTest::newRow("refused") << closed << false << JobState::Waiting << ErrorKind::ConnectionRefused
                             << PauseReason::Offline << 5;
    QTest::newRow("no host") << u"https://no-such-host.invalid"_s << false << JobState::Waiting
                             << ErrorKind::HostNotFound << PauseReason::Offline << 5;
    QTest::newRow("no proxy") << u"https://no-such-host.invalid"_s << true << JobState::Waiting
                              << ErrorKind::ProxyFailed << PauseReason::Offline << 5;
    QTest::newRow("a certificate that does not verify")
        << stranger << false << JobState::Refused << ErrorKind::TlsFailed << PauseReason::Insecure
        << 1;
}

void UnreachedTest::row()
{
    QFETCH(QString, address);
    QFETCH(bool, throughProxy);
    QFETCH(JobState, state);
    QFETCH(ErrorKind, kind);
    QFETCH(PauseReason, reason);
    QFETCH(int, attempts);
    if (throughProxy)
        QNetworkProxy::setApplicationProxy(
            QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, m_nobody));
    const auto endpoint = Endpoint::parse(address);
    QVERIFY(endpoint);
    QTemporaryDir folder;
    PaidBench bench(folder.path(), *endpoint);
    QVERIFY(bench.restore());
    QSignalSpy paused(&bench.queue, &JobQueue::paused);
    const auto id = submit(bench.queue, batch(1), *endpoint).first();
    QTRY_COMPARE_WITH_TIMEOUT(paused.size(), 1, 60000);
    QCOMPARE(paused.first().at(1).value<Pause>().reason, reason);
    const Job* job = bench.queue.job(id);
    QVERIFY(job);
    QCOMPARE(job->state, state);
    QVERIFY2(job->error.kind == kind, qPrintable(sentence(job->error)));
    QCOMPARE(job->attempts, attempts);
    const QString words = sentence(job->error);
    m_table.append(u"%1  %2 attempts  %3  %4"_s.arg(
        QString::fromUtf8(QTest::currentDataTag()).leftJustified(36), QString::number(attempts),
        QString(job->state == JobState::Waiting ? u"waiting"_s : u"refused"_s), words));
    QVERIFY(!words.isEmpty() && !words.contains(u"SG_0123456789abcdef"_s));
    QCOMPARE(bench.queue.budget().spentInAll(), Money());
    QVERIFY(filesIn(bench.library.folder()).isEmpty());
    QVERIFY(!QDir(bench.data + u"/kept"_s).exists() || QDir(bench.data + u"/kept"_s).isEmpty());
    QVERIFY(m_heard.isEmpty()); // the key went to nobody
}

void UnreachedTest::cleanupTestCase()
{
    qInfo("%s", qPrintable(m_table.join(u'\n')));
}

SEEDBOOK_TEST(UnreachedTest, QCoreApplication)

} // namespace seedbook::unreachedTest

#include "UnreachedTest.moc"
