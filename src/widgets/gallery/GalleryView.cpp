#include "widgets/gallery/GalleryView.h"

#include "widgets/actions/PictureDrag.h"
#include "widgets/common/Commands.h"
#include "widgets/gallery/DateLabel.h"
#include "widgets/gallery/EmptyGallery.h"
#include "widgets/gallery/PillButton.h"
#include "widgets/gallery/TileDelegate.h"
#include "widgets/live/JobText.h"
#include "widgets/live/PictureListModel.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds wantDelay{40};
constexpr std::chrono::milliseconds tickInterval{100};
constexpr int scrollStep = 36; // pixels; a wheel's notch is three of these
// A box may grow past the size asked for to fill the width, up to this.
constexpr double mostGrowth = 1.3;
constexpr int mostWanted = 1500; // rows in view and a screen ahead, on any screen

} // namespace

GalleryView::GalleryView(PictureListModel& model, QWidget* parent)
    : QListView(parent)
    , m_gallery(model)
    , m_tiles(new TileDelegate(model, this))
    , m_pill(new PillButton(this))
    , m_empty(new EmptyGallery(this))
    , m_date(new DateLabel(this))
{
    setAccessibleName(tr("Gallery"));
    setItemDelegate(m_tiles);
    setFrameShape(QFrame::NoFrame);
    setViewMode(ListMode);
    setFlow(LeftToRight);
    setWrapping(true);
    setUniformItemSizes(true);
    setResizeMode(Adjust);
    setSelectionMode(ExtendedSelection);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Always there, so that the width does not change while pictures come.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    verticalScrollBar()->setSingleStep(scrollStep);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setAttribute(Qt::WA_Hover);
    setMouseTracking(true);
    setModel(&model);

    m_pill->hide();
    connect(m_pill, &PillButton::clicked, this, [this] { verticalScrollBar()->setValue(0); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &GalleryView::takeScroll);
    connect(&model, &PictureListModel::heldCountChanged, this, &GalleryView::showHeld);
    const auto changed = [this] {
        updateEmpty();
        wantSoon();
    };
    connect(&model, &QAbstractItemModel::rowsInserted, this, changed);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, changed);
    connect(&model, &PictureListModel::countChanged, this, &GalleryView::updateEmpty);
    connect(&model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
            // A thumbnail that came asks for nothing.
            if (roles.isEmpty())
                wantSoon();
        });
    connect(&model, &QAbstractItemModel::layoutChanged, this, [this] { wantSoon(); });

    m_wantTimer.setSingleShot(true);
    connect(&m_wantTimer, &QTimer::timeout, this, &GalleryView::wantThumbnails);
    m_tickTimer.setInterval(tickInterval);
    connect(&m_tickTimer, &QTimer::timeout, this, &GalleryView::tick);
    updateEmpty();
    arrange();
}

void GalleryView::setThumbnailSize(int size)
{
    size = std::clamp(size, smallestThumbnail, largestThumbnail);
    if (size == m_size)
        return;
    m_size = size;
    arrange();
}

// Cells share the width out evenly. What stands at the top stays at the top.
void GalleryView::arrange()
{
    // QListView wraps a row that fills the width to the last pixel.
    const int width = std::max(1, viewport()->width() - 1);
    const int least = m_size + 2 * TileLayout::padding;
    m_columns = std::max(1, width / least);
    // One cell wider than the view would leave QListView a gap before each: the box gives way.
    const int cellWidth = width / m_columns;
    const int boxWidth =
        std::min(cellWidth - 2 * TileLayout::padding, static_cast<int>(m_size * mostGrowth));
    m_tiles->setBoxWidth(std::max(boxWidth, 1), font());
    const QSize cell(cellWidth, m_tiles->layout().cellSize().height());
    m_tiles->setCellSize(cell);
    if (cell != gridSize()) {
        m_arranging = true;
        setGridSize(cell);
        executeDelayedItemsLayout();
        if (m_anchor.isValid()) {
            verticalScrollBar()->setValue(
                static_cast<int>((m_anchor.row() / m_columns + m_anchorPart) * cell.height()));
        } else {
            verticalScrollBar()->setValue(0);
        }
        m_arranging = false;
        m_gallery.setHolding(verticalScrollBar()->value() > 0);
    }
    placeOverlays();
    wantSoon();
}

