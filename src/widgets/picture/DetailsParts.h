#pragma once

#include "core/ModelSchema.h"
#include "core/Seed.h"

#include <QList>
#include <QPair>
#include <QPlainTextEdit>
#include <QString>
#include <QWidget>

class QAction;
class QGridLayout;
class QLabel;
class QPushButton;

namespace seedbook {

class PictureActions;

using DetailRows = QList<QPair<QString, QString>>;

// Every parameter but the prompts and the seed, by the model's titles; by field names where the
// model is not known here.
[[nodiscard]] DetailRows parameterRows(
    const ModelCatalog& models, const QString& modelId, const QJsonObject& values);
// The value of the parameter with that role; the contract's field name where the model is not
// known.
[[nodiscard]] QString textOf(const ModelCatalog& models, const QString& modelId,
    const QJsonObject& values, ParameterRole role, const QString& fallback);

// A push button that is an action's: its text, tool tip and state. Guarded: one press, one act.
[[nodiscard]] QPushButton* actionButton(QAction* action, QWidget* parent);

// "Seed 1827364" with Copy and Pin.
class SeedRow final : public QWidget
{
    Q_OBJECT

public:
    SeedRow(PictureActions& actions, QWidget* parent);
    // In digits; empty where none is known.
    void setSeed(const QString& seed);
    void setBadge(const QString& text); // empty: none

private:
    QLabel* m_number;
    QLabel* m_badge;
};

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
