#include "metadata/ParameterMapping.h"

#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTest>

#include <limits>

namespace seedbook::parameterMappingTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

const QSize square(1328, 1328);

ModelPtr qwen()
{
    return ModelCatalog::builtIn().standard();
}

FoundRecord recordOf(const QJsonObject& values, const QSize& size = {})
{
    FoundRecord record;
    record.source = u"Automatic1111"_s;
    record.values = values;
    record.size = size;
    return record;
}

const IncompatibleValue* misfitOf(const ParameterMapping& mapParameters, const QString& field)
{
    for (const IncompatibleValue& misfit : mapParameters.incompatible) {
        if (misfit.field == field)
            return &misfit;
    }
    return nullptr;
}

} // namespace

// Nothing is used that the model would not take, and nothing is changed in silence.
class ParameterMappingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatFitsIsTaken();
    void whatDoesNotFitIsProposed_data();
    void whatDoesNotFitIsProposed();
    void seedsAreNeverClamped_data();
    void seedsAreNeverClamped();
    void randomSeedIsNone();
    void textsThatCannotBeSent();
    void ratioFollowsFromSize_data();
    void ratioFollowsFromSize();
    void namesByRole();
    void wrongTypes_data();
    void wrongTypes();
};

void ParameterMappingTest::whatFitsIsTaken()
{
    const QJsonObject values{{u"prompt"_s, u"一只猫"_s}, {u"negative_prompt"_s, u""_s},
        {u"seed"_s, 0}, {u"steps"_s, u"20"_s}, {u"guidance"_s, 4}, {u"aspect_ratio"_s, u"2:3"_s},
        {u"image_format"_s, u"webp"_s}, {u"quality"_s, 100.0}, {u"base64"_s, true}};
    QJsonObject withMore = values;
    withMore.insert(u"sampler"_s, u"euler"_s);
    withMore.insert(u"width"_s, 17);
    const ParameterMapping found = mapParameters(recordOf(withMore, square), square, *qwen());
    QVERIFY(found.incompatible.isEmpty());
    QJsonObject expected = values;
    expected.insert(u"steps"_s, 20);
    expected.insert(u"quality"_s, 100);
    QCOMPARE(found.values, expected);
    // What the record does not tell is not made up.
    QVERIFY(mapParameters(recordOf({}), {}, *qwen()).values.isEmpty());
    QVERIFY(mapParameters(recordOf({{u"prompt"_s, u"  "_s}}), {}, *qwen()).incompatible.isEmpty());
}

void ParameterMappingTest::whatDoesNotFitIsProposed_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("found");
    QTest::addColumn<QJsonValue>("proposal");
    QTest::addColumn<QStringList>("words"); // of the sentence
    const QJsonValue none = QJsonValue::Undefined;
    QTest::newRow("too many steps") << u"steps"_s << QJsonValue(80) << QJsonValue(50)
                                    << QStringList{u"Steps"_s, u"80"_s, u"1 to 50"_s, u"“50”"_s};
    QTest::newRow("no steps") << u"steps"_s << QJsonValue(0) << QJsonValue(1) << QStringList{};
    QTest::newRow("half a step") << u"steps"_s << QJsonValue(20.6) << QJsonValue(21)
                                 << QStringList{u"20.6"_s, u"whole"_s};
    QTest::newRow("endless steps")
        << u"steps"_s << QJsonValue(u"99999999999999999999"_s) << QJsonValue(50) << QStringList{};
    QTest::newRow("guidance below") << u"guidance"_s << QJsonValue(0.5) << QJsonValue(1.0)
                                    << QStringList{u"Guidance"_s, u"0.5"_s, u"1 to 20"_s};
    QTest::newRow("guidance above")
        << u"guidance"_s << QJsonValue(1e300) << QJsonValue(20.0) << QStringList{};
    QTest::newRow("ratio") << u"aspect_ratio"_s << QJsonValue(u"21:9"_s) << QJsonValue(u"16:9"_s)
                           << QStringList{u"21:9"_s, u"1:1, 16:9"_s};
    QTest::newRow("no ratio") << u"aspect_ratio"_s << QJsonValue(u"wide"_s) << QJsonValue(u"1:1"_s)
                              << QStringList{};
    QTest::newRow("format in other letters")
        << u"image_format"_s << QJsonValue(u"JPG"_s) << QJsonValue(u"jpeg"_s) << QStringList{};
    QTest::newRow("another format") << u"image_format"_s << QJsonValue(u"gif"_s) << none
                                    << QStringList{u"gif"_s, u"png, jpeg, webp"_s, u"stay"_s};
    QTest::newRow("words for a number")
        << u"steps"_s << QJsonValue(u"many"_s) << none << QStringList{u"many"_s, u"whole"_s};
    QTest::newRow("quality") << u"quality"_s << QJsonValue(5) << QJsonValue(10) << QStringList{};
}