// At once after a pause; while much happens, not more often than is worth it.
void GalleryView::wantSoon()
{
    if (m_wantTimer.isActive())
        return;
    const bool rested = !m_sinceWant.isValid() || m_sinceWant.hasExpired(wantDelay.count());
    m_wantTimer.start(rested ? std::chrono::milliseconds{0} : wantDelay);
}

void GalleryView::takeScroll(int value)
{
    if (m_arranging)
        return;
    m_anchor = value > 0 ? m_gallery.index(firstVisibleRow()) : QModelIndex();
    m_anchorPart =
        value % std::max(1, gridSize().height()) / std::max(1.0, gridSize().height() * 1.0);
    m_gallery.setHolding(value > 0);
    wantSoon();
    if (value != m_lastScroll && m_gallery.order().key == OrderKey::Date)
        m_date->showDate(m_gallery.entry(m_gallery.index(firstVisibleRow())).created);
    m_lastScroll = value;
}

void GalleryView::showHeld(int count)
{
    m_pill->setText(tr("%n new ↑", nullptr, count));
    m_pill->setToolTip(tr("Go to the newest pictures"));
    m_pill->setVisible(count > 0);
    placeOverlays();
}

void GalleryView::placeOverlays()
{
    const QRect area = viewport()->geometry();
    m_empty->setGeometry(area);
    m_pill->resize(m_pill->sizeHint());
    m_pill->move(area.left() + (area.width() - m_pill->width()) / 2, area.top() + 10);
    m_pill->raise();
    m_date->setArea(area);
}

void GalleryView::updateEmpty()
{
    const bool empty = m_gallery.rowCount() == 0;
    m_empty->setNoneFound(m_gallery.live().pictureCount() > 0);
    m_empty->setVisible(empty);
    verticalScrollBar()->setVisible(!empty);
}

int GalleryView::firstVisibleRow() const
{
    const int height = gridSize().height();
    return height > 0 ? verticalScrollBar()->value() / height * m_columns : 0;
}

QList<int> GalleryView::visibleRows() const
{
    const int height = gridSize().height();
    if (height <= 0)
        return {};
    const int top = verticalScrollBar()->value();
    const int first = top / height * m_columns;
    const int end =
        std::min(m_gallery.rowCount(), ((top + viewport()->height() - 1) / height + 1) * m_columns);
    QList<int> rows;
    for (int row = first; row < end; ++row)
        rows.append(row);
    return rows;
}

void GalleryView::wantThumbnails()
{
    tick();
    QList<int> rows = isVisible() ? visibleRows() : QList<int>();
    if (rows.isEmpty())
        return; // and no pause before the first of them
    m_sinceWant.start();
    const int screen = static_cast<int>(rows.size());
    const int first = rows.constFirst();
    const int last = rows.constLast();
    // What flies past is not looked at; where it ends is.
    const bool isFlying = std::abs(first - std::exchange(m_lastWanted, first)) > 2 * screen;
    if (isFlying) {
        m_wantTimer.start(wantDelay);
        return;
    }
    const int end = std::min(m_gallery.rowCount() - 1, last + screen);
    for (int row = last + 1; row <= end; ++row)
        rows.append(row);
    for (int row = first - 1; row >= std::max(0, first - screen); --row)
        rows.append(row);
    if (rows.size() > mostWanted)
        rows.resize(mostWanted);
    m_gallery.wantThumbnails(rows,
        (QSizeF(m_tiles->layout().boxSize()) * devicePixelRatioF()).toSize(), devicePixelRatioF());
}

