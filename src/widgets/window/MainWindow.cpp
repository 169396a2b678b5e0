#include "widgets/window/MainWindow.h"

#include "core/ErrorText.h"
#include "library/Library.h"
#include "settings/DraftStore.h"
#include "settings/KeyStore.h"
#include "settings/Settings.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/Commands.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/PressGuard.h"
#include "widgets/import/Importer.h"
#include "widgets/live/PictureSelection.h"
#include "widgets/live/QueueWatch.h"
#include "widgets/output/ExportBar.h"
#include "widgets/panel/PicturePage.h"
#include "widgets/panel/PicturePanel.h"
#include "widgets/panel/RatingTagsPanel.h"
#include "widgets/panel/TagEditor.h"
#include "widgets/queue/QueuePanel.h"
#include "widgets/queue/QueueStatus.h"
#include "widgets/settings/SettingsDialog.h"
#include "widgets/spending/MoneyBar.h"
#include "widgets/spending/SpendingDialog.h"
#include "widgets/undo/UndoBar.h"
#include "widgets/undo/UndoController.h"
#include "widgets/viewer/FullView.h"
#include "widgets/viewer/SecondWindow.h"
#include "widgets/viewer/ViewerWindows.h"
#include "widgets/window/HelpBoxes.h"
#include "widgets/window/LibraryController.h"
#include "widgets/window/MainMenus.h"
#include "widgets/window/NoticeBar.h"
#include "widgets/window/PageList.h"
#include "widgets/window/Pages.h"
#include "widgets/window/QuitText.h"
#include "widgets/window/SendController.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

MainWindow::MainWindow(const Parts& parts, QWidget* parent)
    : QMainWindow(parent)
    , m_models(parts.models)
    , m_queue(parts.queue)
    , m_sender(parts.sender)
    , m_ledger(parts.ledger)
    , m_settings(parts.settings)
    , m_keys(parts.keys)
    , m_draft(parts.draft)
    , m_keyCheck(parts.keyCheck)
    , m_library(parts.library)
    , m_watch(new QueueWatch(parts.queue, this))
    , m_pictures(new LivePictures(parts.thumbnails, this))
    , m_selection(new PictureSelection(this))
    , m_actions(new PictureActions(parts.models, *m_pictures, *m_selection, this))
    , m_compose(new ComposePanel(parts.models))
    , m_pages(new Pages(makePages({*m_pictures, *m_actions}), *m_selection, parts.settings))
    , m_picture(new PicturePanel(parts.models, *m_pictures, *m_selection, *m_actions))
    , m_notices(new NoticeBar)
    , m_libraryController(new LibraryController(
          parts.library, *m_picture->picturePage()->ratingTags()->tags(), *m_notices, this))
    , m_undo(new UndoController(parts.library, *m_actions, *m_selection, m_pages, this))
    , m_exports(new ExportBar)
    , m_importer(new Importer(
          {parts.models,
              [pictures = m_pictures](const QUuid& id) { return pictures->contains(id); },
              [&library = parts.library](
                  const QStringList& paths) { return library.import(paths); }},
          this))
    , m_composeDock(new QDockWidget(tr("Compose"), this))
    , m_pictureDock(new QDockWidget(tr("Picture"), this))
    , m_queueDock(new QDockWidget(tr("Queue"), this))
    , m_counts(new PlainLabel)
    , m_send(new SendController({parts.models, parts.queue, parts.sender, *m_pictures, *m_pages,
                                    *m_compose, *m_actions, *m_notices},
          this))
    , m_money(new MoneyBar(parts.queue))
    , m_target(new PlainLabel)
{
    setWindowTitle(tr("Seedbook"));
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notices);
    column->addWidget(m_pages, 1);
    column->addWidget(m_exports);
    column->addWidget(m_undo->bar());
    setCentralWidget(middle);
    QWidget::setTabOrder(m_pages, m_undo->bar()->action());
    QWidget::setTabOrder(m_undo->bar()->action(), m_undo->bar()->refusal());
    QWidget::setTabOrder(m_undo->bar()->refusal(), m_undo->bar()->close());
    m_viewers = new ViewerWindows(*m_selection, *m_actions, parts.models, parts.settings, this);
    m_actions->setCleanFolder(parts.cacheFolder + u"/clean"_s);
    m_pictures->setSource([this](const QList<QUuid>& ids) { return m_library.find(ids); },
        [this](const PicturePtr& picture) { return m_library.marked(picture); },
        [this](const QStringList& terms) { return m_library.search(terms); });
    buildDocks();
    buildActions();
    fillMenus(*menuBar(), *this);
    buildStatusBar();
    connectQueue();
    connectPages();
    connectActions();

    m_compose->setDraft(m_draft.load());
    connect(
        m_compose, &ComposePanel::draftChanged, this, [this] { m_draft.save(m_compose->draft()); });

    // On a small screen all of it, but for the frame.
    resize(QSize(1360, 860).boundedTo(screen()->availableSize() - QSize(8, 40)));
    restoreGeometry(m_settings.windowGeometry());
    restoreState(m_settings.windowState());
    m_compose->focusPrompt();
    updateCounts();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildDocks()
{
    m_composeDock->setObjectName(u"composeDock"_s);
    m_composeDock->setWidget(m_compose);
    addDockWidget(Qt::LeftDockWidgetArea, m_composeDock);
    m_pictureDock->setObjectName(u"pictureDock"_s);
    m_pictureDock->setWidget(m_picture);
    addDockWidget(Qt::RightDockWidgetArea, m_pictureDock);
    auto* queue = new QueuePanel(m_queue, m_sender, *m_watch);
    m_send->follow(*queue);
    connect(queue, &QueuePanel::showRequested, m_pages, &Pages::show);
    m_queueDock->setObjectName(u"queueDock"_s);
    m_queueDock->setWidget(queue);
    addDockWidget(Qt::BottomDockWidgetArea, m_queueDock);
    m_queueDock->hide();
    // The side panels keep their height; the queue lies below the gallery.
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    resizeDocks({m_composeDock, m_pictureDock}, {340, 330}, Qt::Horizontal);
}

