#pragma once

#include "library/PictureEntry.h"
#include "widgets/gallery/TileLayout.h"

#include <QStyledItemDelegate>

namespace seedbook {

class PictureListModel;

// Paints the gallery's cells: pictures with their seed, and the tiles of jobs with their buttons.
// The buttons are painted, not widgets; the view tells which one is under the pointer.
class TileDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    // `model` is what the view shows; it tells why what waits is not sent.
    TileDelegate(const PictureListModel& model, QObject* parent);

    // The picture box's width in logical pixels.
    void setBoxWidth(int width, const QFont& font);
    [[nodiscard]] const TileLayout& layout() const { return m_layout; }
    // The cell that the view lays out; at least layout().cellSize().
    void setCellSize(QSize size) { m_cell = size; }

    // Returns whether that changed anything.
    bool setHot(JobId job, TileButton button, bool pressed);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] bool helpEvent(QHelpEvent* event, QAbstractItemView* view,
        const QStyleOptionViewItem& option, const QModelIndex& index) override;

private:
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option) const;
    void paintPicture(QPainter& painter, const QStyleOptionViewItem& option,
        const QModelIndex& index, const PictureEntry& entry) const;
    struct Caption
    {
        QString seed;
        bool practice = false;
        bool unclaimed = false;
        int rating = 0;
        bool otherSeed = false;   // hasOtherSeed()
        const Job* job = nullptr; // of a tile
    };
    void paintCaption(
        QPainter& painter, const QStyleOptionViewItem& option, const Caption& caption) const;

    const PictureListModel& m_model;
    TileLayout m_layout;
    QSize m_cell;
    int m_widestSeed = 0; // pixels
    JobId m_hotJob = 0;
    TileButton m_hotButton = TileButton::None;
    bool m_pressed = false;
};

} // namespace seedbook