void GalleryView::tick()
{
    bool any = false;
    if (isVisible()) {
        const QRect area = viewport()->rect();
        for (const QModelIndex& tile : m_gallery.sendingTiles()) {
            const QRect cell = visualRect(tile);
            if (!cell.intersects(area))
                continue;
            any = true;
            viewport()->update(m_tiles->layout().box(cell));
        }
    }
    if (!any)
        m_tickTimer.stop();
    else if (!m_tickTimer.isActive())
        m_tickTimer.start();
}

void GalleryView::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    arrange();
}

void GalleryView::showEvent(QShowEvent* event)
{
    QListView::showEvent(event);
    arrange();
}

void GalleryView::hideEvent(QHideEvent* event)
{
    m_tickTimer.stop();
    m_gallery.live().wantNothing(&m_gallery);
    QListView::hideEvent(event);
}

void GalleryView::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        arrange();
}

void GalleryView::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex index = currentIndex();
    const bool onItem = index.isValid() && selectionModel()->isSelected(index);
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        // With a modifier it means something else, such as Generate.
        const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (isPlain && isKeyOf(*event, Command::Open) && onItem && m_gallery.isPicture(index))
            Q_EMIT openRequested(index);
        else
            event->ignore();
        return;
    }
    if (isKeyOf(*event, Command::Trash)) {
        if (!event->isAutoRepeat()) // what comes into the place of what went was not meant
            clearAway();
        return;
    }
    if (isKeyOf(*event, Command::ClearSelection) && selectionModel()->hasSelection()) {
        clearSelection();
        return;
    }
    QListView::keyPressEvent(event);
}

// The selected tiles, as far as that costs nothing.
void GalleryView::clearAway()
{
    QList<JobId> ended;
    QList<JobId> waiting;
    for (const QModelIndex& index : selectedIndexes()) {
        const JobPtr job = m_gallery.job(index);
        if (job && canDismiss(*job))
            ended.append(job->id);
        else if (job && job->state == JobState::Waiting)
            waiting.append(job->id);
    }
    if (!ended.isEmpty())
        Q_EMIT dismissRequested(ended);
    if (!waiting.isEmpty())
        Q_EMIT cancelRequested(waiting);
}

// Once they are read and while the button is still down.
void GalleryView::startDrag(Qt::DropActions)
{
    m_gallery.live().load(selectedPictures(), this, [this](const QList<PicturePtr>& pictures) {
        if (!pictures.isEmpty() && QGuiApplication::mouseButtons().testFlag(Qt::LeftButton))
            dragPictures(this, pictures, m_gallery.live().thumbnail(pictures.first()->id));
    });
}

QList<QUuid> GalleryView::selectedPictures() const
{
    return m_gallery.picturesIn(selectionModel()->selection());
}

GalleryView::Target GalleryView::targetAt(QPoint position) const
{
    if (!viewport()->rect().contains(position))
        return {};
    const QModelIndex index = indexAt(position);
    const JobPtr job = m_gallery.job(index);
    if (!job)
        return {};
    const auto placed =
        m_tiles->layout().buttonAt(visualRect(index), *job, m_gallery.live().condition(), position);
    return placed.button == TileButton::None ? Target{}
                                             : Target{job->id, placed.button, placed.text};
}

// What is there now that the pointer is. What has come to where it was did so by itself.
GalleryView::Target GalleryView::follow(QPoint position)
{
    m_hand.came(targetAt(m_pointer));
    m_pointer = position;
    const Target target = targetAt(position);
    m_hand.moved(target);
    return target;
}

void GalleryView::point(const Target& target, bool pressed)
{
    const Target before = m_hovered;
    m_hovered = target;
    if (!m_tiles->setHot(target.job, target.button, pressed))
        return;
    for (const JobId id : {before.job, target.job}) {
        if (const QModelIndex tile = m_gallery.indexOfJob(id); tile.isValid())
            update(tile);
    }
}

