#include "practice/PracticeService.h"
#include "practice/Signing.h"
#include "practice/Ticket.h"
#include "service/SegmindService.h"
#include "support/Samples.h"
#include "support/ServiceProbe.h"
#include "support/TestProgram.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

namespace seedbook::practiceRecoverableTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::practice;
using namespace seedbook::test;

namespace {

const QByteArray secret(32, 's');

std::unique_ptr<PracticeService> start(PracticeService::Options options)
{
    auto service = PracticeService::start(models().models(), std::move(options));
    return service ? *std::move(service) : nullptr;
}

SegmindService client(const PracticeService& service, Transport transport)
{
    return SegmindService(
        service.endpoint(), [key = service.key()] { return key; },
        {.acceptedFor = 60s, .firstPoll = 20ms, .longestPoll = 50ms}, transport);
}

} // namespace

// The practice service by v2, asked by the program's own client.
class PracticeRecoverableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameBytesAsBlocking_data();
    void sameBytesAsBlocking();
    void idOutlivesTheService();
    void longPrompts();
    void hostileIds_data();
    void hostileIds();
    void playMoney();
};

void PracticeRecoverableTest::sameBytesAsBlocking_data()
{
    QTest::addColumn<bool>("base64");
    QTest::newRow("a file") << false;
    QTest::newRow("base64") << true;
}

void PracticeRecoverableTest::sameBytesAsBlocking()
{
    QFETCH(bool, base64);
    const auto service = start({.duration = 50ms});
    QVERIFY(service);
    const Request request = sampleRequest(u"a fox 狐"_s, 77, {{u"base64"_s, base64}});
    auto blocking = client(*service, Transport::Blocking);
    ServiceProbe first(postOf(blocking, request));
    QVERIFY(first.wait());
    auto recoverable = client(*service, Transport::Recoverable);
    ImageCall* call = postOf(recoverable, request);
    QSignalSpy accepted(call, &ImageCall::accepted);
    ServiceProbe second(call);
    QVERIFY(accepted.wait());
    // Nothing is asked before the id is on disk: one that is accepted later overtakes it.
    ServiceProbe third(postOf(recoverable, request));
    third.proceedOnceAccepted();
    QVERIFY(third.wait());
    QCOMPARE(second.ends(), 0);
    call->proceed();
    QVERIFY(second.wait());
    QCOMPARE(second.answer().pictures, first.answer().pictures);
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(service->postCount(), 3);
}

void PracticeRecoverableTest::idOutlivesTheService()
{
    Acceptance acceptance;
    const Request request = sampleRequest(u"a fox"_s, 78);
    {
        const auto service = start({.duration = 10s, .secret = secret});
        auto recoverable = client(*service, Transport::Recoverable);
        ImageCall* call = postOf(recoverable, request);
        QSignalSpy accepted(call, &ImageCall::accepted);
        ServiceProbe probe(call);
        QVERIFY(accepted.wait());
        acceptance = accepted.first().first().value<Acceptance>();
    }
    const auto again = start({.duration = 0ms, .secret = secret}); // another port, key
    auto recoverable = client(*again, Transport::Recoverable);
    ServiceProbe probe(recoverable.resume(request, acceptance, nullptr));
    QVERIFY(probe.wait());
    QVERIFY(probe.hasPicture());
    QCOMPARE(again->postCount(), 0);
}

void PracticeRecoverableTest::longPrompts()
{
    const auto service = start({.duration = 0ms});
    QString prompt;
    for (int i = 0; prompt.size() < 19'000; ++i)
        prompt += QString::number(i * 7919, 36) + u' ';
    auto recoverable = client(*service, Transport::Recoverable);
    ServiceProbe probe(postOf(recoverable, sampleRequest(prompt)));
    probe.proceedOnceAccepted();
    QVERIFY(probe.wait());
    QVERIFY2(probe.hasPicture(), qPrintable(probe.words()));
}

void PracticeRecoverableTest::hostileIds_data()
{
    QTest::addColumn<QString>("id");
    const auto text = [](const QByteArray& bytes) {
        return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding));
    };
    const auto signedText = [text](const QByteArray& bytes) {
        return text(signature(bytes, secret) + bytes);
    };
    QTest::newRow("empty") << QString();
    QTest::newRow("not base64") << u"!!!"_s;
    QTest::newRow("too short") << u"AAAA"_s;
    const QByteArray sound =
        qCompress(R"({"model":"qwen-image","parameters":{"prompt":"a","steps":9,"seed":1}})");
    QVERIFY(Ticket::fromId(models().models(), signedText(sound), secret));
    QTest::newRow("not signed") << text(sound);
    QTest::newRow("signed by another") << text(signature(sound, QByteArray(32, 'o')) + sound);
    QTest::newRow("no signature") << text(QByteArray(signatureSize, '\0') + sound);
    // Says that it unpacks to four gigabytes.
    QTest::newRow("huge") << signedText(QByteArray("\xff\xff\xff\xff") + QByteArray(40, 'x'));
    QTest::newRow("not packed") << signedText(QByteArray("\0\0\1\0", 4) + QByteArray(40, 'x'));
    const auto packed = [signedText](
                            const QByteArray& json) { return signedText(qCompress(json)); };
    QTest::newRow("not JSON") << packed("hello hello hello");
    QTest::newRow("no such model") << packed(R"({"model":"x","parameters":{"prompt":"a"}})");
    QTest::newRow("a wrong value")
        << packed(R"({"model":"qwen-image","parameters":{"prompt":"a","steps":9999,"seed":1}})");
    QTest::newRow("a bomb") << packed(QByteArray(10 << 20, ' '));
    // Says that it is small.
    const auto understated = [signedText](const QByteArray& json) {
        return signedText(QByteArray("\0\0\1\0", 4) + qCompress(json, 9).sliced(4));
    };
    const QByteArray good =
        R"({"model":"qwen-image","parameters":{"prompt":"a","steps":9,"seed":1},"x":)";
    QTest::newRow("a million values")
        << understated(good + '[' + QByteArray("1,").repeated(1'000'000) + "1]}");
    QTest::newRow("a megabyte") << understated(good + '"' + QByteArray(1 << 20, 'x') + "\"}");
}

void PracticeRecoverableTest::hostileIds()
{
    QFETCH(QString, id);
    QVERIFY(!Ticket::fromId(models().models(), id, secret));
}

void PracticeRecoverableTest::playMoney()
{
    const auto service = start({.duration = 0ms, .balance = 1.0, .cost = Money::fromUsd(0.25)});
    auto blocking = client(*service, Transport::Blocking);
    ServiceProbe probe(postOf(blocking, sampleRequest()));
    QVERIFY(probe.wait());
    QCOMPARE(*probe.answer().info.cost, Money::fromUsd(0.25));
    QCOMPARE(*probe.answer().info.remainingCredits, Money::fromUsd(0.75));
    std::optional<Money> told;
    blocking.askBalance(this, [&told](const Result<Money>& balance) { told = *balance; });
    QTRY_VERIFY(told);
    QCOMPARE(*told, Money::fromUsd(0.75 + 0.018));
}

SEEDBOOK_TEST(PracticeRecoverableTest, QGuiApplication)

} // namespace seedbook::practiceRecoverableTest

#include "PracticeRecoverableTest.moc"
