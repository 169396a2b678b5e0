#include "service/SegmindService.h"
#include "support/Samples.h"
#include "support/ServiceProbe.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const QByteArray key = "SG_0123456789abcdef";

// A server's own certificate for 127.0.0.1, signed by nobody, valid to 2119. It guards nothing.
constexpr const char* serverKey = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXozwC2xFZQoJmxyK
K7VzQeXFtR48ryPW6sWq/apuIhahRANCAARJFjOjBpzathZSKZ+yVdU/mQAOXdDM
80FlzoVNKmkXvllf749XWoQJMaspK66BNiVapqcxtvkB6hl7w6VXHfS/
-----END PRIVATE KEY-----
)";
constexpr const char* serverCertificate = R"(-----BEGIN CERTIFICATE-----
MIIBXDCCAQKgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAkxMjcuMC4w
LjEwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CTEyNy4wLjAuMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEkWM6MGnNq2FlIp
n7JV1T+ZAA5d0MzzQWXOhU0qaRe+WV/vj1dahAkxqykrroE2JVqmpzG2+QHqGXvD
pVcd9L+jQzBBMA8GA1UdEQQIMAaHBH8AAAEwDwYDVR0TAQH/BAUwAwEB/zAdBgNV
HQ4EFgQU/lp6L9rICZRo11uwah6wHGDBhg0wCgYIKoZIzj0EAwIDSAAwRQIgFfx1
ZTQKxy8MByJP392KylmXApN0wb8lBYjVq+P+NskCIQDApQ9RYKf434WXAS+saYx1
CVGQ1Nko16geXwg4FuSEkQ==
-----END CERTIFICATE-----
)";

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
    ServiceProbe probe(service.generate(sampleRequest(), nullptr));
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
    ServiceProbe probe(service.generate(sampleRequest(), nullptr));
    QVERIFY(probe.wait());
    QCOMPARE(probe.failure().error.kind, ErrorKind::WrongKey);
    QCOMPARE(m_heard.count("POST /v1/qwen-image HTTP/1.1"), 1);
    QCOMPARE(m_heard.count(key), 1);
}

QTEST_GUILESS_MAIN(TlsTest)
#include "TlsTest.moc"
