#include "support/Finding.h"
#include "support/TestProgram.h"
#include "widgets/common/NumberBox.h"
#include "widgets/common/SliderField.h"
#include "widgets/common/WheelGuard.h"
#include "widgets/compose/PromptEdit.h"
#include "widgets/compose/SeedBox.h"
#include "widgets/compose/SeedField.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

namespace seedbook::composeFieldsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// False if the event was left to what lies behind the widget. (Qt passes only events of the window
// system on by itself.)
bool wheel(QWidget* widget, int delta)
{
    const QPointF middle = widget->rect().center();
    QWheelEvent event(middle, widget->mapToGlobal(middle), {}, {0, delta}, Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
    return event.isAccepted();
}

void type(QLineEdit* line, const QString& text)
{
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

bool showActive(QWidget& widget)
{
    widget.show();
    widget.activateWindow();
    return QTest::qWaitForWindowActive(&widget);
}

class SeedRow
{
public:
    SeedRow()
        : field(u"Seed"_s, u"help"_s)
        , changes(&field, &SeedField::changed)
    {
        if (!showActive(field))
            qFatal("the seed row's window did not become active");
        box = field.findChild<SeedBox*>();
        line = box->findChild<QLineEdit*>();
        mode = field.findChild<QComboBox*>();
    }

    [[nodiscard]] qint64 number() const
    {
        return field.seed() ? field.seed()->number() : qint64{-1};
    }

    SeedField field;
    QSignalSpy changes;
    SeedBox* box;
    QLineEdit* line;
    QComboBox* mode;
};

} // namespace

class ComposeFieldsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sliderAndBoxShowOneValue()
    {
        SliderField field({1, 20, 0.1, false});
        QSignalSpy changes(&field, &SliderField::valueChanged);
        auto* slider = field.findChild<QSlider*>();
        auto* box = field.findChild<NumberBox*>();
        field.setValue(3.5);
        QCOMPARE(slider->value(), 35);
        QCOMPARE(box->text(), u"3.5"_s);
        slider->setValue(36);
        QCOMPARE(field.value(), 3.6);
        QCOMPARE(box->text(), u"3.6"_s);
        box->setValue(20);
        QCOMPARE(slider->value(), slider->maximum());
        QCOMPARE(box->text(), u"20.0"_s);
        QCOMPARE(changes.size(), 3);
        // Every notch is the number it looks like, not its neighbour in binary.
        for (int notch = slider->minimum(); notch <= slider->maximum(); ++notch) {
            slider->setValue(notch);
            QCOMPARE(QString::number(field.value(), 'g', 17).toDouble(), notch / 10.0);
            QCOMPARE(slider->value(), notch);
        }
        // A finer value stays what it is.
        field.setValue(3.55);
        QCOMPARE(field.value(), 3.55);
        QCOMPARE(box->text(), u"3.55"_s);
    }

    void valuesOutOfRangeCannotBeEntered()
    {
        SliderField field({1, 50, 1, true});
        QVERIFY(showActive(field));
        auto* box = field.findChild<NumberBox*>();
        auto* line = box->findChild<QLineEdit*>();
        field.setValue(30);
        field.setValue(1e300);
        QCOMPARE(field.value(), 50.0);
        field.setValue(-4);
        QCOMPARE(field.value(), 1.0);
        for (const QString& typed : {u"999"_s, u"-3"_s, u"0"_s, u"2.5"_s, u"12x"_s, u""_s}) {
            type(line, typed);
            box->interpretText();
            QVERIFY2(field.value() >= 1 && field.value() <= 50, qPrintable(typed));
            QCOMPARE(field.value(), std::floor(field.value()));
        }
    }

    void pointAndCommaAreBothRead_data()
    {
        QTest::addColumn<QLocale>("locale");
        QTest::newRow("C") << QLocale::c();
        QTest::newRow("German") << QLocale(QLocale::German);
        QTest::newRow("English") << QLocale(QLocale::English);
    }

    void pointAndCommaAreBothRead()
    {
        QFETCH(QLocale, locale);
        NumberBox box(0.1, false);
        box.setLocale(locale);
        box.setRange(1, 20);
        QVERIFY(showActive(box));
        for (const QString& typed : {u"4.5"_s, u"4,5"_s}) {
            box.setValue(1);
            type(box.findChild<QLineEdit*>(), typed);
            box.interpretText();
            QCOMPARE(box.value(), 4.5);
        }
    }

    void aDoubleClickGoesBackToTheDefault()
    {
        SliderField field({1, 50, 1, true});
        field.setDefaultValue(30);
        field.show();
        field.setValue(7);
        QTest::mouseDClick(field.findChild<QSlider*>(), Qt::LeftButton);
        QCOMPARE(field.value(), 30.0);
    }

    void theWheelTurnsOnlyWhatHasTheFocus()
    {
        QWidget page;
        auto* layout = new QVBoxLayout(&page);
        auto* field = new SliderField({0, 50, 1, true});
        auto* combo = new QComboBox;
        combo->addItems({u"a"_s, u"b"_s, u"c"_s});
        WheelGuard::protect(combo);
        auto* other = new QLineEdit;
        layout->addWidget(other);
        layout->addWidget(field);
        layout->addWidget(combo);
        QVERIFY(showActive(page));
        other->setFocus();
        auto* slider = field->findChild<QSlider*>();
        auto* box = field->findChild<NumberBox*>();
        field->setValue(20);

        for (QWidget* control : {static_cast<QWidget*>(slider), static_cast<QWidget*>(box),
                 static_cast<QWidget*>(box->findChild<QLineEdit*>()),
                 static_cast<QWidget*>(combo)}) {
            QVERIFY2(!wheel(control, -120), control->metaObject()->className());
            QCOMPARE(field->value(), 20.0);
            QCOMPARE(combo->currentIndex(), 0);
            QVERIFY(other->hasFocus());
        }
        slider->setFocus();
        QVERIFY(wheel(slider, 120));
        QCOMPARE(field->value(), 21.0);
        wheel(slider, -60);
        QCOMPARE(field->value(), 21.0);
        wheel(slider, -60);
        QCOMPARE(field->value(), 20.0);
        box->setFocus();
        wheel(box, -120);
        QCOMPARE(field->value(), 19.0);
        combo->setFocus();
        wheel(combo, -120);
        QCOMPARE(combo->currentIndex(), 1);
    }

    void theEditorKeepsEveryCharacter()
    {
        PromptEdit edit(4, 14);
        const QString text = u"\u00a0a\u202fb\u2028c\n\nd\t👩‍🎨\u200b\ufeff "_s;
        edit.setText(text);
        QCOMPARE(edit.text(), text);
        edit.clear();
        QGuiApplication::clipboard()->setText(text);
        edit.paste();
        QCOMPARE(edit.text(), text);
        const QString odd = u"a"_s + QChar(u'\0') + QChar(0xd83d) + u"b"_s;
        edit.setText(odd);
        QCOMPARE(edit.text(), odd);
    }

    void theEditorGrowsWithinBounds()
    {
        PromptEdit edit(4, 14);
        edit.resize(300, 100);
        edit.show();
        const int least = edit.sizeHint().height();
        edit.setText(u"a\nb"_s);
        QCOMPARE(edit.sizeHint().height(), least);
        edit.setText(QString(u"灯塔 word\n"_s).repeated(9));
        const int middle = edit.sizeHint().height();
        QVERIFY(middle > least);
        edit.resize(300, middle);
        QTRY_COMPARE(edit.verticalScrollBar()->maximum(), 0);
        edit.setText(QString(u"word\n"_s).repeated(13) + u"word"_s);
        const int most = edit.sizeHint().height();
        edit.setText(QString(u"word\n"_s).repeated(500));
        QCOMPARE(edit.sizeHint().height(), most);
        edit.setText({});
        QCOMPARE(edit.sizeHint().height(), least);
    }

    void aMegabyteIsRefusedAtOnce()
    {
        PromptEdit edit(4, 14);
        edit.show();
        edit.setText(u"mine"_s);
        QSignalSpy refused(&edit, &PromptEdit::pasteRefused);
        const QString huge(1 << 20, u'x');
        QGuiApplication::clipboard()->setText(huge);
        QElapsedTimer clock;
        clock.start();
        edit.paste();
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused.first().first().value<qsizetype>(), huge.size());
        QCOMPARE(edit.text(), u"mine"_s);
        QCOMPARE(QGuiApplication::clipboard()->text().size(), huge.size());

        // Exactly as much as fits is taken, and what is selected makes room.
        QGuiApplication::clipboard()->setText(QString(PromptEdit::longest, u'y'));
        edit.paste();
        QCOMPARE(refused.size(), 2);
        edit.selectAll();
        edit.paste();
        QCOMPARE(refused.size(), 2);
        QCOMPARE(edit.text().size(), PromptEdit::longest);
    }

    void aPairIsNotCutInHalf()
    {
        PromptEdit edit(4, 14);
        QVERIFY(!edit.setText(QString(PromptEdit::longest - 1, u'x') + u"👩"_s));
        QCOMPARE(edit.text().size(), PromptEdit::longest - 1);
    }

    void tabLeavesTheEditor()
    {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* edit = new PromptEdit(4, 14);
        auto* next = new QLineEdit;
        layout->addWidget(edit);
        layout->addWidget(next);
        QVERIFY(showActive(window));
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_Tab);
        QVERIFY(next->hasFocus());
        QVERIFY(edit->text().isEmpty());
    }

    void randomUntilANumberIsTouched()
    {
        SeedRow row;
        QVERIFY(row.field.isRandom());
        QCOMPARE(row.number(), -1);
        QVERIFY(!named<QToolButton>(row.field, u"Copy seed"_s)->isEnabled());
        const auto seeds = row.field.take(2);
        QVERIFY(row.field.isRandom());
        QCOMPARE(row.number(), seeds.last().number());
        QVERIFY(row.changes.size() >= 1);
        const auto grey = row.line->palette().color(QPalette::Text);
        row.box->stepBy(1);
        QVERIFY(!row.field.isRandom());
        QCOMPARE(row.mode->currentText(), u"Pinned"_s);
        QCOMPARE(row.number(), seeds.last().next().number());
        QVERIFY(row.line->palette().color(QPalette::Text) != grey);
    }

    void typingTheShownNumberPinsIt()
    {
        SeedRow row;
        const qint64 last = row.field.take(1).first().number();
        type(row.line, QString::number(last));
        QVERIFY(!row.field.isRandom());
        QCOMPARE(row.number(), last);
    }

    void minusOneMeansRandom()
    {
        SeedRow row;
        row.field.pin(*Seed::fromNumber(12));
        type(row.line, u"-1"_s);
        QVERIFY(row.field.isRandom());
        QCOMPARE(row.mode->currentText(), u"Random"_s);
        row.box->interpretText();
        QVERIFY(row.field.isRandom());
        // What an assistive program sets counts like what is typed.
        row.field.pin(*Seed::fromNumber(12));
        row.box->setValue(-1);
        QVERIFY(row.field.isRandom());
        row.field.pin(*Seed::fromNumber(12));
        QGuiApplication::clipboard()->setText(u" -1\n"_s);
        named<QToolButton>(row.field, u"Paste seed"_s)->click();
        QVERIFY(row.field.isRandom());
    }

    void zeroIsASeedAndTheEndsHold()
    {
        SeedRow row;
        type(row.line, u"0"_s);
        QVERIFY(!row.field.isRandom());
        QCOMPARE(row.number(), 0);
        row.box->stepBy(-1);
        QCOMPARE(row.number(), 0);
        QVERIFY(!row.field.isRandom());
        type(row.line, u"2147483647"_s);
        QCOMPARE(row.number(), Seed::largest);
        row.box->stepBy(1);
        QCOMPARE(row.number(), Seed::largest);
        for (const QString& typed : {u"2147483648"_s, u"99999999999999999999"_s, u"-7"_s}) {
            type(row.line, typed);
            row.box->interpretText();
            QVERIFY2(row.number() <= Seed::largest, qPrintable(typed));
        }
    }

    void onlySeedsArePasted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("seed"); // −1: refused
        QTest::newRow("plain") << u"1827364"_s << qint64{1827364};
        QTest::newRow("with white space") << u"  77\n"_s << qint64{77};
        QTest::newRow("zero") << u"0"_s << qint64{0};
        QTest::newRow("words") << u"seed seven"_s << qint64{-1};
        QTest::newRow("empty") << u""_s << qint64{-1};
        QTest::newRow("beyond") << u"2147483648"_s << qint64{-1};
        QTest::newRow("fraction") << u"1.5"_s << qint64{-1};
        QTest::newRow("huge") << QString(1 << 20, u'7') << qint64{-1};
    }

    void onlySeedsArePasted()
    {
        QFETCH(QString, text);
        QFETCH(qint64, seed);
        SeedRow row;
        row.field.pin(*Seed::fromNumber(5));
        QSignalSpy refused(&row.field, &SeedField::refused);
        QGuiApplication::clipboard()->setText(text);
        named<QToolButton>(row.field, u"Paste seed"_s)->click();
        QCOMPARE(refused.size(), seed < 0 ? 1 : 0);
        QCOMPARE(row.number(), seed < 0 ? 5 : seed);
        QVERIFY(!row.field.isRandom());
    }

    void theButtonsOfTheRow()
    {
        SeedRow row;
        named<QToolButton>(row.field, u"New seed"_s)->click();
        QVERIFY(!row.field.isRandom());
        const qint64 first = row.number();
        QVERIFY(first >= 1);
        named<QToolButton>(row.field, u"Copy seed"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::number(first));
        named<QToolButton>(row.field, u"New seed"_s)->click();
        QVERIFY(row.number() != first);
        // Choosing Pinned keeps what is shown, or mints where nothing is.
        row.field.setState({});
        row.mode->setCurrentIndex(row.mode->findText(u"Pinned"_s));
        QVERIFY(row.number() >= 1);
        QVERIFY(!row.field.isRandom());
    }
};

SEEDBOOK_TEST(ComposeFieldsTest, QApplication)

} // namespace seedbook::composeFieldsTest

#include "ComposeFieldsTest.moc"
