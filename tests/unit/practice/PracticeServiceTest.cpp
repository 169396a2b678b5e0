#include "practice/PracticeService.h"

#include "core/ImageFormat.h"
#include "practice/PracticeWatermark.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QImage>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>
#include <QTranslator>
#include <QtEndian>

#include <memory>
#include <optional>

namespace seedbook::practiceServiceTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const auto modelPath = u"/v1/qwen-image"_s;
const auto creditsPath = u"/v1/get-user-credits"_s;

struct Reply
{
    int status = 0;
    QByteArray contentType;
    QByteArray body;
    QList<QNetworkReply::RawHeaderPair> headers;

    [[nodiscard]] QByteArray header(const QByteArray& name) const
    {
        for (const auto& [key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

QJsonObject minimalBody()
{
    return {{u"prompt"_s, u"a lighthouse at dusk"_s}, {u"steps"_s, 30}, {u"seed"_s, 1827364}};
}

QByteArray jsonText(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::unique_ptr<PracticeService> startService(std::chrono::milliseconds duration = 0ms)
{
    PracticeService::Options options;
    options.duration = duration;
    auto service = PracticeService::start(models().models(), options);
    return service ? *std::move(service) : nullptr;
}

// One client with a connection of its own for each call.
class Client
{
public:
    explicit Client(const PracticeService& service)
        : m_endpoint(service.endpoint())
        , m_key(service.key().reveal())
    {
    }

    QNetworkReply* send(const QByteArray& method, const QString& path, const QByteArray& body = {},
        const QByteArray& contentType = "application/json",
        const std::optional<QByteArray>& key = std::nullopt)
    {
        QNetworkRequest request(m_endpoint.url(path));
        request.setRawHeader("x-api-key", key.value_or(m_key));
        if (!contentType.isEmpty())
            request.setRawHeader("Content-Type", contentType);
        return m_manager.sendCustomRequest(request, method, body);
    }

    static Reply finish(QNetworkReply* reply)
    {
        if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 30000))
            qFatal("no answer");
        const Reply result{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            reply->rawHeader("Content-Type"), reply->readAll(), reply->rawHeaderPairs()};
        delete reply;
        return result;
    }

    Reply draw(const QJsonObject& changes = {})
    {
        QJsonObject body = minimalBody();
        for (auto it = changes.begin(); it != changes.end(); ++it)
            body.insert(it.key(), *it);
        return finish(send("POST", modelPath, jsonText(body)));
    }

private:
    Endpoint m_endpoint;
    QByteArray m_key;
    QNetworkAccessManager m_manager;
};

// The byte strings that a picture's own data is made of, without what a container edit may add.
QByteArray codedPart(const QByteArray& bytes, ImageFormat format)
{
    switch (format) {
    case ImageFormat::Png:
        return bytes.sliced(bytes.indexOf("IDAT"));
    case ImageFormat::Jpeg:
        return bytes.sliced(bytes.indexOf("\xff\xdb"));
    case ImageFormat::Webp:
        break;
    }
    const qsizetype begin = std::max(bytes.indexOf("VP8 "), bytes.indexOf("VP8L"));
    const qsizetype xmp = bytes.indexOf("XMP ");
    return bytes.sliced(begin, (xmp < 0 ? bytes.size() : xmp) - begin);
}

} // namespace

class PracticeServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAPicture();
    void answersBase64();
    void formats_data();
    void formats();
    void markKeepsTheCodedPicture_data();
    void markKeepsTheCodedPicture();
    void sameRequestSameBytes();
    void sameBytesFromFourClientsAtOnce();
    void guidanceChangesThePicture();
    void randomSeedIsTold();
    void contractErrors_data();
    void contractErrors();
    void wordsStayEnglish();
    void largeBodyIsRefused();
    void oddPaths();
    void credits();
    void keyIsRandom();
    void takesItsTime();
    void twelveAtOnce();
    void earlyLeaversDoNoHarm();
    void endsPromptly();
    void countsPosts();
};

void PracticeServiceTest::answersAPicture()
{
    const auto service = startService();
    QVERIFY(service);
    QVERIFY(service->endpoint().isPractice());
    const Reply reply = Client(*service).draw();
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.contentType, QByteArray("image/png"));
    QCOMPARE(sniffImageFormat(reply.body), ImageFormat::Png);
    QCOMPARE(QImage::fromData(reply.body).size(), QSize(1664, 928));
    QCOMPARE(reply.header("x-seed-value"), QByteArray("1827364"));
    QCOMPARE(reply.header("x-cost"), QByteArray("0"));
    QCOMPARE(reply.header("x-remaining-credits").toDouble(), 10.0);
    bool isNumber = false;
    QVERIFY(reply.header("x-generation-time").toDouble(&isNumber) >= 0);
    QVERIFY(isNumber);
    QVERIFY(!reply.header("x-request-id").isEmpty());
    const auto metadata = QJsonDocument::fromJson(reply.header("x-output-metadata")).object();
    QCOMPARE(metadata["width"_L1].toInt(), 1664);
    QCOMPARE(metadata["height"_L1].toInt(), 928);
}

