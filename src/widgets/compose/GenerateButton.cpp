#include "widgets/compose/GenerateButton.h"

#include "widgets/common/Icons.h"
#include "widgets/common/PressGuard.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

GenerateButton::GenerateButton(QWidget* parent)
    : QPushButton(parent)
{
    setDefault(true);
    setFocusPolicy(Qt::StrongFocus);
    setIcon(themedIcon(u"generate", QPalette::HighlightedText));
    setAccessibleName(tr("Generate"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    PressGuard::protect(this);
}

void GenerateButton::showOffer(int count, const QString& price)
{
    if (price.isEmpty())
        setText(count > 1 ? tr("Generate %Ln", nullptr, count) : tr("Generate"));
    else
        setText(
            (count > 1 ? tr("Generate %Ln · %1", nullptr, count) : tr("Generate · %1")).arg(price));
    setAccessibleDescription(price);
    setToolTip(tr("Ctrl+Return"));
    setEnabled(true);
}

void GenerateButton::showReason(const QString& words)
{
    setText(words);
    setAccessibleDescription(words);
    setToolTip({});
    setEnabled(false);
}

QSize GenerateButton::sizeHint() const
{
    const QSize hint = QPushButton::sizeHint();
    return {hint.width(), std::max(hint.height(), fontMetrics().height() + 20)};
}

} // namespace seedbook

#include "moc_GenerateButton.cpp"
