#include "support/OtherModels.h"

#include "practice/PracticeService.h"
#include "support/TestProgram.h"
#include "support/WindowBench.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/compose/PromptEdit.h"
#include "widgets/compose/SeedField.h"
#include "widgets/live/PictureListModel.h"
#include "widgets/panel/PicturePanel.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <algorithm>
#include <memory>

namespace seedbook::otherModelsTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

ModelCatalog catalog()
{
    ModelCatalog all = ModelCatalog::builtIn();
    all.add(withoutSeed());
    all.add(withoutPrompt());
    return all;
}

// The window and the practice service, both with two models more.
struct Bench
{
    Bench()
        : models(catalog())
        , service(*PracticeService::start(models.models(), {.duration = 5ms}))
        , window(service->endpoint(), Transport::Blocking, {}, models)
    {
        window.paid.key = service->key();
        window.window.setTarget(service->endpoint(), ComposePanel::Mode::Practice);
        if (!window.paid.restore())
            qFatal("the bench does not stand");
    }

    template <typename T>
    [[nodiscard]] T* named(const QString& name) const
    {
        for (T* child : compose()->findChildren<T*>()) {
            if (child->accessibleName() == name)
                return child;
        }
        return nullptr;
    }
    [[nodiscard]] ComposePanel* compose() const { return window.window.compose(); }
    void choose(const QString& modelId)
    {
        auto* choice = named<QComboBox>(u"Model"_s);
        choice->setCurrentIndex(choice->findData(modelId));
        // The form of before goes with its fields.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    [[nodiscard]] const QList<Job>& filed() const { return window.paid.filed; }
    // Everything that the panel at the side says of a picture.
    [[nodiscard]] QStringList panelWords(const PicturePtr& picture)
    {
        actions()->setSubject(picture, nullptr);
        auto* panel = window.window.findChild<PicturePanel*>();
        QStringList words;
        for (const auto* label : panel->findChildren<QLabel*>())
            words.append(label->text());
        return words;
    }
    [[nodiscard]] PictureActions* actions() const
    {
        return window.window.findChild<PictureActions*>();
    }

    ModelCatalog models;
    std::unique_ptr<PracticeService> service;
    WindowBench window;
};

} // namespace

// A model without a seed, without a prompt, with a boolean is a model: from its form to the page of
// its pictures.
class OtherModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutASeed();
    void withoutAPrompt();
    void theFormKeepsWhatAnotherHas();
};

void OtherModelsTest::withoutASeed()
{
    Bench bench;
    bench.choose(u"chance"_s);
    QVERIFY(!bench.compose()->findChild<SeedField*>());
    QVERIFY(!bench.compose()->provenance().parents.size());
    auto* tiled = bench.named<QCheckBox>(u"Tiled"_s);
    QVERIFY(tiled && !tiled->isChecked());
    QVERIFY(bench.named<QCheckBox>(u"Sharp"_s)->isChecked());
    tiled->setChecked(true);
    bench.named<PromptEdit>(u"Prompt"_s)->setText(u"a fox"_s);
    bench.named<QSpinBox>(u"Images"_s)->setValue(3);
    bench.compose()->generate();
    QTRY_COMPARE(bench.filed().size(), 3);
    QCOMPARE(bench.service->postCount(), 3);
    QTRY_VERIFY(bench.window.paid.queue.jobs().isEmpty());
    const Job job = bench.filed().first();
    QVERIFY(!job.request.seed());
    QCOMPARE(job.request.parameters().value("tiled"_L1), QJsonValue(true));
    // Each is a picture of its own.
    QSet<QByteArray> pictures;
    for (const Job& one : bench.filed())
        pictures.insert(contents(one.picture->path));
    QCOMPARE(pictures.size(), 3);

    // What its file says is what the index and the page say.
    QVERIFY(!job.picture->seed);
    QCOMPARE(job.picture->parameters, job.request.parameters());
    const QStringList words = bench.panelWords(job.picture);
    QVERIFY2(words.contains(u"none"_s), qPrintable(words.join(u'|')));
    QVERIFY(!bench.actions()->useSeed()->isEnabled());
    const auto* model = bench.window.window.findChild<PictureListModel*>();
    QTRY_COMPARE(model->rowCount(), 3);
    QTRY_VERIFY2(model->index(0)
                     .data(Qt::AccessibleTextRole)
                     .toString()
                     .startsWith(u"a fox, practice picture"_s),
        qPrintable(model->index(0).data(Qt::AccessibleTextRole).toString()));

    // Run again makes another one, and nobody says that it is there.
    bench.actions()->runAgain()->trigger();
    QTRY_COMPARE(bench.filed().size(), 4);
    // Use all misses nothing.
    bench.actions()->useAll()->trigger();
    QVERIFY(bench.named<QCheckBox>(u"Tiled"_s)->isChecked());
    for (const auto* label : bench.compose()->findChildren<QLabel*>())
        QVERIFY2(
            label->isHidden() || !label->text().contains(u"seed"_s), qPrintable(label->text()));
}

