#pragma once

#include "widgets/common/PressRest.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QRect>
#include <QString>
#include <QVariant>

#include <optional>

class QAbstractButton;
class QAction;
class QKeyEvent;
class QWidget;

namespace seedbook {

// One press, one act: for every button that sends (pays for) or ends something. Of what reaches the
// button it lets through
//   - no key that repeats because it is held,
//   - no second press of a double or triple click, wherever the first one went, nor of a key,
//   - no press on a button that came under the pointer, or became another one there, less than
//     300 ms ago; and none that began when the button meant something else.
// A pointer that went to a resting button itself presses at once, and so does the keyboard where
// the focus came from a neighbour that is still there: of one that went away it slides on by
// itself.
//
// A new button of the kind is protected by one line where it is made:
// `PressGuard::protect(button)`. The panels' actionButton(), notices and the queue's tool bar do
// that for all of theirs. Where the words on a button stay while that which it is about changes,
// hand over its action, whose data() says what it is about. Buttons that are painted go by
// PressRest. A QAction of the kind needs setAutoRepeat(false) besides.
class PressGuard final : public QObject
{
    Q_OBJECT

public:
    // A tool button's own action is `action` where none is given.
    static PressGuard* protect(QAbstractButton* button, QAction* action = nullptr);

    void setClock(const PressClock& clock); // for tests

    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // What a press would do; nothing while the button cannot be pressed.
    struct Meaning
    {
        QString text;
        QVariant subject;
        friend bool operator==(const Meaning&, const Meaning&) = default;
    };
    using Target = std::optional<Meaning>;
    struct Sight
    {
        QRect place; // global
        Target meaning;
        [[nodiscard]] Target at(QPoint pointer) const
        {
            return place.contains(pointer) ? meaning : Target();
        }
        friend bool operator==(const Sight&, const Sight&) = default;
    };

    explicit PressGuard(QAbstractButton* button, QAction* action);

    // Null once it is no button any more: its base class's destructor hides it and takes its focus.
    [[nodiscard]] QAbstractButton* button() const;
    void watchAncestors();
    void followFocus(const QWidget* old, const QWidget* now);
    [[nodiscard]] Sight sight() const;
    void look();
    [[nodiscard]] bool swallowsPress(const QMouseEvent& event);
    [[nodiscard]] bool swallowsRelease(const QMouseEvent& event);
    [[nodiscard]] bool swallowsKey(const QKeyEvent& event);
    void letGoOfAnother();

    QPointer<QWidget> m_widget; // the button, also while it is destroyed
    QPointer<QAction> m_action;
    QList<QPointer<QWidget>> m_ancestors; // where one moves, the button does
    Sight m_seen;
    PressRest<Target> m_pointer;
    PressRest<Target> m_focus;
    PressClock m_clock = steadyPressClock();
    std::optional<std::chrono::milliseconds> m_lastKey; // while it has the focus
    Target m_pressed;                                   // what was meant when it went down
    bool m_isDown = false;
};

} // namespace seedbook
