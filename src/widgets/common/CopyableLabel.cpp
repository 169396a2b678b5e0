#include "widgets/common/CopyableLabel.h"

namespace seedbook {

CopyableLabel::CopyableLabel(const QString& text, QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setCursor(Qt::IBeamCursor);
    setText(text);
}

} // namespace seedbook
