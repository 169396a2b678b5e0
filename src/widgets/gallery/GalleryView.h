#pragma once

#include "core/Job.h"
#include "widgets/common/PressRest.h"
#include "widgets/gallery/TileLayout.h"

#include <QElapsedTimer>
#include <QListView>
#include <QPersistentModelIndex>
#include <QTimer>

namespace seedbook {

class TileDelegate;
class DateLabel;
class EmptyGallery;
class PictureListModel;
class PillButton;

// The pictures and tiles in a grid that fills the width. Scrolled away from the top, it lets the
// model hold what is new and says so on a button above; nothing that arrives moves the view or the
// selection. Several items can be selected: rating and tags go to all of them, every other action
// to the current one.
class GalleryView final : public QListView
{
    Q_OBJECT

public:
    static constexpr int smallestThumbnail = 96;
    static constexpr int largestThumbnail = 480;

    explicit GalleryView(PictureListModel& model, QWidget* parent = nullptr);

    [[nodiscard]] int thumbnailSize() const { return m_size; }
    void setThumbnailSize(int size); // logical pixels; bounded
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] const TileDelegate& tiles() const { return *m_tiles; }
    // Rows in view now; an empty list where there are none.
    [[nodiscard]] QList<int> visibleRows() const;
    // Those that are selected, in their order; tiles are left out.
    [[nodiscard]] QList<QUuid> selectedPictures() const;
    void setPressClock(const PressClock& clock) { m_hand.setClock(clock); } // for tests
    // Digits rate here; none of them is looked for.
    void keyboardSearch(const QString&) override {}

Q_SIGNALS:
    void openRequested(const QModelIndex& index);
    void menuRequested(const QPoint& globalPosition);
    void cancelRequested(const QList<seedbook::JobId>& ids);
    void tryAgainRequested(seedbook::JobId id);
    void dismissRequested(const QList<seedbook::JobId>& ids);
    void resumeQueueRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void startDrag(Qt::DropActions actions) override;
    [[nodiscard]] bool viewportEvent(QEvent* event) override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
        const QList<int>& roles) override;
    void rowsAboutToBeRemoved(const QModelIndex& parent, int first, int last) override;

private:
    static constexpr QPoint nowhere{-1, -1};
    struct Target
    {
        JobId job = 0;
        TileButton button = TileButton::None;
        QString text; // what a press would do
        friend bool operator==(const Target&, const Target&) = default;
    };
    [[nodiscard]] Target targetAt(QPoint position) const;
    Target follow(QPoint position);
    void point(const Target& target, bool pressed);
    void press(const Target& target);
    void clearAway();
    void arrange();
    void takeScroll(int value);
    void showHeld(int count);
    void placeOverlays();
    void wantSoon();
    void wantThumbnails();
    void tick();
    void updateEmpty();
    [[nodiscard]] int firstVisibleRow() const;

    PictureListModel& m_gallery;
    TileDelegate* m_tiles;
    PillButton* m_pill;
    EmptyGallery* m_empty;
    DateLabel* m_date;
    int m_lastScroll = 0;
    QTimer m_wantTimer; // gathers what scrolling and arrivals ask for
    QElapsedTimer m_sinceWant;
    int m_lastWanted = 0; // the first row in view then
    QTimer m_tickTimer;   // moves the arcs; runs only while one is in view
    int m_size = 200;
    int m_columns = 1;
    bool m_arranging = false;
    // What the person scrolled to the top; it stays there through changes of size.
    QPersistentModelIndex m_anchor;
    double m_anchorPart = 0; // how much of its height is above the view
    Target m_hovered;
    Target m_pressed;
    PressRest<Target> m_hand; // what is under the pointer: a tile's button, or none
    QPoint m_pointer = nowhere;
    bool m_wasOnButton = false; // the last press; its double click opens no picture
    bool m_swallowing = false;  // a press that does not count, until it is let go of
};

} // namespace seedbook
