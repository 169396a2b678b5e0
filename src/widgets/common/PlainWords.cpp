#include "widgets/common/PlainWords.h"

#include "core/Text.h"

#include <QLabel>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype longestWords = 2000; // what it takes to lay out more is felt
constexpr qsizetype oneLine = 100;

QString escaped(const QString& text)
{
    return elided(text, longestWords).toHtmlEscaped().replace(u'\n', "<br>"_L1);
}

} // namespace

QString plainTip(const QString& text, const QString& title)
{
    if (!title.isEmpty())
        return u"<qt><b>%1</b><br>%2</qt>"_s.arg(escaped(title), escaped(text));
    // Qt wraps nothing but what it takes for HTML.
    if (text.size() <= oneLine && !Qt::mightBeRichText(text))
        return text;
    return u"<qt>%1</qt>"_s.arg(escaped(text));
}

void makePlain(QMessageBox& box)
{
    box.setTextFormat(Qt::PlainText);
    // The second text has a label of its own, which is not told.
    for (auto* label : box.findChildren<QLabel*>())
        label->setTextFormat(Qt::PlainText);
}

} // namespace seedbook
