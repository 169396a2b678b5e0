#include "service/AnswerReader.h"

#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

namespace seedbook::answerReaderTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

class AnswerReaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pictures_data();
    void pictures();
    void largePictures_data();
    void largePictures();
    void escapesThatAreCutOff();
    void links_data();
    void links();
    void errors_data();
    void errors();
    void anyCutIsTorn_data();
    void anyCutIsTorn();
    void hostileJson();
};

namespace {

QByteArray encoded(ImageFormat format)
{
    return samplePicture(format).toBase64();
}

} // namespace

void AnswerReaderTest::pictures_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("format");
    const auto formats = {ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Webp};
    for (const ImageFormat format : formats) {
        const QByteArray name = formatName(format).toLatin1();
        const QByteArray b = encoded(format);
        const auto row = [&](const char* form, const QByteArray& body) {
            QTest::addRow("%s, %s", name.constData(), form) << body << int(format);
        };
        row("raw", samplePicture(format));
        row("raw with something behind it", samplePicture(format) + "\r\n");
        row("image", R"({"image":")" + b + R"("})");
        row("image, with a byte order mark", "\xef\xbb\xbf{\"image\":\"" + b + "\"}");
        row("images, a list", R"({"images":[")" + b + R"("]})");
        row("images, a string", R"({"images":")" + b + R"("})");
        row("output", R"({"output":")" + b + R"("})");
        row("output, a list", R"({"output":[")" + b + R"("]})");
        row("image_url, a data URI", R"({"image_url":"data:image/png;base64,)" + b + R"("})");
        row("url, a data URI in capitals", R"({"url":"DATA:;BASE64,)" + b + R"("})");
        row("with company",
            R"({"status":"COMPLETED","infer_time":27.9,"outputs":1,"image":")" + b + R"("})");
        row("the second is usable", R"({"images":["nothing","",null,7,")" + b + R"("]})");
        row("under another name than the first", R"({"image":null,"output":")" + b + R"("})");
        row("a list of objects", R"({"images":[{"url":"data:image/x;base64,)" + b + R"("}]})");
        row("goes before a link", R"({"image_url":"https://x.example/a","url":")" + b + R"("})");
        row("goes before an error", R"({"error":"none","image":")" + b + R"("})");
        row("in lines", "{\"image\":\"" + QByteArray(b).insert(60, "\\r\\n") + "\"}");
        row("without padding", R"({"image":")" +
                                   samplePicture(format).toBase64(QByteArray::OmitTrailingEquals) +
                                   R"("})");
        row("in the alphabet for URLs",
            R"({"image":")" + samplePicture(format).toBase64(QByteArray::Base64UrlEncoding) +
                R"("})");
        row("slashes escaped", R"({"image":")" + QByteArray(b).replace("/", "\\/") + R"("})");
        row("bare text", b + "\n");
        row("a JSON string", '"' + b + '"');
        row("a JSON list", "[\"" + b + "\"]");
        row("a bare data URI", "data:image/png;base64," + b);
    }
}

void AnswerReaderTest::pictures()
{
    QFETCH(QByteArray, body);
    QFETCH(int, format);
    const AnswerReading reading = readAnswer(body);
    const auto* sources = std::get_if<PictureSources>(&reading);
    QVERIFY(sources);
    QCOMPARE(sources->size(), 1);
    const auto* picture = std::get_if<PictureBytes>(&sources->first());
    QVERIFY(picture);
    QCOMPARE(int(picture->format), format);
    // Bit for bit what the service coded.
    QVERIFY(picture->bytes.startsWith(samplePicture(ImageFormat(format))));
    QVERIFY(picture->bytes.size() <= samplePicture(ImageFormat(format)).size() + 2);
}

// So large that they are not given to the parser.
void AnswerReaderTest::largePictures_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray b = largePicture(200'000).toBase64();
    const auto row = [](const char* name, const QByteArray& body) { QTest::newRow(name) << body; };
    QByteArray lines;
    for (qsizetype at = 0; at < b.size(); at += 76)
        lines += b.mid(at, 76) + "\\r\\n";
    row("image", R"({"image":")" + b + R"("})");
    row("with a byte order mark", "\xef\xbb\xbf {\"image\":\"" + b + "\"}\n");
    row("a data URI", R"({"url":"data:image/png;base64,)" + b + R"("})");
    row("a data URI in capitals", R"({"url":"DATA:IMAGE/PNG;BASE64,)" + b + R"("})");
    row("slashes escaped", R"({"output":")" + QByteArray(b).replace("/", "\\/") + R"("})");
    row("escaped by code",
        R"({"output":")" + QByteArray(b).replace("+", "\\u002B").replace("/", "\\u002f") + R"("})");
    row("in lines", R"({"image":")" + lines + R"("})");
    row("without padding", R"({"image":")" + QByteArray(b).replace("=", "") + R"("})");
    row("in the alphabet for URLs",
        R"({"image":")" + QByteArray(b).replace("+", "-").replace("/", "_") + R"("})");
    row("behind another long text",
        R"({"input":")" + QByteArray(100'000, 'x') + R"(","data":[{"b64_json":")" + b + R"("}]})");
    row("twice", R"({"image":")" + b + R"(","output":[")" + b + R"("]})");
    row("bare text", b + "\n");
    row("a bare data URI", "data:image/png;base64," + b);
    row("a JSON string", '"' + QByteArray(b).replace("/", "\\/") + '"');
}

