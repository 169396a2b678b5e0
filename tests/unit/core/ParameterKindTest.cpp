#include "core/ParameterKind.h"

#include "core/ErrorText.h"
#include "core/Request.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

namespace seedbook::parameterKindTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

ModelPtr model()
{
    const auto parsed = ModelSchema::parse(R"({
        "$id": "kinds", "title": "Kinds", "required": ["words"],
        "properties": {
            "words": {"type": "string", "title": "Words", "minLength": 1, "maxLength": 8},
            "format": {"type": "string", "title": "Format", "enum": ["png", "jpeg"]},
            "steps": {"type": "integer", "title": "Steps", "minimum": 1, "maximum": 50},
            "offset": {"type": "integer", "title": "Offset", "minimum": 0},
            "strength": {"type": "number", "title": "Strength", "maximum": 1},
            "any": {"type": "number", "title": "Any"},
            "tiled": {"type": "boolean", "title": "Tiled"}
        },
        "x-seedbook": {"roles": {"prompt": null, "seed": null}, "paths": {"v1": "/v1/kinds"}}})",
        u"kinds.json"_s);
    return parsed ? *parsed : nullptr;
}

const QJsonValue none = QJsonValue::Undefined;

} // namespace

class ParameterKindTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofTheSchema_data();
    void ofTheSchema();
    void values_data();
    void values();
    void shown_data();
    void shown();
    void faultsNameTheField();
    void rolesHaveTheirKinds_data();
    void rolesHaveTheirKinds();
};

void ParameterKindTest::ofTheSchema_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("demand");
    QTest::addColumn<QString>("range");
    const auto row = [](const QString& field, ParameterKind::Id kind, const QString& demand,
                         const QString& range) {
        QTest::newRow(qPrintable(field)) << field << int(kind) << demand << range;
    };
    using Id = ParameterKind::Id;
    row(u"words"_s, Id::Text, u"must be a text of 1 to 8 characters"_s, {});
    row(u"format"_s, Id::Choice, u"must be one of png, jpeg"_s, u"png, jpeg"_s);
    row(u"steps"_s, Id::Integer, u"must be an integer, at least 1, at most 50"_s, u"1 to 50"_s);
    row(u"offset"_s, Id::Integer, u"must be an integer, at least 0"_s, {});
    row(u"strength"_s, Id::Number, u"must be a number, at most 1"_s, {});
    row(u"any"_s, Id::Number, u"must be a number"_s, {});
    row(u"tiled"_s, Id::Boolean, u"must be a boolean"_s, {});
}

void ParameterKindTest::ofTheSchema()
{
    QFETCH(const QString, field);
    const ModelPtr schema = model();
    QVERIFY(schema);
    const Parameter& parameter = *schema->parameter(field);
    const ParameterKind& kind = kindOf(parameter);
    QTEST(int(kind.id()), "kind");
    QTEST(kind.demand(parameter), "demand");
    QTEST(kind.range(parameter), "range");
    QCOMPARE(&ParameterKind::of(kind.id()), &kind);
    QCOMPARE(ParameterKind::find(kind.jsonType(), kind.id() == ParameterKind::Id::Choice), &kind);
    QCOMPARE(kind.isFlag(), kind.id() == ParameterKind::Id::Boolean);
    QCOMPARE(kind.isProse(), kind.id() == ParameterKind::Id::Text);
}