void ParameterMappingTest::whatDoesNotFitIsProposed()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, found);
    QFETCH(QStringList, words);
    const ParameterMapping fitted =
        mapParameters(recordOf({{field, found}}, square), square, *qwen());
    QVERIFY(!fitted.values.contains(field));
    const IncompatibleValue* misfit = misfitOf(fitted, field);
    QVERIFY(misfit);
    QCOMPARE(fitted.incompatible.size(), 1);
    QCOMPARE(misfit->found, found);
    QTEST(misfit->proposal, "proposal");
    for (const QString& word : words)
        QVERIFY2(misfit->why.contains(word), qPrintable(misfit->why));
    // What is proposed, the model takes.
    if (!misfit->proposal.isUndefined()) {
        const ModelPtr model = qwen();
        const Parameter& parameter = *model->parameter(field);
        QVERIFY(kindOf(parameter).check(parameter, misfit->proposal).has_value());
    }
}

void ParameterMappingTest::seedsAreNeverClamped_data()
{
    QTest::addColumn<QJsonValue>("seed");
    QTest::addColumn<QString>("shown");
    QTest::newRow("one too large") << QJsonValue(qint64(2147483648)) << u"2147483648"_s;
    QTest::newRow("ComfyUI's") << QJsonValue(qint64(1125899906842624)) << u"1125899906842624"_s;
    QTest::newRow("largest") << QJsonValue(std::numeric_limits<qint64>::max())
                             << u"9223372036854775807"_s;
    QTest::newRow("beyond 64 bits")
        << QJsonValue(u"18446744073709551615"_s) << u"18446744073709551615"_s;
    QTest::newRow("below") << QJsonValue(-2) << u"-2"_s;
    QTest::newRow("fraction") << QJsonValue(1.5) << u"1.5"_s;
    QTest::newRow("words") << QJsonValue(u"lucky"_s) << u"lucky"_s;
}

void ParameterMappingTest::seedsAreNeverClamped()
{
    QFETCH(QJsonValue, seed);
    QFETCH(QString, shown);
    const ParameterMapping fitted = mapParameters(recordOf({{u"seed"_s, seed}}), {}, *qwen());
    QVERIFY(fitted.values.isEmpty());
    const IncompatibleValue* misfit = misfitOf(fitted, u"seed"_s);
    QVERIFY(misfit);
    QVERIFY(misfit->proposal.isUndefined());
    QVERIFY2(misfit->why.contains(u'“' + shown + u'”'), qPrintable(misfit->why));
    QVERIFY(misfit->why.contains(u"0 to 2147483647"_s));
    QVERIFY(misfit->why.contains(u"random"_s));
}

void ParameterMappingTest::randomSeedIsNone()
{
    const ParameterMapping fitted = mapParameters(recordOf({{u"seed"_s, -1}}), {}, *qwen());
    QVERIFY(fitted.values.isEmpty());
    QVERIFY(fitted.incompatible.isEmpty());
}

void ParameterMappingTest::textsThatCannotBeSent()
{
    const QString nul = u"a"_s + QChar::Null + u"b"_s + QChar(0xD83D) + u"😀"_s;
    const IncompatibleValue sound =
        mapParameters(recordOf({{u"prompt"_s, nul}}), {}, *qwen()).incompatible.value(0);
    QCOMPARE(sound.field, u"prompt"_s);
    QCOMPARE(sound.proposal, QJsonValue(u"ab😀"_s));

    // Cut between characters: the pair at the limit goes as a whole.
    const QString longText = QString(19999, u'x') + u"😀"_s;
    const IncompatibleValue cut =
        mapParameters(recordOf({{u"negative_prompt"_s, longText}}), {}, *qwen())
            .incompatible.value(0);
    QCOMPARE(cut.field, u"negative_prompt"_s);
    QCOMPARE(cut.proposal, QJsonValue(QString(19999, u'x')));
    QVERIFY2(cut.why.contains(u"20,001"_s) && cut.why.size() < 400, qPrintable(cut.why));

    const IncompatibleValue nothingLeft =
        mapParameters(recordOf({{u"prompt"_s, QString(QChar::Null)}}), {}, *qwen())
            .incompatible.value(0);
    QCOMPARE(nothingLeft.field, u"prompt"_s);
    QVERIFY(nothingLeft.proposal.isUndefined());
}

