#pragma once

#include "widgets/live/Page.h"

#include <QList>

class QStackedWidget;
class QTabBar;

namespace seedbook {

class PictureSelection;
class Settings;

// The middle of the window: one page in front, and a tab for each where there are several. The
// selection is that of the page in front. What pages keep is in the settings.
class Pages final : public QWidget
{
    Q_OBJECT

public:
    // Takes the pages over. The other two must outlive it.
    Pages(const QList<Page*>& pages, PictureSelection& selection, Settings& settings,
        QWidget* parent = nullptr);

    [[nodiscard]] Page* front() const;
    void bringToFront(Page* page);
    // A picture or tile of the library, chosen and in view, on the page in front or another.
    void show(const QUuid& pictureId);

Q_SIGNALS:
    // A picture of the page in front, into the full view.
    void openRequested(const QModelIndex& index);

private:
    void follow(int index);

    PictureSelection& m_selection;
    Settings& m_settings;
    QList<Page*> m_pages;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
};

} // namespace seedbook
