#pragma once

#include "widgets/common/PlainLabel.h"

namespace seedbook {

// A text that is read, selected and copied, with mouse or keyboard.
class CopyableLabel final : public PlainLabel
{
    Q_OBJECT

public:
    explicit CopyableLabel(const QString& text = {}, QWidget* parent = nullptr);
};

} // namespace seedbook
