#include "widgets/common/HouseStyle.h"

using namespace Qt::StringLiterals;

namespace seedbook {

HouseStyle::HouseStyle()
    : QProxyStyle(u"Fusion"_s)
{
}

int HouseStyle::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    // A click on a slider's groove means that value, not "a page that way".
    if (hint == SH_Slider_AbsoluteSetButtons)
        return Qt::LeftButton;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

} // namespace seedbook
