#include "service/NetworkPlace.h"

#include "core/Endpoint.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

struct Network
{
    const char* address;
    int bits;
    NetworkPlace place;
};

// RFC 6890 and its like: what a service on the internet has no business to send anybody to.
// 198.18.0.0/15 and fc00::/8, where nobody is, are not among them: some proxies answer each name
// with an address from there.
constexpr std::array networks{
    Network{"0.0.0.0", 8, NetworkPlace::Loopback},
    Network{"127.0.0.0", 8, NetworkPlace::Loopback},
    Network{"10.0.0.0", 8, NetworkPlace::Private},
    Network{"100.64.0.0", 10, NetworkPlace::Private},
    Network{"169.254.0.0", 16, NetworkPlace::Private},
    Network{"172.16.0.0", 12, NetworkPlace::Private},
    Network{"192.0.0.0", 24, NetworkPlace::Private},
    Network{"192.168.0.0", 16, NetworkPlace::Private},
    Network{"224.0.0.0", 3, NetworkPlace::Private},
    Network{"::", 127, NetworkPlace::Loopback},
    Network{"fd00::", 8, NetworkPlace::Private},
    Network{"fe80::", 9, NetworkPlace::Private},
    Network{"ff00::", 8, NetworkPlace::Private},
};

// ::ffff:a.b.c.d, ::a.b.c.d and 64:ff9b::a.b.c.d.
std::optional<QHostAddress> wrappedIn(const QHostAddress& address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return std::nullopt;
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    constexpr std::array<quint8, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    constexpr std::array<quint8, 12> compatible{};
    constexpr std::array<quint8, 12> translated{0, 0x64, 0xff, 0x9b};
    const bool wraps = std::ranges::any_of(
        std::array{mapped, compatible, translated}, [&bytes](const auto& beginning) {
            return std::equal(beginning.begin(), beginning.end(), std::begin(bytes.c));
        });
    if (!wraps)
        return std::nullopt;
    return QHostAddress(quint32{bytes.c[12]} << 24 | quint32{bytes.c[13]} << 16 |
                        quint32{bytes.c[14]} << 8 | bytes.c[15]);
}

} // namespace

NetworkPlace placeOf(const QHostAddress& address)
{
    for (const Network& network : networks) {
        if (address.isInSubnet(QHostAddress(QString::fromLatin1(network.address)), network.bits))
            return network.place;
    }
    const auto wrapped = wrappedIn(address);
    return wrapped ? placeOf(*wrapped) : NetworkPlace::Public;
}

NetworkPlace nearestPlace(const QList<QHostAddress>& addresses)
{
    NetworkPlace nearest = NetworkPlace::Public;
    for (const QHostAddress& address : addresses)
        nearest = std::min(nearest, placeOf(address));
    return nearest;
}

std::optional<NetworkPlace> placeWritten(const QString& host)
{
    if (isLoopback(host))
        return NetworkPlace::Loopback;
    const QHostAddress address(host);
    return address.isNull() ? std::nullopt : std::optional(placeOf(address));
}

} // namespace seedbook
