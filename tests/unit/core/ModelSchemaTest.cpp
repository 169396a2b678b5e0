#include "core/ErrorText.h"
#include "core/Request.h"
#include "support/OtherModels.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonObject>
#include <QTest>

namespace seedbook::modelSchemaTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

class ModelSchemaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsTheContract();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void namesWhatIsWrongInAFile_data();
    void namesWhatIsWrongInAFile();
    void bodyHasTheContractsTypes();
    void whatAModelHasNotIsSaid();
    void withoutSeedOrPrompt();
};

void ModelSchemaTest::holdsTheContract()
{
    const auto catalog = ModelCatalog::builtIn();
    QVERIFY(catalog.errors().isEmpty());
    const auto model = catalog.standard();
    QVERIFY(model);
    QCOMPARE(model->parameters().size(), 9);
    QCOMPARE(model->path(), u"/v1/qwen-image"_s);
    QCOMPARE(model->price().text(), u"$0.121"_s);
    QCOMPARE(model->expectedTime(), std::chrono::milliseconds(28400));
    QStringList required;
    for (const Parameter& parameter : model->parameters()) {
        QVERIFY(!parameter.title.isEmpty());
        QVERIFY(!parameter.description.isEmpty());
        if (parameter.required)
            required.append(parameter.name);
    }
    QCOMPARE(required, (QStringList{u"prompt"_s, u"steps"_s}));
    const QJsonObject defaults{{u"negative_prompt"_s, u"blurry, cartoonish"_s}, {u"steps"_s, 30},
        {u"seed"_s, -1}, {u"guidance"_s, 3.5}, {u"aspect_ratio"_s, u"16:9"_s},
        {u"image_format"_s, u"png"_s}, {u"quality"_s, 90}, {u"base64"_s, false}};
    QCOMPARE(model->defaults(), defaults);
    QCOMPARE(model->parameter(ParameterRole::AspectRatio)->allowed,
        (QStringList{u"1:1"_s, u"16:9"_s, u"9:16"_s, u"4:3"_s, u"3:4"_s, u"3:2"_s, u"2:3"_s}));
    for (const QString& ratio : model->parameter(ParameterRole::AspectRatio)->allowed)
        QVERIFY(!model->pixelSize(ratio).isEmpty());
}

void ModelSchemaTest::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<bool>("fits");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char* title, const QString& name, const QJsonValue& value, bool fits,
                         ErrorKind kind = ErrorKind::InvalidValue) {
        QTest::newRow(title) << name << value << fits << kind;
    };
    row("steps 1", u"steps"_s, 1, true);
    row("steps 50", u"steps"_s, 50, true);
    row("steps 0", u"steps"_s, 0, false);
    row("steps 51", u"steps"_s, 51, false);
    row("steps 30.0", u"steps"_s, 30.0, true);
    row("steps 30.5", u"steps"_s, 30.5, false);
    row("steps as text", u"steps"_s, u"30"_s, false);
    row("guidance 1", u"guidance"_s, 1, true);
    row("guidance 20", u"guidance"_s, 20, true);
    row("guidance 0.9", u"guidance"_s, 0.9, false);
    row("guidance 20.1", u"guidance"_s, 20.1, false);
    row("guidance null", u"guidance"_s, QJsonValue::Null, false);
    row("quality 9", u"quality"_s, 9, false);
    row("quality 101", u"quality"_s, 101, false);
    row("seed -1", u"seed"_s, -1, true);
    row("seed 0", u"seed"_s, 0, true);
    row("seed -2", u"seed"_s, -2, false);
    row("seed 2^31", u"seed"_s, 2147483648.0, false);
    row("ratio", u"aspect_ratio"_s, u"3:2"_s, true);
    row("ratio unknown", u"aspect_ratio"_s, u"5:4"_s, false);
    row("base64 1", u"base64"_s, 1, false);
    row("base64 true", u"base64"_s, true, true);
    row("empty negative", u"negative_prompt"_s, u""_s, true);
    row("empty prompt", u"prompt"_s, u" \n"_s, false, ErrorKind::EmptyPrompt);
    row("NUL", u"prompt"_s, QString(u"a"_s + QChar(0) + u"b"_s), false, ErrorKind::InvalidText);
    row("lone high", u"prompt"_s, QString(QChar(0xd83d)), false, ErrorKind::InvalidText);
    row("lone low", u"prompt"_s, QString(u"x"_s + QChar(0xde00)), false, ErrorKind::InvalidText);
    row("emoji", u"prompt"_s, u"😀 龙"_s, true);
    row("a megabyte", u"prompt"_s, QString(1 << 20, u'x'), false, ErrorKind::TextTooLong);
}

void ModelSchemaTest::refusesWhatDoesNotFit()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, value);
    QFETCH(bool, fits);
    QFETCH(ErrorKind, kind);
    const auto model = ModelCatalog::builtIn().standard();
    const auto checked = kindOf(*model->parameter(name)).check(*model->parameter(name), value);
    QCOMPARE(checked.has_value(), fits);
    if (!fits) {
        QCOMPARE(checked.error().kind, kind);
        QVERIFY(!checked.error().subject.isEmpty());
        QCOMPARE(checked.error().detail.isEmpty(), kind == ErrorKind::EmptyPrompt);
        QVERIFY(!sentence(checked.error()).contains(u"%1"_s));
    }
}

