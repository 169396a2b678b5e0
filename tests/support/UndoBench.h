#pragma once

#include "library/ThumbnailLoader.h"
#include "support/GallerySamples.h"
#include "support/Listing.h"
#include "support/PictureFolder.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/gallery/GalleryPanel.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/live/GalleryModel.h"
#include "widgets/undo/UndoBar.h"
#include "widgets/undo/UndoHistory.h"
#include "widgets/window/UndoLink.h"

#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

namespace seedbook::test {

// A library on disk with a gallery, and what a person does to its pictures; with a home of its own
// for the trash. Picture `number` lies at <number>.png.
struct UndoBench
{
    explicit UndoBench(int pictures)
    {
        qputenv("XDG_DATA_HOME", QFile::encodeName(home.path()));
        for (int i = 1; i <= pictures; ++i)
            put(folder.at(QStringLiteral("%1.png").arg(i)), recordedPicture(i));
        if (!folder.scan())
            qFatal("the folder was not read");
        model.setListing(listingOf(folder.known.values()));
        QObject::connect(&library(), &Library::changed, &model, &GalleryModel::applyChanges);
        gallery = new GalleryPanel(model, actions);
        link = new UndoLink(library(), actions, model, *gallery, &window);
        actions.setSelection([this] { return gallery->selectedPictures(); },
            [this](const QList<QUuid>& ids, QObject* context,
                const std::function<void(const QList<PicturePtr>&)>& done) {
                model.load(ids, context, done);
            });
        QObject::connect(
            gallery, &GalleryPanel::selectionChanged, &actions, [this](const QModelIndex& index) {
                actions.setSubject(model.picture(index), model.job(index));
            });
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(&field);
        layout->addWidget(gallery, 1);
        layout->addWidget(link->bar());
        QWidget::setTabOrder(gallery->view(), link->bar()->action());
        QWidget::setTabOrder(link->bar()->action(), link->bar()->close());
        window.addActions({link->undo(), link->redo()}); // as in its menu
        window.resize(900, 700);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no window");
        gallery->view()->setFocus();
    }
    ~UndoBench() { folder.close(); } // while its trash is still there

    [[nodiscard]] Library& library() { return folder.library(); }
    [[nodiscard]] QString at(int number) const
    {
        return folder.at(QStringLiteral("%1.png").arg(number));
    }
    void select(const QList<int>& numbers)
    {
        QItemSelectionModel* selection = gallery->view()->selectionModel();
        selection->clear();
        for (const int number : numbers) {
            const QModelIndex index = model.indexOf(idOf(number));
            selection->select(index, QItemSelectionModel::Select);
            selection->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        }
    }
    [[nodiscard]] QList<int> selected() const
    {
        QList<int> numbers;
        for (const QUuid& id : gallery->selectedPictures())
            numbers.append(static_cast<int>(model.entry(model.indexOf(id)).sequence));
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }
    [[nodiscard]] QList<PicturePtr> chosen() const
    {
        QList<PicturePtr> pictures;
        for (const QUuid& id : actions.pictures())
            pictures.append(model.picture(id));
        return pictures;
    }
    // Does it and waits for the history to tell of its end.
    template <typename Act>
    [[nodiscard]] bool ends(const Act& act)
    {
        QSignalSpy ended(link->history(), &UndoHistory::ended);
        act();
        return !ended.isEmpty() || ended.wait(20'000);
    }
    [[nodiscard]] bool undo()
    {
        return ends([this] { link->undo()->trigger(); });
    }
    [[nodiscard]] bool redo()
    {
        return ends([this] { link->redo()->trigger(); });
    }
    [[nodiscard]] bool trash(const QList<int>& numbers)
    {
        select(numbers);
        return ends([this] { QTest::keyClick(gallery->view(), Qt::Key_Delete); });
    }
    [[nodiscard]] UndoBar& bar() const { return *link->bar(); }
    [[nodiscard]] QString barText() const { return bar().isVisible() ? bar().text() : QString(); }

    QTemporaryDir home;
    PictureFolder folder;
    ThumbnailLoader thumbnails{folder.cache};
    GalleryModel model{thumbnails};
    QWidget window;
    QLineEdit field;
    PictureActions actions{models(), &window};
    GalleryPanel* gallery = nullptr;
    UndoLink* link = nullptr;
};

} // namespace seedbook::test
