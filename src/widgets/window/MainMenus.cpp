// MainWindow's part that fills its menus.
#include "widgets/actions/PictureActions.h"
#include "widgets/common/Commands.h"
#include "widgets/common/Icons.h"
#include "widgets/common/MenuGuard.h"
#include "widgets/compose/ComposePanel.h"
#include "widgets/gallery/FilterBar.h"
#include "widgets/gallery/GalleryPanel.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/import/Importer.h"
#include "widgets/viewer/Viewers.h"
#include "widgets/window/HelpBoxes.h"
#include "widgets/window/MainWindow.h"
#include "widgets/window/UndoLink.h"

#include <QDockWidget>
#include <QMenuBar>

namespace seedbook {

void MainWindow::buildMenus()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    QAction* generate = file->addAction(
        themedIcon(u"generate"), tr("&Generate"), m_compose, &ComposePanel::generateOnce);
    giveKeys(generate, Command::Generate);
    generate->setAutoRepeat(false); // a key that is held pays once
    file->addSeparator();
    file->addAction(m_importer->importFiles());
    file->addAction(m_importer->importFolder());
    file->addSeparator();
    file->addAction(m_actions->saveAs());
    file->addAction(m_actions->exportClean());
    file->addAction(m_actions->reveal());
    file->addSeparator();
    file->addAction(tr("&Ledger…"), this, &MainWindow::openSpending);
    QAction* settings =
        file->addAction(themedIcon(u"settings"), tr("S&ettings…"), this, &MainWindow::openSettings);
    giveKeys(settings, Command::Settings);
    settings->setMenuRole(QAction::PreferencesRole);
    file->addSeparator();
    QAction* quit = file->addAction(tr("&Quit"), this, &QWidget::close);
    giveKeys(quit, Command::Quit);
    quit->setAutoRepeat(false);
    quit->setMenuRole(QAction::QuitRole);

    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions({m_undo->undo(), m_undo->redo()});
    edit->addSeparator();
    edit->addActions({m_gallery->filters()->find(), m_gallery->filters()->clear()});

    QMenu* picture = menuBar()->addMenu(tr("&Picture"));
    MenuGuard::protect(picture); // "Run again" pays
    for (QAction* action : {m_actions->open(), m_actions->useAll(), m_actions->remix(),
             m_actions->useSeed(), m_actions->runAgain()})
        picture->addAction(action);
    picture->addSeparator();
    m_actions->addRatings(*picture);
    picture->addAction(m_actions->editTags());
    picture->addSeparator();
    picture->addActions({m_actions->moveTo(), m_actions->trash(), m_undo->emptyRejected()});
    picture->addSeparator();
    for (QAction* action : {m_actions->copyImage(), m_actions->copyClean(), m_actions->copySeed(),
             m_actions->copyPrompt(), m_actions->copyBase64(), m_actions->copyDataUri()})
        picture->addAction(action);

    QMenu* view = menuBar()->addMenu(tr("&View"));
    view->addAction(m_composeDock->toggleViewAction());
    view->addAction(m_pictureDock->toggleViewAction());
    QAction* queue = m_queueDock->toggleViewAction();
    giveKeys(queue, Command::ToggleQueue);
    view->addAction(queue);
    view->addAction(m_viewers->secondWindowAction());
    view->addSeparator();
    view->addMenu(m_gallery->filters()->jumpMenu());
    QAction* prompt = view->addAction(tr("Go to the &prompt"), this, [this] {
        m_composeDock->show();
        m_compose->focusPrompt();
    });
    giveKeys(prompt, Command::GoToPrompt);
    QAction* gallery =
        view->addAction(tr("Go to the &gallery"), this, [this] { m_gallery->view()->setFocus(); });
    giveKeys(gallery, Command::GoToGallery);

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Keyboard shortcuts"), this, [this] { showShortcuts(this); });
    QAction* about = help->addAction(tr("&About Seedbook"), this, [this] { showAbout(this); });
    about->setMenuRole(QAction::AboutRole);
}

} // namespace seedbook