// What is written, what is taken of it, and what would be taken instead.
void ParameterKindTest::values_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("written");
    QTest::addColumn<QJsonValue>("taken");
    QTest::addColumn<QJsonValue>("nearest");
    const auto row = [](const char* title, const QString& field, const QJsonValue& written,
                         const QJsonValue& taken, const QJsonValue& nearest = none) {
        QTest::newRow(title) << field << written << taken << nearest;
    };
    row("text", u"words"_s, u"a fox"_s, u"a fox"_s);
    row("digits are a text, too", u"words"_s, u"30"_s, u"30"_s);
    row("number for a text", u"words"_s, 30, none);
    row("no text", u"words"_s, u" "_s, none);
    row("long text", u"words"_s, u"0123456789"_s, none, u"01234567"_s);
    row("NUL", u"words"_s, QString(u"a"_s + QChar(0) + u"b"_s), none, u"ab"_s);
    row("pair at the end", u"words"_s, u"0123456😀"_s, none, u"0123456"_s);
    row("choice", u"format"_s, u"jpeg"_s, u"jpeg"_s);
    row("other letters", u"format"_s, u"PNG"_s, none, u"png"_s);
    row("jpg", u"format"_s, u" JPG"_s, none, u"jpeg"_s);
    row("other choice", u"format"_s, u"gif"_s, none);
    row("integer", u"steps"_s, 30, 30);
    row("integer in a text", u"steps"_s, u" 30 "_s, 30);
    row("integer as 30.0", u"steps"_s, u"30.0"_s, 30);
    row("half", u"steps"_s, 30.5, none, 31.0);
    row("half in a text", u"steps"_s, u"30.5"_s, none, 31.0);
    row("too many", u"steps"_s, 51, none, 50.0);
    row("beyond 64 bits", u"steps"_s, u"99999999999999999999"_s, none, 50.0);
    row("below", u"offset"_s, -3, none, 0.0);
    row("no number", u"steps"_s, u"many"_s, none);
    row("beyond exact integers", u"offset"_s, 1e17, none, 1e17);
    row("number", u"strength"_s, u"0.25"_s, 0.25);
    row("above", u"strength"_s, 1.5, none, 1.0);
    row("not finite", u"any"_s, u"nan"_s, none);
    row("yes", u"tiled"_s, true, true);
    row("yes in a text", u"tiled"_s, u"True"_s, true);
    row("no in a text", u"tiled"_s, u"false"_s, false);
    row("number for yes", u"tiled"_s, 1, none);
    row("word for yes", u"tiled"_s, u"yes"_s, none);
    for (const char* field : {"words", "format", "steps", "any", "tiled"})
        row(field, QString::fromLatin1(field), QJsonValue::Null, none);
}

void ParameterKindTest::values()
{
    QFETCH(const QString, field);
    QFETCH(const QJsonValue, written);
    QFETCH(const QJsonValue, taken);
    const ModelPtr schema = model();
    const Parameter& parameter = *schema->parameter(field);
    const ParameterKind& kind = kindOf(parameter);
    const QJsonValue parsed = kind.parse(written);
    const auto checked = kind.check(parameter, parsed);
    QCOMPARE(checked ? *checked : none, taken);
    if (checked) {
        // The schema decides the type: 30 is no 30.0 in a body.
        QCOMPARE(checked->toVariant().typeId(), taken.toVariant().typeId());
        return;
    }
    QVERIFY(!sentence(checked.error()).isEmpty());
    QTEST(kind.nearest(parameter, parsed), "nearest");
}

void ParameterKindTest::shown_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("shown");
    QTest::newRow("text") << u"words"_s << QJsonValue(u"a fox"_s) << u"a fox"_s;
    QTest::newRow("choice") << u"format"_s << QJsonValue(u"png"_s) << u"png"_s;
    QTest::newRow("integer") << u"steps"_s << QJsonValue(30) << u"30"_s;
    QTest::newRow("number") << u"any"_s << QJsonValue(3.5) << u"3.5"_s;
    QTest::newRow("yes") << u"tiled"_s << QJsonValue(true) << u"yes"_s;
    QTest::newRow("no") << u"tiled"_s << QJsonValue(false) << u"no"_s;
    // As a file can have it.
    QTest::newRow("another kind") << u"tiled"_s << QJsonValue(u"on"_s) << u"on"_s;
    QTest::newRow("nothing") << u"steps"_s << QJsonValue(QJsonValue::Null) << QString();
}

void ParameterKindTest::shown()
{
    QFETCH(const QString, field);
    QFETCH(const QJsonValue, value);
    const ModelPtr schema = model();
    QTEST(kindOf(*schema->parameter(field)).show(value), "shown");
}

