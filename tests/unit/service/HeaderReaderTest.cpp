#include "service/HeaderReader.h"

#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>
#include <QTimeZone>

namespace seedbook::headerReaderTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;

class HeaderReaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void all();
    void oddities_data();
    void oddities();
};

namespace {

const QDateTime now(QDate(2025, 3, 1), QTime(12, 0), QTimeZone::utc());

// One header's effect, as text: empty where it has none.
QString effect(const QByteArray& name, const QByteArray& value)
{
    const CallInfo info = readHeaders(200, {{name, value}}, now);
    QStringList parts;
    if (info.cost)
        parts += u"cost %1"_s.arg(info.cost->micros());
    if (info.remainingCredits)
        parts += u"credits %1"_s.arg(info.remainingCredits->micros());
    if (info.generationTime)
        parts += u"time %1"_s.arg(info.generationTime->count());
    if (info.retryAfter)
        parts += u"retry %1"_s.arg(info.retryAfter->count());
    if (info.seedUsed)
        parts += u"seed %1"_s.arg(info.seedUsed->number());
    if (!info.announcedSize.isEmpty())
        parts += u"size %1x%2"_s.arg(info.announcedSize.width()).arg(info.announcedSize.height());
    if (!info.serviceRequestId.isEmpty())
        parts += u"id "_s + info.serviceRequestId;
    if (!info.rateLimitReset.isEmpty())
        parts += u"reset "_s + info.rateLimitReset;
    return parts.join(u", "_s);
}

} // namespace

void HeaderReaderTest::all()
{
    const CallInfo info = readHeaders(200,
        {{"X-Remaining-Credits", "9.31"}, {"x-generation-time", "27.904"},
            {"X-OUTPUT-METADATA", R"({"width":1664,"height":928,"seed":4})"},
            {"x-request-id", "5f3a-77"}, {"x-rate-limit-reset-at-utc", "2025-03-01 12:01:00"},
            {"x-cost", "0.121"}, {"x-seed-value", "1827364"}, {"Retry-After", "30"},
            {"Date", "whenever"}},
        now);
    QCOMPARE(info.httpStatus, 200);
    QCOMPARE(info.remainingCredits, std::optional(Money::fromUsd(9.31)));
    QCOMPARE(info.generationTime, std::optional(27904ms));
    QCOMPARE(info.announcedSize, QSize(1664, 928));
    QCOMPARE(info.serviceRequestId, u"5f3a-77"_s);
    QCOMPARE(info.rateLimitReset, u"2025-03-01 12:01:00"_s);
    QCOMPARE(info.cost, std::optional(Money::fromMicros(121000)));
    QCOMPARE(info.seedUsed, Seed::fromNumber(1827364));
    QCOMPARE(info.retryAfter, std::optional(std::chrono::milliseconds(30s)));
}

void HeaderReaderTest::oddities_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("effectIs");
    const QString none;
    const auto row = [](const QByteArray& name, const QByteArray& value, const QString& effectIs) {
        QTest::addRow("%s: %s", name.constData(), value.left(40).constData())
            << name << value << effectIs;
    };
    row("x-cost", "0.121 ", u"cost 121000"_s);
    row("x-cost", "1e-1", u"cost 100000"_s);
    row("x-cost", "0", u"cost 0"_s);
    row("x-cost", "", none);
    row("x-cost", "free", none);
    row("x-cost", "nan", none);
    row("x-cost", "inf", none);
    row("x-cost", "1e400", none);
    row("x-cost", "1e12", none);
    row("x-cost", "-0.1", none);
    row("x-cost", "0.1, 0.2", none);
    row("x-cost", "0,121", none);
    row("x-remaining-credits", "-0.5", u"credits -500000"_s);
    row("x-remaining-credits", "-1e300", none);
    row("x-generation-time", "0", u"time 0"_s);
    row("x-generation-time", "-1", none);
    row("x-generation-time", "1e9", none);
    row("retry-after", "Sat, 01 Mar 2025 12:00:05 GMT", u"retry 5000"_s);
    row("retry-after", "Sat, 01 Mar 2025 11:59:00 GMT", none);
    row("retry-after", "Sat, 01 Mar 2125 12:00:00 GMT", none);
    row("retry-after", "soon", none);
    row("retry-after", "-5", none);
    row("x-seed-value", "0", u"seed 0"_s);
    row("x-seed-value", "42.0", u"seed 42"_s);
    row("x-seed-value", "42.5", none);
    row("x-seed-value", "-1", none);
    row("x-seed-value", "2147483648", none);
    row("x-seed-value", "99999999999999999999", none);
    row("x-output-metadata", "{\"width\":0,\"height\":10}", none);
    row("x-output-metadata", "{\"width\":\"640\",\"height\":480}", none);
    row("x-output-metadata", "{\"width\":70000,\"height\":480}", none);
    row("x-output-metadata", "{\"width\":1e99,\"height\":480}", none);
    row("x-output-metadata", "[640,480]", none);
    row("x-output-metadata", "{", none);
    row("x-request-id", "a\tb\x01\xff c", u"id ab c"_s);
    row("x-request-id", QByteArray(5000, 'a'), u"id "_s + QString(128, u'a'));
    row("x-request-id", QByteArray(120, 'a') + "SG_0123456789abcdef",
        u"id "_s + QString(120, u'a') + u"SG_…"_s);
    row("x-request-id", "for SG_0123456789abcdef", u"id for SG_…"_s);
    row("x-costs", "1", none);
}

void HeaderReaderTest::oddities()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, effectIs);
    QCOMPARE(effect(name, value), effectIs);
    QCOMPARE(effect(name.toUpper(), value), effectIs);
}

SEEDBOOK_TEST(HeaderReaderTest, QCoreApplication)

} // namespace seedbook::headerReaderTest

#include "HeaderReaderTest.moc"
