#pragma once

#include <QHostAddress>
#include <QList>
#include <QString>

#include <optional>

namespace seedbook {

// Where on the network a host is, seen from this computer; the nearest first.
enum class NetworkPlace {
    Loopback, // 127.0.0.0/8, ::1, and the address of no host, which leads there, too
    Private,  // of the networks that IANA gives to nobody, and link-local ones; groups, too
    Public,
};

// An IPv4 address in IPv6's clothes counts as what it is.
[[nodiscard]] NetworkPlace placeOf(const QHostAddress& address);
// The nearest of several; Public where there is none.
[[nodiscard]] NetworkPlace nearestPlace(const QList<QHostAddress>& addresses);
// Of a host that is written as an address, or "localhost". Nothing of a name: it is to be looked
// up.
[[nodiscard]] std::optional<NetworkPlace> placeWritten(const QString& host);

} // namespace seedbook
