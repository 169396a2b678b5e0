#pragma once

#include <QProxyStyle>

namespace seedbook {

// Fusion with flat, quietly rounded controls. Metrics, behaviour and accessibility stay Fusion's;
// only surfaces are drawn anew, from the palette, so it is crisp at every scale and follows themes.
class HouseStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    HouseStyle();

    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option = nullptr,
        const QWidget* widget = nullptr, QStyleHintReturn* data = nullptr) const override;
};

} // namespace seedbook
