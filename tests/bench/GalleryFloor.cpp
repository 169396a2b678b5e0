// What the gallery is measured against: a plain list of a hundred thousand rows that knows nothing.
#include "bench/Children.h"
#include "bench/GalleryData.h"
#include "bench/Scrolling.h"

#include <QAbstractListModel>
#include <QApplication>
#include <QCursor>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>

namespace seedbook::bench {

namespace {

class Rows final : public QAbstractListModel
{
public:
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : 100'000;
    }
    [[nodiscard]] QVariant data(const QModelIndex&, int) const override { return {}; }
};

class Markers final : public QStyledItemDelegate
{
public:
    static constexpr QSize cell{220, 190};

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        QRect marker(0, 0, 100, 56);
        marker.moveCenter(option.rect.center());
        painter->fillRect(marker, QColor(markerColour));
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return cell;
    }
};

class FloorList final : public QListView
{
public:
    FloorList()
    {
        setViewMode(ListMode);
        setFlow(LeftToRight);
        setWrapping(true);
        setUniformItemSizes(true);
        setResizeMode(Adjust);
        setGridSize(Markers::cell);
        setVerticalScrollMode(ScrollPerPixel);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
        setItemDelegate(&m_markers);
        setModel(&m_rows);
        resize(1360, 860);
    }

private:
    Rows m_rows;
    Markers m_markers;
};

} // namespace

int galleryFloor(int argc, char** argv)
{
    QApplication application(argc, argv);
    FloorList list;
    list.show();
    return QCoreApplication::exec();
}

int scrollOfFloor(int argc, char** argv)
{
    QApplication application(argc, argv);
    FloorList list;
    list.show();
    auto* scrolling = new Scrolling(list);
    scrolling->startSoon();
    return QCoreApplication::exec();
}

int parkPointer(int argc, char** argv)
{
    const QGuiApplication application(argc, argv);
    QCursor::setPos(QGuiApplication::primaryScreen()->geometry().bottomRight());
    return 0;
}

} // namespace seedbook::bench
