#include "widgets/viewer/SecondWindow.h"

#include "core/Text.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/Commands.h"
#include "widgets/live/PictureSelection.h"
#include "widgets/viewer/PictureViewer.h"

#include <QAction>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScreen>
#include <QVBoxLayout>
#include <QWindow>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype titlePrompt = 80;
constexpr QSize ordinarySize(960, 640);

} // namespace

SecondWindow::SecondWindow(const ViewerContext& parts)
    : m_selection(parts.selection)
    , m_actions(parts.actions)
    , m_viewer(new PictureViewer(parts, this))
{
    setAccessibleName(tr("Second window"));
    setFocusPolicy(Qt::StrongFocus);
    setPalette(PictureViewer::darkPalette(palette()));
    setAttribute(Qt::WA_QuitOnClose, false);
    setAttribute(Qt::WA_ShowWithoutActivating); // the keys stay where they are
    setMinimumSize(200, 150);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_viewer);
    connect(m_viewer, &PictureViewer::told, this, &SecondWindow::showTitle);
    connect(m_viewer, &PictureViewer::stepped, &m_selection,
        qOverload<const QModelIndex&>(&PictureSelection::select));
    connect(m_viewer, &PictureViewer::removed, this, [this](const QModelIndex& next) {
        if (m_selection.current().isValid() || !next.isValid())
            follow();
        else
            m_selection.select(next);
    });
    connect(&m_selection, &PictureSelection::changed, this, [this] {
        if (m_selection.current().isValid())
            follow();
        else
            followSoon();
    });
    connect(&m_actions, &PictureActions::subjectChanged, this, &SecondWindow::followSoon);
    addActions(m_actions.keyActions());
    addActions({m_actions.saveAs(), m_actions.copyImage()}); // for their keys
}

void SecondWindow::open(const QByteArray& geometry, const QWidget* first)
{
    QScreen* here = first->screen();
    const QList<QScreen*> screens = QGuiApplication::screens();
    const auto other = std::find_if(
        screens.cbegin(), screens.cend(), [here](QScreen* screen) { return screen != here; });
    const bool restored = restoreGeometry(geometry);
    // Full over the first window is not what anybody had.
    if (!restored || (isFullScreen() && screen() == here)) {
        if (other != screens.cend()) {
            setGeometry((*other)->geometry());
            setWindowState(Qt::WindowFullScreen);
        } else {
            setWindowState(Qt::WindowNoState);
            const QRect room = here->availableGeometry();
            const QSize size = ordinarySize.boundedTo(room.size() * 0.8);
            setGeometry(
                QRect(room.bottomRight() - QPoint(size.width() + 24, size.height() + 24), size));
        }
    }
    setFocus(); // else the stars would have it, whose arrow keys rate
    show();
    follow();
}

// Where the selected row is being removed, the selection goes first, and what takes its place is
// not known yet.
void SecondWindow::followSoon()
{
    QMetaObject::invokeMethod(this, &SecondWindow::follow, Qt::QueuedConnection);
}

// Never another picture than the one that the keys act on.
void SecondWindow::follow()
{
    if (!isVisible())
        return;
    QModelIndex index = m_selection.current();
    if (!index.isValid() && m_actions.picture() && m_selection.list())
        index = m_selection.list()->indexOf(m_actions.picture()->id);
    if (index.isValid() && index == m_viewer->current())
        return;
    m_viewer->setCurrent(index);
}

void SecondWindow::showTitle()
{
    const PicturePtr& picture = m_viewer->picture();
    const QString prompt = picture ? elided(picture->prompt.simplified(), titlePrompt) : QString();
    setWindowTitle(picture ? QStringList{prompt, m_viewer->line()}.join(u" · "_s) : tr("Seedbook"));
}

void SecondWindow::keyPressEvent(QKeyEvent* event)
{
    if (m_viewer->handleKey(*event))
        return;
    if (isKeyOf(*event, Command::FullScreen)) {
        setWindowState(windowState() ^ Qt::WindowFullScreen);
    } else if (isKeyOf(*event, Command::Leave)) {
        if (isFullScreen())
            setWindowState(windowState() & ~Qt::WindowFullScreen);
        else
            close();
    } else if (isKeyOf(*event, Command::ViewOnSecond) || isKeyOf(*event, Command::SecondWindow) ||
               isKeyOf(*event, Command::CloseSecond)) {
        if (!event->isAutoRepeat())
            close();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void SecondWindow::closeEvent(QCloseEvent* event)
{
    QWidget::closeEvent(event);
    m_viewer->clear();
    Q_EMIT closed(saveGeometry());
}

} // namespace seedbook

#include "moc_SecondWindow.cpp"
