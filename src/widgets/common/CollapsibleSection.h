#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace seedbook {

// A part of a form that folds away under its title.
class CollapsibleSection final : public QWidget
{
    Q_OBJECT

public:
    explicit CollapsibleSection(const QString& title, QWidget* parent = nullptr);

    // Takes the widget that folds; before it there is nothing to unfold.
    void setContent(QWidget* content);
    [[nodiscard]] bool isOpen() const;
    void setOpen(bool open);
    // A few quiet words at the end of the title line; they tell what is inside.
    void setSummary(const QString& words);

Q_SIGNALS:
    void openChanged(bool open);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showState();

    QToolButton* m_button;
    QLabel* m_summary;
    QWidget* m_content = nullptr;
    bool m_open = false;
};

} // namespace seedbook