void PracticeServiceTest::answersBase64()
{
    const auto service = startService();
    Client client(*service);
    const QByteArray raw = client.draw().body;
    const Reply reply = client.draw({{u"base64"_s, true}});
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.contentType.startsWith("application/json"));
    QCOMPARE(reply.json()["status"_L1].toString(), u"success"_s);
    QVERIFY(reply.json()["infer_time"_L1].isDouble());
    QCOMPARE(QByteArray::fromBase64(reply.json()["image"_L1].toString().toLatin1()), raw);
}

void PracticeServiceTest::formats_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("ratio");
    QTest::addColumn<int>("quality");
    QTest::addColumn<QSize>("size");
    QTest::newRow("png") << u"png"_s << u"1:1"_s << 90 << QSize(1328, 1328);
    QTest::newRow("jpeg") << u"jpeg"_s << u"9:16"_s << 80 << QSize(928, 1664);
    QTest::newRow("webp") << u"webp"_s << u"4:3"_s << 80 << QSize(1472, 1104);
    QTest::newRow("webp, lossless") << u"webp"_s << u"2:3"_s << 100 << QSize(1056, 1584);
}

void PracticeServiceTest::formats()
{
    QFETCH(const QString, name);
    QFETCH(const QString, ratio);
    QFETCH(const int, quality);
    QFETCH(const QSize, size);
    const auto service = startService();
    const Reply reply = Client(*service).draw(
        {{u"image_format"_s, name}, {u"aspect_ratio"_s, ratio}, {u"quality"_s, quality}});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.contentType, "image/" + name.toLatin1());
    QCOMPARE(sniffImageFormat(reply.body), imageFormatFromName(name));
    QCOMPARE(QImage::fromData(reply.body).size(), size);
    QVERIFY(reply.body.contains(practice::practicePacket()));
}

void PracticeServiceTest::markKeepsTheCodedPicture_data()
{
    QTest::addColumn<ImageFormat>("format");
    QTest::newRow("png") << ImageFormat::Png;
    QTest::newRow("jpeg") << ImageFormat::Jpeg;
    QTest::newRow("webp") << ImageFormat::Webp;
}

