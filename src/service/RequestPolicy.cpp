#include "service/RequestPolicy.h"

#include "core/Endpoint.h"
#include "core/Text.h"
#include "core/Version.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkProxy>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

Q_LOGGING_CATEGORY(serviceLog, "seedbook.service", QtInfoMsg)

namespace {

constexpr qsizetype longestDetail = 500;

// "localhost" is 127.0.0.1: looked up, it is ::1 as well, where another user of this computer may
// listen, and would be sent the key. The service sees the name that was asked for.
void takeLocalhostLiterally(QNetworkRequest& request)
{
    QUrl url = request.url();
    if (url.host() != "localhost"_L1)
        return;
    request.setPeerVerifyName(url.host());
    request.setRawHeader("Host", url.authority(QUrl::FullyEncoded).section(u'@', -1).toLatin1());
    url.setHost(u"127.0.0.1"_s);
    request.setUrl(url);
}

QNetworkRequest plainRequest(const QUrl& url)
{
    QNetworkRequest request(url);
    takeLocalhostLiterally(request);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Seedbook/"_s + programVersion());
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(
        QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    return request;
}

} // namespace

std::optional<Error> refusal(const QUrl& url, const ApiKey& key)
{
    const bool http = url.scheme() == "http"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!http && url.scheme() != "https"_L1))
        return Error{ErrorKind::BadEndpoint, presentable(url.toString(), key), {}};
    if (http && !isLoopback(url.host()))
        return Error{ErrorKind::InsecureEndpoint, presentable(url.host(), key), {}};
    const QByteArray secret = key.reveal().trimmed();
    if (secret.isEmpty())
        return Error{ErrorKind::MissingKey, {}, {}};
    // A line break in it would add headers of somebody else's choice.
    if (!std::ranges::all_of(secret, [](char c) { return c > ' ' && c < '\x7f'; }))
        return Error{ErrorKind::UnusableKey, {}, {}};
    return std::nullopt;
}

QNetworkRequest keyedRequest(const QUrl& url, const ApiKey& key)
{
    QNetworkRequest request = plainRequest(url);
    const QByteArray secret = key.reveal().trimmed();
    rememberSecret(QString::fromLatin1(secret));
    request.setRawHeader("x-api-key", secret);
    return request;
}

QNetworkRequest keylessRequest(const QUrl& url)
{
    return plainRequest(url);
}

bool mayFetch(const QUrl& url)
{
    const bool http = url.scheme() == "http"_L1 && isLoopback(url.host());
    return url.isValid() && !url.host().isEmpty() && (http || url.scheme() == "https"_L1);
}

bool maySendTo(NetworkPlace there, NetworkPlace service)
{
    return there == NetworkPlace::Public || service == NetworkPlace::Loopback || there == service;
}

QNetworkAccessManager* newManager(const QUrl& url, QObject* parent)
{
    auto* manager = new QNetworkAccessManager(parent);
    if (isLoopback(url.host()))
        manager->setProxy(QNetworkProxy::NoProxy);
    return manager;
}

bool goesThroughProxy(const QUrl& url)
{
    if (isLoopback(url.host()))
        return false;
    const auto proxies = QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(url));
    return std::ranges::any_of(proxies, [](const QNetworkProxy& proxy) {
        return proxy.type() == QNetworkProxy::HttpProxy ||
               proxy.type() == QNetworkProxy::Socks5Proxy;
    });
}

QString presentable(const QString& text, const ApiKey& key)
{
    // Looked through for what may be shown alone, and as much more as a key may be long.
    constexpr qsizetype most = 16 << 10;
    const QString secret = QString::fromLatin1(key.reveal().trimmed());
    return elided(redacted(text.first(std::min(text.size(), most)), secret), longestDetail);
}

} // namespace seedbook
