#include "metadata/A1111Text.h"

#include "core/Version.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>
#include <QTimeZone>

namespace seedbook::a1111TextTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

const QJsonObject values{{u"steps"_s, 30}, {u"guidance"_s, 3.5}, {u"seed"_s, 2147483647},
    {u"aspect_ratio"_s, u"16:9"_s}, {u"quality"_s, 90}};
const QSize size(1664, 928);

QDateTime created()
{
    return QDateTime({2026, 11, 23}, {12, 40, 0, 123}, QTimeZone(3600));
}

QString written(const QString& prompt, const QString& negative)
{
    return a1111Text(prompt, negative, values, size, u"Qwen-Image"_s, created());
}

} // namespace

class A1111TextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWritten();
    void leavesOutWhatIsNotThere();
    void quotesWhatWouldBreakTheLine();
    void comesBack_data();
    void comesBack();
    void ambiguousPromptIsSplit();
    void settings_data();
    void settings();
    void otherTextsAreNone_data();
    void otherTextsAreNone();
};

void A1111TextTest::isWritten()
{
    QCOMPARE(written(u"a cat\non a sofa"_s, u"blurry, cartoonish"_s),
        u"a cat\non a sofa\nNegative prompt: blurry, cartoonish\nSteps: 30, Sampler: Default, CFG "
        "scale: 3.5, Seed: 2147483647, Size: 1664x928, Model: Qwen-Image, Version: Seedbook "_s +
            programVersion() + u", Created Date: 2026-11-23T11:40:00Z"_s);
    // 4 and not 4.0; other line ends become line feeds; no line for no negative prompt.
    QJsonObject whole = values;
    whole.insert(u"guidance"_s, 4.0);
    QCOMPARE(a1111Text(u"a\r\nb\rc"_s, {}, whole, size, u"Qwen-Image"_s, created())
                 .section(u", Seed"_s, 0, 0),
        u"a\nb\nc\nSteps: 30, Sampler: Default, CFG scale: 4"_s);
}

void A1111TextTest::leavesOutWhatIsNotThere()
{
    QCOMPARE(a1111Text({}, {}, {}, {}, {}, {}),
        u"Sampler: Default, Version: Seedbook "_s + programVersion());
}

void A1111TextTest::quotesWhatWouldBreakTheLine()
{
    const QString model = u"one, \"two\": \\three\nfour"_s;
    const QString text = a1111Text(u"x"_s, {}, values, size, model, created());
    QVERIFY(text.contains(u"Model: \"one, \\\"two\\\": \\\\three\\nfour\", Version"_s));
    const auto record = readA1111Text(text);
    QVERIFY(record);
    QCOMPARE(record->model, model);
}

void A1111TextTest::comesBack_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("negative");
    QTest::newRow("English") << u"A mystical dragon."_s << u"blurry, cartoonish"_s;
    QTest::newRow("no negative") << u"A mystical dragon."_s << QString();
    QTest::newRow("no prompt") << QString() << u"blurry"_s;
    QTest::newRow("Chinese") << u"一只橘猫坐在红色沙发上，“标牌”写着：你好"_s << u"模糊"_s;
    QTest::newRow("emoji, umlaut") << u"Über 😀👩‍🚀"_s << u"é 🐉"_s;
    QTest::newRow("quotes, backslashes") << u"\"quoted\" 'it' \\ \\n \\\""_s << u"\"\\"_s;
    QTest::newRow("lines") << u"one\n\n  two, indented\nthree"_s << u"one\ntwo\n\nthree"_s;
    QTest::newRow("looks like settings")
        << u"Steps: 5, Seed: 7, Size: 1x1, a: b\nend"_s << u"CFG scale: 1, Steps: 2"_s;
    QTest::newRow("ends like settings") << u"a recipe\nSteps: 5, Seed: 7, Size: 1x1"_s << QString();
    QTest::newRow("the words inside a line") << u"a sign: Negative prompt: none"_s << u"x"_s;
}