void GalleryView::press(const Target& target)
{
    switch (target.button) {
    case TileButton::Cancel:
        Q_EMIT cancelRequested({target.job});
        break;
    case TileButton::TryAgain:
        Q_EMIT tryAgainRequested(target.job);
        break;
    case TileButton::Dismiss:
        Q_EMIT dismissRequested({target.job});
        break;
    case TileButton::ResumeQueue:
        Q_EMIT resumeQueueRequested();
        break;
    case TileButton::None:
        break;
    }
}

// The buttons on tiles are pressed without the list knowing: the selection stays what it was.
void GalleryView::mousePressEvent(QMouseEvent* event)
{
    const bool isLeft = event->button() == Qt::LeftButton;
    const Target target = follow(event->position().toPoint());
    m_wasOnButton = isLeft && target != Target{};
    m_swallowing = m_wasOnButton && !m_hand.takes(*event);
    m_pressed = m_wasOnButton && !m_swallowing ? target : Target{};
    if (m_wasOnButton) {
        point(target, !m_swallowing);
        return;
    }
    if (event->button() == Qt::LeftButton && !indexAt(event->position().toPoint()).isValid())
        clearSelection();
    QListView::mousePressEvent(event);
}

void GalleryView::mouseMoveEvent(QMouseEvent* event)
{
    const Target target = follow(event->position().toPoint());
    if (m_swallowing && event->buttons() != Qt::NoButton)
        return;
    if (m_pressed != Target{}) {
        point(target == m_pressed ? target : Target{}, target == m_pressed);
        return;
    }
    point(target, false);
    QListView::mouseMoveEvent(event);
}

void GalleryView::mouseReleaseEvent(QMouseEvent* event)
{
    const Target target = follow(event->position().toPoint());
    if (std::exchange(m_swallowing, false))
        return;
    if (m_pressed == Target{}) {
        QListView::mouseReleaseEvent(event);
        return;
    }
    const Target pressed = m_pressed;
    m_pressed = {};
    point(target, false);
    if (target == pressed)
        press(target);
}

void GalleryView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    const bool onButton = follow(position) != Target{};
    // The second half of a press of a button is nothing, whatever has come into its place.
    if (event->button() == Qt::LeftButton && (onButton || m_wasOnButton)) {
        (void)m_hand.takes(*event); // so that a third is none either
        m_swallowing = true;
        return;
    }
    const QModelIndex index = indexAt(position);
    if (event->button() == Qt::LeftButton && m_gallery.isPicture(index))
        Q_EMIT openRequested(index);
}

void GalleryView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = byMouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid())
        return;
    // On one of several that are selected, the menu is for all of them.
    selectionModel()->setCurrentIndex(index, selectionModel()->isSelected(index)
                                                 ? QItemSelectionModel::NoUpdate
                                                 : QItemSelectionModel::ClearAndSelect);
    const QPoint place = byMouse ? event->globalPos()
                                 : viewport()->mapToGlobal(
                                       visualRect(index).intersected(viewport()->rect()).center());
    Q_EMIT menuRequested(place);
}

bool GalleryView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        point({}, false);
        follow(nowhere);
    }
    const bool handled = QListView::viewportEvent(event);
    if (event->type() == QEvent::Paint) // tiles came, went or changed
        m_hand.came(targetAt(m_pointer));
    return handled;
}

// Cells are all alike: QListView would lay all of them out again for each thumbnail that comes.
void GalleryView::dataChanged(
    const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles)
{
    QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
}

void GalleryView::rowsAboutToBeRemoved(const QModelIndex& parent, int first, int last)
{
    // The list makes a neighbour current where the current row goes; that is no reason to scroll.
    setAutoScroll(false);
    QListView::rowsAboutToBeRemoved(parent, first, last);
    setAutoScroll(true);
}

} // namespace seedbook

#include "moc_GalleryView.cpp"