void PracticeServiceTest::markKeepsTheCodedPicture()
{
    QFETCH(const ImageFormat, format);
    const QSize size(63, 37);
    const QByteArray plain = samplePicture(format, size);
    const QByteArray marked = practice::withPracticeMark(plain, format, size);
    QVERIFY(!plain.contains("algorithmicMedia"));
    QVERIFY(marked.contains("algorithmicMedia"));
    QCOMPARE(codedPart(marked, format), codedPart(plain, format));
    QCOMPARE(QImage::fromData(marked), QImage::fromData(plain));
    QCOMPARE(QImage::fromData(marked).size(), size);
    // The PNG reader skips a text whose checksum is wrong.
    if (format == ImageFormat::Png)
        QCOMPARE(QImage::fromData(marked).text(u"XML:com.adobe.xmp"_s).simplified().toUtf8(),
            QString::fromUtf8(practice::practicePacket()).simplified().toUtf8());
    if (format == ImageFormat::Webp) {
        QCOMPARE(marked.sliced(12, 4), QByteArray("VP8X"));
        QCOMPARE(qFromLittleEndian<quint32>(marked.constData() + 4), quint32(marked.size() - 8));
        QCOMPARE(marked.at(20), char(0x04));
        QCOMPARE(qFromLittleEndian<quint16>(marked.constData() + 24), quint16(62));
        QCOMPARE(qFromLittleEndian<quint16>(marked.constData() + 27), quint16(36));
    }
}

void PracticeServiceTest::sameRequestSameBytes()
{
    const QJsonObject body{{u"prompt"_s, u"山间薄雾"_s}, {u"aspect_ratio"_s, u"1:1"_s}};
    const auto first = startService();
    const QByteArray once = Client(*first).draw(body).body;
    QVERIFY(!QImage::fromData(once).isNull());
    QCOMPARE(Client(*first).draw(body).body, once);
    const auto restarted = startService();
    QCOMPARE(Client(*restarted).draw(body).body, once);
}

void PracticeServiceTest::sameBytesFromFourClientsAtOnce()
{
    const auto service = startService();
    Client client(*service);
    QList<QNetworkReply*> replies;
    for (int i = 0; i < 4; ++i)
        replies.append(client.send("POST", modelPath, jsonText(minimalBody())));
    const QByteArray first = Client::finish(replies.takeFirst()).body;
    QVERIFY(!QImage::fromData(first).isNull());
    for (QNetworkReply* reply : std::as_const(replies))
        QCOMPARE(Client::finish(reply).body, first);
}

void PracticeServiceTest::guidanceChangesThePicture()
{
    const auto service = startService();
    Client client(*service);
    const QImage low = QImage::fromData(client.draw({{u"guidance"_s, 2.5}}).body);
    const QImage high = QImage::fromData(client.draw({{u"guidance"_s, 5.0}}).body);
    const QImage other = QImage::fromData(client.draw({{u"seed"_s, 1827365}}).body);
    const QImage negative = QImage::fromData(client.draw({{u"negative_prompt"_s, u"fog"_s}}).body);
    const QImage standard = QImage::fromData(client.draw().body);
    QCOMPARE(low.size(), high.size());
    QVERIFY(low != high);
    QVERIFY(other != standard);
    QVERIFY(negative != standard);
}

void PracticeServiceTest::randomSeedIsTold()
{
    const auto service = startService();
    Client client(*service);
    const Reply random = client.draw({{u"seed"_s, -1}});
    QCOMPARE(random.status, 200);
    const qint64 seed = random.header("x-seed-value").toLongLong();
    QVERIFY(seed >= 1);
    QCOMPARE(client.draw({{u"seed"_s, seed}}).body, random.body);
    QVERIFY(client.draw({{u"seed"_s, -1}}).header("x-seed-value") != random.header("x-seed-value"));
    QCOMPARE(client.draw({{u"seed"_s, 0}}).header("x-seed-value"), QByteArray("0"));
}

