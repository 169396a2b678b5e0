#pragma once

#include "core/Picture.h"
#include "widgets/gallery/GalleryModel.h"

#include <QCache>
#include <QImage>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace seedbook {

class ImageCanvas;
class PictureActions;

// One picture fills the window. A child of the window that covers it while open; the pictures
// before and after it in the gallery are a key away. Begins hidden.
class FullView final : public QWidget
{
    Q_OBJECT

public:
    // `window` is what is covered. All must outlive the view.
    FullView(GalleryModel& gallery, PictureActions& actions, QWidget* window);

    // Shows the picture of that row; a card's row is ignored.
    void open(const QModelIndex& index);
    // As Esc does.
    void leave();
    [[nodiscard]] QModelIndex current() const { return m_current; }
    [[nodiscard]] ImageCanvas* canvas() const { return m_canvas; }

Q_SIGNALS:
    // For the gallery's selection to follow.
    void shown(const QModelIndex& index);
    // It is hidden again, and the focus is back where it was.
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildBar();
    void step(int direction);
    void showPicture(const QModelIndex& index);
    void decode(const PicturePtr& picture);
    void prefetch();
    void updateBar();

    GalleryModel& m_gallery;
    PictureActions& m_actions;
    ImageCanvas* m_canvas;
    QWidget* m_bar;
    QLabel* m_position;
    QLabel* m_seed;
    QLabel* m_zoom;
    QToolButton* m_previous;
    QToolButton* m_next;
    QPersistentModelIndex m_current;
    PicturePtr m_picture;
    QPointer<QWidget> m_focusBefore;
    QCache<QUuid, QImage> m_decoded; // cost in kilobytes
    QList<QUuid> m_decoding;
};

} // namespace seedbook
