#include "app/LogFile.h"

#include "core/Text.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>

#include <atomic>
#include <memory>
#include <spdlog/async.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr std::size_t largestFile = 1 << 20;
constexpr std::size_t olderFiles = 2;
constexpr std::size_t linesInMemory = 4096;
constexpr qsizetype longestLine = 2000;

std::shared_ptr<spdlog::async_logger> opened;
// The same, for threads that may say something while it is opened; null until it is whole.
std::atomic<spdlog::async_logger*> fileLogger = nullptr;
QtMessageHandler before = nullptr;
bool isThere = false;
// What standard error shows: warnings, and more where QT_LOGGING_RULES asks for it.
bool showsAll = false;

spdlog::level::level_enum levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return spdlog::level::debug;
    case QtInfoMsg:
        return spdlog::level::info;
    case QtWarningMsg:
        return spdlog::level::warn;
    case QtCriticalMsg:
        return spdlog::level::err;
    case QtFatalMsg:
        return spdlog::level::critical;
    }
    return spdlog::level::info;
}

void handle(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const QString clean = printable(redacted(message));
    if (spdlog::async_logger* logger = fileLogger) {
        const QString line = elided(QLatin1StringView(context.category ? context.category : "") +
                                        u' ' + QString(clean).replace(u'\n', u' '),
            longestLine);
        logger->log(levelOf(type), line.toStdString());
        if (type == QtFatalMsg)
            logger->flush();
    }
    const bool quiet = type == QtInfoMsg || type == QtDebugMsg;
    if (before && (!quiet || showsAll))
        before(type, context, clean);
}

} // namespace

LogFile::LogFile()
{
    showsAll = qEnvironmentVariableIsSet("QT_LOGGING_RULES");
    isThere = true;
    before = qInstallMessageHandler(&handle);
}

void LogFile::open(const QString& folder)
{
    if (!isThere || opened)
        return;
    try {
        QDir().mkpath(folder);
        spdlog::init_thread_pool(linesInMemory, 1);
        auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
            QFile::encodeName(folder + u"/seedbook.log"_s).toStdString(), largestFile, olderFiles);
        // When the disk is slow the oldest lines go, not the program.
        opened = std::make_shared<spdlog::async_logger>(
            "seedbook", sink, spdlog::thread_pool(), spdlog::async_overflow_policy::overrun_oldest);
        opened->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %L %v");
        opened->flush_on(spdlog::level::info);
        opened->set_error_handler([](const std::string&) {}); // a full disk: no log, no noise
        fileLogger = opened.get();
    } catch (const spdlog::spdlog_ex&) {
        opened.reset(); // the folder cannot be written: the program works without
    }
}

LogFile::~LogFile()
{
    qInstallMessageHandler(before);
    isThere = false;
    fileLogger = nullptr;
    opened.reset();
    spdlog::shutdown(); // writes what is left
}

} // namespace seedbook
