#include "widgets/compose/ComposePanel.h"

#include "settings/ModelFolder.h"
#include "support/Finding.h"
#include "support/Orders.h"
#include "support/Samples.h"
#include "support/TestProgram.h"
#include "widgets/common/CollapsibleSection.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/SliderField.h"
#include "widgets/compose/GenerateButton.h"
#include "widgets/compose/PromptEdit.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

namespace seedbook::composePanelTest {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

ModelPtr fastModel()
{
    const auto model = readModel(QStringLiteral(SEEDBOOK_TESTS "/support/qwen-image-fast.json"));
    return model ? *model : nullptr;
}

// One of every kind of field that has no role, in a model nobody has seen.
ModelPtr strangeModel()
{
    const auto model = ModelSchema::parse(R"({
        "$id": "strange", "title": "Strange", "required": ["text"],
        "properties": {
            "text": {"type": "string", "title": "Words & more", "minLength": 1, "maxLength": 100},
            "dice": {"type": "integer", "title": "Dice"},
            "strength": {"type": "number", "title": "Strength", "minimum": 0, "maximum": 1,
                         "default": 0.25, "x-seedbook": {"step": 0.05}},
            "sampler": {"type": "string", "title": "Sampler", "enum": ["a", "b"], "default": "b"},
            "style": {"type": "string", "title": "Style", "default": "plain"},
            "offset": {"type": "integer", "title": "Offset", "default": -7},
            "tiled": {"type": "boolean", "title": "Tiled", "default": true},
            "extra": {"type": "integer", "title": "Extra"}
        },
        "x-seedbook": {"roles": {"prompt": "text", "seed": "dice"}, "paths": {"v1": "/x"},
                        "price": 0, "expectedSeconds": 5}
    })",
        u"strange"_s);
    if (!model)
        qFatal("strangeModel: %s", qPrintable(model.error().detail));
    return *model;
}

class Panel
{
public:
    explicit Panel(const ModelCatalog& models = test::models(),
        ComposePanel::Mode mode = ComposePanel::Mode::Practice)
        : panel(models)
        , sent(&panel, &ComposePanel::generateRequested)
    {
        panel.setMode(mode);
        panel.resize(320, 700);
        panel.show();
        panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&panel))
            qFatal("the panel's window did not become active");
    }

    [[nodiscard]] PromptEdit* prompt() const { return named<PromptEdit>(panel, u"Prompt"_s); }
    [[nodiscard]] GenerateButton* button() const
    {
        return named<GenerateButton>(panel, u"Generate"_s);
    }
    [[nodiscard]] QList<Request> takeSent() { return takeRequests(sent); }

    ComposePanel panel;
    QSignalSpy sent;
};

} // namespace

class ComposePanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsTheDefaults()
    {
        Panel p;
        p.prompt()->setText(u"a boat"_s);
        p.panel.generate();
        const auto requests = p.takeSent();
        QCOMPARE(requests.size(), 1);
        QJsonObject expected = test::models().standard()->defaults();
        expected.insert(u"prompt"_s, u"a boat"_s);
        expected.insert(u"seed"_s, requests.first().seed()->number());
        QCOMPARE(requests.first().parameters(), expected);
    }

    void hasTheNamesPeopleAndProgramsLookFor()
    {
        Panel p;
        const QStringList names{u"Prompt"_s, u"Negative prompt"_s, u"Aspect ratio"_s, u"Steps"_s,
            u"Guidance"_s, u"Seed"_s, u"Image format"_s, u"Quality"_s, u"Base64 response"_s,
            u"Images"_s, u"Generate"_s};
        for (const QString& name : names) {
            auto* widget = named<QWidget>(p.panel, name);
            QVERIFY2(widget, qPrintable(name));
            QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(face);
            QCOMPARE(face->text(QAccessible::Name), name);
        }
        for (const QString& name : {u"Steps"_s, u"Guidance"_s, u"Quality"_s}) {
            QCOMPARE(QAccessible::queryAccessibleInterface(named<QSlider>(p.panel, name))->role(),
                QAccessible::Slider);
            QCOMPARE(QAccessible::queryAccessibleInterface(named<QAbstractSpinBox>(p.panel, name))
                         ->role(),
                QAccessible::SpinBox);
        }
        // Nothing else answers to the name of a text or a combo box.
        QCOMPARE(named<QWidget>(p.panel, u"Negative prompt"_s),
            named<PromptEdit>(p.panel, u"Negative prompt"_s));
    }

    void aSliderMovedByAnAssistiveProgramCounts()
    {
        Panel p;
        auto* face = QAccessible::queryAccessibleInterface(named<QSlider>(p.panel, u"Steps"_s));
        QCOMPARE(face->valueInterface()->maximumValue().toInt(), 50);
        face->valueInterface()->setCurrentValue(41);
        QCOMPARE(named<QDoubleSpinBox>(p.panel, u"Steps"_s)->value(), 41.0);
        p.prompt()->setText(u"x"_s);
        p.panel.generate();
        QCOMPARE(p.takeSent().first().parameters()[u"steps"_s].toInt(), 41);
    }

    void anotherModelFileGivesAnotherForm()
    {
        ModelCatalog models;
        models.add(fastModel());
        Panel p(models, ComposePanel::Mode::Paid);
        QVERIFY(!named<PromptEdit>(p.panel, u"Negative prompt"_s));
        QVERIFY(named<QComboBox>(p.panel, u"Model"_s)->isHidden());
        QCOMPARE(p.button()->text(), u"Generate · ≈$0.02"_s);
        p.prompt()->setText(u"x"_s);
        p.panel.generate();
        const Request request = p.takeSent().first();
        QCOMPARE(request.model().path(), u"/v1/qwen-image-fast"_s);
        QCOMPARE(request.parameters()[u"steps"_s].toInt(), 8);
        QVERIFY(!request.parameters().contains(u"negative_prompt"_s));
    }

    void fieldsWithoutARoleGetTheirControls()
    {
        ModelCatalog models;
        models.add(strangeModel());
        Panel p(models);
        QVERIFY(named<SliderField>(p.panel, u"Strength"_s));
        QCOMPARE(named<QComboBox>(p.panel, u"Sampler"_s)->currentText(), u"b"_s);
        named<QLineEdit>(p.panel, u"Style"_s)->setText(u"inky"_s);
        named<QDoubleSpinBox>(p.panel, u"Offset"_s)->setValue(-9);
        named<QCheckBox>(p.panel, u"Tiled"_s)->setChecked(false);
        named<PromptEdit>(p.panel, u"Words & more"_s)->setText(u"x"_s);
        p.panel.pinSeed(*Seed::fromNumber(5));
        p.panel.generate();
        // "extra" has no default and was not touched: it is not sent.
        QCOMPARE(p.takeSent().first().parameters(),
            (QJsonObject{{u"text"_s, u"x"_s}, {u"dice"_s, 5}, {u"strength"_s, 0.25},
                {u"sampler"_s, u"b"_s}, {u"style"_s, u"inky"_s}, {u"offset"_s, -9},
                {u"tiled"_s, false}}));
        named<QDoubleSpinBox>(p.panel, u"Extra"_s)->setValue(3);
        p.panel.generate();
        QCOMPARE(p.takeSent().first().parameters()[u"extra"_s].toInt(), 3);
    }

    void changingTheModelKeepsWhatBothHave()
    {
        ModelCatalog models = test::models();
        models.add(fastModel());
        Panel p(models);
        auto* choice = named<QComboBox>(p.panel, u"Model"_s);
        QVERIFY(!choice->isHidden());
        p.prompt()->setText(u"keep me"_s);
        named<QDoubleSpinBox>(p.panel, u"Steps"_s)->setValue(44);
        p.panel.pinSeed(*Seed::fromNumber(77));
        choice->setCurrentIndex(choice->findText(u"Qwen-Image Fast"_s));
        QCOMPARE(p.prompt()->text(), u"keep me"_s);
        QCOMPARE(named<QDoubleSpinBox>(p.panel, u"Steps"_s)->value(), 8.0);
        p.prompt()->setText(u"and me"_s);
        choice->setCurrentIndex(choice->findText(u"Qwen-Image"_s));
        QCOMPARE(p.prompt()->text(), u"and me"_s);
        QCOMPARE(named<QDoubleSpinBox>(p.panel, u"Steps"_s)->value(), 44.0);
        p.panel.generate();
        QCOMPARE(p.takeSent().first().seed()->number(), 77);
    }

    void noModelIsSaid()
    {
        Panel p{ModelCatalog()};
        p.panel.generate();
        p.panel.setDraft({{u"images"_s, 3}});
        p.panel.useAll(u"x"_s, {});
        QVERIFY(p.sent.isEmpty());
        QVERIFY(!p.button()->isEnabled());
    }

    void thePriceStandsOnTheButton()
    {
        Panel p(test::models(), ComposePanel::Mode::Paid);
        const auto* face = QAccessible::queryAccessibleInterface(p.button());
        QCOMPARE(p.button()->text(), u"Generate · ≈$0.12"_s);
        QCOMPARE(face->text(QAccessible::Description), u"≈$0.12"_s);
        named<QSpinBox>(p.panel, u"Images"_s)->setValue(3);
        QCOMPARE(p.button()->text(), u"Generate 3 · ≈$0.36"_s);
        QCOMPARE(face->text(QAccessible::Name), u"Generate"_s);
        QCOMPARE(face->text(QAccessible::Description), u"≈$0.36"_s);
        p.panel.setMode(ComposePanel::Mode::Practice);
        QCOMPARE(p.button()->text(), u"Generate 3 · practice"_s);
    }

    void nothingIsSentWhileTheKeyIsLookedUp()
    {
        Panel p(test::models(), ComposePanel::Mode::KeyPending);
        p.prompt()->setText(u"x"_s);
        QVERIFY(!p.button()->isEnabled());
        QCOMPARE(p.button()->text(), u"Looking for the API key…"_s);
        p.panel.generate();
        QTest::keyClick(p.prompt(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(p.sent.isEmpty());
    }

    void controlReturnSendsAndReturnDoesNot()
    {
        Panel p;
        p.prompt()->setText(u"x"_s);
        QTest::keyClick(p.prompt(), Qt::Key_End);
        QTest::keyClick(p.prompt(), Qt::Key_Return);
        QTest::keyClick(p.prompt(), Qt::Key_Return, Qt::ShiftModifier);
        QVERIFY(p.sent.isEmpty());
        QCOMPARE(p.prompt()->text(), u"x\n\n"_s);
        std::chrono::milliseconds time{1000};
        p.panel.setPressClock([&time] { return time; });
        for (int i = 0; i < 3; ++i) { // as a double click is one
            QTest::keyClick(p.prompt(), Qt::Key_Return, Qt::ControlModifier);
            QCOMPARE(p.sent.size(), 1);
            time += 60ms;
        }
        time += 1s;
        QTest::keyClick(p.prompt(), Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
        QCOMPARE(p.sent.size(), 2);
        time += 1s;
        QTest::keyClick(
            named<QDoubleSpinBox>(p.panel, u"Steps"_s), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(p.sent.size(), 3);
        // Keys held down send once.
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Return, Qt::ControlModifier, u"\r"_s, true);
        QCoreApplication::sendEvent(p.prompt(), &held);
        QCOMPARE(p.sent.size(), 3);
        QCOMPARE(p.prompt()->text(), u"x\n\n"_s);
        // What an input method commits never sends.
        QInputMethodEvent commit;
        commit.setCommitString(u"灯\n"_s);
        QCoreApplication::sendEvent(p.prompt(), &commit);
        QCOMPARE(p.sent.size(), 3);
        QVERIFY(p.prompt()->text().contains(u"灯"_s));
    }

    void aDoubleClickSendsOnce()
    {
        Panel p;
        p.prompt()->setText(u"x"_s);
        QTest::mouseClick(p.button(), Qt::LeftButton);
        QTest::mouseDClick(p.button(), Qt::LeftButton);
        QTest::mouseRelease(p.button(), Qt::LeftButton);
        QCOMPARE(p.sent.size(), 1);
    }

    // As a desktop sends it: press, release, double click, release.
    void aDoubleOrTripleClickSendsOnce()
    {
        Panel p;
        p.prompt()->setText(u"x"_s);
        quint64 time = 1000;
        const auto send = [&](QEvent::Type type) {
            const QPointF middle = p.button()->rect().center();
            QMouseEvent event(type, middle, p.button()->mapToGlobal(middle), Qt::LeftButton,
                type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
            event.setTimestamp(time += 50);
            QCoreApplication::sendEvent(p.button(), &event);
        };
        for (const auto type :
            {QEvent::MouseButtonPress, QEvent::MouseButtonDblClick, QEvent::MouseButtonPress}) {
            send(type);
            send(QEvent::MouseButtonRelease);
        }
        QCOMPARE(p.sent.size(), 1);
    }

    void aHeldKeyOnTheButtonSendsOnce_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("Return") << Qt::Key_Return;
        QTest::newRow("Enter") << Qt::Key_Enter;
        QTest::newRow("Space") << Qt::Key_Space;
    }

    void aHeldKeyOnTheButtonSendsOnce()
    {
        QFETCH(Qt::Key, key);
        Panel p;
        p.prompt()->setText(u"x"_s);
        p.button()->setFocus();
        const auto send = [&](QEvent::Type type, bool repeats) {
            QKeyEvent event(type, key, Qt::NoModifier, {}, repeats);
            QCoreApplication::sendEvent(p.button(), &event);
        };
        send(QEvent::KeyPress, false);
        for (int i = 0; i < 60; ++i) { // two seconds
            send(QEvent::KeyRelease, true);
            send(QEvent::KeyPress, true);
        }
        send(QEvent::KeyRelease, false);
        QCOMPARE(p.sent.size(), 1);
    }

    void anEmptyPromptIsSaidBesideTheField()
    {
        Panel p;
        named<QSlider>(p.panel, u"Steps"_s)->setFocus();
        p.prompt()->setText(u" \n "_s);
        p.panel.generate();
        QVERIFY(p.sent.isEmpty());
        QCOMPARE(
            messages(p.panel), QStringList{u"The prompt is empty. Describe the image you want."_s});
        QVERIFY(p.prompt()->hasFocus());
        QTest::keyClicks(p.prompt(), u"a"_s);
        QCOMPARE(messages(p.panel), QStringList());
    }

    void aClearedNegativePromptIsSentAsAnEmptyText()
    {
        Panel p;
        p.prompt()->setText(u"x"_s);
        named<PromptEdit>(p.panel, u"Negative prompt"_s)->setText({});
        p.panel.generate();
        const Request request = p.takeSent().first();
        QVERIFY(request.body().contains(R"("negative_prompt":"")"));
    }

    void textsThatCannotTravelGetWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        QTest::newRow("NUL") << (u"a"_s + QChar(u'\0') + u"b"_s) << u"NUL"_s;
        QTest::newRow("lone surrogate") << (u"a"_s + QChar(0xd83d)) << u"surrogate"_s;
        QTest::newRow("too long") << QString(20001, u'x') << u"20,000"_s;
    }

    void textsThatCannotTravelGetWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, word);
        Panel p;
        p.prompt()->setText(text);
        p.panel.generate();
        QVERIFY(p.sent.isEmpty());
        QCOMPARE(messages(p.panel).size(), 1);
        QVERIFY2(messages(p.panel).first().contains(word), qPrintable(messages(p.panel).first()));
    }

    void aFaultInAFoldedFieldUnfoldsIt()
    {
        Panel p;
        auto* negative = named<PromptEdit>(p.panel, u"Negative prompt"_s);
        p.prompt()->setText(u"x"_s);
        negative->setText(QString(20001, u'x'));
        QVERIFY(!negative->isVisible());
        p.panel.generate();
        QVERIFY(p.sent.isEmpty());
        QVERIFY(negative->isVisible());
        QVERIFY(negative->hasFocus());
    }

    void severalImagesHaveSeedsOfTheirOwn()
    {
        Panel p;
        p.prompt()->setText(u"x"_s);
        named<QSpinBox>(p.panel, u"Images"_s)->setValue(20);
        p.panel.generate();
        QSet<qint64> seeds;
        for (const Request& request : p.takeSent())
            seeds.insert(request.seed()->number());
        QCOMPARE(seeds.size(), 20);
        QVERIFY(!seeds.contains(0));

        p.panel.pinSeed(*Seed::fromNumber(Seed::largest - 1));
        named<QSpinBox>(p.panel, u"Images"_s)->setValue(3);
        p.panel.generate();
        const auto pinned = p.takeSent();
        QCOMPARE(pinned[0].seed()->number(), Seed::largest - 1);
        QCOMPARE(pinned[1].seed()->number(), Seed::largest);
        QCOMPARE(pinned[2].seed()->number(), 0);
        QCOMPARE(pinned[0].parameters()[u"prompt"_s], pinned[2].parameters()[u"prompt"_s]);
    }

    void aPicturesParametersComeBack()
    {
        Panel p;
        QJsonObject made = test::sampleRequest(u"old"_s, 42,
            {{u"steps"_s, 12}, {u"guidance"_s, 3.55}, {u"aspect_ratio"_s, u"2:3"_s},
                {u"image_format"_s, u"webp"_s},
                {u"base64"_s,
                    true}}).parameters();
        p.prompt()->setText(u"new"_s);
        p.panel.useAll(u"qwen-image"_s, made);
        QCOMPARE(messages(p.panel), QStringList());
        p.panel.generate();
        QCOMPARE(p.takeSent().first().parameters(), made);
        p.prompt()->undo();
        QCOMPARE(p.prompt()->text(), u"new"_s);

        p.panel.remix(u"qwen-image"_s, made);
        p.panel.generate();
        QJsonObject remixed = p.takeSent().first().parameters();
        QVERIFY(remixed[u"seed"_s] != made[u"seed"_s]);
        remixed.insert(u"seed"_s, 42);
        QCOMPARE(remixed, made);
    }

    void whatDoesNotFitIsSaid()
    {
        Panel p;
        p.panel.useAll(u"qwen-image"_s,
            {{u"prompt"_s, u"x"_s}, {u"steps"_s, 900}, {u"aspect_ratio"_s, u"7:5"_s},
                {u"guidance"_s, u"much"_s}, {u"sampler"_s, u"euler"_s}, {u"seed"_s, -1}});
        QCOMPARE(messages(p.panel).size(), 1);
        const QString said = messages(p.panel).first();
        for (const QString& word : {u"“Steps”"_s, u"“Aspect ratio”"_s, u"“Guidance”"_s,
                 u"“sampler”"_s, u"seed is not known"_s})
            QVERIFY2(said.contains(word), qPrintable(said));
        QVERIFY(!said.contains(u"“Prompt”"_s));
        QCOMPARE(named<QSlider>(p.panel, u"Steps"_s)->value(), 50);
        p.panel.useAll(u"gone"_s, {{u"prompt"_s, u"x"_s}, {u"seed"_s, 1}});
        QVERIFY(messages(p.panel).first().contains(u"“gone”"_s));
        p.panel.generate();
        QCOMPARE(p.takeSent().first().parameters()[u"steps"_s].toInt(), 30);
    }

    void theDraftBringsEverythingBack()
    {
        ModelCatalog models = test::models();
        models.add(fastModel());
        const QString text = u"a\u00a0b\u2003c\n\n\t👩‍🎨 灯塔 \u2028end "_s;
        QJsonObject draft;
        {
            Panel p(models);
            QSignalSpy changes(&p.panel, &ComposePanel::draftChanged);
            p.prompt()->setText(text);
            QVERIFY(!changes.isEmpty());
            p.prompt()->moveCursor(QTextCursor::Start);
            p.prompt()->moveCursor(QTextCursor::Right, QTextCursor::KeepAnchor);
            named<PromptEdit>(p.panel, u"Negative prompt"_s)->setText({});
            named<QDoubleSpinBox>(p.panel, u"Guidance"_s)->setValue(7.3);
            named<QSpinBox>(p.panel, u"Images"_s)->setValue(4);
            p.panel.pinSeed(*Seed::fromNumber(0));
            draft = p.panel.draft();
        }
        // As it goes through the file.
        draft = QJsonDocument::fromJson(QJsonDocument(draft).toJson()).object();
        Panel p(models);
        QSignalSpy changes(&p.panel, &ComposePanel::draftChanged);
        p.panel.setDraft(draft);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(p.panel.draft(), draft);
        QCOMPARE(p.prompt()->text(), text);
        QCOMPARE(p.prompt()->textCursor().position(), 1);
        QCOMPARE(p.prompt()->textCursor().anchor(), 0);
        p.panel.generate();
        const auto requests = p.takeSent();
        QCOMPARE(requests.size(), 4);
        QCOMPARE(requests.first().prompt(), text);
        QCOMPARE(requests.first().seed()->number(), 0);
        QCOMPARE(requests.first().parameters()[u"negative_prompt"_s].toString(u"?"_s), QString());
        QCOMPARE(requests.first().parameters()[u"guidance"_s].toDouble(), 7.3);
    }

    void aHostileDraftDoesNoHarm()
    {
        Panel p;
        p.panel.setDraft({{u"images"_s, 1e300}, {u"model"_s, QJsonArray{1}}, {u"seed"_s, u"x"_s},
            {u"form"_s, QJsonObject{{u"cursor"_s, 1e9}, {u"anchor"_s, -5}}},
            {u"values"_s,
                QJsonObject{{u"qwen-image"_s,
                    QJsonObject{{u"steps"_s, -1e300}, {u"guidance"_s, true},
                        {u"prompt"_s, QString(300000, u'x')}, {u"aspect_ratio"_s, 7}}}}}});
        QCOMPARE(p.prompt()->text().size(), PromptEdit::longest);
        QCOMPARE(named<QSlider>(p.panel, u"Steps"_s)->value(), 1);
        p.prompt()->setText(u"x"_s);
        p.panel.generate();
        QCOMPARE(p.sent.size(), 1);
    }

    void tabGoesDownTheForm()
    {
        ModelCatalog models = test::models();
        models.add(fastModel());
        Panel p(models);
        // Also in a form that was made anew.
        auto* choice = named<QComboBox>(p.panel, u"Model"_s);
        choice->setCurrentIndex(1);
        choice->setCurrentIndex(0);
        for (CollapsibleSection* fold : p.panel.findChildren<CollapsibleSection*>())
            fold->setOpen(true);
        p.panel.pinSeed(*Seed::fromNumber(1));
        choice->setFocus();
        QStringList stops;
        for (int i = 0; i < 22; ++i) {
            stops.append(QApplication::focusWidget()->accessibleName());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(stops,
            (QStringList{u"Model"_s, u"Prompt"_s, u"Negative prompt section"_s,
                u"Negative prompt"_s, u"Aspect ratio"_s, u"Steps"_s, u"Steps"_s, u"Guidance"_s,
                u"Guidance"_s, u"Seed mode"_s, u"Seed"_s, u"New seed"_s, u"Copy seed"_s,
                u"Paste seed"_s, u"Output section"_s, u"Image format"_s, u"Quality"_s, u"Quality"_s,
                u"Base64 response"_s, u"Images"_s, u"Generate"_s, u"Model"_s}));
    }

    void fitsANarrowDock()
    {
        Panel p;
        QVERIFY2(p.panel.minimumSizeHint().width() <= 300,
            qPrintable(QString::number(p.panel.minimumSizeHint().width())));
        p.panel.resize(300, 400);
        QTRY_COMPARE(p.panel.width(), 300);
        const auto* steps = named<QDoubleSpinBox>(p.panel, u"Steps"_s);
        QTRY_VERIFY(steps->mapTo(&p.panel, QPoint(steps->width(), 0)).x() <= 300);
        // The button stays in sight, whatever the height.
        QVERIFY(p.panel.rect().contains(
            QRect(p.button()->mapTo(&p.panel, QPoint()), p.button()->size())));
    }
};

SEEDBOOK_TEST(ComposePanelTest, QApplication)

} // namespace seedbook::composePanelTest

#include "ComposePanelTest.moc"
