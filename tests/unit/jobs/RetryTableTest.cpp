#include "jobs/RetryTable.h"

#include "core/ImageService.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

namespace seedbook::retryTableTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;

namespace {

using Reach = CallFailure::Reach;

CallFailure failure(ErrorKind kind, Reach reach, int status = 0)
{
    CallFailure made;
    made.error = {kind, {}, {}, status};
    made.reach = reach;
    made.info.httpStatus = status;
    return made;
}

const QDateTime noon(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);
constexpr double middle = 0.5; // no spreading

} // namespace

class RetryTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ends_data();
    void ends();
    void neverReached();
    void gateway();
    void rateLimited_data();
    void rateLimited();
    void limitedDoubles();
    void spreads();
    void resetTime_data();
    void resetTime();
};

// Everything that is not tried again: the state it ends in, and whether the endpoint stops.
void RetryTableTest::ends_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Reach>("reach");
    QTest::addColumn<int>("status");
    QTest::addColumn<JobState>("state");
    QTest::addColumn<std::optional<PauseReason>>("pause");
    const auto row = [](const char* name, ErrorKind kind, Reach reach, int status, JobState state,
                         std::optional<PauseReason> pause = std::nullopt) {
        QTest::newRow(name) << kind << reach << status << state << pause;
    };
    const auto refused = [&row](const char* name, ErrorKind kind, int status,
                             std::optional<PauseReason> pause = std::nullopt) {
        row(name, kind, Reach::Refused, status, JobState::Refused, pause);
    };
    const auto failed = [&row](const char* name, ErrorKind kind, int status) {
        row(name, kind, Reach::Refused, status, JobState::Failed);
    };
    const auto unknown = [&row](const char* name, ErrorKind kind) {
        row(name, kind, Reach::Unknown, 0, JobState::Unknown);
    };
    refused("307", ErrorKind::Redirected, 307);
    refused("400", ErrorKind::BadRequest, 400);
    refused("401", ErrorKind::WrongKey, 401, PauseReason::Key);
    refused("403", ErrorKind::Forbidden, 403, PauseReason::Key);
    refused("404", ErrorKind::NotFound, 404);
    refused("405", ErrorKind::MethodNotAllowed, 405);
    refused("406 credits", ErrorKind::InsufficientCredits, 406, PauseReason::Credits);
    refused("406 team", ErrorKind::SpendLimit, 406, PauseReason::Credits);
    refused("406 type", ErrorKind::ContentTypeRejected, 406);
    refused("406 value", ErrorKind::ParameterRejected, 406);
    refused("410", ErrorKind::ModelRetired, 410);
    refused("422", ErrorKind::ValidationFailed, 422);
    refused("418", ErrorKind::UnexpectedStatus, 418);
    failed("500", ErrorKind::ServerError, 500);
    failed("504", ErrorKind::GatewayTimeout, 504);
    failed("507", ErrorKind::UnexpectedStatus, 507);
    failed("v2 FAILED in 422", ErrorKind::JobFailed, 422);
    failed("v2 FAILED in 200", ErrorKind::JobFailed, 200);
    row("certificate", ErrorKind::TlsFailed, Reach::NotSent, 0, JobState::Refused,
        PauseReason::Insecure);
    row("no key", ErrorKind::MissingKey, Reach::NotSent, 0, JobState::Waiting, PauseReason::Key);
    row("bad key", ErrorKind::UnusableKey, Reach::NotSent, 0, JobState::Failed, PauseReason::Key);
    row("bad endpoint", ErrorKind::BadEndpoint, Reach::NotSent, 0, JobState::Failed);
    row("stopped early", ErrorKind::Stopped, Reach::NotSent, 0, JobState::Failed);
    unknown("lost", ErrorKind::ConnectionLost);
    unknown("no answer", ErrorKind::TimedOut);
    unknown("torn", ErrorKind::TornAnswer);
    unknown("error in a 200", ErrorKind::ErrorInAnswer);
    unknown("unreadable 200", ErrorKind::UnreadableAnswer);
    unknown("too large", ErrorKind::AnswerTooLarge);
    unknown("not fetched", ErrorKind::PictureFetchFailed);
    unknown("stopped", ErrorKind::Stopped);
    // Whatever its words: once it may have been taken it is not sent again.
    unknown("unreached, and yet it left", ErrorKind::HostNotFound);
    unknown("429, and yet unknown", ErrorKind::RateLimited);
}

