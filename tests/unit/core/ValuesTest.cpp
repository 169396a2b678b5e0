#include "core/Counts.h"
#include "core/Endpoint.h"
#include "core/ErrorText.h"
#include "core/ImageFormat.h"
#include "core/Money.h"
#include "core/Seed.h"
#include "core/Text.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRandomGenerator>
#include <QTest>

#include <limits>

namespace seedbook::valuesTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

class ValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seeds();
    void money();
    void counts();
    void formats();
    void endpoints_data();
    void endpoints();
    void namesWrongEndpoints();
    void redaction();
    void everyErrorHasWords();
};

void ValuesTest::seeds()
{
    QVERIFY(Seed::fromNumber(0));
    QVERIFY(!Seed::fromNumber(-1));
    QVERIFY(!Seed::fromNumber(2147483648));
    QCOMPARE(Seed::fromText(u" 42\n"_s)->number(), 42);
    QVERIFY(!Seed::fromText(u"4 2"_s));
    QVERIFY(!Seed::fromText(u"99999999999999999999"_s));
    QCOMPARE(Seed::fromNumber(2147483647)->next().number(), 0);
    QCOMPARE(Seed::fromNumber(0)->next(-1).number(), 2147483647);
    QRandomGenerator generator(1);
    for (int i = 0; i < 10000; ++i) {
        const Seed seed = Seed::random(generator);
        QVERIFY(seed.number() >= 1 && seed.number() <= 2147483647);
    }
}

void ValuesTest::money()
{
    QCOMPARE(Money::fromUsd(0.121).text(), u"$0.121"_s);
    QCOMPARE(Money::fromUsd(0.121).shortText(), u"$0.12"_s);
    QCOMPARE((Money::fromUsd(0.121) * 10).text(), u"$1.21"_s);
    QCOMPARE(Money::fromUsd(-2).text(), u"−$2.00"_s);
    QCOMPARE(Money::fromUsd(qQNaN()).micros(), 0);
    QCOMPARE(Money::fromUsd(1e300).micros(), 0);
    Money sum;
    for (int i = 0; i < 1000; ++i)
        sum += Money::fromUsd(0.121);
    QCOMPARE(sum, Money::fromUsd(121));
}

void ValuesTest::counts()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(imagesText(0), u"0 images"_s);
    QCOMPARE(imagesText(1), u"1 image"_s);
    QCOMPARE(requestsText(1204), u"1,204 requests"_s);
    QCOMPARE(filesText(1), u"1 file"_s);
    QCOMPARE(pluralOf(-1), 0);
    QCOMPARE(pluralOf(qint64{1} << 40), std::numeric_limits<int>::max());
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany)); // its digits, no other words
    QCOMPARE(imagesText(1204), u"1.204 images"_s);
    QLocale::setDefault(QLocale::c());
}

void ValuesTest::formats()
{
    QCOMPARE(sniffImageFormat("\x89PNG\r\n\x1a\n...."), ImageFormat::Png);
    QCOMPARE(sniffImageFormat("\xff\xd8\xff\xe0"), ImageFormat::Jpeg);
    QCOMPARE(sniffImageFormat("RIFF1234WEBPVP8 "), ImageFormat::Webp);
    QVERIFY(!sniffImageFormat("RIFF1234WAVE"));
    QVERIFY(!sniffImageFormat(""));
    QVERIFY(!sniffImageFormat("{\"image\":"));
    QCOMPARE(imageFormatFromName(u"jpeg"_s), ImageFormat::Jpeg);
}

void ValuesTest::endpoints_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("segmind") << u"https://api.segmind.com"_s << true << ErrorKind::Internal;
    QTest::newRow("slash, path") << u"https://a.b:8443/x/"_s << true << ErrorKind::Internal;
    QTest::newRow("loopback") << u"http://127.0.0.1:8080"_s << true << ErrorKind::Internal;
    QTest::newRow("localhost") << u"http://localhost:1"_s << true << ErrorKind::Internal;
    QTest::newRow("loopback 6") << u"http://[::1]:1"_s << true << ErrorKind::Internal;
    QTest::newRow("plain") << u"http://api.segmind.com"_s << false << ErrorKind::InsecureEndpoint;
    QTest::newRow("no address") << u"http://127.999.1.1"_s << false << ErrorKind::InsecureEndpoint;
    QTest::newRow("looks like loopback")
        << u"http://127.0.0.1.evil.com"_s << false << ErrorKind::InsecureEndpoint;
    QTest::newRow("user") << u"https://me:pw@a.b"_s << false << ErrorKind::BadEndpoint;
    QTest::newRow("ftp") << u"ftp://a.b"_s << false << ErrorKind::BadEndpoint;
    QTest::newRow("words") << u"not a url"_s << false << ErrorKind::BadEndpoint;
    QTest::newRow("empty") << u""_s << false << ErrorKind::BadEndpoint;
    QTest::newRow("query") << u"https://a.b/?k=1"_s << false << ErrorKind::BadEndpoint;
}

