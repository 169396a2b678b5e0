#pragma once

#include <QPushButton>

namespace seedbook {

// The button that spends money; PressGuard keeps it to one act a press. It is drawn in the accent
// colour (WidgetLook does that to a default button).
class GenerateButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit GenerateButton(QWidget* parent = nullptr);

    // What stands on it: "Generate", the number of pictures if more than one, and `price`, which is
    // also the accessible description. The accessible name is always "Generate".
    void showOffer(int count, const QString& price);
    // Cannot be pressed for now, and says why.
    void showReason(const QString& words);

    [[nodiscard]] QSize sizeHint() const override;
};

} // namespace seedbook
