#pragma once

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QSize>
#include <QString>
#include <QTemporaryDir>

namespace seedbook::bench {

// A screen of our own with a window manager that maximizes every window. What it shows is read from
// the memory that the X server paints in, so that looking costs the server nothing.
class Screen final
{
public:
    Screen(); // an error ends all
    ~Screen();
    Q_DISABLE_COPY_MOVE(Screen)

    // Its server and its window manager.
    [[nodiscard]] bool isThere() const;
    // For the DISPLAY of programs.
    [[nodiscard]] const QString& display() const { return m_display; }
    // Where the marker (GalleryData.h) is: one byte, 0 or 1, for every fourth pixel of every fourth
    // line, by lines.
    [[nodiscard]] QByteArray markers() const;
    [[nodiscard]] QSize markersSize() const { return m_size / step; }
    // As a picture, to see what a program did.
    void save(const QString& path) const;

    static constexpr int step = 4; // pixels

private:
    void startServer();
    void mapMemory();
    void startManager();

    QTemporaryDir m_folder;
    QProcess m_server;
    QProcess m_manager;
    QString m_display;
    QFile m_file;
    const uchar* m_pixels = nullptr;
    QSize m_size;
    qsizetype m_lineBytes = 0;
};

} // namespace seedbook::bench
