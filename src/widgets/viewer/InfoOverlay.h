#pragma once

#include "core/ModelSchema.h"
#include "core/Picture.h"

#include <QWidget>

class QLabel;
class QScrollArea;

namespace seedbook {

class DetailsTable;
class PictureActions;
class StarRow;
class TextBlock;

// What made the picture, over the picture: on a dark ground that lets it shine through a little, so
// that it can be read on any. Begins hidden. Its parent's keys go on working: a click here takes no
// focus, and what was selected is copied by copySelection().
class InfoOverlay final : public QWidget
{
    Q_OBJECT

public:
    InfoOverlay(const ModelCatalog& models, PictureActions& actions, QWidget* parent);

    // Null: nothing is known yet.
    void setPicture(const PicturePtr& picture);
    // In the upper right corner of `area`, as tall as what it says, but never beyond it.
    void place(const QRect& area);
    // False where nothing is selected.
    bool copySelection() const;
    // Where Tab stops.
    [[nodiscard]] QList<QWidget*> stops() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void fill();

    const ModelCatalog& m_models;
    PicturePtr m_picture;
    PicturePtr m_filled; // what is in the fields; filled only while it is seen
    QRect m_area;
    QScrollArea* m_scroll;
    QWidget* m_body;
    StarRow* m_stars;
    QLabel* m_tags;
    QLabel* m_promptLabel;
    TextBlock* m_prompt;
    QLabel* m_negativeLabel;
    TextBlock* m_negative;
    DetailsTable* m_table;
};

} // namespace seedbook
