#include "practice/Contract.h"

#include "practice/PracticePainter.h"
#include "support/OtherModels.h"
#include "support/TestProgram.h"

#include <QGuiApplication>
#include <QJsonDocument>
#include <QTest>

namespace seedbook::contractTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::practice;
using namespace seedbook::test;

namespace {

// Two fields with one title.
ModelPtr twins()
{
    const auto model = ModelSchema::parse(R"({"$id": "twins", "title": "Twins", "properties": {
        "first": {"type": "integer", "title": "Strength", "maximum": 3},
        "second": {"type": "integer", "title": "Strength", "maximum": 5}},
        "x-seedbook": {"roles": {"prompt": null, "seed": null}, "paths": {"v1": "/v1/twins"}}})",
        u"twins.json"_s);
    return model ? *model : nullptr;
}

Verdict judge(const ModelPtr& model, const QJsonObject& body)
{
    const Contract contract({model}, ApiKey("SG_0123456789abcdef"));
    return contract.judge({"POST", model->path(), "application/json", "SG_0123456789abcdef",
        QJsonDocument(body).toJson(QJsonDocument::Compact)});
}

QString refused(const ModelPtr& model, const QJsonObject& body)
{
    const Verdict verdict = judge(model, body);
    const auto* refusal = std::get_if<Refusal>(&verdict);
    return refusal ? QJsonDocument::fromJson(refusal->body).object()["error"_L1].toString()
                   : u"taken"_s;
}

} // namespace

// What the practice service makes of models that it has never seen.
class ContractTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutASeed();
    void withoutAPrompt();
    void faultsNameTheirField();
};

void ContractTest::withoutASeed()
{
    const ModelPtr model = test::withoutSeed();
    const Verdict verdict = judge(model, {{u"prompt"_s, u"a fox"_s}});
    const auto* order = std::get_if<Order>(&verdict);
    QVERIFY(order);
    QVERIFY(!order->request.seed());
    QVERIFY(!order->request.parameters().contains(u"seed"_s));
    QCOMPARE(
        refused(model, {{u"prompt"_s, u"a fox"_s}, {u"seed"_s, 5}}), u"Unknown parameter 'seed'"_s);
    // What is left to chance is not the same twice.
    const QImage once = paintPicture(order->request, 1);
    QCOMPARE(paintPicture(order->request, 1), once);
    QVERIFY(paintPicture(order->request, 2) != once);
    QCOMPARE(paintPicture(sampleRequest(), 1), paintPicture(sampleRequest(), 2));
}

void ContractTest::withoutAPrompt()
{
    const ModelPtr model = test::withoutPrompt();
    const Verdict verdict = judge(model, {{u"motif"_s, u"leaves"_s}});
    const auto* order = std::get_if<Order>(&verdict);
    QVERIFY(order);
    QVERIFY(order->request.seed()); // a drawn one
    QVERIFY(!paintPicture(order->request).isNull());
    QCOMPARE(refused(model, {}), u"Missing parameter 'motif'"_s);
    QCOMPARE(refused(model, {{u"motif"_s, u"stars"_s}}),
        u"Parameter 'motif' must be one of leaves, waves"_s);
    QCOMPARE(refused(model, {{u"motif"_s, u"waves"_s}, {u"tiled"_s, 1}}),
        u"Parameter 'tiled' must be a boolean"_s);
    QCOMPARE(refused(model, {{u"motif"_s, u"waves"_s}, {u"prompt"_s, u"x"_s}}),
        u"Unknown parameter 'prompt'"_s);
}

void ContractTest::faultsNameTheirField()
{
    QCOMPARE(refused(twins(), {{u"first"_s, 1}, {u"second"_s, 9}}),
        u"Parameter 'second' must be an integer, at most 5"_s);
    QCOMPARE(
        refused(twins(), {{u"first"_s, 9}}), u"Parameter 'first' must be an integer, at most 3"_s);
}

SEEDBOOK_TEST(ContractTest, QGuiApplication)

} // namespace seedbook::contractTest

#include "ContractTest.moc"
