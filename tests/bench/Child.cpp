#include "bench/Child.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace seedbook::bench {

QProcessEnvironment ownEnvironment(const QString& folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& variable :
        {u"XDG_DATA_HOME"_s, u"XDG_CACHE_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_PICTURES_DIR"_s})
        environment.insert(variable, folder + u'/' + variable);
    environment.insert(u"SEGMIND_API_KEY"_s, u"a-key-for-loopback"_s);
    environment.insert(u"QT_LOGGING_RULES"_s, u"seedbook.*.info=false"_s);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
    return environment;
}

Child::Child(const QString& name)
    : m_folder(QCoreApplication::applicationDirPath() + u"/bench-XXXXXX"_s)
{
    start({name}, ownEnvironment(m_folder.path()));
}

Child::Child(
    const QString& name, const QStringList& arguments, const QProcessEnvironment& environment)
{
    start(QStringList(name) + arguments, environment);
}

void Child::start(const QStringList& arguments, const QProcessEnvironment& environment)
{
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_started = monotonicMs();
    m_process.start(QCoreApplication::applicationFilePath(), QStringList(u"--child"_s) + arguments);
}

Figures Child::finish(std::chrono::milliseconds within)
{
    if (!m_process.waitForFinished(static_cast<int>(within.count())) || m_process.exitCode() != 0)
        qFatal("the child %s failed: %s", qPrintable(m_process.arguments().value(1)),
            qPrintable(m_process.errorString()));
    Figures figures;
    for (const QByteArray& line : m_process.readAllStandardOutput().split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() == 2)
            figures[QString::fromUtf8(words[0])].append(words[1].toDouble());
    }
    return figures;
}

} // namespace seedbook::bench
