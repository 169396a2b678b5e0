#pragma once

#include <QString>

class QMessageBox;

namespace seedbook {

// Words that the window did not write itself, for the places where Qt would guess whether they are
// HTML, and open what they name: they are shown as they are written. (Labels: PlainLabel.)

// For setToolTip(), Qt::ToolTipRole and QToolTip. What is too long for one line is wrapped, and a
// very long text ends in an ellipsis. `title` stands above it, in bold.
[[nodiscard]] QString plainTip(const QString& text, const QString& title = {});
// Once the box has its texts.
void makePlain(QMessageBox& box);

} // namespace seedbook
