#pragma once

#include <QMenu>

#include <functional>

class QActionGroup;

namespace seedbook {

// A menu of choices that each tell how many pictures they show. It is made anew each time it opens,
// for what it counts changes all the time. Where several may be chosen together it stays open while
// they are checked by click or Space; Return checks one and closes it.
class ChoiceMenu final : public QMenu
{
    Q_OBJECT

public:
    using Fill = std::function<void(ChoiceMenu& menu)>;

    ChoiceMenu(const QString& name, Fill fill, QWidget* parent);

    // One of a group; with none, one that may be checked beside others.
    QAction* addChoice(QActionGroup* group, const QString& text, int count, bool checked,
        const std::function<void()>& chosen);
    // The text of a choice. `text` is taken as it is, without mnemonics.
    [[nodiscard]] static QString choiceText(const QString& text, int count);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refill();
    [[nodiscard]] static bool isOneOfMany(const QAction* action);

    Fill m_fill;
};

} // namespace seedbook
