#include "widgets/window/HelpBoxes.h"

#include "core/Version.h"
#include "core/Words.h"
#include "widgets/common/Commands.h"

#include <QCoreApplication>
#include <QIcon>
#include <QMessageBox>

#include <optional>

using namespace Qt::StringLiterals;

namespace seedbook {

void showShortcuts(QWidget* window)
{
    QString table = u"<table cellpadding='2'>"_s;
    std::optional<KeyPlace> place;
    for (const KeyHelp& row : keyHelp()) {
        if (place != row.place)
            table += u"<tr><td colspan='2'><br><b>%1</b></td></tr>"_s.arg(
                placeName(row.place).toHtmlEscaped());
        place = row.place;
        table += u"<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>"_s.arg(
            row.keys.toHtmlEscaped(), row.what.toHtmlEscaped());
    }
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