void RetryTableTest::ends()
{
    QFETCH(ErrorKind, kind);
    QFETCH(Reach, reach);
    QFETCH(int, status);
    QFETCH(JobState, state);
    QFETCH(std::optional<PauseReason>, pause);
    Tries tries;
    for (int i = 0; i < 3; ++i) {
        const auto verdict =
            RetryTable().judge(failure(kind, reach, status), tries, 0, noon, middle);
        QCOMPARE(verdict.state, state);
        QVERIFY(verdict.pause == pause);
        QVERIFY(!verdict.wholeEndpoint);
        QCOMPARE(verdict.wait, 0ms);
    }
}

void RetryTableTest::neverReached()
{
    for (const ErrorKind kind : {ErrorKind::HostNotFound, ErrorKind::ConnectionRefused,
             ErrorKind::ProxyFailed, ErrorKind::NetworkUnreachable}) {
        Tries tries;
        std::chrono::milliseconds whole = 0ms;
        for (int attempt = 1; attempt <= 5; ++attempt) {
            const auto verdict =
                RetryTable().judge(failure(kind, Reach::NotSent), tries, 0, noon, middle);
            QCOMPARE(verdict.state, JobState::Waiting);
            QVERIFY(!verdict.wholeEndpoint);
            QCOMPARE(verdict.pause.has_value(), attempt == 5);
            QCOMPARE(verdict.wait > 0ms, attempt < 5);
            whole += verdict.wait;
            if (attempt == 5)
                QCOMPARE(*verdict.pause, PauseReason::Offline);
        }
        QVERIFY(whole <= 2min && whole > 1min);
        // After a person's word it begins anew.
        QVERIFY(!RetryTable().judge(failure(kind, Reach::NotSent), tries, 0, noon, middle).pause);
    }
}

void RetryTableTest::gateway()
{
    for (const auto& [kind, status] :
        {std::pair(ErrorKind::BadGateway, 502), std::pair(ErrorKind::ServiceUnavailable, 503)}) {
        Tries tries;
        const CallFailure one = failure(kind, Reach::Refused, status);
        for (int again = 0; again < 2; ++again) {
            const auto verdict = RetryTable().judge(one, tries, 0, noon, middle);
            QCOMPARE(verdict.state, JobState::Waiting);
            QVERIFY(verdict.wait > 0ms && !verdict.wholeEndpoint && !verdict.pause);
        }
        QCOMPARE(RetryTable().judge(one, tries, 0, noon, middle).state, JobState::Failed);
    }
}

void RetryTableTest::rateLimited_data()
{
    QTest::addColumn<QString>("reset");
    QTest::addColumn<int>("retryAfter"); // seconds; −1: none
    QTest::addColumn<int>("seconds");
    QTest::newRow("nothing said") << QString() << -1 << 15;
    QTest::newRow("Retry-After") << QString() << 40 << 40;
    QTest::newRow("reset goes before") << u"2026-11-24T12:01:30Z"_s << 40 << 90;
    QTest::newRow("a reset that is past") << u"2026-11-24T11:00:00Z"_s << 40 << 40;
    QTest::newRow("nonsense") << u"soon"_s << -1 << 15;
    QTest::newRow("an hour at most") << u"2026-11-24T15:00:00Z"_s << -1 << 3600;
    QTest::newRow("a second at least") << QString() << 0 << 1;
}

