#include "app/CommandLine.h"
#include "app/CommandOptions.h"
#include "app/EnvironmentKey.h"
#include "app/LogFile.h"
#include "app/Printing.h"
#include "core/Version.h"
#include "core/Words.h"
#include "settings/Folders.h"
#include "settings/ModelFolder.h"
#include "storage/FileRights.h"

#ifdef SEEDBOOK_WIDGETS
#include "app/Window.h"
#endif

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>
#include <QStringDecoder>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

// The next file that is opened would become a standard output that was closed, and lines would be
// printed into it. What takes their place refuses them.
void holdStandardStreams()
{
    int onHold = -1;
    do
        onHold = ::open("/dev/null", O_RDONLY);
    while (onHold >= 0 && onHold <= STDERR_FILENO);
    if (onHold > STDERR_FILENO)
        ::close(onHold);
}

// Nothing where one is not UTF-8: a prompt would be sent, and paid for, with something else in the
// place of what was typed, and a folder would be another one.
std::optional<QStringList> words(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        arguments.append(decoder.decode(argv[i]));
        if (decoder.hasError())
            return std::nullopt;
    }
    return arguments;
}

// The specification: "If an implementation encounters a relative path [...] it should consider the
// path invalid and ignore it." Else each folder one starts in has a ledger of its own.
void ignoreRelativeFolders()
{
    for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
             "XDG_RUNTIME_DIR", "XDG_PICTURES_DIR"}) {
        if (qEnvironmentVariableIsSet(name) && !QDir::isAbsolutePath(qEnvironmentVariable(name)))
            qunsetenv(name);
    }
}

// Prompts, money and thumbnails are nobody else's to see. The cache may hold a million thumbnails,
// which its own rights keep.
void keepFoldersClosed()
{
    constexpr int kept = 2; // a thousand answers at most; not what somebody puts deep below
    closeFilesToOthers();
    const Folders folders = Folders::standard();
    closeToOthers(folders.data, kept);
    closeToOthers(folders.config, kept);
    closeToOthers(folders.cache, 1);
}

// A core file, or what collects them, would keep the key on disk. One byte, because the kernel
// writes no file of that size and, unlike with none, starts no collector either; only as the soft
// limit, which programs that are started from here may raise again. Not PR_SET_DUMPABLE: it gives
// /proc/PID to root, and then desktop portals, which look there for who asks, refuse file dialogs.
// For who debugs: SEEDBOOK_COREDUMPS=1.
void leaveNoCore()
{
    rlimit limit = {};
    if (qgetenv("SEEDBOOK_COREDUMPS") == "1" || ::getrlimit(RLIMIT_CORE, &limit) != 0)
        return;
    limit.rlim_cur = std::min<rlim_t>(1, limit.rlim_max);
    (void)::setrlimit(RLIMIT_CORE, &limit);
}

int say(const Reply& reply)
{
    const QString text = reply.text.trimmed();
    if (reply.wrongUsage) {
        printLine(stderr, text);
        return ExitWrongUsage;
    }
    return printText(stdout, text) ? ExitDone : ExitNotDone;
}

} // namespace

int main(int argc, char** argv)
{
    holdStandardStreams();
    leaveNoCore();
    environmentKey(); // before there is a thread, or a program that would inherit it
    ignoreRelativeFolders();
    keepFoldersClosed();
    // Who reads along may leave; what is printed then fails, and the work goes on.
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication::setApplicationName(u"seedbook"_s);
    QCoreApplication::setApplicationVersion(programVersion());
    QLoggingCategory::setFilterRules(u"default.debug=false"_s); // QtKeychain chats
    const LogFile log;
    const ModelCatalog models = loadModels(Folders::standard().data + u"/models"_s);
    // Read before there is an application: wrong words need no display to be told.
    const auto arguments = words(argc, argv);
    if (!arguments)
        return say(wrongUsage(
            Words::tr("The command line is not valid UTF-8. Nothing was sent or charged.")));
    const Parsed<BoundCommand> command = readCommandLine(*arguments, models);
    if (const auto* reply = std::get_if<Reply>(&command))
        return say(*reply);
    Program program{argc, argv, models};
#ifdef SEEDBOOK_WIDGETS
    program.openWindow = [](Program& asked, const WindowOptions& options) {
        return runWindow(asked.argc, asked.argv, asked.models, options);
    };
#endif
    return std::get<BoundCommand>(command)(program);
}
