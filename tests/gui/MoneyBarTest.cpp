#include "widgets/spending/MoneyBar.h"

#include "jobs/Account.h"
#include "support/PaidBench.h"
#include "support/RawServer.h"
#include "support/SwiftService.h"
#include "support/TestProgram.h"

#include <QApplication>
#include <QLabel>
#include <QLocale>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <atomic>

namespace seedbook::moneyBarTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

struct Bench
{
    explicit Bench(const Endpoint& endpoint)
        : paid(folder.path(), endpoint)
        , bar(paid.queue)
    {
        bar.show();
    }
    // By the name that assistive technology reads.
    [[nodiscard]] QLabel* label(const QString& name) const
    {
        for (auto* label : bar.findChildren<QLabel*>()) {
            if (label->accessibleName() == name)
                return label;
        }
        return nullptr;
    }
    [[nodiscard]] QString text(const QString& name) const
    {
        const QLabel* shown = label(name);
        if (!shown || shown->isVisible() == shown->text().isEmpty())
            return u"?"_s; // an empty one takes no room
        return shown->accessibleDescription() == shown->text() ? shown->text() : u"?"_s;
    }
    [[nodiscard]] QString balance() const { return text(u"Balance"_s); }
    [[nodiscard]] QString today() const { return text(u"Spent today"_s); }
    [[nodiscard]] QString month() const { return text(u"Spent this month"_s); }
    [[nodiscard]] QToolButton* ask() const
    {
        for (auto* button : bar.findChildren<QToolButton*>()) {
            if (button->accessibleName() == u"Refresh balance"_s)
                return button;
        }
        return nullptr;
    }

    QTemporaryDir folder;
    PaidBench paid;
    MoneyBar bar;
};

} // namespace

class MoneyBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBalanceIsAskedForAndAgain();
    void aBalanceThatIsNotTold();
    void whatIsSpent();
    void practiceShowsNoMoney();
    void theLogIsAskedFor();
};

void MoneyBarTest::theBalanceIsAskedForAndAgain()
{
    std::atomic_int asked = 0;
    RawServer server([&asked](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(200, ++asked == 1 ? R"({"credits":9.254})" : R"({"credits":1})"));
    });
    Bench bench(server.endpoint());
    QCOMPARE(bench.balance(), QString());
    QVERIFY(bench.ask()->isHidden()); // of which service?
    bench.bar.setEndpoint(server.endpoint());
    QVERIFY(bench.ask()->isVisible());
    QTRY_COMPARE(bench.balance(), u"Balance $9.25"_s);
    const QDateTime learned = bench.paid.queue.account(server.endpoint().name())->learned();
    QVERIFY(bench.label(u"Balance"_s)
                ->toolTip()
                .contains(u"Updated "_s +
                          QLocale().toString(learned.toLocalTime(), QLocale::ShortFormat)));
    bench.ask()->click();
    QTRY_COMPARE(bench.balance(), u"Balance $1.00"_s);
    QCOMPARE(int(asked), 2);
}

void MoneyBarTest::aBalanceThatIsNotTold()
{
    std::atomic_int asked = 0;
    RawServer server([&asked](RawServer::Peer& peer) {
        if (peer.readRequest())
            peer.send(httpAnswer(++asked == 1 ? 503 : 200, R"({"credits":3})"));
    });
    Bench bench(server.endpoint());
    bench.bar.setEndpoint(server.endpoint());
    QTRY_COMPARE(int(asked), 1);
    QCOMPARE(bench.balance(), QString());
    QVERIFY(bench.ask()->isVisible()); // the way to it stays
    bench.ask()->click();
    QTRY_COMPARE(bench.balance(), u"Balance $3.00"_s);
}

void MoneyBarTest::whatIsSpent()
{
    SwiftService service({.delay = 0ms, .price = Money::fromUsd(0.12), .balance = 40});
    Bench bench(service.endpoint());
    QVERIFY(bench.paid.restore());
    bench.bar.setEndpoint(service.endpoint());
    QCOMPARE(bench.today(), u"Today $0.00"_s);
    QCOMPARE(bench.month(), QString()); // the same
    submit(bench.paid.queue, batch(2), service.endpoint());
    QTRY_COMPARE(bench.paid.filed.size(), 2);
    QTRY_COMPARE(bench.today(), u"Today $0.24"_s);
    QVERIFY(bench.label(u"Spent today"_s)->toolTip().contains(u"Total so far: $0.24"_s));
    bench.paid.queue.setCaps({std::nullopt, Money::fromUsd(5), Money::fromUsd(50)});
    QTRY_COMPARE(bench.today(), u"Today $0.24 of $5.00"_s);
    QCOMPARE(bench.month(), u"This month $0.24 of $50.00"_s);
    // What was spent is told in practice, too; the balance is not asked for there.
    bench.bar.setEndpoint(Endpoint::practice(1));
    QCOMPARE(bench.today(), u"Today $0.24 of $5.00"_s);
    QCOMPARE(bench.balance(), QString());
    QVERIFY(bench.ask()->isHidden());
}

void MoneyBarTest::practiceShowsNoMoney()
{
    Bench bench(Endpoint::segmind());
    bench.bar.setEndpoint(Endpoint::practice(1));
    QCOMPARE(bench.balance(), QString());
    QCOMPARE(bench.today(), QString());
    QCOMPARE(bench.month(), QString());
    QVERIFY(bench.ask()->isHidden());
}

void MoneyBarTest::theLogIsAskedFor()
{
    const Bench bench(Endpoint::segmind());
    QSignalSpy wanted(&bench.bar, &MoneyBar::spendingRequested);
    for (auto* button : bench.bar.findChildren<QToolButton*>()) {
        if (button->text() == u"Spending log…"_s)
            button->click();
    }
    QCOMPARE(wanted.size(), 1);
}

SEEDBOOK_TEST(MoneyBarTest, QApplication)

} // namespace seedbook::moneyBarTest

#include "MoneyBarTest.moc"