void PracticeServiceTest::contractErrors_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<bool>("rightKey");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message"); // empty: HTML

    const QByteArray json = "application/json";
    const QByteArray good = jsonText(minimalBody());
    const auto changed = [](const QString& name, const QJsonValue& value) {
        QJsonObject body = minimalBody();
        body.insert(name, value);
        return jsonText(body);
    };
    const auto without = [](const QString& name) {
        QJsonObject body = minimalBody();
        body.remove(name);
        return jsonText(body);
    };
    const auto bad = [&](const char* row, const QByteArray& body, const QString& message) {
        QTest::newRow(row) << QByteArray("POST") << modelPath << json << true << body << 400
                           << message;
    };

    QTest::newRow("wrong key") << QByteArray("POST") << modelPath << json << false << good << 401
                               << u"Missing or invalid API key"_s;
    QTest::newRow("wrong key, credits") << QByteArray("GET") << creditsPath << json << false
                                        << QByteArray("") << 401 << u"Missing or invalid API key"_s;
    QTest::newRow("form") << QByteArray("POST") << modelPath
                          << QByteArray("application/x-www-form-urlencoded") << true << good << 406
                          << u"Invalid content type"_s;
    QTest::newRow("no content type") << QByteArray("POST") << modelPath << QByteArray("") << true
                                     << good << 406 << u"Invalid content type"_s;
    QTest::newRow("long form") << QByteArray("POST") << modelPath
                               << QByteArray("application/x-www-form-urlencoded") << true
                               << QByteArray(100000, 'x') << 406 << u"Invalid content type"_s;
    QTest::newRow("multipart")
        << QByteArray("POST") << modelPath << QByteArray("multipart/form-data; boundary=b") << true
        << QByteArray("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n")
        << 406 << u"Invalid content type"_s;
    QTest::newRow("unknown model") << QByteArray("POST") << u"/v1/no-such-model"_s << json << true
                                   << good << 404 << u"Model or endpoint not found"_s;
    for (const char* method : {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
        QTest::addRow("%s", method) << QByteArray(method) << modelPath << json << true
                                    << QByteArray("") << 405 << QString();
    QTest::newRow("POST to credits")
        << QByteArray("POST") << creditsPath << json << true << good << 405 << QString();

    bad("no JSON", "{\"prompt\": ", u"The body is not valid JSON: unterminated object"_s);
    bad("nothing", "", u"The body is not valid JSON: illegal value"_s);
    bad("a million values", "[" + QByteArray("1,").repeated(1'000'000) + "1]",
        u"The body is not valid JSON: too large document"_s);
    bad("an array", "[1]", u"The body is not a JSON object"_s);
    bad("unknown field", changed(u"width"_s, 512), u"Unknown parameter 'width'"_s);
    bad("no prompt", without(u"prompt"_s), u"Missing parameter 'prompt'"_s);
    bad("no steps", without(u"steps"_s), u"Missing parameter 'steps'"_s);
    bad("empty prompt", changed(u"prompt"_s, QString()),
        u"Parameter 'prompt' must be a text of 1 to 20000 characters"_s);
    bad("long prompt", changed(u"prompt"_s, QString(20001, u'x')),
        u"Parameter 'prompt' must be a text of 1 to 20000 characters"_s);
    bad("NUL", changed(u"prompt"_s, QString(u'a') + QChar(u'\0')),
        u"Parameter 'prompt' is not valid text"_s);
    bad("half a pair", "{\"prompt\": \"\\ud800\", \"steps\": 30}",
        u"Parameter 'prompt' is not valid text"_s);
    const QString steps = u"Parameter 'steps' must be an integer, at least 1, at most 50"_s;
    bad("steps 0", changed(u"steps"_s, 0), steps);
    bad("steps 51", changed(u"steps"_s, 51), steps);
    bad("steps 1.5", changed(u"steps"_s, 1.5), steps);
    bad("steps text", changed(u"steps"_s, u"30"_s), steps);
    bad("seed −2", changed(u"seed"_s, -2),
        u"Parameter 'seed' must be an integer, at least -1, at most 2147483647"_s);
    bad("guidance 20.5", changed(u"guidance"_s, 20.5),
        u"Parameter 'guidance' must be a number, at least 1, at most 20"_s);
    bad("ratio", changed(u"aspect_ratio"_s, u"5:4"_s),
        u"Parameter 'aspect_ratio' must be one of 1:1, 16:9, 9:16, 4:3, 3:4, 3:2, 2:3"_s);
    bad("format", changed(u"image_format"_s, u"gif"_s),
        u"Parameter 'image_format' must be one of png, jpeg, webp"_s);
    bad("quality", changed(u"quality"_s, 9),
        u"Parameter 'quality' must be an integer, at least 10, at most 100"_s);
    bad("base64 text", changed(u"base64"_s, u"true"_s), u"Parameter 'base64' must be a boolean"_s);
    bad("null", changed(u"negative_prompt"_s, QJsonValue::Null),
        u"Parameter 'negative_prompt' must be a text of 0 to 20000 characters"_s);
}

void PracticeServiceTest::contractErrors()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    QFETCH(const QByteArray, contentType);
    QFETCH(const bool, rightKey);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QString, message);
    const auto service = startService(30s); // a refusal does not wait
    Client client(*service);
    const Reply reply = Client::finish(client.send(method, path, body, contentType,
        rightKey ? std::nullopt : std::optional<QByteArray>("SG_0000000000000000")));
    QCOMPARE(reply.status, status);
    if (message.isEmpty()) {
        QVERIFY(reply.contentType.startsWith("text/html"));
        QVERIFY(reply.body.contains("<h1>"));
    } else {
        QVERIFY(reply.contentType.startsWith("application/json"));
        QCOMPARE(reply.json(), (QJsonObject{{u"error"_s, message}}));
    }
    QVERIFY(!reply.body.contains(service->key().reveal()));
}