void A1111TextTest::comesBack()
{
    QFETCH(QString, prompt);
    QFETCH(QString, negative);
    // One space in front and a line feed behind are what some containers ask for and some add.
    const QString text = written(prompt, negative);
    for (const QString& form : {text, u' ' + text, text + u'\n', text + QChar(u'\r') + u'\n'}) {
        const auto record = readA1111Text(form);
        QVERIFY(record);
        QCOMPARE(record->source, u"Automatic1111"_s);
        QCOMPARE(record->values.value(u"prompt"_s).toString(), prompt);
        QCOMPARE(record->values.value(u"negative_prompt"_s).toString(), negative);
        QCOMPARE(record->values.contains(u"negative_prompt"_s), !negative.isEmpty());
        QCOMPARE(record->values.value(u"steps"_s), QJsonValue(30));
        QCOMPARE(record->values.value(u"guidance"_s), QJsonValue(3.5));
        QCOMPARE(record->values.value(u"seed"_s), QJsonValue(2147483647));
        QCOMPARE(record->size, size);
        QCOMPARE(record->model, u"Qwen-Image"_s);
    }
}

// The text has no way to say it; the record beside it has.
void A1111TextTest::ambiguousPromptIsSplit()
{
    const auto record = readA1111Text(written(u"a sign\nNegative prompt: on it"_s, u"blurry"_s));
    QVERIFY(record);
    QCOMPARE(record->values.value(u"prompt"_s).toString(), u"a sign"_s);
    QCOMPARE(record->values.value(u"negative_prompt"_s).toString(), u"on it\nblurry"_s);
}

void A1111TextTest::settings_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QJsonObject>("values");
    const QJsonObject one{{u"prompt"_s, u"x"_s}, {u"steps"_s, 1}};
    QTest::newRow("steps alone") << u"x\nSteps: 1"_s << one;
    QTest::newRow("lines behind") << u"x\nSteps: 1\nTemplate: y"_s << one;
    QTest::newRow("the first of two counts") << u"x\nSteps: 1, Steps: 2"_s << one;
    QTest::newRow("steps last") << u"x\nSampler: a, Seed: 5, Steps: 1"_s
                                << QJsonObject{
                                       {u"prompt"_s, u"x"_s}, {u"steps"_s, 1}, {u"seed"_s, 5}};
    QTest::newRow("inside of quotes")
        << u"x\nSteps: 1, Hashes: \"a: 1, Seed: 3, b\\\": 2\""_s << one;
    QTest::newRow("quotes that stay open")
        << u"x\nSteps: 1, A: \"b, B: \"c, Seed: 3"_s
        << QJsonObject{{u"prompt"_s, u"x"_s}, {u"steps"_s, 1}, {u"seed"_s, 3}};
    QTest::newRow("no numbers") << u"x\nSteps: 1, Seed: many, CFG scale: , Size: big"_s << one;
    QTest::newRow("a seed beyond 64 bits") << u"x\nSteps: 1, Seed: 18446744073709551615"_s
                                           << QJsonObject{{u"prompt"_s, u"x"_s}, {u"steps"_s, 1},
                                                  {u"seed"_s, u"18446744073709551615"_s}};
    QTest::newRow("all in one line")
        << u"x Negative prompt: y Steps: 1, Seed: 5, Size: 1x1"_s
        << QJsonObject{{u"prompt"_s, u"x"_s}, {u"negative_prompt"_s, u"y"_s}, {u"steps"_s, 1},
               {u"seed"_s, 5}};
    QTest::newRow("no settings") << u"x\nNegative prompt: y"_s
                                 << QJsonObject{
                                        {u"prompt"_s, u"x"_s}, {u"negative_prompt"_s, u"y"_s}};
}

void A1111TextTest::settings()
{
    QFETCH(QString, text);
    const auto record = readA1111Text(text);
    QVERIFY(record);
    QTEST(record->values, "values");
}

void A1111TextTest::otherTextsAreNone_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("words") << u"a cat on a sofa"_s;
    QTest::newRow("a recipe") << u"Bread\nSteps: knead, bake"_s;
    QTest::newRow("inside a line") << u"the Negative prompt: none"_s;
    QTest::newRow("JSON") << u"{\"Steps: \": \"Steps: 4\"}"_s;
}

void A1111TextTest::otherTextsAreNone()
{
    QFETCH(QString, text);
    QVERIFY(!readA1111Text(text));
}

SEEDBOOK_TEST(A1111TextTest, QCoreApplication)

} // namespace seedbook::a1111TextTest

#include "A1111TextTest.moc"