void ParameterMappingTest::ratioFollowsFromSize_data()
{
    QTest::addColumn<QSize>("told");
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<QString>("ratio");    // taken
    QTest::addColumn<QString>("proposal"); // or asked for
    const QString none;
    QTest::newRow("the model's own") << QSize(1664, 928) << QSize() << u"16:9"_s << none;
    QTest::newRow("same ratio") << QSize(1920, 1080) << QSize() << u"16:9"_s << none;
    QTest::newRow("ratio of the model's own") << QSize(3328, 1856) << QSize() << u"16:9"_s << none;
    QTest::newRow("the picture's") << QSize() << QSize(1056, 1584) << u"2:3"_s << none;
    QTest::newRow("told before seen") << QSize(512, 512) << QSize(1056, 1584) << u"1:1"_s << none;
    QTest::newRow("nearly") << QSize(1344, 768) << QSize() << none << u"16:9"_s;
    QTest::newRow("upright") << QSize(832, 1216) << QSize() << none << u"2:3"_s;
    QTest::newRow("a banner") << QSize(10000, 1) << QSize() << none << u"16:9"_s;
    QTest::newRow("one more pixel") << QSize(1000001, 1000000) << QSize() << none << u"1:1"_s;
    QTest::newRow("no size") << QSize() << QSize() << none << none;
}

void ParameterMappingTest::ratioFollowsFromSize()
{
    QFETCH(QSize, told);
    QFETCH(QSize, picture);
    QFETCH(QString, proposal);
    const ParameterMapping fitted = mapParameters(recordOf({}, told), picture, *qwen());
    QTEST(fitted.values.value(u"aspect_ratio"_s).toString(), "ratio");
    const IncompatibleValue* misfit = misfitOf(fitted, u"aspect_ratio"_s);
    QCOMPARE(misfit != nullptr, !proposal.isEmpty());
    if (!misfit)
        return;
    QCOMPARE(misfit->proposal, QJsonValue(proposal));
    QVERIFY(misfit->found.isUndefined());
    QVERIFY2(misfit->why.contains(QString::number(told.width())) && misfit->why.contains(proposal),
        qPrintable(misfit->why));
}

// A model may call its fields what it likes; the roles say which is which.
void ParameterMappingTest::namesByRole()
{
    const auto model = ModelSchema::parse(R"({"$id":"other","title":"Other","properties":{
        "words":{"type":"string"},"seed_number":{"type":"integer"},
        "cfg":{"type":"number","minimum":1,"maximum":5},"tiling":{"type":"boolean"}},
        "x-seedbook":{"roles":{"prompt":"words","seed":"seed_number","guidance":"cfg"},
        "paths":{"v1":"/v1/other"}}})",
        u"other.json"_s);
    QVERIFY(model);
    const ParameterMapping fitted =
        mapParameters(recordOf({{u"prompt"_s, u"cat"_s}, {u"seed"_s, 5}, {u"guidance"_s, 9},
                          {u"tiling"_s, true}, {u"steps"_s, 3}}),
            square, **model);
    QCOMPARE(fitted.values,
        (QJsonObject{{u"words"_s, u"cat"_s}, {u"seed_number"_s, 5}, {u"tiling"_s, true}}));
    QCOMPARE(fitted.incompatible.size(), 1);
    QCOMPARE(fitted.incompatible.first().field, u"cfg"_s);
    QCOMPARE(fitted.incompatible.first().proposal, QJsonValue(5.0));
}

void ParameterMappingTest::wrongTypes_data()
{
    QTest::addColumn<QJsonValue>("wrong");
    QTest::newRow("object") << QJsonValue(QJsonObject{{u"a"_s, u"b"_s}});
    QTest::newRow("array") << QJsonValue(QJsonArray{1, 2});
    QTest::newRow("null") << QJsonValue();
}

void ParameterMappingTest::wrongTypes()
{
    QFETCH(QJsonValue, wrong);
    const ModelPtr model = qwen();
    QJsonObject values;
    for (const Parameter& parameter : model->parameters())
        values.insert(parameter.name, wrong);
    const ParameterMapping fitted = mapParameters(recordOf(values), {}, *model);
    QVERIFY(fitted.values.isEmpty());
    QCOMPARE(fitted.incompatible.size(), model->parameters().size());
    for (const IncompatibleValue& misfit : fitted.incompatible) {
        QVERIFY(misfit.proposal.isUndefined());
        QVERIFY(!misfit.why.isEmpty());
    }
}

SEEDBOOK_TEST(ParameterMappingTest, QCoreApplication)

} // namespace seedbook::parameterMappingTest

#include "ParameterMappingTest.moc"
