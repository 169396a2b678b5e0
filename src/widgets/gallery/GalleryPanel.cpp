#include "widgets/gallery/GalleryPanel.h"

#include "widgets/actions/PictureActions.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/gallery/CardLayout.h"
#include "widgets/gallery/FilterBar.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/live/GalleryModel.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QSlider>
#include <QVBoxLayout>

namespace seedbook {

namespace {

constexpr int sliderWidth = 140;

} // namespace

GalleryPanel::GalleryPanel(GalleryModel& model, PictureActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_filters(new FilterBar(this))
    , m_view(new GalleryView(model, this))
    , m_count(new PlainLabel(this))
    , m_size(new QSlider(Qt::Horizontal, this))
{
    auto* sizeLabel = new PlainLabel(tr("Size"), this);
    sizeLabel->setBuddy(m_size);
    m_size->setAccessibleName(tr("Thumbnail size"));
    m_size->setToolTip(tr("How large the pictures are shown"));
    m_size->setRange(GalleryView::smallestThumbnail, GalleryView::largestThumbnail);
    m_size->setSingleStep(16);
    m_size->setPageStep(64);
    m_size->setFixedWidth(sliderWidth);
    m_size->setValue(m_view->thumbnailSize());
    m_count->setForegroundRole(QPalette::PlaceholderText);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(CardLayout::padding, 0, 20, 4);
    bar->setSpacing(8);
    bar->addWidget(m_count, 1);
    bar->addWidget(sizeLabel);
    bar->addWidget(m_size);
    auto* finding = new QHBoxLayout;
    finding->setContentsMargins(CardLayout::padding, 8, 20, 4);
    finding->addWidget(m_filters);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(finding);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);

    m_filters->setFacets([this] { return m_model.facets(); });
    addActions({m_filters->find(), m_filters->clear(), m_filters->goToDate()}); // for their keys
    connect(m_filters, &FilterBar::filterChanged, &model, &GalleryModel::setFilter);
    connect(m_filters, &FilterBar::orderChanged, &model, &GalleryModel::setOrder);
    connect(m_filters, &FilterBar::left, this, &GalleryPanel::enterView);
    connect(m_filters, &FilterBar::dateWanted, this, &GalleryPanel::jumpTo);
    connect(&model, &GalleryModel::filtered, this, &GalleryPanel::showFiltered);
    connect(m_size, &QSlider::valueChanged, this, [this](int size) {
        m_view->setThumbnailSize(size);
        Q_EMIT thumbnailSizeChanged(size);
    });
    connect(m_view, &GalleryView::selected, this, &GalleryPanel::selectionChanged);
    connect(m_view, &GalleryView::openRequested, this, &GalleryPanel::openRequested);
    connect(m_view, &GalleryView::cancelRequested, this, &GalleryPanel::cancelRequested);
    connect(m_view, &GalleryView::tryAgainRequested, this, &GalleryPanel::tryAgainRequested);
    connect(m_view, &GalleryView::dismissRequested, this, &GalleryPanel::dismissRequested);
    connect(m_view, &GalleryView::resumeQueueRequested, this, &GalleryPanel::resumeQueueRequested);
    connect(m_view, &GalleryView::menuRequested, this, [this, &actions](const QPoint& position) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        actions.fill(*menu);
        menu->popup(position);
    });
    m_view->addActions(actions.ratings()); // for their keys
    m_view->addAction(actions.editTags());
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, &GalleryPanel::updateCount);
    connect(&model, &GalleryModel::countChanged, this, &GalleryPanel::updateCount);
    updateCount();
}

int GalleryPanel::thumbnailSize() const
{
    return m_size->value();
}

void GalleryPanel::setThumbnailSize(int size)
{
    m_size->setValue(size);
}

void GalleryPanel::select(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void GalleryPanel::show(const QUuid& pictureId)
{
    if (!m_model.contains(pictureId))
        return;
    if (!m_model.indexOf(pictureId).isValid())
        m_filters->setFilter({});
    select(m_model.indexOf(pictureId));
}

// The keys find something to work on.
void GalleryPanel::enterView()
{
    m_view->setFocus();
    if (!m_view->selectionModel()->hasSelection() && m_model.rowCount() > 0)
        m_view->setCurrentIndex(m_model.index(0));
}

// What is looked at stays in sight if it is shown still; else it begins at the head.
void GalleryPanel::showFiltered()
{
    updateCount();
    const QModelIndex current = m_view->currentIndex();
    if (current.isValid() && m_view->selectionModel()->isSelected(current))
        m_view->scrollTo(current);
    else
        m_view->scrollToTop();
}

void GalleryPanel::jumpTo(const QDate& day)
{
    if (m_model.order().key != OrderKey::Date)
        m_filters->setOrder({});
    const QModelIndex index = m_model.firstOf(day);
    if (!index.isValid())
        return;
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index, QAbstractItemView::PositionAtTop);
}

QList<QUuid> GalleryPanel::selectedPictures() const
{
    return m_view->selectedPictures();
}

void GalleryPanel::updateCount()
{
    const int count = m_model.pictureCount();
    const int all = m_model.allPictureCount();
    if (count != all) {
        m_count->setText(
            tr("%1 of %2 pictures").arg(QLocale().toString(count), QLocale().toString(all)));
        return;
    }
    // %n is not grouped by the locale; a library has many thousands.
    m_count->setText(count == 0   ? QString()
                     : count == 1 ? tr("1 picture")
                                  : tr("%1 pictures").arg(QLocale().toString(count)));
}

} // namespace seedbook

#include "moc_GalleryPanel.cpp"
