#include "widgets/gallery/GalleryPage.h"

#include "widgets/actions/PictureActions.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/gallery/FilterBar.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/gallery/TileLayout.h"
#include "widgets/live/PictureListModel.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QSlider>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int sliderWidth = 140;

} // namespace

GalleryPage::GalleryPage(LivePictures& pictures, PictureActions& actions, QWidget* parent)
    : Page(parent)
    , m_list(new PictureListModel(pictures, this))
    , m_filters(new FilterBar(this))
    , m_count(new PlainLabel(this))
    , m_size(new QSlider(Qt::Horizontal, this))
    , m_view(new GalleryView(*m_list, this))
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
    bar->setContentsMargins(TileLayout::padding, 0, 20, 4);
    bar->setSpacing(8);
    bar->addWidget(m_count, 1);
    bar->addWidget(sizeLabel);
    bar->addWidget(m_size);
    auto* finding = new QHBoxLayout;
    finding->setContentsMargins(TileLayout::padding, 8, 20, 4);
    finding->addWidget(m_filters);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(finding);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);

    m_filters->setFacets([this] { return m_list->facets(); });
    addActions({m_filters->find(), m_filters->clear(), m_filters->goToDate()}); // for their keys
    connect(m_filters, &FilterBar::filterChanged, m_list, &PictureListModel::setFilter);
    connect(m_filters, &FilterBar::orderChanged, m_list, &PictureListModel::setOrder);
    connect(m_filters, &FilterBar::left, this, &GalleryPage::enterView);
    connect(m_filters, &FilterBar::dateWanted, this, &GalleryPage::jumpTo);
    connect(m_list, &PictureListModel::filtered, this, &GalleryPage::showFiltered);
    connect(m_size, &QSlider::valueChanged, this, [this](int size) {
        m_view->setThumbnailSize(size);
        Q_EMIT stateChanged();
    });
    connect(m_view, &GalleryView::openRequested, this, &GalleryPage::openRequested);
    connectActions(actions);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_list, signal, this, &GalleryPage::updateCount);
    connect(m_list, &PictureListModel::countChanged, this, &GalleryPage::updateCount);
    updateCount();
}

void GalleryPage::connectActions(PictureActions& actions)
{
    connect(m_view, &GalleryView::cancelRequested, &actions, &PictureActions::cancelRequested);
    connect(m_view, &GalleryView::tryAgainRequested, &actions, &PictureActions::tryAgainRequested);
    connect(m_view, &GalleryView::dismissRequested, &actions, &PictureActions::dismissRequested);
    connect(m_view, &GalleryView::resumeQueueRequested, &actions,
        &PictureActions::resumeQueueRequested);
    connect(m_view, &GalleryView::menuRequested, this, [this, &actions](const QPoint& position) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        actions.fill(*menu);
        menu->popup(position);
    });
    // For their keys.
    m_view->addActions(actions.keyActions());
    m_view->addAction(actions.editTags());
}

QString GalleryPage::name() const
{
    return u"gallery"_s;
}

QString GalleryPage::title() const
{
    return tr("Gallery");
}

QItemSelectionModel* GalleryPage::items() const
{
    return m_view->selectionModel();
}

QByteArray GalleryPage::saveState() const
{
    return QByteArray::number(m_size->value());
}

void GalleryPage::restoreState(const QByteArray& state)
{
    bool isNumber = false;
    if (const int size = state.toInt(&isNumber); isNumber)
        m_size->setValue(size);
}

void GalleryPage::reveal(const QModelIndex& index)
{
    m_view->scrollTo(index);
}

bool GalleryPage::makeWayFor(const QUuid& pictureId)
{
    if (!m_list->live().contains(pictureId))
        return false;
    if (!m_list->indexOf(pictureId).isValid())
        m_list->letIn(); // what is asked for is no arrival
    if (!m_list->indexOf(pictureId).isValid())
        m_filters->setFilter({});
    return true;
}

// The keys find something to work on.
void GalleryPage::enterView()
{
    m_view->setFocus();
    if (!m_view->selectionModel()->hasSelection() && m_list->rowCount() > 0)
        m_view->setCurrentIndex(m_list->index(0));
}

// What is looked at stays in sight if it is shown still; else it begins at the head.
void GalleryPage::showFiltered()
{
    updateCount();
    const QModelIndex current = m_view->currentIndex();
    if (current.isValid() && m_view->selectionModel()->isSelected(current))
        m_view->scrollTo(current);
    else
        m_view->scrollToTop();
}

void GalleryPage::jumpTo(const QDate& day)
{
    if (m_list->order().key != OrderKey::Date)
        m_filters->setOrder({});
    const QModelIndex index = m_list->firstOf(day);
    if (!index.isValid())
        return;
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index, QAbstractItemView::PositionAtTop);
}

void GalleryPage::updateCount()
{
    const int count = m_list->pictureCount();
    const int all = m_list->live().pictureCount();
    if (count != all) {
        m_count->setText(tr("%1 of %Ln picture(s)", nullptr, all).arg(QLocale().toString(count)));
        return;
    }
    m_count->setText(count == 0 ? QString() : tr("%Ln picture(s)", nullptr, count));
}

} // namespace seedbook

#include "moc_GalleryPage.cpp"