// What is the window's own to do; the other actions are made where they are done.
void MainWindow::buildActions()
{
    const auto add = [this](Command command, const auto& act) {
        QAction* action = makeAction(command, this);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    add(Command::Generate, [this] { m_compose->generateOnce(); });
    add(Command::SpendingLog, [this] { openSpending(); });
    add(Command::Settings, [this] { openSettings(); })->setMenuRole(QAction::PreferencesRole);
    add(Command::Quit, [this] { close(); })->setMenuRole(QAction::QuitRole);
    add(Command::GoToPrompt, [this] {
        m_composeDock->show();
        m_compose->focusPrompt();
    });
    add(Command::GoToGallery, [this] { m_pages->setFocus(); });
    add(Command::ShowShortcuts, [this] { showShortcuts(this); });
    add(Command::ShowAbout, [this] { showAbout(this); })->setMenuRole(QAction::AboutRole);
    makeInto(m_composeDock->toggleViewAction(), Command::ToggleCompose);
    makeInto(m_pictureDock->toggleViewAction(), Command::TogglePicture);
    makeInto(m_queueDock->toggleViewAction(), Command::ToggleQueue);
    setWords(
        m_queueDock->toggleViewAction(), m_queueDock->windowTitle(), tipOf(Command::ToggleQueue));
}

void MainWindow::buildStatusBar()
{
    m_counts->setContentsMargins(8, 0, 8, 0);
    auto* queue = new QToolButton;
    queue->setDefaultAction(m_queueDock->toggleViewAction());
    queue->setAutoRaise(true);
    statusBar()->addWidget(queue);
    statusBar()->addWidget(m_counts);
    statusBar()->addWidget(new QueueStatus(m_queue, *m_watch));
    statusBar()->addWidget(m_send->resumeButton());
    statusBar()->addPermanentWidget(m_libraryController->progress());
    statusBar()->addPermanentWidget(m_money);
    connect(m_money, &MoneyBar::spendingRequested, this, &MainWindow::openSpending);
    statusBar()->addPermanentWidget(m_target);
}

void MainWindow::connectQueue()
{
    m_pictures->setWatch(m_watch);
    connect(m_actions, &PictureActions::resumeQueueRequested, &m_queue, &JobQueue::resumeAll);
    m_pictures->addJobs(m_queue.jobs());
    connect(&m_queue, &JobQueue::jobsAdded, m_pictures, &LivePictures::addJobs);
    connect(&m_queue, &JobQueue::jobChanged, m_pictures, &LivePictures::updateJob);
    connect(&m_queue, &JobQueue::jobRemoved, m_pictures, &LivePictures::removeJob);
    connect(&m_queue, &JobQueue::countsChanged, this, &MainWindow::updateCounts);
    connect(&m_queue, &JobQueue::endpointsChanged, this, &MainWindow::dismissPauseNotices);
    connect(&m_queue, &JobQueue::endpointsChanged, this, &MainWindow::updateCounts);
    connect(&m_queue, &JobQueue::paused, this, &MainWindow::sayPaused);
    connect(m_send, &SendController::sent, this, [this] { m_leaveWhenIdle = false; });
    connect(m_send, &SendController::told, this,
        [this](const QString& words, bool isError) { m_viewers->say(words, isError); });
    // Mostly the answer is there before it could be read.
    auto* slow = new QTimer(this);
    slow->setSingleShot(true);
    slow->setInterval(300);
    connect(
        slow, &QTimer::timeout, this, [this] { m_counts->setText(tr("Checking the library…")); });
    connect(&m_sender, &Sender::askedChanged, this, [this, slow](bool isAsked) {
        if (isAsked)
            return slow->start();
        slow->stop();
        updateCounts();
        if (std::exchange(m_leaveWhenAnswered, false))
            close();
    });
    connect(m_send, &SendController::composeNeeded, this, [this] {
        m_composeDock->show();
        m_composeDock->raise();
    });
    connect(&m_queue, &JobQueue::idle, this, [this] {
        if (m_leaveWhenIdle)
            close();
    });
}

void MainWindow::connectPages()
{
    connect(m_pages, &Pages::openRequested, fullView(), &FullView::open);
    connect(m_undo, &UndoController::told, m_viewers, &ViewerWindows::say);
    m_viewers->secondWindow()->addActions({m_undo->undo(), m_undo->redo()});
    connect(m_picture, &PicturePanel::showRequested, m_pages, &Pages::show);
    connect(m_picture->picturePage()->ratingTags()->tags(), &TagEditor::left, m_pages,
        qOverload<>(&QWidget::setFocus));
}

void MainWindow::connectActions()
{
    connect(m_actions, &PictureActions::exportRequested, m_exports,
        [this](const QList<PicturePtr>& pictures, const QString& folder, bool clean) {
            m_exports->start({pictures, folder, clean, tr("picture")});
        });
    // The words of a request belong in front of the person, so the panel comes back if it is
    // closed.
    connect(m_actions, &PictureActions::useAllRequested, this,
        [this](const QString& modelId, const QJsonObject& values, const Provenance& from) {
            m_composeDock->show();
            m_compose->useAll(modelId, values, from);
        });
    connect(m_actions, &PictureActions::remixRequested, this,
        [this](const QString& modelId, const QJsonObject& values, const Provenance& from) {
            m_composeDock->show();
            m_compose->remix(modelId, values, from);
        });
    connect(m_importer, &Importer::useRequested, this,
        [this](const QString& modelId, const QJsonObject& values, const Provenance& from) {
            m_composeDock->show();
            m_compose->useFound(modelId, values, from);
        });
    connect(m_importer, &Importer::refused, this, [this, count = 0](const QString& words) mutable {
        m_notices->say(u"import %1"_s.arg(++count), MessageLine::Kind::Problem, words);
    });
    connect(m_actions, &PictureActions::fileShowRequested, m_importer,
        [this](const PicturePtr& picture) { m_importer->review({picture->path}); });
    connect(
        m_actions, &PictureActions::useSeedRequested, this, [this](Seed seed, const QUuid& parent) {
            m_composeDock->show();
            m_compose->pinSeed(seed, parent);
        });
    connect(m_actions, &PictureActions::editTagsRequested, this, [this] {
        m_pictureDock->show();
        m_pictureDock->raise();
        m_picture->editTags();
    });
}

FullView* MainWindow::fullView() const
{
    return m_viewers->fullView();
}

void MainWindow::setTarget(const Endpoint& endpoint, ComposePanel::Mode mode)
{
    m_compose->setMode(mode);
    m_sender.setTarget(endpoint);
    m_money->setEndpoint(endpoint);
    const bool practice = mode == ComposePanel::Mode::Practice;
    m_target->setText(practice ? tr("Practice: drawn on this computer, nothing is paid")
                               : endpoint.url({}).host());
    if (practice && m_keys.key().isEmpty())
        m_notices->say(u"practice"_s, MessageLine::Kind::Note,
            tr("There is no API key yet, so this is practice: pictures are drawn on this computer "
               "and cost nothing."),
            {tr("Enter API key…"), [this] { openSettings(); }});
    else
        m_notices->takeBack(u"practice"_s);
}

void MainWindow::showListing(PictureListing listing)
{
    m_pictures->setListing(std::move(listing));
}

void MainWindow::applyChanges(const LibraryChanges& changes)
{
    m_pictures->applyChanges(changes);
}

void MainWindow::say(const QString& name, bool isProblem, const QString& text)
{
    m_notices->say(name, isProblem ? MessageLine::Kind::Problem : MessageLine::Kind::Warning, text);
}

void MainWindow::comeForward()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

// Once, however many jobs wait behind it.
void MainWindow::sayPaused(const QString& endpoint, const Pause& pause)
{
    const PauseText words = pauseText(pause);
    const auto resume = [this, endpoint] {
        if (endpoint.isEmpty())
            m_queue.resumeAll();
        else
            m_queue.resumeEndpoint(endpoint); // not what else stands still
    };
    m_notices->say(u"paused"_s + endpoint, MessageLine::Kind::Problem,
        pause.reason == PauseReason::Disk ? words.details
                                          : words.details + u' ' + tr("The queue is paused."),
        {words.wayOut, resume});
}

void MainWindow::dismissPauseNotices()
{
    QSet<QString> paused;
    for (const JobQueue::EndpointStatus& endpoint : m_queue.blockedEndpoints()) {
        if (endpoint.pause)
            paused.insert(u"paused"_s + endpoint.endpoint);
    }
    for (const QString& name : m_notices->names()) {
        if (name.startsWith("paused"_L1) && !paused.contains(name))
            m_notices->takeBack(name);
    }
}

void MainWindow::updateCounts()
{
    const int running = m_queue.inFlightCount();
    const int waiting = m_queue.waitingCount() - m_queue.onHoldCount();
    QStringList words;
    if (running > 0)
        words.append(tr("%n running", nullptr, running));
    if (waiting > 0)
        words.append(tr("%n waiting", nullptr, waiting));
    const Money money = m_queue.moneyInFlight() + m_queue.moneyWaiting();
    if (money > Money())
        words.append(estimated(money.shortText()));
    m_counts->setText(words.isEmpty() ? tr("Nothing is running") : words.join(u" · "_s));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_sender.isAsked() && !m_leaving) { // what was asked for is about to be sent
        event->ignore();
        m_leaveWhenAnswered = true;
        return;
    }
    if (workOut(m_queue).any() && !m_leaving) {
        event->ignore();
        askBeforeLeaving();
        return;
    }
    m_viewers->close();
    m_settings.setWindow(saveGeometry(), saveState());
    m_draft.save(m_compose->draft());
    QMainWindow::closeEvent(event);
}

