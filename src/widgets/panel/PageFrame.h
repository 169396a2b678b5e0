#pragma once

#include <QWidget>

class QGridLayout;
class QVBoxLayout;

namespace seedbook {

// A page of the panel: what is told scrolls in a column, the buttons stay below it.
class PageFrame : public QWidget
{
    Q_OBJECT

protected:
    explicit PageFrame(QWidget* parent);

    [[nodiscard]] QWidget* body() const { return m_body; } // the parent of what is in the column
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }
    [[nodiscard]] QGridLayout* buttons() const { return m_buttons; } // two columns

private:
    QWidget* m_body;
    QVBoxLayout* m_column;
    QGridLayout* m_buttons;
};

} // namespace seedbook
