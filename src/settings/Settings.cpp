#include "settings/Settings.h"

#include "settings/Folders.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr auto libraryFolderKey = "library/folder";
constexpr auto jobsAtOnceKey = "queue/jobsAtOnce";
constexpr auto requestsPerMinuteKey = "queue/requestsPerMinute";
constexpr auto recoverableKey = "service/recoverable";
constexpr auto endpointKey = "service/endpoint";
constexpr std::array capKeys{"money/capPerSend", "money/capPerDay", "money/capPerMonth"};
constexpr auto proxyModeKey = "network/proxy";
constexpr auto proxyTypeKey = "network/proxyType";
constexpr auto proxyHostKey = "network/proxyHost";
constexpr auto proxyPortKey = "network/proxyPort";
constexpr auto themeKey = "window/theme";
constexpr auto pagesGroup = "pages";
constexpr auto windowGeometryKey = "window/geometry";
constexpr auto windowStateKey = "window/state";
constexpr auto secondWindowKey = "window/second";
constexpr auto infoShownKey = "view/information";
constexpr auto infoShownSecondKey = "view/informationOnSecond";

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
constexpr Range perMinuteRange{0, 600, 0};
constexpr Range portRange{1, 65535, 8080};

constexpr std::array themeNames{"system", "light", "dark"};
constexpr std::array proxyModeNames{"system", "none", "manual"};
constexpr std::array proxyTypeNames{"http", "socks5"};
constexpr qsizetype longestText = 2000;
// In micro-dollars; more is no cap.
constexpr qint64 largestCap = 1'000'000'000'000;

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

// The place of the kept name; the first where it is none of them.
template <std::size_t count>
int readChoice(
    const QSettings& store, const char* keyName, const std::array<const char*, count>& names)
{
    const QString name = store.value(key(keyName)).toString();
    for (std::size_t i = 0; i < count; ++i) {
        if (name == QLatin1StringView(names.at(i)))
            return static_cast<int>(i);
    }
    return 0;
}

QString readText(const QSettings& store, const char* name)
{
    const QString text = store.value(key(name)).toString().trimmed();
    return text.size() <= longestText && !text.contains(QChar::Null) ? text : QString();
}

// Kept as dollars: "5.00". A value that makes no sense is a cap of nothing, not none: the person
// had set one.
std::array<std::optional<Money>, capCount> readCaps(const QSettings& store)
{
    std::array<std::optional<Money>, capCount> caps;
    for (std::size_t i = 0; i < caps.size(); ++i) {
        if (!store.contains(key(capKeys.at(i))))
            continue;
        bool ok = false;
        const double usd = store.value(key(capKeys.at(i))).toDouble(&ok);
        const Money cap = ok && usd > 0 ? Money::fromUsd(usd) : Money();
        if (cap.micros() < largestCap)
            caps.at(i) = cap;
    }
    return caps;
}

