#include "app/ServiceAccess.h"

#include <QNetworkProxy>

namespace seedbook {

ChosenEndpoint chosenEndpoint(const std::optional<Endpoint>& given, const Settings& settings)
{
    if (given)
        return {*given, std::nullopt};
    if (settings.endpoint().isEmpty())
        return {Endpoint::segmind(), std::nullopt};
    const auto endpoint = Endpoint::parse(settings.endpoint());
    if (endpoint)
        return {*endpoint, std::nullopt};
    return {Endpoint::segmind(), endpoint.error()};
}

void applyProxy(const ProxyChoice& choice)
{
    QNetworkProxyFactory::setUseSystemConfiguration(choice.mode == ProxyChoice::Mode::System);
    if (choice.mode == ProxyChoice::Mode::None)
        QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
    else if (choice.mode == ProxyChoice::Mode::Manual)
        QNetworkProxy::setApplicationProxy(
            QNetworkProxy(choice.type == ProxyChoice::Type::Http ? QNetworkProxy::HttpProxy
                                                                 : QNetworkProxy::Socks5Proxy,
                choice.host, static_cast<quint16>(choice.port)));
}

} // namespace seedbook
