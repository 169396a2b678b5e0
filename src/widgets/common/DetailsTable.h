#pragma once

#include <QList>
#include <QPair>
#include <QPlainTextEdit>
#include <QString>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace seedbook {

using DetailRows = QList<QPair<QString, QString>>;

// A text of any length that is read and copied: as tall as it is, up to some lines, then it
// scrolls.
class TextBlock final : public QPlainTextEdit
{
    Q_OBJECT

public:
    TextBlock(const QString& name, int mostLines, QWidget* parent);
    void setText(const QString& text);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int m_mostLines;
    int m_height = 0;
};

// The quiet line above a part of a page.
[[nodiscard]] QLabel* heading(const QString& text, QWidget* parent);

// Names and values in two columns.
class DetailsTable final : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsTable(QWidget* parent);
    void setRows(const DetailRows& rows);

private:
    QGridLayout* m_grid;
};

} // namespace seedbook
