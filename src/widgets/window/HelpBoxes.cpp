#include "widgets/window/HelpBoxes.h"

#include "core/Version.h"
#include "core/Words.h"
#include "widgets/common/Commands.h"

#include <QIcon>
#include <QList>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString keyTable(const QList<KeyPlace>& places)
{
    QString table = u"<table cellpadding='2'>"_s;
    const QList<KeyHelp> help = keyHelp();
    for (const KeyPlace place : places) {
        table += u"<tr><td colspan='2'><b>%1</b></td></tr>"_s.arg(placeName(place).toHtmlEscaped());
        for (const KeyHelp& row : help) {
            if (row.place == place)
                table +=
                    u"<tr><td>%1&nbsp;&nbsp;</td><td style='white-space:nowrap'>%2</td></tr>"_s.arg(
                        row.keys.toHtmlEscaped(), row.what.toHtmlEscaped());
        }
        table += u"<tr><td>&nbsp;</td></tr>"_s;
    }
    return table + u"</table>"_s;
}

} // namespace

void showShortcuts(QWidget* window)
{
    // Two columns: all in one would be taller than a small screen.
    QString columns = keyTable({KeyPlace::Everywhere, KeyPlace::Gallery});
    columns += u"</td><td>&nbsp;&nbsp;&nbsp;&nbsp;</td><td>"_s;
    columns += keyTable({KeyPlace::Viewer, KeyPlace::Queue});
    const QString table = u"<table><tr><td>"_s + columns + u"</td></tr></table>"_s;
    auto* box = new QMessageBox(
        QMessageBox::NoIcon, Words::tr("Keyboard shortcuts"), table, QMessageBox::Close, window);
    box->setTextFormat(Qt::RichText); // all of it is ours
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void showAbout(QWidget* window)
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, Words::tr("About Seedbook"),
        u"<h3>Seedbook %1</h3><p>%2</p><p>%3</p>"_s.arg(programVersion(),
            Words::tr("A sketchbook for pictures made with Qwen-Image through Segmind's service.")
                .toHtmlEscaped(),
            Words::tr("Free software under the GNU General Public License, version 3 or later.")
                .toHtmlEscaped()),
        QMessageBox::Close, window);
    box->setTextFormat(Qt::RichText); // all of it is ours
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(window->windowIcon().pixmap(64));
    box->open();
}

} // namespace seedbook
