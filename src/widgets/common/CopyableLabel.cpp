#include "widgets/common/CopyableLabel.h"

namespace seedbook {

CopyableLabel::CopyableLabel(const QString& text, QWidget* parent)
    : PlainLabel(text, parent)
{
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setCursor(Qt::IBeamCursor);
}

} // namespace seedbook

#include "moc_CopyableLabel.cpp"
