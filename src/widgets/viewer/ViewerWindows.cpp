#include "widgets/viewer/ViewerWindows.h"

#include "settings/Settings.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/Commands.h"
#include "widgets/live/PictureSelection.h"
#include "widgets/viewer/DecodedPictures.h"
#include "widgets/viewer/FullView.h"
#include "widgets/viewer/SecondWindow.h"

#include <QAction>

namespace seedbook {

ViewerWindows::ViewerWindows(PictureSelection& selection, PictureActions& actions,
    const ModelCatalog& models, Settings& settings, QWidget* window)
    : QObject(window)
    , m_settings(settings)
    , m_action(makeAction(Command::SecondWindow, this))
    , m_decoded(new DecodedPictures(this))
    , m_fullView(new FullView({selection, actions, models, *m_decoded}, m_action, window))
    , m_second(
          std::make_unique<SecondWindow>(ViewerContext{selection, actions, models, *m_decoded}))
{
    m_action->setCheckable(true);
    connect(m_action, &QAction::toggled, this, [this, window](bool on) {
        if (on)
            m_second->open(m_settings.secondWindow(), window);
        else
            close();
    });
    m_second->addAction(m_action); // its keys close it there too
    connect(m_second.get(), &SecondWindow::closed, this, [this](const QByteArray& geometry) {
        m_settings.setSecondWindow(geometry);
        m_action->setChecked(false);
    });
    connect(m_fullView, &FullView::shown, &selection,
        qOverload<const QModelIndex&>(&PictureSelection::select));
    connect(&selection, &PictureSelection::changed, m_fullView,
        [this, &selection] { m_fullView->follow(selection.current()); });
    connect(&actions, &PictureActions::openRequested, m_fullView,
        [this, &selection](const PicturePtr& picture) {
            if (selection.list())
                m_fullView->open(selection.list()->indexOf(picture->id));
        });

    m_fullView->viewer()->setInfoShown(m_settings.isInfoShown());
    connect(m_fullView->viewer(), &PictureViewer::infoShownChanged, &m_settings,
        &Settings::setInfoShown);
    m_second->viewer()->setInfoShown(m_settings.isInfoShownSecond());
    connect(m_second->viewer(), &PictureViewer::infoShownChanged, &m_settings,
        &Settings::setInfoShownSecond);
}

ViewerWindows::~ViewerWindows()
{
    // Children go later than members, and the full view is the window's.
    delete m_fullView;
}

void ViewerWindows::say(const QString& words, bool isError)
{
    m_fullView->viewer()->say(words, isError);
    m_second->viewer()->say(words, isError);
}

void ViewerWindows::close()
{
    if (m_second->isVisible())
        m_second->close();
}

} // namespace seedbook

#include "moc_ViewerWindows.cpp"