void ModelSchemaTest::namesWhatIsWrongInAFile_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("says");
    QTest::newRow("not JSON") << QByteArray("{\n  \"$schema\"") << QByteArray("{ oops")
                              << u"not valid JSON"_s;
    QTest::newRow("unknown type") << QByteArray("\"integer\",\n      \"title\": \"Steps\"")
                                  << QByteArray("\"tensor\",\n      \"title\": \"Steps\"")
                                  << u"“tensor”"_s;
    QTest::newRow("default outside")
        << QByteArray("\"default\": 30") << QByteArray("\"default\": 99") << u"“steps”"_s;
    QTest::newRow("min above max")
        << QByteArray("\"minimum\": 10") << QByteArray("\"minimum\": 1000") << u"“quality”"_s;
    QTest::newRow("no seed") << QByteArray("\"seed\": \"seed\",") << QByteArray() << u"seed"_s;
    QTest::newRow("unknown role") << QByteArray("\"quality\": \"quality\"")
                                  << QByteArray("\"colour\": \"quality\"") << u"“colour”"_s;
    QTest::newRow("role without field") << QByteArray("\"quality\": \"quality\"")
                                        << QByteArray("\"quality\": \"qality\"") << u"“quality”"_s;
    QTest::newRow("no path") << QByteArray("\"v1\": \"/v1/qwen-image\", ") << QByteArray()
                             << u"paths.v1"_s;
    QTest::newRow("negative price") << QByteArray("0.121") << QByteArray("-1") << u"price"_s;
    QTest::newRow("huge size") << QByteArray("[1328, 1328]") << QByteArray("[1328, 99999]")
                               << u"sizes.1:1"_s;
    QTest::newRow("slider without range")
        << QByteArray("\"minimum\": 1,\n      \"maximum\": 20,") << QByteArray() << u"“guidance”"_s;
}

void ModelSchemaTest::namesWhatIsWrongInAFile()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, says);
    QFile file(u":/models/qwen-image.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray json = file.readAll();
    QVERIFY(json.contains(from));
    json.replace(from, to);
    const auto model = ModelSchema::parse(json, u"my.json"_s);
    QVERIFY(!model);
    QCOMPARE(model.error().kind, ErrorKind::ModelFileInvalid);
    QCOMPARE(model.error().subject, u"my.json"_s);
    QVERIFY2(model.error().detail.contains(says), qPrintable(model.error().detail));
}

void ModelSchemaTest::bodyHasTheContractsTypes()
{
    const auto model = ModelCatalog::builtIn().standard();
    const auto request =
        Request::make(model, {{u"prompt"_s, u"龙"_s}, {u"seed"_s, 0}, {u"guidance"_s, 4},
                                 {u"negative_prompt"_s, u""_s}});
    QVERIFY(request);
    QCOMPARE(QString::fromUtf8(request->body()),
        u"{\"aspect_ratio\":\"16:9\",\"base64\":false,\"guidance\":4,\"image_format\":\"png\","
        "\"negative_prompt\":\"\",\"prompt\":\"龙\",\"quality\":90,\"seed\":0,\"steps\":30}"_s);
    QVERIFY(!Request::make(model, {{u"prompt"_s, u"x"_s}}));
    QCOMPARE(
        Request::make(model, {{u"prompt"_s, u"x"_s}, {u"seed"_s, 5}, {u"speed"_s, 1}}).error().kind,
        ErrorKind::UnknownParameter);
}

// A role that was forgotten would make a request of a fixed seed look like a new one each time, and
// be paid each time: a file says so where its model has none.
void ModelSchemaTest::whatAModelHasNotIsSaid()
{
    QByteArray text = contents(QStringLiteral(SEEDBOOK_TESTS "/support/without-seed.json"));
    QVERIFY(ModelSchema::parse(text, u"chance.json"_s));
    text.replace(", \"seed\": null", "");
    const auto forgotten = ModelSchema::parse(text, u"chance.json"_s);
    QCOMPARE(forgotten.error().kind, ErrorKind::ModelFileInvalid);
    QVERIFY(forgotten.error().detail.contains(u"“seed”"_s));
}

// What a model has none of is missing nowhere.
void ModelSchemaTest::withoutSeedOrPrompt()
{
    const ModelPtr chance = withoutSeed();
    const auto request = Request::make(chance, {{u"prompt"_s, u"a fox"_s}, {u"tiled"_s, true}});
    QVERIFY(request);
    QVERIFY(!request->seed());
    QVERIFY(request->seedText().isEmpty());
    QCOMPARE(QJsonDocument::fromJson(request->body()).object(),
        (QJsonObject{{u"prompt"_s, u"a fox"_s}, {u"tiled"_s, true}, {u"sharp"_s, true},
            {u"strength"_s, 0.5}}));
    // It makes another picture each time, so nothing there is can be its picture.
    QVERIFY(request->identity().isEmpty());
    QCOMPARE(Request::make(chance, {{u"prompt"_s, u"x"_s}, {u"seed"_s, 1}}).error().kind,
        ErrorKind::UnknownParameter);

    const ModelPtr pattern = withoutPrompt();
    QCOMPARE(Request::make(pattern, {}).error().parameter, u"rng"_s); // it has one, and it is −1
    const auto wave = Request::make(pattern, {{u"rng"_s, 7}});
    QVERIFY(wave);
    QCOMPARE(wave->seed(), Seed::fromNumber(7));
    QVERIFY(wave->prompt().isEmpty());
    QVERIFY(!wave->identity().isEmpty());

    // As it was, when the file is gone: no seed and no prompt come of nothing.
    const Request gone =
        Request::asItWas(ModelCatalog::builtIn(), u"chance"_s, request->parameters(), {});
    QVERIFY(!gone.seed());
    QVERIFY(!gone.model().parameter(ParameterRole::Seed));
    QVERIFY(gone.model().fault());
    QVERIFY(gone.identity().isEmpty());
}

SEEDBOOK_TEST(ModelSchemaTest, QCoreApplication)

} // namespace seedbook::modelSchemaTest

#include "ModelSchemaTest.moc"