void OtherModelsTest::withoutAPrompt()
{
    Bench bench;
    bench.choose(u"pattern"_s);
    QVERIFY(!bench.named<PromptEdit>(u"Prompt"_s));
    QVERIFY(bench.compose()->findChild<SeedField*>());
    bench.compose()->focusPrompt(); // into the first field there is
    bench.named<QComboBox>(u"Motif"_s)->setCurrentIndex(0);
    bench.compose()->pinSeed(*Seed::fromNumber(7));
    bench.compose()->generate();
    QTRY_COMPARE(bench.filed().size(), 1);
    QTRY_VERIFY(bench.window.paid.queue.jobs().isEmpty());
    const Job job = bench.filed().first();
    QCOMPARE(job.request.seed(), Seed::fromNumber(7));
    // A box that nobody touched is not sent.
    QCOMPARE(job.request.parameters(), (QJsonObject{{u"motif"_s, u"leaves"_s}, {u"rng"_s, 7}}));
    QVERIFY(job.picture->path.endsWith(u"picture 7.png"_s));
    QVERIFY(bench.panelWords(job.picture).contains(u"7"_s));
    QCOMPARE(job.picture->seed, Seed::fromNumber(7));
    // The same once more is there.
    bench.compose()->generate();
    QTRY_VERIFY(std::ranges::any_of(bench.window.window.findChildren<QPushButton*>(),
        [](const QPushButton* button) { return button->text().startsWith(u"Generate anyway"_s); }));
    QCOMPARE(bench.service->postCount(), 1);
}

// A look at a model without a seed loses none, and a draft of it comes back.
void OtherModelsTest::theFormKeepsWhatAnotherHas()
{
    Bench bench;
    bench.compose()->pinSeed(*Seed::fromNumber(41));
    bench.choose(u"chance"_s);
    bench.named<PromptEdit>(u"Prompt"_s)->setText(u"a boat"_s);
    const QJsonObject draft = bench.compose()->draft();
    bench.choose(u"pattern"_s);
    QCOMPARE(bench.compose()->findChild<SeedField*>()->seed(), Seed::fromNumber(41));
    QVERIFY(!bench.compose()->findChild<SeedField*>()->isRandom());
    bench.compose()->setDraft(draft);
    QVERIFY(!bench.compose()->findChild<SeedField*>());
    QCOMPARE(bench.named<PromptEdit>(u"Prompt"_s)->text(), u"a boat"_s);
    bench.choose(u"qwen-image"_s);
    QCOMPARE(bench.compose()->findChild<SeedField*>()->seed(), Seed::fromNumber(41));
    // There it has no place to go, and that is said.
    bench.choose(u"chance"_s);
    bench.compose()->pinSeed(*Seed::fromNumber(5));
    bool said = false;
    for (const auto* label : bench.compose()->findChildren<QLabel*>())
        said = said || label->text().contains(u"takes no seed"_s);
    QVERIFY(said);
}

SEEDBOOK_TEST(OtherModelsTest, QApplication)

} // namespace seedbook::otherModelsTest

#include "OtherModelsTest.moc"