void MainWindow::askBeforeLeaving()
{
    if (std::exchange(m_asking, true))
        return;
    const WorkOut work = workOut(m_queue);
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(tr("Quit Seedbook?"));
    box->setText(leaveText(work));
    box->setInformativeText(leaveDetails(work));
    makePlain(*box);
    QPushButton* stay = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    QPushButton* later = box->addButton(tr("Quit when done"), QMessageBox::AcceptRole);
    QPushButton* leave = box->addButton(tr("Quit now"), QMessageBox::DestructiveRole);
    // A press that was meant for what the question came over does not answer it.
    for (QPushButton* button : {stay, later, leave})
        PressGuard::protect(button);
    box->setDefaultButton(later);
    box->setEscapeButton(stay);
    connect(box, &QMessageBox::finished, this, [this, box, later, leave] {
        m_asking = false;
        m_leaveWhenIdle = box->clickedButton() == later;
        if (box->clickedButton() == leave) {
            leaveNow();
        } else if (box->clickedButton() == later) {
            statusBar()->showMessage(tr("Seedbook quits when the last image has arrived."));
            if (!workOut(m_queue).any())
                close();
        } else {
            statusBar()->clearMessage();
        }
    });
    box->open();
}

void MainWindow::leaveNow()
{
    if (std::exchange(m_leaving, true))
        return;
    connect(&m_queue, &JobQueue::left, this, &QWidget::close);
    // What no disk takes does not hold a person who was told of it, or a session that ends.
    constexpr std::chrono::milliseconds longest{5000};
    constexpr std::chrono::milliseconds known{500};
    QTimer::singleShot(m_queue.hasDiskProblem() ? known : longest, this, &QWidget::close);
    m_queue.leave();
}

void MainWindow::openSettings()
{
    if (!m_settingsDialog)
        m_settingsDialog =
            new SettingsDialog(m_settings, m_keys, m_keyCheck, m_library.folder(), this);
    m_settingsDialog->setAttribute(Qt::WA_DeleteOnClose);
    m_settingsDialog->show();
    m_settingsDialog->raise();
    m_settingsDialog->activateWindow();
}

void MainWindow::openSpending()
{
    if (!m_spending) {
        m_spending = new SpendingDialog(m_ledger, this);
        m_spending->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_spending->show();
    m_spending->raise();
    m_spending->activateWindow();
}

} // namespace seedbook

#include "moc_MainWindow.cpp"