void PracticeServiceTest::wordsStayEnglish()
{
    // Every text of the program is translated to the same nonsense; the service's must not be.
    class Nonsense final : public QTranslator
    {
    public:
        using QTranslator::QTranslator;
        QString translate(const char*, const char*, const char*, int) const override
        {
            return u"翻译"_s;
        }
        bool isEmpty() const override { return false; }
    } translator;
    QVERIFY(QCoreApplication::installTranslator(&translator));
    const auto service = startService();
    const Reply reply = Client(*service).draw({{u"steps"_s, 0}});
    QCoreApplication::removeTranslator(&translator);
    QCOMPARE(reply.json()["error"_L1].toString(),
        u"Parameter 'steps' must be an integer, at least 1, at most 50"_s);
}

void PracticeServiceTest::largeBodyIsRefused()
{
    const auto service = startService();
    Client client(*service);
    const QJsonObject body{{u"prompt"_s, QString(5 << 20, u'x')}, {u"steps"_s, 30}};
    const Reply reply = Client::finish(client.send("POST", modelPath, jsonText(body)));
    QCOMPARE(reply.status, 413);
    QVERIFY(!reply.json()["error"_L1].toString().isEmpty());
    QCOMPARE(service->postCount(), 0);
}

void PracticeServiceTest::oddPaths()
{
    const auto service = startService();
    Client client(*service);
    for (const QString& path : {u"/"_s, u"/v1/qwen-image/"_s, u"/v1/../v1/qwen-image-x"_s,
             u"/v1/a\nb"_s, u'/' + QString(7000, u'x')}) {
        const Reply reply = Client::finish(client.send("POST", path, jsonText(minimalBody())));
        QCOMPARE(reply.status, 404);
        QVERIFY(!reply.json()["error"_L1].toString().isEmpty());
    }
}

void PracticeServiceTest::credits()
{
    PracticeService::Options options;
    options.duration = 30s; // the balance is told at once
    options.balance = 7.25;
    options.key = ApiKey("SG_00112233445566aa");
    const auto service = PracticeService::start(models().models(), options);
    QVERIFY(service);
    QCOMPARE((*service)->key().reveal(), QByteArray("SG_00112233445566aa"));
    Client client(**service);
    const Reply reply = Client::finish(client.send("GET", creditsPath));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json(), (QJsonObject{{u"credits"_s, 7.25}, {u"free-credits"_s, 0.018}}));
}

