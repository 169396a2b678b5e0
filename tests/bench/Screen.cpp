#include "bench/Screen.h"

#include "bench/Memory.h"

#include <QColor>
#include <QImage>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace seedbook::bench {

namespace {

constexpr auto openboxConfiguration = R"(<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications>
    <application type="normal"><maximized>yes</maximized><decor>no</decor></application>
  </applications>
</openbox_config>
)";

// Scaling and coding change a colour a little.
bool isMarker(QRgb colour)
{
    return qRed(colour) >= 225 && qGreen(colour) <= 40 && qBlue(colour) >= 225;
}

} // namespace

Screen::Screen()
{
    if (!m_folder.isValid())
        qFatal("no temporary folder: %s", qPrintable(m_folder.errorString()));
    startServer();
    mapMemory();
    startManager();
}

Screen::~Screen()
{
    for (QProcess* process : {&m_manager, &m_server}) {
        process->terminate();
        process->waitForFinished();
    }
}

void Screen::startServer()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(
        u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-fbdir"_s, m_folder.path(), u"-screen"_s, u"0"_s,
                       u"1600x1000x24"_s, u"-noreset"_s, u"-nolisten"_s, u"tcp"_s});
    if (!m_server.waitForReadyRead(10'000))
        qFatal("Xvfb does not start: %s", qPrintable(m_server.errorString()));
    m_display = u':' + QString::fromLatin1(m_server.readLine().trimmed());
}

// The server's file is an X window dump: numbers with the first byte first, the colours' table,
// then the pixels as they lie in memory.
void Screen::mapMemory()
{
    constexpr qsizetype headerBytes = 100;
    constexpr qsizetype colourBytes = 12;
    m_file.setFileName(m_folder.filePath(u"Xvfb_screen0"_s));
    if (!m_file.open(QIODevice::ReadOnly) || m_file.size() < headerBytes)
        qFatal("%s cannot be read", qPrintable(m_file.fileName()));
    const uchar* memory = m_file.map(0, m_file.size());
    if (!memory)
        qFatal("%s cannot be read", qPrintable(m_file.fileName()));
    const auto number = [memory](int index) { return qFromBigEndian<quint32>(memory + 4 * index); };
    const auto start = static_cast<qsizetype>(number(0)) + number(19) * colourBytes;
    m_size = {static_cast<int>(number(4)), static_cast<int>(number(5))};
    m_lineBytes = number(12);
    if (number(11) != 32 || start + m_lineBytes * m_size.height() > m_file.size())
        qFatal("%s is not as expected", qPrintable(m_file.fileName()));
    m_pixels = memory + start;
}

void Screen::startManager()
{
    QFile configuration(m_folder.filePath(u"openbox.xml"_s));
    if (!configuration.open(QIODevice::WriteOnly) || configuration.write(openboxConfiguration) < 0)
        qFatal("%s cannot be written", qPrintable(configuration.fileName()));
    configuration.close();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, m_display);
    m_manager.setProcessEnvironment(environment);
    m_manager.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_manager.start(u"openbox"_s,
        {u"--config-file"_s, configuration.fileName(), u"--startup"_s, u"echo started"_s});
    // It runs its startup command once it manages windows.
    if (!m_manager.waitForReadyRead(10'000))
        qFatal("openbox does not start: %s", qPrintable(m_manager.errorString()));
}

bool Screen::isThere() const
{
    return isRunning(m_server.processId()) && isRunning(m_manager.processId());
}

QByteArray Screen::markers() const
{
    QByteArray found(static_cast<qsizetype>(markersSize().width()) * markersSize().height(), '\0');
    char* at = found.data();
    for (int y = 0; y < m_size.height(); y += step) {
        const auto* line = reinterpret_cast<const QRgb*>(m_pixels + y * m_lineBytes);
        for (int x = 0; x < m_size.width(); x += step)
            *at++ = isMarker(line[x]) ? 1 : 0;
    }
    return found;
}

void Screen::save(const QString& path) const
{
    QImage(m_pixels, m_size.width(), m_size.height(), m_lineBytes, QImage::Format_RGB32).save(path);
}

} // namespace seedbook::bench
