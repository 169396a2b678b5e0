#pragma once

#include <QLabel>

namespace seedbook {

// A text that is read, selected and copied, with mouse or keyboard. Always shown as plain text:
// what it shows may come from a file or the network.
class CopyableLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit CopyableLabel(const QString& text = {}, QWidget* parent = nullptr);
};

} // namespace seedbook
