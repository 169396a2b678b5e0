#include "widgets/window/HelpBoxes.h"

#include "core/Version.h"

#include <QCoreApplication>
#include <QIcon>
#include <QList>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("seedbook", text);
}

} // namespace

void showShortcuts(QWidget* window)
{
    struct Row
    {
        QString keys;
        QString what;
    };
    const QList<Row> rows{
        {tr("Ctrl+Return"), tr("Generate, from anywhere")},
        {tr("Ctrl+L"), tr("Go to the prompt")},
        {tr("Ctrl+G"), tr("Go to the gallery")},
        {tr("Ctrl+F"), tr("Find pictures; Return or ↓ goes on to them")},
        {tr("Ctrl+Shift+F"), tr("Show all pictures again")},
        {tr("Ctrl+J"), tr("Jump to the pictures of a month")},
        {tr("Ctrl+Shift+J"), tr("Show or hide the queue")},
        {tr("Alt+↑, Alt+↓, Alt+Home"), tr("In the queue: send earlier, later, next")},
        {tr("Return"), tr("Open the selected picture in the full view")},
        {tr("← →"), tr("In the full view: the picture before and after")},
        {tr("F, Z, + and −"), tr("In the full view: fit, 100 %, zoom")},
        {tr("0 … 5"), tr("Rate what is selected, in the gallery and in the full view")},
        {tr("X"), tr("Reject it, or take that back")},
        {tr("T"), tr("Go to the tags, from the gallery")},
        {tr("Delete"), tr("Move what is selected to the trash; take a card away")},
        {tr("Ctrl+Z, Ctrl+Shift+Z"), tr("Undo and redo what was done to pictures")},
        {tr("Ctrl+I"), tr("Import pictures")},
        {tr("Esc"), tr("Leave the full view")},
        {tr("Ctrl+,"), tr("Settings")},
        {tr("Ctrl+Q"), tr("Quit")},
    };
    QString table = u"<table cellpadding='4'>"_s;
    for (const Row& row : rows)
        table += u"<tr><td><b>%1</b></td><td>%2</td></tr>"_s.arg(
            row.keys.toHtmlEscaped(), row.what.toHtmlEscaped());
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Keyboard shortcuts"),
        table + u"</table>"_s, QMessageBox::Close, window);
    box->setTextFormat(Qt::RichText); // all of it is ours
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void showAbout(QWidget* window)
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Seedbook"),
        u"<h3>Seedbook %1</h3><p>%2</p><p>%3</p>"_s.arg(programVersion(),
            tr("A sketchbook for pictures made with Qwen-Image through Segmind's service.")
                .toHtmlEscaped(),
            tr("Free software under the GNU General Public License, version 3 or later.")
                .toHtmlEscaped()),
        QMessageBox::Close, window);
    box->setTextFormat(Qt::RichText); // all of it is ours
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(window->windowIcon().pixmap(64));
    box->open();
}

} // namespace seedbook