void PracticeServiceTest::keyIsRandom()
{
    const auto one = startService();
    const auto two = startService();
    static const QRegularExpression shape(u"^SG_[0-9a-f]{16}$"_s);
    QVERIFY(shape.match(QString::fromLatin1(one->key().reveal())).hasMatch());
    QVERIFY(one->key().reveal() != two->key().reveal());
}

void PracticeServiceTest::takesItsTime()
{
    const auto service = startService(700ms);
    QCOMPARE(service->duration(), 700ms);
    QElapsedTimer clock;
    clock.start();
    const Reply reply = Client(*service).draw();
    QCOMPARE(reply.status, 200);
    QVERIFY(clock.elapsed() >= 700);
    QVERIFY(reply.header("x-generation-time").toDouble() >= 0.7);
}

void PracticeServiceTest::twelveAtOnce()
{
    const auto service = startService(2s);
    // Two clients, because one opens six connections at most.
    Client one(*service);
    Client two(*service);
    QElapsedTimer clock;
    clock.start();
    QList<QNetworkReply*> replies;
    for (int i = 0; i < 12; ++i) {
        QJsonObject body = minimalBody();
        body.insert(u"seed"_s, i);
        body.insert(u"aspect_ratio"_s, u"1:1"_s);
        replies.append((i % 2 ? one : two).send("POST", modelPath, jsonText(body)));
    }
    QSet<QByteArray> pictures;
    for (QNetworkReply* reply : std::as_const(replies)) {
        const Reply result = Client::finish(reply);
        QCOMPARE(result.status, 200);
        QVERIFY(!QImage::fromData(result.body).isNull());
        pictures.insert(result.body);
    }
    QCOMPARE(pictures.size(), 12);
    QCOMPARE(service->postCount(), 12);
    // One after the other they would need 24 s.
    QVERIFY2(clock.elapsed() < 16000, qPrintable(QString::number(clock.elapsed())));
}

void PracticeServiceTest::earlyLeaversDoNoHarm()
{
    const auto service = startService(300ms);
    const QByteArray body = jsonText(minimalBody());
    const QByteArray head =
        "POST /v1/qwen-image HTTP/1.1\r\nHost: " +
        service->endpoint().url({}).authority().toLatin1() +
        "\r\nx-api-key: " + service->key().reveal() +
        "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
        "\r\n\r\n";
    for (const QByteArray& sent :
        {head + body, head + body, head + body.first(10), head.first(20)}) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, service->endpoint().url({}).port());
        QVERIFY(socket.waitForConnected());
        socket.write(sent);
        QVERIFY(socket.waitForBytesWritten());
        socket.abort();
    }
    // Its own answer comes after those that nobody waits for.
    QCOMPARE(Client(*service).draw().status, 200);
}

void PracticeServiceTest::endsPromptly()
{
    auto service = startService(1h);
    Client client(*service);
    QList<QNetworkReply*> replies;
    for (int i = 0; i < 3; ++i)
        replies.append(client.send("POST", modelPath, jsonText(minimalBody())));
    QTRY_COMPARE(service->postCount(), 3);
    QElapsedTimer clock;
    clock.start();
    service.reset();
    QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
    for (QNetworkReply* reply : std::as_const(replies)) {
        const Reply result = Client::finish(reply);
        QCOMPARE(result.status, 503);
        QVERIFY(!result.json()["error"_L1].toString().isEmpty());
    }
}

void PracticeServiceTest::countsPosts()
{
    const auto service = startService();
    Client client(*service);
    QCOMPARE(service->postCount(), 0);
    Client::finish(client.send("GET", creditsPath));
    Client::finish(client.send("POST", u"/v1/elsewhere"_s, "{}"));
    QCOMPARE(service->postCount(), 0);
    Client::finish(client.send("POST", modelPath, "{}"));
    client.draw({{u"image_format"_s, u"jpeg"_s}});
    QCOMPARE(service->postCount(), 2);
}

SEEDBOOK_TEST(PracticeServiceTest, QGuiApplication)

} // namespace seedbook::practiceServiceTest

#include "PracticeServiceTest.moc"
