#include "widgets/window/Pages.h"

#include "settings/Settings.h"
#include "widgets/live/PictureSelection.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace seedbook {

Pages::Pages(
    const QList<Page*>& pages, PictureSelection& selection, Settings& settings, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_settings(settings)
    , m_pages(pages)
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
{
    m_tabs->setAccessibleName(tr("Pages"));
    m_tabs->setDocumentMode(true);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addWidget(m_stack, 1);
    for (Page* page : m_pages) {
        m_tabs->addTab(page->title());
        m_stack->addWidget(page);
        page->restoreState(m_settings.pageState(page->name()));
        connect(page, &Page::stateChanged, this,
            [this, page] { m_settings.setPageState(page->name(), page->saveState()); });
        connect(page, &Page::openRequested, this, &Pages::openRequested);
    }
    m_tabs->setVisible(m_pages.size() > 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &Pages::follow);
    connect(&m_selection, &PictureSelection::revealRequested, this,
        [this](const QModelIndex& index) { front()->reveal(index); });
    follow(0);
}

Page* Pages::front() const
{
    return m_pages.at(m_stack->currentIndex());
}

void Pages::bringToFront(Page* page)
{
    m_tabs->setCurrentIndex(static_cast<int>(m_pages.indexOf(page)));
}

void Pages::follow(int index)
{
    m_stack->setCurrentIndex(index);
    setFocusProxy(front());
    m_selection.setView(front()->list(), front()->items());
}

void Pages::show(const QUuid& pictureId)
{
    QList<Page*> pages = m_pages;
    pages.removeOne(front());
    pages.prepend(front());
    for (Page* page : std::as_const(pages)) {
        if (!page->makeWayFor(pictureId))
            continue;
        bringToFront(page);
        m_selection.select(page->list()->indexOf(pictureId));
        return;
    }
}

} // namespace seedbook

#include "moc_Pages.cpp"
