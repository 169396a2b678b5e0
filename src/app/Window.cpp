#include "app/Window.h"

#include "app/BalanceKeyCheck.h"
#include "app/Generate.h"
#include "app/LogFile.h"
#include "app/Printing.h"
#include "app/Session.h"
#include "app/SignalWatch.h"
#include "app/Translations.h"
#include "app/Wiring.h"
#include "core/ErrorText.h"
#include "core/Words.h"
#include "library/ThumbnailLoader.h"
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

namespace seedbook {

namespace {

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
    const ErrorText words = describe(error);
    QMessageBox box(QMessageBox::Critical, u"Seedbook"_s, words.what);
    box.setInformativeText(QString(words.why + u' ' + words.todo).trimmed());
    makePlain(box);
    QObject::connect(&box, &QDialog::finished, qApp, &QCoreApplication::quit);
    box.show();
    QCoreApplication::exec();
    return Generate::CouldNotStart;
}

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
        say(Words::tr(
            "Cannot open the window: no display (DISPLAY and WAYLAND_DISPLAY are not set). To "
            "generate images without a window, see “seedbook generate --help”."));
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
                say(Words::tr("Seedbook is already running. Showing its window."));
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
    MainWindow window({.models = session.models(),
        .queue = session.queue(),
        .sender = session.sender(),
        .ledger = session.ledger(),
        .settings = session.settings(),
        .keys = session.keys(),
        .library = session.library(),
        .thumbnails = thumbnails,
        .draft = draft,
        .keyCheck = balanceKeyTest(session.paidEndpoint()),
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
