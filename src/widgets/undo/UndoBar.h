#pragma once

#include "widgets/common/MessageLine.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <chrono>

class QPushButton;
class QToolButton;

namespace seedbook {

// A line below the gallery that tells what was just done, with a button that goes on from there. It
// goes by itself, except while somebody is at it; it never takes the focus, and hands it on to
// `neighbour` when it goes while it has it.
class UndoBar final : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds standardTime{12};

    explicit UndoBar(QWidget* neighbour, QWidget* parent = nullptr);

    void setTime(std::chrono::milliseconds time) { m_time = time; } // for tests

    // `action`: the button's text, empty for none. A problem stays until it is put away.
    void say(MessageLine::Kind kind, const QString& text, const QString& action = {});
    // What is not finished: stays until something else is said.
    void sayWorking(const QString& text);
    // Something to be done or not; stays until one of the two is pressed.
    void offer(const QString& text, const QString& action, const QString& refusal);
    void putAway();

    // It goes when its time is over.
    [[nodiscard]] bool goesByItself() const { return m_timer.isActive(); }
    [[nodiscard]] QString text() const { return m_line->text(); }
    [[nodiscard]] QPushButton* action() const { return m_action; }
    [[nodiscard]] QPushButton* refusal() const { return m_refusal; }
    [[nodiscard]] QToolButton* close() const { return m_close; }

Q_SIGNALS:
    void actionTriggered();
    // Its time was over, but somebody is at it.
    void stayed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void show(
        MessageLine::Kind kind, const QString& text, const QString& action, const QString& refusal);

    QPointer<QWidget> m_neighbour;
    MessageLine* m_line;
    QPushButton* m_action;
    QPushButton* m_refusal;
    QToolButton* m_close;
    QTimer m_timer;
    std::chrono::milliseconds m_time = standardTime;
};

} // namespace seedbook