void ValuesTest::endpoints()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    QFETCH(ErrorKind, kind);
    const auto endpoint = Endpoint::parse(text);
    QCOMPARE(endpoint.has_value(), good);
    if (good) {
        QVERIFY(!endpoint->url(u"/v1/x"_s).toString().contains(u"//v1"_s));
        QVERIFY(!endpoint->isPractice());
    } else {
        QCOMPARE(endpoint.error().kind, kind);
        QVERIFY(!sentence(endpoint.error()).contains(u"pw"_s));
        QCOMPARE(endpoint.error().detail, QString()); // Qt's own words would say it once more
    }
}

// What was entered is named, but for what may be secret in it.
void ValuesTest::namesWrongEndpoints()
{
    const auto named = [](const QString& text) { return Endpoint::parse(text).error().subject; };
    QCOMPARE(named(u" not a url "_s), u"not a url"_s);
    QCOMPARE(named(u"https://a b"_s), u"https://a b"_s);
    QCOMPARE(named(u"https://me:pw@a.b/c"_s), u"https://a.b/c"_s);
    QCOMPARE(named(u"me:pw@a b"_s), u"a b"_s);
    QCOMPARE(named(u"https://a.b/?key=1#pw"_s), u"https://a.b/"_s);
    const auto words = describe(Endpoint::parse(u"https://a b"_s).error());
    QCOMPARE(words.what, u"“https://a b” is not a valid endpoint"_s);
    QCOMPARE(words.why, u"An endpoint is https, a host and, if needed, a port and a path."_s);
}

void ValuesTest::redaction()
{
    QCOMPARE(redacted(u"key SG_0123456789abcdef is bad"_s), u"key SG_… is bad"_s);
    QCOMPARE(redacted(u"key my-own-key!"_s, u"my-own-key"_s), u"key SG_…!"_s);
    // Whatever a service makes of it before it says it back.
    const QByteArray key = "my-own/Key+42";
    for (const QByteArray& form :
        {QByteArray("my-own/Key+42"), QByteArray("MY-OWN/KEY+42"), QByteArray("my-own\\/Key+42"),
            QByteArray("my-\\u006fwn/Key+42"), QByteArray("my%2Down%2fKey%2B42"),
            QByteArray("my-own&#47;Key&#x2b;42"), QByteArray("my-own\\n/Key+42"),
            QByteArray("my-o\",\"wn/K\" + \"ey+42"), QByteArray("my-own/\r\n Key+42"),
            key.toBase64(), ("x" + key + "y").toBase64(), ("xy" + key).toBase64(),
            ("xyz" + key + "\xff\xff").toBase64(QByteArray::Base64UrlEncoding),
            key.toBase64().insert(5, "\\n")}) {
        const QByteArray clean = withoutSecret("[before " + form + " behind]", key);
        QVERIFY2(clean.startsWith("[before ") && clean.endsWith(" behind]"), clean.constData());
        QVERIFY2(clean.contains("SG_..."), clean.constData());
        QVERIFY2(clean.size() <= QByteArray("[before ...SG_...... behind]").size() + 2,
            clean.constData());
        QVERIFY(redacted(QString::fromLatin1(form), QString::fromLatin1(key)).contains(u"SG_…"_s));
    }
    const QByteArray longKey = "SG_" + QByteArray(61, 'k') + "/+";
    for (const QByteArray& form :
        {longKey, longKey.toBase64(), QByteArray(longKey).insert(40, "\\n")}) {
        QVERIFY(withoutSecret("[" + form + "]", longKey).contains("SG_..."));
        QVERIFY(!withoutSecret("[" + form + "]", longKey).contains("kkkk"));
    }
    const QByteArray other("my-own/Key-42 \x89PNG\0 and more", 28);
    QCOMPARE(withoutSecret(other, key), other);
    QCOMPARE(withoutSecret("short", "or"), QByteArray("short"));
    QCOMPARE(elided(u"ab😀cd"_s, 4), u"ab…"_s);
    QCOMPARE(elided(u"abcd"_s, 4), u"abcd"_s);
}

void ValuesTest::everyErrorHasWords()
{
    const QString internal = describe(Error{ErrorKind::Internal, {}, {}}).what;
    for (int kind = 0; kind < static_cast<int>(ErrorKind::Internal); ++kind) {
        const Error error{static_cast<ErrorKind>(kind), u"subject"_s, u"detail"_s};
        const ErrorText words = describe(error);
        QVERIFY2(words.what != internal, qPrintable(QString::number(kind)));
        QVERIFY(!words.what.isEmpty());
        QVERIFY(!words.why.isEmpty());
        QVERIFY(!sentence(error).contains(u'%'));
    }
}

SEEDBOOK_TEST(ValuesTest, QCoreApplication)

} // namespace seedbook::valuesTest

#include "ValuesTest.moc"
