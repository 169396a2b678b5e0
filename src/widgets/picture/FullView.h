#pragma once

#include "widgets/gallery/GalleryModel.h"

#include <QCache>
#include <QImage>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QSet>
#include <QWidget>

class QLabel;
class QToolButton;

namespace seedbook {

class ImageCanvas;
class PictureActions;

// One picture fills the window. A child of the window that covers it while open; the pictures
// before and after it in the gallery are a key away. Begins hidden. The ground is dark and without
// tint in either theme, so that pictures are judged alike.
class FullView final : public QWidget
{
    Q_OBJECT

public:
    // `window` is what is covered. All must outlive the view.
    FullView(GalleryModel& gallery, PictureActions& actions, QWidget* window);
    ~FullView() override;

    // Shows the picture of that row; a card's row is ignored.
    void open(const QModelIndex& index);
    // As Esc does: the focus goes back to where it was.
    void leave();
    [[nodiscard]] QModelIndex current() const { return m_current; }
    [[nodiscard]] ImageCanvas* canvas() const { return m_canvas; }

Q_SIGNALS:
    // For the gallery's selection to follow.
    void shown(const QModelIndex& index);
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    [[nodiscard]] bool focusNextPrevChild(bool next) override;

private:
    void buildBar();
    [[nodiscard]] QToolButton* addButton(
        const QString& text, QStringView icon, const QString& name, const QString& toolTip);
    void step(int direction);
    void showPicture(const QModelIndex& index);
    void decode(const PicturePtr& picture);
    void take(const PicturePtr& picture, const Result<QImage>& image);
    void prefetch();
    void updateNeighbours();
    void showZoom();
    void showLine();
    void followFocus(QWidget* now);

    GalleryModel& m_gallery;
    PictureActions& m_actions;
    ImageCanvas* m_canvas;
    QWidget* m_bar;
    QLabel* m_seed;
    QLabel* m_zoom;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    QPersistentModelIndex m_current;
    QPersistentModelIndex m_following; // for when that one goes
    PicturePtr m_picture;
    QPointer<QWidget> m_focusBefore;
    QCache<QUuid, QImage> m_decoded; // cost in kilobytes
    QSet<QUuid> m_decoding;
};

} // namespace seedbook
