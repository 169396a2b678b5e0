#include "service/SegmindService.h"
#include "support/OwnCertificate.h"
#include "support/Samples.h"
#include "support/ServiceProbe.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTest>

namespace seedbook::tlsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const QByteArray key = "SG_0123456789abcdef";

} // namespace

// The key goes only to a server that has shown who it is.
class TlsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void unknownCertificate();
    void knownCertificate();

private:
    QSslServer m_server;
    QByteArray m_heard;
};

void TlsTest::initTestCase()
{
    QVERIFY2(QSslSocket::supportsSsl(), "Qt has no TLS here: the service could not be used");
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(serverKey, QSsl::Ec));
    configuration.setLocalCertificate(QSslCertificate(serverCertificate));
    QVERIFY(!configuration.privateKey().isNull() && !configuration.localCertificate().isNull());
    m_server.setSslConfiguration(configuration);
    connect(&m_server, &QSslServer::pendingConnectionAvailable, this, [this] {
        auto* socket = m_server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            m_heard += socket->readAll();
            socket->write("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
        });
    });
    QVERIFY(m_server.listen(QHostAddress::LocalHost));
}

void TlsTest::unknownCertificate()
{
    SegmindService service(*Endpoint::parse(u"https://127.0.0.1:%1"_s.arg(m_server.serverPort())),
        [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.ends(), 1);
    QCOMPARE(probe.failure().error.kind, ErrorKind::TlsFailed);
    QCOMPARE(probe.failure().error.subject, u"127.0.0.1"_s);
    QVERIFY(!probe.failure().error.detail.isEmpty());
    QCOMPARE(reachName(probe.failure().reach), reachName(CallFailure::Reach::NotSent));
    QVERIFY(m_heard.isEmpty());
}

void TlsTest::knownCertificate()
{
    // The same server, once its certificate is known: so it was that and nothing else.
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificate(QSslCertificate(serverCertificate));
    QSslConfiguration::setDefaultConfiguration(configuration);
    SegmindService service(*Endpoint::parse(u"https://127.0.0.1:%1"_s.arg(m_server.serverPort())),
        [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(probe.failure().error.kind, ErrorKind::WrongKey);
    QCOMPARE(m_heard.count("POST /v1/qwen-image HTTP/1.1"), 1);
    QCOMPARE(m_heard.count(key), 1);
}

SEEDBOOK_TEST(TlsTest, QCoreApplication)

} // namespace seedbook::tlsTest

#include "TlsTest.moc"
