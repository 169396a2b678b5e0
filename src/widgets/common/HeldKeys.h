#pragma once

#include <QObject>

namespace seedbook {

// A key that is held comes from X11 as releases and presses in pairs, and Qt tells that they repeat
// only if both are there when it looks. While the program is busy they may not be, and a key held
// on a button then presses it over and over. A person cannot let go of a key and press it again in
// the same millisecond: installed on the application, this makes such a press one that repeats
// (QKeyEvent::isAutoRepeat()), as it would have been; no shortcut is triggered by it.
class HeldKeys final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int m_key = 0; // the last one that was let go of
    quint64 m_at = 0;
    bool m_sending = false;
};

} // namespace seedbook
