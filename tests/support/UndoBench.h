#pragma once

#include "support/GalleryBench.h"
#include "support/PictureFolder.h"
#include "widgets/undo/UndoBar.h"
#include "widgets/undo/UndoController.h"
#include "widgets/undo/UndoHistory.h"

#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

namespace seedbook::test {

// A library on disk with a gallery, and what a person does to its pictures; with a home of its own
// for the trash. Picture `number` lies at <number>.png.
struct UndoBench : GalleryBench
{
    explicit UndoBench(int pictures)
    {
        qputenv("XDG_DATA_HOME", QFile::encodeName(home.path()));
        for (int i = 1; i <= pictures; ++i)
            put(files.at(QStringLiteral("%1.png").arg(i)), recordedPicture(i));
        if (!files.scan())
            qFatal("the folder was not read");
        live.setListing(listingOf(files.known.values()));
        QObject::connect(&library(), &Library::changed, &live, &LivePictures::applyChanges);
        link = new UndoController(library(), actions, selection, page, &window);
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(&other);
        layout->addWidget(page, 1);
        layout->addWidget(link->bar());
        QWidget::setTabOrder(page, link->bar()->action());
        QWidget::setTabOrder(link->bar()->action(), link->bar()->close());
        window.addActions({link->undo(), link->redo()}); // as in its menu
        show({900, 700});
        view->setFocus();
    }
    ~UndoBench() { files.close(); } // while its trash is still there

    [[nodiscard]] Library& library() { return files.library(); }
    [[nodiscard]] QString at(int number) const
    {
        return files.at(QStringLiteral("%1.png").arg(number));
    }
    void select(const QList<int>& numbers)
    {
        page->items()->clear();
        for (const int number : numbers) {
            const QModelIndex index = model.indexOf(idOf(number));
            page->items()->select(index, QItemSelectionModel::Select);
            page->items()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        }
    }
    [[nodiscard]] QList<int> selected() const
    {
        QList<int> numbers;
        for (const QUuid& id : selection.pictures())
            numbers.append(static_cast<int>(model.entry(model.indexOf(id)).sequence));
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }
    [[nodiscard]] QList<PicturePtr> chosen() const
    {
        QList<PicturePtr> pictures;
        for (const QUuid& id : actions.pictures())
            pictures.append(live.picture(id));
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
        return ends([this] { QTest::keyClick(view, Qt::Key_Delete); });
    }
    [[nodiscard]] UndoBar& bar() const { return *link->bar(); }
    [[nodiscard]] QString barText() const { return bar().isVisible() ? bar().text() : QString(); }

    QTemporaryDir home;
    PictureFolder files;
    UndoController* link = nullptr;
};

} // namespace seedbook::test
