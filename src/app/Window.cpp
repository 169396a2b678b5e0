#include "app/Window.h"

#include "app/Generate.h"
#include "app/LogFile.h"
#include "app/Printing.h"
#include "app/Session.h"
#include "app/SignalWatch.h"
#include "app/Translations.h"
#include "core/Async.h"
#include "core/ErrorWords.h"
#include "core/Words.h"
#include "library/ImageDecoder.h"
#include "library/ThumbnailLoader.h"
#include "service/BalanceCall.h"
#include "settings/DraftStore.h"
#include "widgets/common/HeldKeys.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Theme.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QDir>
#include <QEventLoop>
#include <QIcon>
#include <QMessageBox>
#include <QTimer>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook {

namespace {

// A look at all files keeps both disk and processors busy: the pictures in view come first.
constexpr auto lookAfter = 400ms;

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

void say(const QString& line)
{
    printLine(stderr, line);
}

// There is no window yet that could say it.
int failToStart(const Error& error)
{
    say(sentence(error));
    const ErrorWords words = describe(error);
    QMessageBox box(QMessageBox::Critical, u"Seedbook"_s, words.what);
    box.setInformativeText(QString(words.why + u' ' + words.todo).trimmed());
    makePlain(box);
    QObject::connect(&box, &QDialog::finished, qApp, &QCoreApplication::quit);
    box.show();
    QCoreApplication::exec();
    return Generate::CouldNotStart;
}

void testKey(
    const Endpoint& endpoint, const ApiKey& key, QObject* context, const KeyTestAnswer& answer)
{
    auto* call = new BalanceCall(endpoint, key, context);
    QObject::connect(
        call, &BalanceCall::finished, context, [call, answer](const Result<Balance>& balance) {
            call->deleteLater();
            if (!balance) {
                answer(false, sentence(balance.error()));
                return;
            }
            const Money sum = balance->credits + balance->freeCredits.value_or(Money());
            answer(true, Words::tr("The key works. Your balance is %1.").arg(sum.text()));
        });
}

// Joins the session to the window once both are there; lives as long as the window.
class Wiring final : public QObject
{
public:
    Wiring(Session& session, MainWindow& window, QFuture<Result<PictureListing>> listing,
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
        connect(&queue, &JobQueue::restored, this, &Wiring::takeUpPractice);
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

private:
    void loadLibrary()
    {
        whenDone(m_session.library().checkFolder(), this, [this](const Result<void>& checked) {
            if (!checked)
                m_window.say(u"library"_s, true, sentence(checked.error()));
        });
        // What the index knows is there at once; what it does not know comes from the files.
        takeWhenDone(std::exchange(m_listing, {}), this, [this](Result<PictureListing> listing) {
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

    void followLibrary()
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
                            library.lookAgain();
                    });
            },
            Qt::SingleShotConnection);
    }

    void sayNotices()
    {
        if (m_session.endpointProblem())
            m_window.say(u"endpoint"_s, true,
                sentence(*m_session.endpointProblem()) + u' ' +
                    Words::tr("Segmind's own address is used instead."));
        const QString formats = missingFormatsWarning();
        if (!formats.isEmpty())
            m_window.say(u"formats"_s, false, formats);
        int number = 0;
        for (const Error& error : m_session.models().errors())
            m_window.say(u"model%1"_s.arg(++number), true, sentence(error));
    }

    // Practice jobs of an earlier run can go on beside a key.
    void takeUpPractice()
    {
        for (const Job& job : m_session.queue().jobs()) {
            if (job.practice) {
                (void)m_session.startPractice();
                return;
            }
        }
    }

    // Nothing is sent before both the key and the ledger have answered.
    void chooseTarget()
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

    Session& m_session;
    MainWindow& m_window;
    QFuture<Result<PictureListing>> m_listing;
    bool m_practiceOnly;
};

// By itself glibc gives nearly every thread a heap of its own, and each keeps the room that
// pictures took from it for a moment. Threads that work with pictures seldom wait for one
// another's.
void shareHeaps()
{
#ifdef __GLIBC__
    constexpr int heaps = 2;
    (void)::mallopt(M_ARENA_MAX, heaps);
#endif
}

} // namespace

int runWindow(int argc, char** argv, const ModelCatalog& models, const WindowOptions& options,
    const WindowHook& hook)
{
    if (!hasDisplay()) {
        say(Words::tr("There is no display for the window (DISPLAY and WAYLAND_DISPLAY are not "
                      "set). “seedbook generate --help” tells how to make pictures without one."));
        return Generate::CouldNotStart;
    }
    shareHeaps();
    QApplication application(argc, argv);
    HeldKeys heldKeys;
    application.installEventFilter(&heldKeys);
    installTranslations(application);
    QApplication::setApplicationDisplayName(u"Seedbook"_s);
    QGuiApplication::setDesktopFileName(u"org.seedbook.Seedbook"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/org.seedbook.Seedbook.svg"_s));
    if (!models.standard())
        return failToStart(models.errors().isEmpty() ? Error{} : models.errors().first());

    Session session(Folders::standard(), models, options.common);
    applyTheme(application, session.settings().theme());
    if (const auto locked = session.lock().acquire(); !locked) {
        Error error = locked.error();
        if (error.kind == ErrorKind::AlreadyRunning) {
            if (session.lock().askHolderToRaise()) {
                say(Words::tr("Seedbook is already running; its window comes forward."));
                return 0;
            }
            error.detail = Words::tr("It did not answer.");
        }
        return failToStart(error);
    }
    // Read while the window is being made.
    auto listing = session.library().list();
    LogFile::open(session.folders().data + u"/log"_s);
    ThumbnailLoader thumbnails(session.folders().cache);
    DraftStore draft(session.folders().data + u"/draft.json"_s);
    session.library().setArrivalHook(
        [&thumbnails](const QUuid& id, const QByteArray& bytes) { thumbnails.prepare(id, bytes); });
    const Endpoint endpoint = session.paidEndpoint();
    MainWindow window({.models = session.models(),
        .queue = session.queue(),
        .sender = session.sender(),
        .ledger = session.ledger(),
        .settings = session.settings(),
        .keys = session.keys(),
        .library = session.library(),
        .thumbnails = thumbnails,
        .draft = draft,
        .keyTest = [endpoint](const ApiKey& key, QObject* context,
                       const KeyTestAnswer& answer) { testKey(endpoint, key, context, answer); },
        .cacheFolder = session.folders().cache});
    window.show();
    SignalWatch signalWatch;
    QObject::connect(
        &signalWatch, &SignalWatch::caught, &window, [&window, count = 0](int signal) mutable {
            if (++count > 1)
                SignalWatch::yieldTo(signal);
            window.leaveNow();
        });
    // The session ends when this returns, so what has come is brought to a disk meanwhile.
    QObject::connect(
        &application, &QGuiApplication::commitDataRequest, &window, [&window, &session] {
            QEventLoop waiting;
            QObject::connect(&session.queue(), &JobQueue::left, &waiting, &QEventLoop::quit);
            QTimer::singleShot(5000, &waiting, &QEventLoop::quit);
            window.leaveNow();
            waiting.exec(QEventLoop::ExcludeUserInputEvents);
        });
    Wiring wiring(session, window, std::move(listing), options.common.practice);
    if (hook)
        hook(window, session);
    return QCoreApplication::exec();
}

} // namespace seedbook
