#include "core/OutsideJson.h"

#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

namespace seedbook::outsideJsonTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

class OutsideJsonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsReal();
    void whatIsTooMuch_data();
    void whatIsTooMuch();
    void anyCutIsCutShort();
    void longTextsStayWhereTheyAre();
};

void OutsideJsonTest::whatIsReal()
{
    const QByteArray bytes = R"( {"a":"x\"y\\","b":[1,2.5,null,true,{"[":"{"}],"c":"\u00e9"} )";
    QCOMPARE(OutsideJson(bytes).document(), QJsonDocument::fromJson(bytes));
    QCOMPARE(readOutsideJson(bytes), QJsonDocument::fromJson(bytes));
    QVERIFY(!OutsideJson(bytes).isTooMuch());
    QVERIFY(OutsideJson({}).document().isNull());
}

void OutsideJsonTest::whatIsTooMuch_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("tooMuch");
    const auto row = [](const char* name, const QByteArray& bytes, bool tooMuch) {
        QTest::newRow(name) << bytes << tooMuch;
    };
    const auto nested = [](qsizetype levels) {
        return QByteArray(levels, '[') + QByteArray(levels, ']');
    };
    const auto many = [](qsizetype values) {
        return '[' + QByteArray("1,").repeated(values - 1) + "1]";
    };
    row("64 levels", nested(64), false);
    row("65 levels", nested(65), true);
    row("10,000 values", many(10'000), false);
    row("10,001 values", many(10'001), true);
    row("members", R"({"a":1)" + QByteArray(R"(,"a":1)").repeated(20'000) + '}', true);
    row("nothing but brackets", QByteArray(1'000'000, '['), true);
    row("brackets in a text", "[\"" + QByteArray(1'000'000, '[') + "\"]", false);
    row("one number", '[' + QByteArray(5 << 20, '1') + ']', true);
    row("blanks", '[' + QByteArray(5 << 20, ' ') + ']', true);
    row("texts just short enough",
        '[' + ('"' + QByteArray(60'000, 'x') + "\",").repeated(100) + "1]", true);
}

void OutsideJsonTest::whatIsTooMuch()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, tooMuch);
    const OutsideJson json(bytes);
    QCOMPARE(json.isTooMuch(), tooMuch);
    QCOMPARE(json.document().isNull(), tooMuch);
    QJsonParseError fault;
    QCOMPARE(readOutsideJson(bytes, &fault).isNull(), tooMuch);
    QCOMPARE(fault.error != QJsonParseError::NoError, tooMuch);
}

// As Qt's parser says of the whole.
void OutsideJsonTest::anyCutIsCutShort()
{
    const QByteArray bytes = R"({"a":["x",{"b":"y"}],"c":")" + QByteArray(70'000, 'x') + R"("})";
    for (qsizetype size = 1; size<bytes.size(); size += size> 30 && size < 69'990 ? 777 : 1)
        QVERIFY2(OutsideJson(bytes.first(size)).isCutShort(), qPrintable(QString::number(size)));
    QVERIFY(!OutsideJson(bytes).isCutShort());
    QVERIFY(!OutsideJson(R"({"a" 7})").isCutShort());
}

void OutsideJsonTest::longTextsStayWhereTheyAre()
{
    const QByteArray longest(64 << 10, 'x');
    const QByteArray longer = "\\u0041\\\"" + longest;
    const QByteArray bytes =
        "{\"a\":\"" + longest + "\",\"b\":\"" + longer + "\",\"c\":[\"" + longest + "y\"]}";
    const OutsideJson json(bytes);
    const QJsonObject object = json.document().object();
    QVERIFY(!json.longText(object.value("a"_L1).toString()));
    QCOMPARE(object.value("a"_L1).toString().size(), longest.size());
    const QString word = object.value("b"_L1).toString();
    QVERIFY(word.size() < 100);
    QVERIFY(*json.longText(word) == longer);
    QVERIFY(*json.longText(object.value("c"_L1)[0].toString()) == longest + 'y');
    // In the bytes themselves.
    QVERIFY(json.longText(word)->data() == bytes.constData() + bytes.indexOf(longer));
    // Another's, or one that is not there.
    QVERIFY(!OutsideJson("{}").longText(word));
    QVERIFY(!json.longText(word + u'9'));
    QVERIFY(!json.longText(word + u"x"_s));
    QVERIFY(!json.longText({}));
    QCOMPARE(readOutsideJson(bytes).object().value("b"_L1).toString().size(), longest.size() + 2);
}

SEEDBOOK_TEST(OutsideJsonTest, QCoreApplication)

} // namespace seedbook::outsideJsonTest

#include "OutsideJsonTest.moc"
