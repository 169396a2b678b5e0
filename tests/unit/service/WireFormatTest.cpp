#include "core/Version.h"
#include "service/SegmindService.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "support/ServiceProbe.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

namespace seedbook::wireFormatTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const QByteArray key = "SG_0123456789abcdef";

} // namespace

// The bytes of a request as they are on the wire.
class WireFormatTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lineAndHeaders();
    void bodyTypes();
    void extremes();
    void text_data();
    void text();
    void baseWithAPath();

private:
    static RawServer::Request sent(const Request& request, const QString& path = {});
};

RawServer::Request WireFormatTest::sent(const Request& request, const QString& path)
{
    const QByteArray answer = httpAnswer(200, samplePicture());
    RawServer server([answer](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(answer);
    });
    SegmindService service(*Endpoint::parse(server.address(path)), [] { return ApiKey(key); });
    ServiceProbe probe(postOf(service, request));
    if (!probe.wait() || !probe.hasPicture())
        qFatal("no answer: %s", qPrintable(probe.words()));
    probe.drop();
    server.stop();
    if (server.requests().size() != 1 || !server.requests().constFirst().whole)
        qFatal("not one whole request");
    return server.requests().constFirst();
}

void WireFormatTest::lineAndHeaders()
{
    const RawServer::Request request = sent(sampleRequest());
    QVERIFY(request.head.startsWith("POST /v1/qwen-image HTTP/1.1\r\n"));
    QCOMPARE(request.header("x-api-key"), key);
    QCOMPARE(request.header("Content-Type"), "application/json");
    QCOMPARE(request.header("Content-Length"), QByteArray::number(request.body.size()));
    QCOMPARE(request.header("User-Agent"), "Seedbook/" + programVersion().toLatin1());
    QVERIFY(request.header("Host").startsWith("127.0.0.1:"));
    // Ours are two; what HTTP itself needs comes from Qt. Each once, and nothing else: no cookie,
    // no referer, no upgrade.
    QSet<QByteArray> names;
    for (const auto& [name, value] : request.headers) {
        QVERIFY2(!names.contains(name.toLower()), name.constData());
        names.insert(name.toLower());
    }
    const QSet<QByteArray> expected = {"x-api-key", "content-type", "content-length", "host",
        "user-agent", "accept-encoding", "accept-language", "connection"};
    QVERIFY2((names - expected).isEmpty(), request.head.constData());
    // The key is in its header and nowhere else.
    QCOMPARE(request.head.count(key), 1);
    QVERIFY(!request.body.contains(key));
}

void WireFormatTest::bodyTypes()
{
    const RawServer::Request request = sent(sampleRequest(u"a mystical dragon"_s, 1827364,
        {{u"negative_prompt"_s, u""_s}, {u"steps"_s, 30}, {u"guidance"_s, 3.5},
            {u"aspect_ratio"_s, u"16:9"_s}, {u"image_format"_s, u"png"_s}, {u"quality"_s, 90},
            {u"base64"_s, false}}));
    // Exactly the contract's nine fields. Written out, since a parser would take 30.0 for 30.
    QCOMPARE(request.body,
        R"({"aspect_ratio":"16:9","base64":false,"guidance":3.5,"image_format":"png",)"
        R"("negative_prompt":"","prompt":"a mystical dragon","quality":90,"seed":1827364,)"
        R"("steps":30})");
}

void WireFormatTest::extremes()
{
    const RawServer::Request request = sent(sampleRequest(u"x"_s, 2147483647,
        {{u"steps"_s, 50.0}, {u"guidance"_s, 20}, {u"quality"_s, 10}, {u"base64"_s, true},
            {u"image_format"_s, u"webp"_s}}));
    QVERIFY(request.body.contains(R"("seed":2147483647)"));
    QVERIFY(request.body.contains(R"("steps":50})"));
    QVERIFY(request.body.contains(R"("guidance":20,)"));
    QVERIFY(request.body.contains(R"("base64":true)"));
    QVERIFY(sent(sampleRequest(u"x"_s, 0)).body.contains(R"("seed":0,)"));
}

void WireFormatTest::text_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::newRow("Chinese") << u"一座写着“通义千问”的书店，雨夜"_s;
    QTest::newRow("outside the first plane") << u"a 🐉 over 𠮷野"_s;
    QTest::newRow("quotes and lines") << u"a sign: \"Open\"\n\\o/\t</script>"_s;
    QTest::newRow("line separators") << u"a\u2028b\u2029c\u0085d"_s;
    QTest::newRow("long") << QString(20000, u'愛');
}

void WireFormatTest::text()
{
    QFETCH(QString, prompt);
    const RawServer::Request request = sent(sampleRequest(prompt));
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    QCOMPARE(body.size(), 9);
    QCOMPARE(body.value("prompt"_L1).toString(), prompt);
}

void WireFormatTest::baseWithAPath()
{
    QVERIFY(
        sent(sampleRequest(), u"/proxy/"_s).head.startsWith("POST /proxy/v1/qwen-image HTTP/1.1"));
}

SEEDBOOK_TEST(WireFormatTest, QCoreApplication)

} // namespace seedbook::wireFormatTest

#include "WireFormatTest.moc"
