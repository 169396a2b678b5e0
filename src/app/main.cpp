#include "app/CommandLine.h"
#include "app/LogFile.h"
#include "app/Printing.h"
#include "settings/Settings.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

// The next file that is opened would become a standard output that was closed, and lines would be
// printed into it. What takes their place refuses them.
void holdStandardStreams()
{
    int held = -1;
    do
        held = ::open("/dev/null", O_RDONLY);
    while (held >= 0 && held <= STDERR_FILENO);
    if (held > STDERR_FILENO)
        ::close(held);
}

QStringList words(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

int say(const Reply& reply)
{
    const QString text = printable(reply.text.trimmed()); // model files and words have a say in it
    if (reply.wrongUsage) {
        printLine(stderr, text);
        return ExitWrongUsage;
    }
    return printLine(stdout, text) ? ExitDone : ExitNotDone;
}

} // namespace

int main(int argc, char** argv)
{
    holdStandardStreams();
    // Who reads along may leave; what is printed then fails, and the work goes on.
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication::setApplicationName(u"seedbook"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SEEDBOOK_VERSION));
    QLoggingCategory::setFilterRules(u"default.debug=false"_s); // QtKeychain chats
    const LogFile log;
    const ModelCatalog models = ModelCatalog::load(Folders::standard().data + u"/models"_s);
    // Read before there is an application: wrong words need no display to be told.
    const Parsed<Command> command = readCommandLine(words(argc, argv), models);
    if (const auto* reply = std::get_if<Reply>(&command))
        return say(*reply);
    Program program{argc, argv, models};
    return std::get<Command>(command)(program);
}
