#pragma once

#include "library/ThumbnailLoader.h"
#include "support/GallerySamples.h"
#include "support/Listing.h"
#include "support/Samples.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/gallery/GalleryPage.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/live/LivePictures.h"
#include "widgets/live/PictureListModel.h"
#include "widgets/live/PictureSelection.h"

#include <QItemSelectionModel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

namespace seedbook::test {

// Live pictures, the gallery's page and what is chosen there, joined as the window joins them. The
// page lies in no layout until a test puts it into one.
struct GalleryBench
{
    explicit GalleryBench(const QString& cache = {})
        : loader(cache.isEmpty() ? folder.filePath(QStringLiteral("cache")) : cache)
        , actions(models(), live, selection, &window)
        , page(new GalleryPage(live, actions))
        , view(page->view())
        , model(*page->list())
    {
        QObject::connect(&selection, &PictureSelection::revealRequested, page, &Page::reveal);
        selection.setView(page->list(), page->items());
    }
    ~GalleryBench() { delete page; }
    Q_DISABLE_COPY_MOVE(GalleryBench)

    void show(QSize size)
    {
        window.resize(size);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no window");
    }
    [[nodiscard]] QModelIndex indexOf(JobId id) const
    {
        return model.indexOf(sampleJob(id).pictureId);
    }

    QTemporaryDir folder;
    ThumbnailLoader loader;
    LivePictures live{loader};
    PictureSelection selection;
    QWidget window;
    QLineEdit other; // that can have the focus
    PictureActions actions;
    GalleryPage* page;
    GalleryView* view;
    PictureListModel& model;
};

} // namespace seedbook::test
