#include "jobs/Account.h"
#include "jobs/Budget.h"
#include "jobs/EndpointState.h"
#include "jobs/PriceBook.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

namespace seedbook::moneyTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// A service of which only the balance is asked; the test answers.
class Bank final : public ImageService
{
public:
    [[nodiscard]] Endpoint endpoint() const override { return Endpoint::segmind(); }
    [[nodiscard]] Transport transport() const override { return Transport::Blocking; }
    [[nodiscard]] QFuture<Result<QByteArray>> body(const Request&) override { return {}; }
    [[nodiscard]] ImageCall* generate(const Request&, const QByteArray&, QObject*) override
    {
        return nullptr;
    }
    [[nodiscard]] ImageCall* resume(const Request&, const Acceptance&, QObject*) override
    {
        return nullptr;
    }
    void askBalance(QObject* /*context*/, const BalanceAnswer& answer) override
    {
        questions.append(answer);
    }
    void tell(double usd) { questions.takeFirst()(Money::fromUsd(usd)); }

    QList<BalanceAnswer> questions;
};

Job job(JobId id, JobState state, const QDateTime& sent, Money price, bool practice = false)
{
    Job made{.request = sampleRequest()};
    made.id = id;
    made.state = state;
    made.sent = sent;
    made.price = made.expectedPrice = price;
    made.practice = practice;
    return made;
}

QDateTime at(int year, int month, int day, int hour = 12)
{
    return QDateTime(QDate(year, month, day), QTime(hour, 0)).toUTC();
}

const Money price = Money::fromUsd(0.121);

} // namespace

class MoneyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsByStateAndDay();
    void agreesWithAPlainRecount();
    void caps();
    void learnsPrices();
    void perMinute();
    void endpoints();
    void aBurstIsLimitedOnce();
    void balanceBeforeOnlyAlone();
    void settlesFromTheAnswer();
    void settlesByAsking();
    void othersSpoilIt();
    void freeEndsKeepItFresh();
    void asksOnceAMinute();
    void jobsAskOnceAMinute();
    void anAnswerSparesAsking();
    void guesses_data();
    void guesses();
};

void MoneyTest::countsByStateAndDay()
{
    Budget budget;
    budget.load(
        {{QDate(2026, 10, 31), Money::fromUsd(1)}, {QDate(2026, 11, 2), Money::fromUsd(2)}});
    const QDate today(2026, 11, 24);
    budget.count(job(1, JobState::Waiting, {}, price));
    QCOMPARE(budget.spentOn(today), Money());
    for (const JobState state : {JobState::Sending, JobState::Accepted, JobState::Received,
             JobState::Filed, JobState::Unknown}) {
        budget.count(job(1, state, at(2026, 11, 24), price));
        QCOMPARE(budget.spentOn(today), price);
    }
    budget.count(job(2, JobState::Filed, at(2026, 11, 24), price, true)); // practice
    QCOMPARE(budget.spentOn(today), price);
    QCOMPARE(budget.spentInMonthOf(today), price + Money::fromUsd(2));
    QCOMPARE(budget.spentInAll(), price + Money::fromUsd(3));
    for (const JobState state : {JobState::Refused, JobState::Failed, JobState::Cancelled}) {
        budget.count(job(1, JobState::Sending, at(2026, 11, 24), price));
        budget.count(job(1, state, at(2026, 11, 24), price));
        QCOMPARE(budget.spentOn(today), Money());
    }
    // Told: another price than was expected.
    budget.count(job(1, JobState::Sending, at(2026, 11, 24), price));
    budget.count(job(1, JobState::Filed, at(2026, 11, 24), Money::fromUsd(0.2)));
    QCOMPARE(budget.spentOn(today), Money::fromUsd(0.2));
    // What is forgotten stays counted, and its number may come again.
    budget.forget(1);
    budget.count(job(1, JobState::Filed, at(2026, 11, 24), price));
    QCOMPARE(budget.spentOn(today), price + Money::fromUsd(0.2));
}