QHash<QString, QByteArray> readPages(QSettings& store)
{
    store.beginGroup(key(pagesGroup));
    QHash<QString, QByteArray> pages;
    for (const QString& name : store.childKeys()) {
        if (const QByteArray state = readBlob(store, name.toUtf8().constData()); !state.isEmpty())
            pages.insert(name, state);
    }
    store.endGroup();
    return pages;
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
    , m_requestsPerMinute(readInt(m_store, requestsPerMinuteKey, perMinuteRange))
    , m_recoverable(m_store.value(key(recoverableKey)).toString() == "true"_L1)
    , m_endpoint(readText(m_store, endpointKey))
    , m_endpointAtStart(m_endpoint)
    , m_caps(readCaps(m_store))
    , m_proxy{static_cast<ProxyChoice::Mode>(readChoice(m_store, proxyModeKey, proxyModeNames)),
          static_cast<ProxyChoice::Type>(readChoice(m_store, proxyTypeKey, proxyTypeNames)),
          readText(m_store, proxyHostKey), readInt(m_store, proxyPortKey, portRange)}
    , m_theme(static_cast<Theme>(readChoice(m_store, themeKey, themeNames)))
    , m_pages(readPages(m_store))
    , m_windowGeometry(readBlob(m_store, windowGeometryKey))
    , m_windowState(readBlob(m_store, windowStateKey))
    , m_secondWindow(readBlob(m_store, secondWindowKey))
    , m_infoShown(m_store.value(key(infoShownKey)).toBool())
    , m_infoShownSecond(m_store.value(key(infoShownSecondKey)).toBool())
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

void Settings::setRequestsPerMinute(int requests)
{
    requests = perMinuteRange.clamped(requests);
    if (requests == m_requestsPerMinute)
        return;
    m_requestsPerMinute = requests;
    m_writer.start();
    Q_EMIT requestsPerMinuteChanged(requests);
}

void Settings::setRecoverable(bool recoverable)
{
    if (recoverable == m_recoverable)
        return;
    m_recoverable = recoverable;
    m_writer.start();
    Q_EMIT recoverableChanged(recoverable);
}

void Settings::setEndpoint(const QString& url)
{
    const QString trimmed = url.trimmed();
    if (trimmed == m_endpoint || trimmed.size() > longestText)
        return;
    m_endpoint = trimmed;
    m_writer.start();
    Q_EMIT endpointChanged(trimmed);
}

std::optional<Money> Settings::cap(Cap cap) const
{
    return m_caps.at(static_cast<std::size_t>(cap));
}

void Settings::setCap(Cap cap, const std::optional<Money>& amount)
{
    std::optional<Money>& kept = m_caps.at(static_cast<std::size_t>(cap));
    if (kept == amount)
        return;
    kept = amount;
    m_writer.start();
    Q_EMIT capsChanged();
}

void Settings::setProxy(const ProxyChoice& proxy)
{
    if (proxy == m_proxy)
        return;
    m_proxy = proxy;
    m_proxy.port = portRange.clamped(proxy.port);
    m_writer.start();
    Q_EMIT proxyChanged(m_proxy);
}

void Settings::setTheme(Theme theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    m_writer.start();
    Q_EMIT themeChanged(theme);
}

void Settings::setPageState(const QString& page, const QByteArray& state)
{
    if (state == m_pages.value(page))
        return;
    m_pages.insert(page, state);
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

void Settings::setSecondWindow(const QByteArray& geometry)
{
    if (geometry == m_secondWindow)
        return;
    m_secondWindow = geometry;
    m_writer.start();
}

void Settings::setInfoShown(bool shown)
{
    if (shown == m_infoShown)
        return;
    m_infoShown = shown;
    m_writer.start();
}

void Settings::setInfoShownSecond(bool shown)
{
    if (shown == m_infoShownSecond)
        return;
    m_infoShownSecond = shown;
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
    m_store.setValue(key(requestsPerMinuteKey), m_requestsPerMinute);
    m_store.setValue(key(recoverableKey), m_recoverable);
    m_store.setValue(key(endpointKey), m_endpoint);
    for (std::size_t i = 0; i < m_caps.size(); ++i) {
        if (m_caps.at(i))
            m_store.setValue(key(capKeys.at(i)), QString::number(m_caps.at(i)->usd(), 'f', 6));
        else
            m_store.remove(key(capKeys.at(i)));
    }
    const auto name = [](const auto& names, auto value) {
        return QString::fromLatin1(names.at(static_cast<std::size_t>(value)));
    };
    m_store.setValue(key(proxyModeKey), name(proxyModeNames, m_proxy.mode));
    m_store.setValue(key(proxyTypeKey), name(proxyTypeNames, m_proxy.type));
    m_store.setValue(key(proxyHostKey), m_proxy.host);
    m_store.setValue(key(proxyPortKey), m_proxy.port);
    m_store.setValue(
        key(themeKey), QString::fromLatin1(themeNames.at(static_cast<std::size_t>(m_theme))));
    for (auto page = m_pages.cbegin(); page != m_pages.cend(); ++page)
        m_store.setValue(key(pagesGroup) + u'/' + page.key(), *page);
    m_store.setValue(key(windowGeometryKey), m_windowGeometry);
    m_store.setValue(key(windowStateKey), m_windowState);
    m_store.setValue(key(secondWindowKey), m_secondWindow);
    m_store.setValue(key(infoShownKey), m_infoShown);
    m_store.setValue(key(infoShownSecondKey), m_infoShownSecond);
    m_store.sync();
    return m_store.status() == QSettings::NoError;
}

} // namespace seedbook

#include "moc_Settings.cpp"
