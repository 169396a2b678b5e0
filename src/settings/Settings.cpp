#include "settings/Settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr auto libraryFolderKey = "library/folder";
constexpr auto jobsAtOnceKey = "queue/jobsAtOnce";
constexpr auto themeKey = "window/theme";
constexpr auto thumbnailSizeKey = "gallery/thumbnailSize";
constexpr auto windowGeometryKey = "window/geometry";
constexpr auto windowStateKey = "window/state";

// A settings file of ours is a few kilobytes. QSettings reads a file whole, and waits on a pipe.
constexpr qint64 largestFile = 1 << 20;
constexpr qsizetype largestBlob = 64 << 10;
constexpr auto writeDelay = std::chrono::milliseconds(500);

struct Range
{
    int smallest;
    int largest;
    int standard;

    [[nodiscard]] int clamped(int value) const { return std::clamp(value, smallest, largest); }
};
constexpr Range jobsRange{1, 6, 2};
constexpr Range thumbnailRange{96, 480, 200};

constexpr std::array themeNames{"system", "light", "dark"};

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

int readInt(const QSettings& store, const char* name, Range range)
{
    bool ok = false;
    // As a double, so that numbers beyond an int are still on their side of the range.
    const double value = store.value(key(name)).toDouble(&ok);
    if (!ok || !std::isfinite(value))
        return range.standard;
    return static_cast<int>(std::clamp<double>(value, range.smallest, range.largest));
}

QByteArray readBlob(const QSettings& store, const char* name)
{
    QByteArray blob = store.value(key(name)).toByteArray();
    return blob.size() <= largestBlob ? blob : QByteArray();
}

QString usableFolder(const QString& folder)
{
    const bool usable = QDir::isAbsolutePath(folder) && !folder.contains(QChar::Null);
    return usable ? QDir::cleanPath(folder) : QString();
}

Theme readTheme(const QSettings& store)
{
    const QString name = store.value(key(themeKey)).toString();
    for (std::size_t i = 0; i < themeNames.size(); ++i) {
        if (name == QLatin1StringView(themeNames[i]))
            return static_cast<Theme>(i);
    }
    return Theme::System;
}

// Sets aside what cannot be a settings file of ours, so that it is neither read nor lost.
const QString& withoutMonster(const QString& file)
{
    const QFileInfo info(file);
    if ((info.exists() || info.isSymLink()) && (!info.isFile() || info.size() > largestFile)) {
        const QString aside = file + u".unusable"_s;
        QFile::remove(aside);
        QFile::rename(file, aside);
    }
    return file;
}

} // namespace

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_store(withoutMonster(file), QSettings::IniFormat)
    , m_libraryFolder(usableFolder(m_store.value(key(libraryFolderKey)).toString()))
    , m_jobsAtOnce(readInt(m_store, jobsAtOnceKey, jobsRange))
    , m_theme(readTheme(m_store))
    , m_thumbnailSize(readInt(m_store, thumbnailSizeKey, thumbnailRange))
    , m_windowGeometry(readBlob(m_store, windowGeometryKey))
    , m_windowState(readBlob(m_store, windowStateKey))
{
    m_writer.setSingleShot(true);
    m_writer.setInterval(writeDelay);
    connect(&m_writer, &QTimer::timeout, this, &Settings::flush);
}

Settings::~Settings()
{
    if (m_writer.isActive())
        flush();
}

QString Settings::libraryFolder() const
{
    return m_libraryFolder.isEmpty() ? Folders::standard().pictures : m_libraryFolder;
}

void Settings::setLibraryFolder(const QString& folder)
{
    const QString before = libraryFolder();
    m_libraryFolder = usableFolder(folder);
    m_writer.start();
    if (libraryFolder() != before)
        Q_EMIT libraryFolderChanged(libraryFolder());
}

void Settings::setJobsAtOnce(int count)
{
    count = jobsRange.clamped(count);
    if (count == m_jobsAtOnce)
        return;
    m_jobsAtOnce = count;
    m_writer.start();
    Q_EMIT jobsAtOnceChanged(count);
}

void Settings::setTheme(Theme theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    m_writer.start();
    Q_EMIT themeChanged(theme);
}

void Settings::setThumbnailSize(int pixels)
{
    pixels = thumbnailRange.clamped(pixels);
    if (pixels == m_thumbnailSize)
        return;
    m_thumbnailSize = pixels;
    m_writer.start();
}

void Settings::setWindow(const QByteArray& geometry, const QByteArray& state)
{
    if (geometry == m_windowGeometry && state == m_windowState)
        return;
    m_windowGeometry = geometry;
    m_windowState = state;
    m_writer.start();
}

bool Settings::flush()
{
    m_writer.stop();
    if (m_libraryFolder.isEmpty())
        m_store.remove(key(libraryFolderKey));
    else
        m_store.setValue(key(libraryFolderKey), m_libraryFolder);
    m_store.setValue(key(jobsAtOnceKey), m_jobsAtOnce);
    m_store.setValue(
        key(themeKey), QString::fromLatin1(themeNames.at(static_cast<std::size_t>(m_theme))));
    m_store.setValue(key(thumbnailSizeKey), m_thumbnailSize);
    m_store.setValue(key(windowGeometryKey), m_windowGeometry);
    m_store.setValue(key(windowStateKey), m_windowState);
    m_store.sync();
    return m_store.status() == QSettings::NoError;
}

Folders Folders::standard()
{
    const auto below = [](QStandardPaths::StandardLocation location) {
        return QStandardPaths::writableLocation(location) + u"/seedbook"_s;
    };
    // QStandardPaths reads user-dirs.dirs alone; the variable moves the folder for one run.
    QString pictures = qEnvironmentVariable("XDG_PICTURES_DIR");
    if (!QDir::isAbsolutePath(pictures))
        pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return {.data = below(QStandardPaths::GenericDataLocation),
        .cache = below(QStandardPaths::GenericCacheLocation),
        .config = below(QStandardPaths::GenericConfigLocation),
        .pictures = QDir::cleanPath(pictures + u"/Seedbook"_s)};
}

} // namespace seedbook
