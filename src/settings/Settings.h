#pragma once

#include "core/Money.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QTimer>

#include <array>
#include <optional>

namespace seedbook {

enum class Theme { System, Light, Dark };

// Limits of a person's own on what is spent.
enum class Cap { PerSend, PerDay, PerMonth };
inline constexpr int capCount = 3;

// How the service is reached. No user name or password is kept: a proxy that wants them is set up
// in the system, and taken from there.
struct ProxyChoice
{
    enum class Mode { System, None, Manual };
    enum class Type { Http, Socks5 };
    Mode mode = Mode::System;
    Type type = Type::Http;
    QString host;
    int port = 8080; // 1 … 65535

    friend bool operator==(const ProxyChoice&, const ProxyChoice&) = default;
};

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
    // POSTs in any sixty seconds; 0: no limit of our own. 0 … 600, default 0
    [[nodiscard]] int requestsPerMinute() const { return m_requestsPerMinute; }
    void setRequestsPerMinute(int requests);
    // By v2, submit and poll. Default false: v1 is the documented contract.
    [[nodiscard]] bool isRecoverable() const { return m_recoverable; }
    void setRecoverable(bool recoverable);
    // The service's base URL where it is not Segmind's own; checked by whoever uses it.
    [[nodiscard]] const QString& endpoint() const { return m_endpoint; }
    // It was changed in this run, and is used from the next start on.
    [[nodiscard]] bool isEndpointPending() const { return m_endpoint != m_endpointAtStart; }
    void setEndpoint(const QString& url);
    // None is set until the person sets one.
    [[nodiscard]] std::optional<Money> cap(Cap cap) const;
    void setCap(Cap cap, const std::optional<Money>& amount);
    [[nodiscard]] const ProxyChoice& proxy() const { return m_proxy; }
    void setProxy(const ProxyChoice& proxy);
    [[nodiscard]] Theme theme() const { return m_theme; }
    void setTheme(Theme theme);
    // What a page of the window keeps of itself, by its name; empty where it kept nothing.
    [[nodiscard]] QByteArray pageState(const QString& page) const { return m_pages.value(page); }
    void setPageState(const QString& page, const QByteArray& state);
    [[nodiscard]] QByteArray windowGeometry() const { return m_windowGeometry; }
    [[nodiscard]] QByteArray windowState() const { return m_windowState; }
    void setWindow(const QByteArray& geometry, const QByteArray& state);
    // Of the second window, and whether what made a picture is told over it there and in the first.
    [[nodiscard]] QByteArray secondWindow() const { return m_secondWindow; }
    void setSecondWindow(const QByteArray& geometry);
    [[nodiscard]] bool isInfoShown() const { return m_infoShown; }
    void setInfoShown(bool shown);
    [[nodiscard]] bool isInfoShownSecond() const { return m_infoShownSecond; }
    void setInfoShownSecond(bool shown);

    // Writes what has changed now. False if the file could not be written.
    bool flush();

Q_SIGNALS:
    void libraryFolderChanged(const QString& folder);
    void jobsAtOnceChanged(int count);
    void requestsPerMinuteChanged(int requests);
    void recoverableChanged(bool recoverable);
    void endpointChanged(const QString& url);
    void capsChanged();
    void proxyChanged(const seedbook::ProxyChoice& proxy);
    void themeChanged(seedbook::Theme theme);

private:
    QSettings m_store;
    QTimer m_writer;
    QString m_libraryFolder; // empty: the default
    int m_jobsAtOnce;
    int m_requestsPerMinute;
    bool m_recoverable;
    QString m_endpoint;
    QString m_endpointAtStart;
    std::array<std::optional<Money>, capCount> m_caps;
    ProxyChoice m_proxy;
    Theme m_theme;
    QHash<QString, QByteArray> m_pages; // their states, by name
    QByteArray m_windowGeometry;
    QByteArray m_windowState;
    QByteArray m_secondWindow;
    bool m_infoShown;
    bool m_infoShownSecond;
};

} // namespace seedbook
