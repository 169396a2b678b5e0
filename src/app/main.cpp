#include "app/CommandLine.h"
#include "app/DataLock.h"
#include "app/Generate.h"
#include "app/Inspect.h"
#include "app/LogFile.h"
#include "app/Session.h"
#include "app/Translations.h"
#ifdef SEEDBOOK_WIDGETS
#include "app/Window.h"
#endif
#include "core/ErrorWords.h"

#include <QGuiApplication>
#include <QLoggingCategory>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

void printTo(FILE* stream, const QString& text)
{
    std::fputs(qPrintable(text.endsWith(u'\n') ? text : text + u'\n'), stream);
}

int runGenerate(int argc, char** argv, const ModelCatalog& models, const GenerateOptions& options)
{
    // Text cannot be painted without a GUI application, nor one be made without a display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    installTranslations(application);
    Session session(Folders::standard(), models, options.common);
    if (const auto locked = session.lock().acquire(); !locked) {
        printTo(stderr, sentence(locked.error()));
        return Generate::CouldNotStart;
    }
    LogFile::open(session.folders().data + u"/log"_s);
    Generate generate(session, options);
    QObject::connect(&generate, &Generate::finished, &application, &QCoreApplication::exit,
        Qt::QueuedConnection);
    generate.start();
    return QCoreApplication::exec();
}

int runInspect(int argc, char** argv, const ModelCatalog& models, const InspectOptions& options)
{
    QCoreApplication application(argc, argv);
    installTranslations(application);
    return Inspect::run(options, models);
}

QStringList words(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(u"seedbook"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SEEDBOOK_VERSION));
    QLoggingCategory::setFilterRules(u"default.debug=false"_s); // QtKeychain chats
    const LogFile log;
    const ModelCatalog models = ModelCatalog::load(Folders::standard().data + u"/models"_s);
    // Read before there is an application: wrong words need no display to be told.
    const Command command = readCommandLine(words(argc, argv), models);
    if (const auto* information = std::get_if<Information>(&command)) {
        printTo(stdout, information->text);
        return 0;
    }
    if (const auto* wrong = std::get_if<UsageError>(&command)) {
        printTo(stderr, wrong->text);
        return Generate::WrongUsage;
    }
    if (const auto* generate = std::get_if<GenerateOptions>(&command))
        return runGenerate(argc, argv, models, *generate);
    if (const auto* inspect = std::get_if<InspectOptions>(&command))
        return runInspect(argc, argv, models, *inspect);
#ifdef SEEDBOOK_WIDGETS
    return runWindow(argc, argv, models, std::get<WindowOptions>(command));
#else
    printTo(stderr,
        QCoreApplication::translate("seedbook::main",
            "This Seedbook was built without a window. “seedbook generate” makes pictures."));
    return Generate::CouldNotStart;
#endif
}
