#include "core/Endpoint.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// As it was entered, without what may hold a password or a key. QUrl shows nothing at all of a text
// that is no URL.
QString presentable(QString text)
{
    static const QRegularExpression user(
        u"^(.*?//)?.*@"_s, QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression query(
        u"[?#].*$"_s, QRegularExpression::DotMatchesEverythingOption);
    return text.replace(user, u"\\1"_s).remove(query);
}

} // namespace

Endpoint Endpoint::segmind()
{
    return Endpoint(QUrl(u"https://api.segmind.com"_s), false);
}

Result<Endpoint> Endpoint::parse(const QString& text)
{
    QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool http = url.scheme() == "http"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!http && url.scheme() != "https"_L1) ||
        !url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return Error{ErrorKind::BadEndpoint, presentable(text.trimmed()), {}};
    if (http && !isLoopback(url.host()))
        return Error{ErrorKind::InsecureEndpoint, url.host(), {}};
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path);
    return Endpoint(url, false);
}

Endpoint Endpoint::practice(quint16 port)
{
    QUrl url(u"http://127.0.0.1"_s);
    url.setPort(port);
    return Endpoint(url, true);
}

QString Endpoint::origin() const
{
    return m_base.toString(
        QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QString Endpoint::name() const
{
    return m_practice ? u"practice"_s : m_base.toString();
}

QUrl Endpoint::url(const QString& path) const
{
    QUrl url = m_base;
    url.setPath(m_base.path() + path);
    return url;
}

bool isLoopback(const QString& host)
{
    static const QRegularExpression loopback4(u"^127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}$"_s);
    return host == "localhost"_L1 || host == "::1"_L1 || loopback4.match(host).hasMatch();
}

} // namespace seedbook