void AnswerReaderTest::largePictures()
{
    QFETCH(QByteArray, body);
    const AnswerReading reading = readAnswer(body);
    const auto* sources = std::get_if<PictureSources>(&reading);
    QVERIFY(sources);
    QCOMPARE(sources->size(), 1);
    QVERIFY(std::get<PictureBytes>(sources->first()).bytes == largePicture(200'000));
    const AnswerReading torn = readAnswer(body.first(body.size() / 2));
    QVERIFY(std::holds_alternative<Error>(torn));
    if (!body.startsWith('"'))
        QCOMPARE(std::get<Error>(torn).kind, ErrorKind::TornAnswer);
}

// Nothing is read behind the end.
void AnswerReaderTest::escapesThatAreCutOff()
{
    const QByteArray filler(100'000, 'A');
    for (const QByteArray& end : {QByteArray("\\"), QByteArray("\\\\\\"), QByteArray("\\u"),
             QByteArray("\\u00"), QByteArray("\\u004"), QByteArray("\\uzzzz")}) {
        for (const QByteArray& text : {end, QByteArray(filler + end)}) {
            for (const QByteArray& body : {QByteArray('"' + text + '"'), QByteArray('"' + text),
                     QByteArray("{\"image\":\"" + text + "\"}"), QByteArray("[\"" + text + "\"]"),
                     text})
                QVERIFY(std::holds_alternative<Error>(readAnswer(body)));
        }
    }
}

void AnswerReaderTest::links_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("url");
    const QString url = u"https://images.segmind.com/a/b.png?sig=x%2Fy&t=1"_s;
    const QByteArray u = url.toLatin1();
    QTest::newRow("image_url") << R"({"image_url":")" + u + R"("})" << url;
    QTest::newRow("url") << R"({"url":")" + u + R"("})" << url;
    QTest::newRow("image") << R"({"image":")" + u + R"("})" << url;
    QTest::newRow("output list") << R"({"output":[")" + u + R"("]})" << url;
    QTest::newRow("images objects")
        << R"({"images":[{"url":")" + u + R"(","content_type":"image/png"}]})" << url;
    QTest::newRow("bare text") << u + "\n" << url;
    QTest::newRow("a JSON string") << "\"" + QByteArray(u).replace("/", "\\/") + "\"" << url;
    QTest::newRow("the same twice") << R"({"images":[")" + u + R"(",")" + u + R"("]})" << url;
    QTest::newRow("goes before a torn picture")
        << R"({"image":"iVBORw0KGgoAAAA","url":")" + u + R"("})" << url;
}

void AnswerReaderTest::links()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, url);
    const AnswerReading reading = readAnswer(body);
    const auto* sources = std::get_if<PictureSources>(&reading);
    QVERIFY(sources);
    QCOMPARE(sources->size(), 1);
    const auto* link = std::get_if<PictureLink>(&sources->first());
    QVERIFY(link);
    QCOMPARE(link->url.toString(QUrl::FullyEncoded), url);
}

