#include "support/ServiceProbe.h"

#include "core/ErrorText.h"

#include <QTest>
#include <QTimer>

#include <mutex>

using namespace Qt::StringLiterals;

namespace seedbook::test {

namespace {

std::mutex logMutex;
QString logText;
QtMessageHandler shownBy = nullptr;

void capture(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    {
        const std::lock_guard lock(logMutex);
        logText += QString::fromUtf8(context.category) + u": "_s + message + u'\n';
    }
    if (shownBy)
        shownBy(type, context, message);
}

} // namespace

void ServiceProbe::proceedOnceAccepted()
{
    QObject::connect(m_call.get(), &ImageCall::accepted, m_call.get(), &ImageCall::proceed);
}

ServiceProbe::ServiceProbe(ImageCall* call)
    : m_call(call)
    , m_finished(call, &ImageCall::finished)
{
    QObject::connect(
        call, &ImageCall::finished, call, [this](const CallResult& result) { m_result = result; });
    QObject::connect(
        call, &ImageCall::phaseChanged, call, [this](CallPhase phase) { m_phases += phase; });
}

bool ServiceProbe::wait(int milliseconds)
{
    return QTest::qWaitFor([this] { return !m_finished.isEmpty(); }, milliseconds);
}

qsizetype ServiceProbe::ends()
{
    bool round = false;
    QTimer::singleShot(0, QCoreApplication::instance(), [&round] { round = true; });
    return QTest::qWaitFor([&round] { return round; }) ? m_finished.size() : -1;
}

const Answer& ServiceProbe::answer() const
{
    if (!hasPicture())
        qFatal("no picture: %s", qPrintable(words()));
    return std::get<Answer>(m_result);
}

const CallFailure& ServiceProbe::failure() const
{
    if (hasPicture())
        qFatal("a picture, where a failure was expected");
    return std::get<CallFailure>(m_result);
}

QString ServiceProbe::words() const
{
    QStringList words;
    if (!hasPicture()) {
        const Error& error = failure().error;
        words = {error.subject, error.detail, sentence(error)};
    }
    const CallInfo& info = hasPicture() ? answer().info : failure().info;
    words += {info.serviceRequestId, info.rateLimitReset};
    return words.join(u'\n');
}

QString reachName(CallFailure::Reach reach)
{
    switch (reach) {
    case CallFailure::Reach::NotSent:
        return u"not sent"_s;
    case CallFailure::Reach::Refused:
        return u"refused"_s;
    case CallFailure::Reach::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

LogCapture::LogCapture()
{
    logText.clear();
    shownBy = qInstallMessageHandler(capture);
}

LogCapture::~LogCapture()
{
    qInstallMessageHandler(shownBy);
    shownBy = nullptr;
}

QString LogCapture::text() const
{
    const std::lock_guard lock(logMutex);
    return logText;
}

} // namespace seedbook::test
