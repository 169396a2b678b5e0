#pragma once

#include <QAbstractButton>

namespace seedbook {

// A small round-ended button that floats above other things.
class PillButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit PillButton(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace seedbook
