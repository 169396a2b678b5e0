#include "widgets/window/HelpBoxes.h"

#include "core/Version.h"
#include "core/Words.h"

#include <QCoreApplication>
#include <QIcon>
#include <QList>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace seedbook {

void showShortcuts(QWidget* window)
{
    struct Row
    {
        QString keys;
        QString what;
    };
    const QList<Row> rows{
        {Words::tr("Ctrl+Return"), Words::tr("Generate, from anywhere")},
        {Words::tr("Ctrl+L"), Words::tr("Go to the prompt")},
        {Words::tr("Ctrl+G"), Words::tr("Go to the gallery")},
        {Words::tr("Ctrl+F"), Words::tr("Find pictures; Return or ↓ goes on to them")},
        {Words::tr("Ctrl+Shift+F"), Words::tr("Show all pictures again")},
        {Words::tr("Ctrl+J"), Words::tr("Jump to the pictures of a month")},
        {Words::tr("Ctrl+Shift+J"), Words::tr("Show or hide the queue")},
        {Words::tr("Alt+↑, Alt+↓, Alt+Home"), Words::tr("In the queue: send earlier, later, next")},
        {Words::tr("Return"), Words::tr("Open the selected picture in the full view")},
        {Words::tr("← →"), Words::tr("In the full view: the picture before and after")},
        {Words::tr("F, Z, + and −"), Words::tr("In the full view: fit, 100 %, zoom")},
        {Words::tr("0 … 5"),
            Words::tr("Rate what is selected, in the gallery and in the full view")},
        {Words::tr("X"), Words::tr("Reject it, or take that back")},
        {Words::tr("T"), Words::tr("Go to the tags, from the gallery")},
        {Words::tr("Delete"), Words::tr("Move what is selected to the trash; take a card away")},
        {Words::tr("Ctrl+Z, Ctrl+Shift+Z"), Words::tr("Undo and redo what was done to pictures")},
        {Words::tr("Ctrl+I"), Words::tr("Import pictures")},
        {Words::tr("Esc"), Words::tr("Leave the full view")},
        {Words::tr("Ctrl+,"), Words::tr("Settings")},
        {Words::tr("Ctrl+Q"), Words::tr("Quit")},
    };
    QString table = u"<table cellpadding='4'>"_s;
    for (const Row& row : rows)
        table += u"<tr><td><b>%1</b></td><td>%2</td></tr>"_s.arg(
            row.keys.toHtmlEscaped(), row.what.toHtmlEscaped());
    auto* box = new QMessageBox(QMessageBox::NoIcon, Words::tr("Keyboard shortcuts"),
        table + u"</table>"_s, QMessageBox::Close, window);
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
