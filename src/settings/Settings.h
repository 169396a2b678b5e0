#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QString>

namespace seedbook {

enum class Theme { System, Light, Dark };

// The typed settings, kept in seedbook.conf in the configuration folder. Values out of range read
// as the nearest in range. The API key is not among them.
class Settings final : public QObject
{
    Q_OBJECT

public:
    explicit Settings(const QString& file, QObject* parent = nullptr);

    [[nodiscard]] QString libraryFolder() const; // the default where none is set
    void setLibraryFolder(const QString& folder);
    [[nodiscard]] int jobsAtOnce() const; // 1 … 6, default 2
    void setJobsAtOnce(int count);
    [[nodiscard]] Theme theme() const;
    void setTheme(Theme theme);
    [[nodiscard]] int thumbnailSize() const; // logical pixels, 96 … 480, default 200
    void setThumbnailSize(int pixels);
    [[nodiscard]] QByteArray windowGeometry() const;
    [[nodiscard]] QByteArray windowState() const;
    void setWindow(const QByteArray& geometry, const QByteArray& state);

Q_SIGNALS:
    void libraryFolderChanged(const QString& folder);
    void jobsAtOnceChanged(int count);
    void themeChanged(seedbook::Theme theme);

private:
    QSettings m_store;
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