void MoneyTest::agreesWithAPlainRecount()
{
    QRandomGenerator random(4711);
    Budget budget;
    std::map<JobId, Job> jobs;
    const QList<JobState> states{JobState::Waiting, JobState::Sending, JobState::Filed,
        JobState::Unknown, JobState::Failed, JobState::Cancelled};
    for (int i = 0; i < 10'000; ++i) {
        const JobId id = random.bounded(1, 60);
        const auto changed =
            job(id, states.at(random.bounded(states.size())), at(2026, 11, random.bounded(1, 4)),
                Money::fromMicros(random.bounded(1, 1'000'000)), random.bounded(5) == 0);
        jobs.insert_or_assign(id, changed);
        budget.count(changed);
    }
    for (int day = 1; day < 4; ++day) {
        Money sum;
        for (const auto& [id, counted] : jobs) {
            if (counted.sent.toLocalTime().date() == QDate(2026, 11, day))
                sum += chargeOf(counted);
        }
        QCOMPARE(budget.spentOn(QDate(2026, 11, day)), sum);
    }
}

void MoneyTest::caps()
{
    Budget budget;
    const QDate today(2026, 11, 30);
    QVERIFY(!budget.objectionToSend(Money::fromUsd(1e6), Money(), today)); // none is set
    budget.setCaps({Money::fromUsd(0.5), Money::fromUsd(1), Money::fromUsd(1.5)});
    QVERIFY(!budget.objectionToSend(Money::fromUsd(0.5), Money(), today)); // equal fits
    const auto send = budget.objectionToSend(Money::fromMicros(500'001), Money(), today);
    QVERIFY(send);
    QCOMPARE(send->kind, ErrorKind::CapReached);
    QVERIFY(send->subject.contains(u"$0.50"_s));
    budget.load({{QDate(2026, 11, 30), Money::fromUsd(0.6)}});
    QVERIFY(!budget.objectionToSend(Money::fromUsd(0.4), Money(), today));
    QVERIFY(budget.objectionToSend(Money::fromUsd(0.4), Money::fromMicros(1), today)); // waiting
    const auto day = budget.objectionToJob(Money::fromMicros(400'001), today);
    QVERIFY(day && day->subject.contains(u"$1.00"_s));
    // Tomorrow is another day and another month.
    QVERIFY(!budget.objectionToJob(Money::fromUsd(1), today.addDays(1)));
    budget.load({{QDate(2026, 11, 1), Money::fromUsd(0.8)}});
    const auto month = budget.objectionToJob(Money::fromUsd(0.2), today);
    QVERIFY(month && month->subject.contains(u"$1.50"_s));
}

void MoneyTest::learnsPrices()
{
    PriceBook book;
    const Request thirty = sampleRequest();
    const Request fifty = sampleRequest(u"x"_s, 1, {{u"steps"_s, 50}});
    QCOMPARE(book.estimate(thirty), Money::fromUsd(0.121));
    book.learn(thirty, Money::fromUsd(0.13));
    book.learn(sampleRequest(u"another"_s, 7), Money::fromUsd(0.14));
    QCOMPARE(book.estimate(thirty), Money::fromUsd(0.14)); // the newest of its steps and ratio
    book.learn(thirty, Money());
    QCOMPARE(book.estimate(thirty), Money::fromUsd(0.14)); // free once
    QCOMPARE(book.estimate(fifty), Money::fromUsd(0.121));
    QCOMPARE(book.estimate(sampleRequest(u"x"_s, 1, {{u"aspect_ratio"_s, u"1:1"_s}})),
        Money::fromUsd(0.121));
}

void MoneyTest::perMinute()
{
    RateLimit limit;
    RateLimit::Time now = RateLimit::Time() + 1h;
    for (int i = 0; i < 100; ++i)
        limit.sent(now);
    QCOMPARE(limit.next(now), now); // no limit
    limit = {};
    limit.setPerMinute(5);
    QRandomGenerator random(1);
    QList<RateLimit::Time> sent;
    for (int i = 0; i < 200; ++i) {
        now = std::max(limit.next(now), now + std::chrono::milliseconds(random.bounded(20'000)));
        QCOMPARE(limit.next(now), now);
        limit.sent(now);
        sent.append(now);
        if (sent.size() > 5)
            QVERIFY(sent.last() - sent.at(sent.size() - 6) >= 60s);
    }
}

void MoneyTest::endpoints()
{
    EndpointState state;
    const QDateTime noon = at(2026, 11, 24);
    QVERIFY(state.pause({PauseReason::Key, {ErrorKind::WrongKey, {}, {}}}));
    QVERIFY(!state.pause({PauseReason::Offline, {}})); // said once
    QCOMPARE(state.pause()->reason, PauseReason::Key);
    const QDateTime sent = noon.addSecs(-5);
    state.limited(sent, noon, noon.addSecs(60));
    state.limited(sent, noon, noon.addSecs(30));
    QCOMPARE(state.blockedUntil(noon), noon.addSecs(60));
    QVERIFY(!state.blockedUntil(noon.addSecs(60)).isValid());
    state.resume();
    QVERIFY(!state.pause());
    QCOMPARE(state.blockedUntil(noon), noon.addSecs(60)); // a mended pause is no end of waiting
    state.clearBlock();
    QVERIFY(!state.blockedUntil(noon).isValid());
}

// What was out together when the first 429 came counts once, whenever its answers come.
void MoneyTest::aBurstIsLimitedOnce()
{
    EndpointState state;
    const QDateTime noon = at(2026, 11, 24);
    QCOMPARE(state.streakBefore(noon), 0);
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(state.streakBefore(noon.addMSecs(i)), 0);
        state.limited(noon.addMSecs(i), noon.addSecs(1 + i), noon.addSecs(16));
    }
    for (int streak = 1; streak < 4; ++streak) {
        const QDateTime again = noon.addSecs(100 * streak);
        QCOMPARE(state.streakBefore(again), streak);
        state.limited(again, again.addSecs(1), again.addSecs(31));
    }
    state.gotThrough();
    QCOMPARE(state.streakBefore(noon.addSecs(900)), 0);
    QCOMPARE(state.streakBefore(noon), 0);
}

void MoneyTest::balanceBeforeOnlyAlone()
{
    Bank bank;
    Account account(bank);
    QVERIFY(!account.started(1)); // not known yet
    account.endedFree(1);
    account.refreshNow();
    while (!bank.questions.isEmpty())
        bank.tell(9);
    QCOMPARE(*account.balance(), Money::fromUsd(9));
    QCOMPARE(account.started(2), Money::fromUsd(9));
    QVERIFY(!account.started(3)); // not alone
}

void MoneyTest::settlesFromTheAnswer()
{
    Bank bank;
    Account account(bank);
    QSignalSpy settled(&account, &Account::settled);
    account.refreshNow();
    bank.tell(9);
    QVERIFY(account.started(2));
    account.ended(2, Money::fromUsd(8.879), Account::End::Picture);
    QCOMPARE(settled.size(), 1);
    QCOMPARE(settled.first().at(0).value<JobId>(), 2);
    QCOMPARE(settled.first().at(1).value<Money>(), Money::fromUsd(8.879));
    QVERIFY(bank.questions.isEmpty());
    QCOMPARE(account.started(3), Money::fromUsd(8.879)); // fresh again
}

void MoneyTest::settlesByAsking()
{
    Bank bank;
    Account account(bank);
    QSignalSpy settled(&account, &Account::settled);
    account.refreshNow();
    bank.tell(9);
    QVERIFY(account.started(2));
    account.refreshNow(); // asked while it is out: says nothing of its end
    account.ended(2, std::nullopt, Account::End::Unknown);
    QCOMPARE(bank.questions.size(), 1);
    bank.tell(9);
    QCOMPARE(settled.size(), 0);
    QCOMPARE(bank.questions.size(), 1); // asked anew
    bank.tell(8.9);
    QCOMPARE(settled.size(), 1);
    QCOMPARE(settled.first().at(1).value<Money>(), Money::fromUsd(8.9));
}

void MoneyTest::othersSpoilIt()
{
    Bank bank;
    Account account(bank);
    QSignalSpy settled(&account, &Account::settled);
    account.refreshNow();
    bank.tell(9);
    QVERIFY(account.started(2));
    QVERIFY(!account.started(3));
    account.ended(2, Money::fromUsd(8.8), Account::End::Picture);
    account.ended(3, Money::fromUsd(8.7), Account::End::Picture);
    QCOMPARE(settled.size(), 0);
    // One that starts between the end and the answer spoils it too.
    QVERIFY(account.started(4));
    account.ended(4, std::nullopt, Account::End::Unknown);
    QVERIFY(!account.started(5));
    bank.tell(8.5);
    QCOMPARE(settled.size(), 0);
}

void MoneyTest::freeEndsKeepItFresh()
{
    Bank bank;
    Account account(bank);
    account.refreshNow();
    bank.tell(9);
    QVERIFY(account.started(2));
    account.endedFree(2); // refused: nothing was taken
    QCOMPARE(account.started(3), Money::fromUsd(9));
}

void MoneyTest::asksOnceAMinute()
{
    Bank bank;
    Account account(bank);
    for (int i = 0; i < 5; ++i)
        account.refresh();
    QCOMPARE(bank.questions.size(), 1);
    bank.tell(9);
    for (int i = 0; i < 5; ++i)
        account.refresh();
    QCOMPARE(bank.questions.size(), 0);
    account.refreshNow();
    QCOMPARE(bank.questions.size(), 1);
}

// Jobs one after the other, whose answers say nothing of the balance.
void MoneyTest::jobsAskOnceAMinute()
{
    Bank bank;
    auto time = std::chrono::steady_clock::time_point() + 1h;
    Account account(bank, nullptr, [&time] { return time; });
    QSignalSpy settled(&account, &Account::settled);
    account.refreshNow();
    bank.tell(9);
    int asked = 0;
    for (JobId id = 2; id < 30; ++id) { // 28 of them in 14 minutes
        (void)account.started(id);
        time += 29'998ms;
        account.ended(id, std::nullopt, Account::End::Picture);
        if (!bank.questions.isEmpty()) {
            ++asked;
            bank.tell(9 - 0.1 * static_cast<double>(id));
        }
        QVERIFY(bank.questions.isEmpty());
        time += 2ms;
    }
    QVERIFY2(asked >= 9 && asked <= 14, QByteArray::number(asked).constData());
    // The last one's turn comes by itself, once the minute is over.
    (void)account.started(30);
    time += 100s;
    account.ended(30, std::nullopt, Account::End::Picture);
    bank.tell(5);
    settled.clear();
    QVERIFY(account.started(31));
    time += 59'990ms;
    account.ended(31, std::nullopt, Account::End::Picture);
    QVERIFY(bank.questions.isEmpty());
    QTRY_COMPARE(bank.questions.size(), 1);
    bank.tell(4.9);
    QCOMPARE(settled.size(), 1);
    QCOMPARE(settled.first().at(0).value<JobId>(), 31);
    // One whose outcome hangs on it does not wait.
    QVERIFY(account.started(32));
    account.ended(32, std::nullopt, Account::End::Unknown);
    QCOMPARE(bank.questions.size(), 1);
}

// What an answer told is newer than what was asked for before it came.
void MoneyTest::anAnswerSparesAsking()
{
    Bank bank;
    Account account(bank);
    account.refreshNow();
    (void)account.started(2);
    account.ended(2, Money::fromUsd(8.8), Account::End::Picture);
    bank.tell(9);
    QCOMPARE(*account.balance(), Money::fromUsd(8.8));
    QVERIFY(bank.questions.isEmpty());
    QCOMPARE(account.started(3), Money::fromUsd(8.8)); // it is fresh still
}

void MoneyTest::guesses_data()
{
    QTest::addColumn<std::optional<Money>>("before");
    QTest::addColumn<std::optional<Money>>("after");
    QTest::addColumn<PaidGuess>("guess");
    const auto usd = [](double amount) { return std::optional(Money::fromUsd(amount)); };
    QTest::newRow("paid") << usd(9) << usd(8.879) << PaidGuess::ProbablyPaid;
    QTest::newRow("not") << usd(9) << usd(9) << PaidGuess::ProbablyNot;
    QTest::newRow("rounded") << usd(9) << usd(8.88) << PaidGuess::ProbablyPaid;
    QTest::newRow("topped up") << usd(9) << usd(19) << PaidGuess::ProbablyNot;
    QTest::newRow("no before") << std::optional<Money>() << usd(9) << PaidGuess::None;
    QTest::newRow("no after") << usd(9) << std::optional<Money>() << PaidGuess::None;
}

void MoneyTest::guesses()
{
    QFETCH(std::optional<Money>, before);
    QFETCH(std::optional<Money>, after);
    QFETCH(PaidGuess, guess);
    Job one = job(1, JobState::Unknown, at(2026, 11, 24), price);
    one.balanceBefore = before;
    one.balanceAfter = after;
    QCOMPARE(paidGuess(one), guess);
    one.state = JobState::Failed;
    QCOMPARE(paidGuess(one), PaidGuess::None);
}

SEEDBOOK_TEST(MoneyTest, QCoreApplication)

} // namespace seedbook::moneyTest

#include "MoneyTest.moc"
