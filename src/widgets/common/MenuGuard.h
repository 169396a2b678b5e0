#pragma once

#include "widgets/common/PressRest.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QVariant>

#include <optional>

class QMenu;

namespace seedbook {

// PressGuard's rule for menus that send (pay for) or end something: while the menu is open an entry
// may become another one ("Cancel" turns into "Stop waiting" when the request goes out), or be
// about something else, or slide. For 300 ms after that nothing in the menu can be chosen.
class MenuGuard final : public QObject
{
    Q_OBJECT

public:
    static MenuGuard* protect(QMenu* menu);

    void setClock(PressClock clock) { m_clock = std::move(clock); } // for tests

    [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Entry
    {
        QString text;
        QVariant subject;
        bool isThere = false;
        friend bool operator==(const Entry&, const Entry&) = default;
    };

    explicit MenuGuard(QMenu* menu);
    [[nodiscard]] QList<Entry> entries() const;
    void look();
    [[nodiscard]] bool isRested() const;

    QMenu* m_menu; // its parent
    QList<Entry> m_seen;
    PressClock m_clock = steadyPressClock();
    std::optional<std::chrono::milliseconds> m_changed; // while it is open
};

} // namespace seedbook