void RetryTableTest::rateLimited()
{
    QFETCH(QString, reset);
    QFETCH(int, retryAfter);
    QFETCH(int, seconds);
    CallFailure limited = failure(ErrorKind::RateLimited, Reach::Refused, 429);
    limited.info.rateLimitReset = reset;
    if (retryAfter >= 0)
        limited.info.retryAfter = std::chrono::seconds(retryAfter);
    Tries tries;
    const auto verdict = RetryTable().judge(limited, tries, 0, noon, 0.0);
    QCOMPARE(verdict.state, JobState::Waiting);
    QVERIFY(verdict.wholeEndpoint);
    QVERIFY(!verdict.pause);
    const bool told = retryAfter >= 0 || seconds != 15;
    // What was told is kept to; what is our own is spread.
    QCOMPARE(verdict.wait, std::chrono::milliseconds(told ? seconds * 1000 : 13500));
}

void RetryTableTest::limitedDoubles()
{
    const CallFailure limited = failure(ErrorKind::RateLimited, Reach::Refused, 429);
    Tries tries;
    for (const auto& [streak, wait] : {std::pair(0, 15s), std::pair(1, 30s), std::pair(2, 60s),
             std::pair(3, 120s), std::pair(4, 240s), std::pair(5, 300s), std::pair(60, 300s)})
        QCOMPARE(RetryTable().judge(limited, tries, streak, noon, middle).wait,
            std::chrono::milliseconds(wait));
}

void RetryTableTest::spreads()
{
    const CallFailure one = failure(ErrorKind::BadGateway, Reach::Refused, 502);
    Tries low;
    Tries high;
    const auto least = RetryTable().judge(one, low, 0, noon, 0.0).wait;
    const auto most = RetryTable().judge(one, high, 0, noon, 1.0).wait;
    QVERIFY(most > least);
    Tries quick;
    QVERIFY(RetryTable(0.001).judge(one, quick, 0, noon, 1.0).wait < 10ms);
}

void RetryTableTest::resetTime_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("seconds"); // from noon; −1: nothing
    QTest::newRow("seconds since 1970") << QString::number(noon.toSecsSinceEpoch() + 30) << 30;
    QTest::newRow("with a fraction")
        << QString::number(noon.toSecsSinceEpoch() + 30) + u".0"_s << 30;
    QTest::newRow("milliseconds") << QString::number(noon.toMSecsSinceEpoch() + 30'000) << 30;
    QTest::newRow("from now") << u"45"_s << 45;
    QTest::newRow("ISO") << u"2026-11-24T12:00:20Z"_s << 20;
    QTest::newRow("ISO with a zone") << u"2026-11-24T14:00:20+02:00"_s << 20;
    QTest::newRow("ISO with none") << u"2026-11-24T12:00:20"_s << 20;
    QTest::newRow("ISO with a space") << u"2026-11-24 12:00:20"_s << 20;
    QTest::newRow("with its zone's name") << u"2026-11-24 12:00:20 UTC"_s << 20;
    QTest::newRow("with a fraction of seconds") << u"2026-11-24T12:00:20.000Z"_s << 20;
    QTest::newRow("a header's date") << u"Tue, 24 Nov 2026 12:00:20 GMT"_s << 20;
    QTest::newRow("past") << u"2026-11-24T11:59:59Z"_s << -1;
    QTest::newRow("now") << u"2026-11-24T12:00:00Z"_s << -1;
    QTest::newRow("far") << u"2027-11-24T12:00:00Z"_s << -1;
    QTest::newRow("negative") << u"-5"_s << -1;
    QTest::newRow("huge") << u"1e300"_s << -1;
    QTest::newRow("nan") << u"nan"_s << -1;
    QTest::newRow("words") << u"in a while"_s << -1;
    QTest::newRow("empty") << QString() << -1;
}

void RetryTableTest::resetTime()
{
    QFETCH(QString, text);
    QFETCH(int, seconds);
    const auto read = readResetTime(text, noon);
    QCOMPARE(read.has_value(), seconds >= 0);
    if (read)
        QCOMPARE(noon.secsTo(*read), seconds);
}

SEEDBOOK_TEST(RetryTableTest, QCoreApplication)

} // namespace seedbook::retryTableTest

#include "RetryTableTest.moc"
