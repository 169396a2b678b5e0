#include "widgets/common/Theme.h"

#include "support/TestProgram.h"
#include "widgets/common/Icons.h"

#include <QApplication>
#include <QPainter>
#include <QPalette>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

namespace seedbook::themeTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

// WCAG 2: relative luminance and contrast.
double luminance(const QColor& colour)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data()
    {
        QTest::addColumn<Theme>("theme");
        QTest::newRow("light") << Theme::Light;
        QTest::newRow("dark") << Theme::Dark;
    }

    void textIsReadable()
    {
        QFETCH(Theme, theme);
        applyTheme(*qApp, theme);
        const QPalette p = QApplication::palette();
        const auto verify = [](const QColor& ink, const QColor& ground, const char* what) {
            QVERIFY2(contrast(ink, ground) >= 4.5,
                qPrintable(u"%1: %2"_s.arg(QLatin1StringView(what)).arg(contrast(ink, ground))));
        };
        const QList<QColor> grounds{p.color(QPalette::Window), p.color(QPalette::Base),
            p.color(QPalette::AlternateBase), p.color(QPalette::Button), tileBackgroundColour(p)};
        for (const QColor& ground : grounds) {
            verify(p.color(QPalette::WindowText), ground, "text");
            verify(subtleTextColour(p), ground, "subtle");
            verify(accentColour(p), ground, "accent");
            verify(successColour(p), ground, "success");
            verify(warningColour(p), ground, "warning");
            verify(dangerColour(p), ground, "danger");
            verify(p.color(QPalette::Link), ground, "link");
        }
        verify(p.color(QPalette::PlaceholderText), p.color(QPalette::Base), "placeholder");
        verify(p.color(QPalette::HighlightedText), p.color(QPalette::Highlight), "selection");
        verify(p.color(QPalette::ToolTipText), p.color(QPalette::ToolTipBase), "tool tip");
        // Pictures are judged against greys without a tint.
        for (const QColor& ground : grounds)
            QCOMPARE(ground.hslSaturation(), 0);
    }

    void lightAndDarkCanBeTurned()
    {
        applyTheme(*qApp, Theme::Dark);
        QVERIFY(isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Window).lightness() < 60, true);
        applyTheme(*qApp, Theme::Light);
        QVERIFY(!isDark());
        applyTheme(*qApp, Theme::Dark);
        // The palette that the platform gave first decides, not the one of the moment.
        applyTheme(*qApp, Theme::System);
        QVERIFY(!isDark());
    }

    void disabledTextLooksDisabled()
    {
        for (const Theme theme : {Theme::Light, Theme::Dark}) {
            applyTheme(*qApp, theme);
            const QPalette p = QApplication::palette();
            for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
                QVERIFY(contrast(p.color(QPalette::Disabled, role), p.color(QPalette::Window)) + 1 <
                        contrast(p.color(QPalette::Active, role), p.color(QPalette::Window)));
        }
    }

    void iconsTakeTheColourOfTheMoment()
    {
        const QIcon icon = themedIcon(u"chevron-down");
        QVERIFY(!icon.isNull());
        const auto inkOf = [&icon](int size) {
            const QImage image = icon.pixmap(QSize(size, size), 1.0).toImage();
            QColor ink;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixelColor(x, y).alpha() == 255)
                        ink = image.pixelColor(x, y);
                }
            }
            return ink;
        };
        applyTheme(*qApp, Theme::Light);
        QCOMPARE(inkOf(48), QApplication::palette().color(QPalette::ButtonText));
        applyTheme(*qApp, Theme::Dark);
        QCOMPARE(inkOf(48), QApplication::palette().color(QPalette::ButtonText));
        QCOMPARE(icon.pixmap(QSize(24, 24), 2.0).size(), QSize(48, 48));
        QVERIFY(themedIcon(u"no-such-icon").isNull());
    }
};

SEEDBOOK_TEST(ThemeTest, QApplication)

} // namespace seedbook::themeTest

#include "ThemeTest.moc"