// Whoever is told of a fault finds its parameter by name: two may have one title.
void ParameterKindTest::faultsNameTheField()
{
    const ModelPtr schema = model();
    for (const QJsonObject& body : {QJsonObject{{u"words"_s, u"a"_s}, {u"steps"_s, 99}},
             QJsonObject{{u"words"_s, u"a"_s}, {u"tiled"_s, 1}}, QJsonObject{},
             QJsonObject{{u"words"_s, u"0123456789"_s}},
             QJsonObject{{u"words"_s, QString(QChar(0xd83d))}},
             QJsonObject{{u"words"_s, u"a"_s}, {u"format"_s, u"gif"_s}}}) {
        const auto checked = schema->checkBody(body);
        QVERIFY(!checked);
        const Parameter* parameter = schema->parameter(checked.error().parameter);
        QVERIFY2(parameter, qPrintable(checked.error().parameter));
        QCOMPARE(checked.error().subject, parameter->title);
    }
    const auto unknown = schema->checkBody({{u"speed"_s, 1}});
    QCOMPARE(unknown.error().parameter, u"speed"_s);
}

void ParameterKindTest::rolesHaveTheirKinds_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("property");
    QTest::addColumn<QString>("mustBe"); // empty: it is
    const QString ranged = u"\"minimum\": 1, \"maximum\": 9"_s;
    const auto row = [](const char* title, const QString& role, const QString& property,
                         const QString& mustBe) {
        QTest::newRow(title) << role << property << mustBe;
    };
    row("prompt", u"prompt"_s, u"\"type\": \"string\""_s, {});
    row("prompt of few", u"prompt"_s, u"\"type\": \"string\", \"enum\": [\"a\"]"_s, u"string"_s);
    row("ratio", u"aspectRatio"_s, u"\"type\": \"string\", \"enum\": [\"1:1\"]"_s, {});
    row("free ratio", u"aspectRatio"_s, u"\"type\": \"string\""_s, u"string"_s);
    row("steps", u"steps"_s, u"\"type\": \"integer\", "_s + ranged, {});
    row("steps without end", u"steps"_s, u"\"type\": \"integer\", \"minimum\": 1"_s,
        u"integer with a minimum"_s);
    row("half steps", u"steps"_s, u"\"type\": \"number\", "_s + ranged, u"integer with"_s);
    row("guidance", u"guidance"_s, u"\"type\": \"number\", "_s + ranged, {});
    row("whole guidance", u"guidance"_s, u"\"type\": \"integer\", "_s + ranged, {});
    row("guidance in words", u"guidance"_s, u"\"type\": \"string\""_s, u"number with"_s);
    row("seed", u"seed"_s, u"\"type\": \"integer\""_s, {});
    row("half seed", u"seed"_s, u"\"type\": \"number\""_s, u"integer"_s);
    row("base64", u"base64"_s, u"\"type\": \"boolean\""_s, {});
    row("base64 as number", u"base64"_s, u"\"type\": \"integer\""_s, u"boolean"_s);
}

void ParameterKindTest::rolesHaveTheirKinds()
{
    QFETCH(const QString, role);
    QFETCH(const QString, property);
    QFETCH(const QString, mustBe);
    const QString json =
        u"{\"$id\": \"r\", \"title\": \"R\", \"properties\": {\"field\": {%1}},"
        " \"x-seedbook\": {\"roles\": {\"prompt\": null, \"seed\": null, \"%2\": \"field\"},"
        " \"paths\": {\"v1\": \"/r\"}}}"_s.arg(property, role);
    const auto parsed = ModelSchema::parse(json.toUtf8(), u"r.json"_s);
    QCOMPARE(parsed.has_value(), mustBe.isEmpty());
    if (!parsed)
        QVERIFY2(
            parsed.error().detail.contains(u"type "_s + mustBe), qPrintable(parsed.error().detail));
}

SEEDBOOK_TEST(ParameterKindTest, QCoreApplication)

} // namespace seedbook::parameterKindTest

#include "ParameterKindTest.moc"