void AnswerReaderTest::errors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("detail");
    using K = ErrorKind;
    const auto row = [](const char* name, const QByteArray& body, K kind, const QString& detail) {
        QTest::newRow(name) << body << kind << detail;
    };
    row("error", R"({"error":"NSFW content"})", K::ErrorInAnswer, u"NSFW content"_s);
    row("error object", R"({"error":{"code":3,"message":"no"}})", K::ErrorInAnswer, u"no"_s);
    row("detail", R"({"detail":[{"msg":"bad","loc":["body","steps"]}]})", K::ErrorInAnswer,
        u"body.steps: bad"_s);
    row("failed", R"({"status":"FAILED","message":"gone"})", K::ErrorInAnswer, u"gone"_s);
    row("an empty error", R"({"error":"","message":"hello"})", K::UnreadableAnswer, u"hello"_s);
    row("no error", R"({"error":null,"errors":[],"detail":{}})", K::UnreadableAnswer,
        u"{\"error\":null,\"errors\":[],\"detail\":{}}"_s);
    row("nothing", {}, K::UnreadableAnswer, {});
    row("white space", " \r\n ", K::UnreadableAnswer, {});
    row("text", "Thank you!", K::UnreadableAnswer, u"Thank you!"_s);
    row("HTML", "<html><title>Sign in</title><p>x", K::UnreadableAnswer, u"Sign in"_s);
    row("binary", QByteArray("\x01\x00\x02", 3), K::UnreadableAnswer, {});
    row("an empty object", "{}", K::UnreadableAnswer, u"{}"_s);
    row("a picture of another kind", R"({"image":"R0lGODlhAQABAAAAACw="})", K::UnreadableAnswer,
        u"{\"image\":\"R0lGODlhAQABAAAAACw=\"}"_s);
    row("a GIF", "GIF89a", K::UnreadableAnswer, u"GIF89a"_s);
    row("a data URI without base64", R"({"image":"data:image/png,xyz"})", K::UnreadableAnswer,
        u"{\"image\":\"data:image/png,xyz\"}"_s);
    row("another scheme", R"({"url":"file:///etc/passwd"})", K::UnreadableAnswer,
        u"{\"url\":\"file:///etc/passwd\"}"_s);
    row("broken JSON", "{\"image\" 7}", K::UnreadableAnswer, u"{\"image\" 7}"_s);
    row("JSON cut in a string", R"({"image":"iVBORw0KGgo)", K::TornAnswer, {});
    row("JSON cut after a string", R"({"image":"abc")", K::TornAnswer, {});
    row("a torn picture in JSON", R"({"image":"iVBORw0KGgoAAAA="})", K::TornAnswer, {});
    row("only the first bytes of a PNG", "\x89PNG\r\n\x1a\n", K::TornAnswer, {});
}

void AnswerReaderTest::errors()
{
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, detail);
    const AnswerReading reading = readAnswer(body);
    const auto* error = std::get_if<Error>(&reading);
    QVERIFY(error);
    QCOMPARE(error->kind, kind);
    QCOMPARE(error->detail, detail);
}

void AnswerReaderTest::anyCutIsTorn_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("png") << int(ImageFormat::Png);
    QTest::newRow("jpeg") << int(ImageFormat::Jpeg);
    QTest::newRow("webp") << int(ImageFormat::Webp);
}

void AnswerReaderTest::anyCutIsTorn()
{
    QFETCH(int, format);
    const QByteArray whole = samplePicture(ImageFormat(format));
    QVERIFY(reachesItsEnd(whole, ImageFormat(format)));
    for (qsizetype length = 0; length < whole.size(); ++length) {
        const AnswerReading reading = readAnswer(whole.first(length));
        const auto* error = std::get_if<Error>(&reading);
        QVERIFY2(error, qPrintable(u"%1 of %2 bytes"_s.arg(length).arg(whole.size())));
        if (length >= 12)
            QCOMPARE(error->kind, ErrorKind::TornAnswer);
    }
}

void AnswerReaderTest::hostileJson()
{
    // None of these may crash, recurse without end or take long.
    const QByteArray deep(200000, '[');
    QVERIFY(std::holds_alternative<Error>(readAnswer(deep)));
    QByteArray nested;
    for (int i = 0; i < 900; ++i)
        nested += R"({"image":)";
    QVERIFY(std::holds_alternative<Error>(readAnswer(nested + "1" + QByteArray(900, '}'))));
    QByteArray wide = R"({"images":["x")";
    for (int i = 0; i < 200000; ++i)
        wide += R"(,"y")";
    QVERIFY(std::holds_alternative<Error>(readAnswer(wide + "]}")));
    QVERIFY(std::holds_alternative<Error>(
        readAnswer(R"({"image":")" + QByteArray(8 << 20, 'A') + R"("})")));
    const QByteArray chunkPastEnd("\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR0000", 20);
    QVERIFY(!reachesItsEnd(chunkPastEnd, ImageFormat::Png));
    QByteArray chunks = samplePicture();
    const QByteArray empty("\0\0\0\0seBd\0\0\0\0", 12);
    QVERIFY(reachesItsEnd(QByteArray(chunks).insert(33, empty.repeated(10'000)), ImageFormat::Png));
    QVERIFY(!reachesItsEnd(chunks.insert(33, empty.repeated(300'000)), ImageFormat::Png));
    const QByteArray riff("RIFF\xff\xff\xff\xffWEBP", 12);
    QVERIFY(!reachesItsEnd(riff, ImageFormat::Webp));
    QVERIFY(!reachesItsEnd({}, ImageFormat::Jpeg));
}

SEEDBOOK_TEST(AnswerReaderTest, QCoreApplication)

} // namespace seedbook::answerReaderTest

#include "AnswerReaderTest.moc"
