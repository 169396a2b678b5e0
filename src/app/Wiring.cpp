#include "app/Wiring.h"

#include "app/Session.h"
#include "core/Async.h"
#include "core/ErrorText.h"
#include "core/Words.h"
#include "library/ImageDecoder.h"
#include "widgets/common/Theme.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook {

namespace {

// A look at all files keeps both disk and processors busy: the pictures in view come first.
constexpr auto lookAfter = 400ms;

} // namespace

Wiring::Wiring(Session& session, MainWindow& window, QFuture<Result<PictureListing>> listing,
    bool practiceOnly)
    : m_session(session)
    , m_window(window)
    , m_listing(std::move(listing))
    , m_practiceOnly(practiceOnly)
{
    JobQueue& queue = session.queue();
    queue.setLimit(session.settings().jobsAtOnce());
    connect(&session.settings(), &Settings::jobsAtOnceChanged, &queue, &JobQueue::setLimit);
    connect(&session.settings(), &Settings::themeChanged, this,
        [](Theme theme) { applyTheme(*qApp, theme); });
    connect(&queue, &JobQueue::restored, this, &Wiring::adoptPractice);
    connect(&queue, &JobQueue::restored, this, &Wiring::chooseTarget);
    connect(&queue, &JobQueue::restoreFailed, this,
        [this](const Error& error) { m_window.say(u"ledger"_s, true, sentence(error)); });
    connect(&session.keys(), &KeyStore::loaded, this, &Wiring::chooseTarget);
    connect(&session.keys(), &KeyStore::keyChanged, this, &Wiring::chooseTarget);
    connect(&session.lock(), &DataLock::raiseRequested, &window, &MainWindow::comeForward);
    session.lock().listen();
    session.keys().load();
    queue.restore(session.models());
    loadLibrary();
    sayNotices();
}

void Wiring::loadLibrary()
{
    whenDone(m_session.library().checkFolder(), this, [this](const Result<void>& checked) {
        if (!checked)
            m_window.say(u"library"_s, true, sentence(checked.error()));
    });
    // What the index knows is there at once; what it does not know comes from the files.
    moveWhenDone(std::exchange(m_listing, {}), this, [this](Result<PictureListing> listing) {
        const bool knowsNone = !listing || listing->entries.isEmpty();
        if (listing)
            m_window.showListing(*std::move(listing));
        else
            m_window.say(u"index"_s, true, sentence(listing.error()));
        Library& library = m_session.library();
        connect(&library, &Library::changed, &m_window, &MainWindow::applyChanges);
        QTimer::singleShot(knowsNone ? 0ms : lookAfter, this, [this] { followLibrary(); });
    });
}

void Wiring::followLibrary()
{
    Library& library = m_session.library();
    m_session.followLibrary();
    // Once it has looked at all: the window becomes active as it opens.
    connect(
        &library, &Library::scanned, this,
        [&library] {
            connect(qApp, &QGuiApplication::applicationStateChanged, &library,
                [&library](Qt::ApplicationState state) {
                    if (state == Qt::ApplicationActive)
                        library.rescan();
                });
        },
        Qt::SingleShotConnection);
}

void Wiring::sayNotices()
{
    if (m_session.endpointProblem())
        m_window.say(u"endpoint"_s, true,
            sentence(*m_session.endpointProblem()) + u'\n' +
                Words::tr("Using the Segmind endpoint instead."));
    const QString formats = missingFormatsWarning();
    if (!formats.isEmpty())
        m_window.say(u"formats"_s, false, formats);
    int number = 0;
    for (const Error& error : m_session.models().errors())
        m_window.say(u"model%1"_s.arg(++number), true, sentence(error));
}

// Practice jobs of an earlier run can go on beside a key.
void Wiring::adoptPractice()
{
    for (const Job& job : m_session.queue().jobs()) {
        if (job.practice) {
            (void)m_session.startPractice();
            return;
        }
    }
}

// Nothing is sent before both the key and the ledger have answered.
void Wiring::chooseTarget()
{
    if (!m_session.queue().isRestored() || !(m_practiceOnly || m_session.keys().isLoaded()))
        return;
    if (!m_practiceOnly && !m_session.keys().key().isEmpty()) {
        m_window.setTarget(m_session.paidEndpoint(), ComposePanel::Mode::Paid);
        return;
    }
    const auto practice = m_session.startPractice();
    if (practice)
        m_window.setTarget(*practice, ComposePanel::Mode::Practice);
    else
        m_window.say(u"practice"_s, true, sentence(practice.error()));
}

} // namespace seedbook

#include "moc_Wiring.cpp"
