#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QTimer>

namespace seedbook {

enum class Theme { System, Light, Dark };

// The typed settings, kept in seedbook.conf in the configuration folder. Values out of range read
// as the nearest in range. The API key is not among them.
//
// They are read once and kept in memory; what changed is written a moment after the last change and
// at the end, because one write is a file synced to disk and a slider changes sixty times a second.
class Settings final : public QObject
{
    Q_OBJECT

public:
    explicit Settings(const QString& file, QObject* parent = nullptr);
    ~Settings() override;

    [[nodiscard]] QString libraryFolder() const;  // absolute; the default where none is set
    void setLibraryFolder(const QString& folder); // empty: the default again
    [[nodiscard]] int jobsAtOnce() const { return m_jobsAtOnce; } // 1 … 6, default 2
    void setJobsAtOnce(int count);
    [[nodiscard]] Theme theme() const { return m_theme; }
    void setTheme(Theme theme);
    [[nodiscard]] int thumbnailSize() const
    {
        return m_thumbnailSize;
    } // logical pixels, 96 … 480,
      // default 200
    void setThumbnailSize(int pixels);
    [[nodiscard]] QByteArray windowGeometry() const { return m_windowGeometry; }
    [[nodiscard]] QByteArray windowState() const { return m_windowState; }
    void setWindow(const QByteArray& geometry, const QByteArray& state);

    // Writes what has changed now. False if the file could not be written.
    bool flush();

Q_SIGNALS:
    void libraryFolderChanged(const QString& folder);
    void jobsAtOnceChanged(int count);
    void themeChanged(seedbook::Theme theme);

private:
    QSettings m_store;
    QTimer m_writer;
    QString m_libraryFolder; // empty: the default
    int m_jobsAtOnce;
    Theme m_theme;
    int m_thumbnailSize;
    QByteArray m_windowGeometry;
    QByteArray m_windowState;
};

// Where this run keeps what: from the XDG variables, so a test needs nothing else to be alone.
struct Folders
{
    QString data;     // ledger.sqlite, its lock, kept bytes, models/, the draft
    QString cache;    // index.sqlite, thumbnails
    QString config;   // seedbook.conf
    QString pictures; // the default library: Seedbook in the Pictures folder

    [[nodiscard]] static Folders standard();
};

} // namespace seedbook
