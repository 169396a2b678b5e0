#pragma once

#include <QEvent>
#include <QMouseEvent>

#include <chrono>
#include <functional>
#include <optional>

namespace seedbook {

// Time as presses are judged by; a test gives one of its own.
using PressClock = std::function<std::chrono::milliseconds()>;

[[nodiscard]] inline PressClock steadyPressClock()
{
    return [] {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now().time_since_epoch());
    };
}

// How long after one press another at the same place is still the same intent (the desktop's time
// for a double click).
[[nodiscard]] std::chrono::milliseconds doublePressTime();

// What is at the place of the hand, be it the pointer or the focus, and whether it may be pressed.
// What came there by itself while the hand rested has to be seen first: for `restTime` it is not
// pressed. What the hand went to may be pressed at once. For widgets PressGuard does all of it; a
// view that paints its buttons keeps one of these and says
//   - came() with what is under the pointer now, whenever it has painted and before each mouse
//     event is looked at,
//   - moved() with what is under the pointer after it moved, pressed or left.
// Two targets are equal if a press on either means the same: which button, of what, with what on
// it.
template <typename Target>
class PressRest final
{
public:
    static constexpr std::chrono::milliseconds restTime{300};

    void setClock(PressClock clock) { m_clock = std::move(clock); }

    void moved(const Target& target)
    {
        if (target == m_target)
            return;
        m_target = target;
        m_came.reset();
        m_lastPress = 0;
    }

    void came(const Target& target)
    {
        if (target == m_target)
            return;
        m_target = target;
        m_came = m_clock();
    }

    [[nodiscard]] bool isRested() const { return !m_came || m_clock() - *m_came >= restTime; }

    // Whether this press, or double click, counts as a press of what is there.
    [[nodiscard]] bool takes(const QMouseEvent& press)
    {
        const quint64 time = press.timestamp(); // 0 where the platform gave none
        const bool again =
            press.type() == QEvent::MouseButtonDblClick ||
            (m_lastPress != 0 && time - m_lastPress < quint64(doublePressTime().count()));
        m_lastPress = time;
        return !again && isRested();
    }

private:
    PressClock m_clock = steadyPressClock();
    Target m_target{};
    std::optional<std::chrono::milliseconds> m_came; // set where it came by itself
    quint64 m_lastPress = 0;
};

} // namespace seedbook
