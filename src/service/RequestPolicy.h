#pragma once

#include "core/ApiKey.h"
#include "core/Error.h"
#include "service/NetworkPlace.h"

#include <QLoggingCategory>
#include <QNetworkRequest>

#include <optional>

class QNetworkAccessManager;
class QObject;

namespace seedbook {

// What is true of every request of this program: its headers, where it may go, what of it may be
// told. Nothing else in this folder sets a header or an attribute. Logged are verb, path, status,
// milliseconds and bytes; bodies and keys never.
Q_DECLARE_LOGGING_CATEGORY(serviceLog)

// Why a request with the key must not leave at all: no key (MissingKey), one that would break the
// header line (WrongKey), plain http to anything but loopback (InsecureEndpoint), no URL to speak
// of (BadEndpoint).
[[nodiscard]] std::optional<Error> refusal(const QUrl& url, const ApiKey& key);

// Redirects are not followed: Qt would carry the key along to another host, and ask nobody where it
// goes.
[[nodiscard]] QNetworkRequest keyedRequest(const QUrl& url, const ApiKey& key);
// Without the key.
[[nodiscard]] QNetworkRequest keylessRequest(const QUrl& url);

// https, or http to loopback.
[[nodiscard]] bool mayFetch(const QUrl& url);
// Whether a service may send this computer to a host: one on the internet does not make it call its
// own ports, or those of the network around it; one in that network, not its own.
[[nodiscard]] bool maySendTo(NetworkPlace there, NetworkPlace service);

// A manager of its own is a fresh connection. Loopback is never asked for through a proxy: over
// plain http the proxy would read the key.
[[nodiscard]] QNetworkAccessManager* newManager(const QUrl& url, QObject* parent);

// Whether a request to there is handed to a proxy. Qt tells no more of a proxy that is not there
// than of any network that fails.
[[nodiscard]] bool goesThroughProxy(const QUrl& url);

// `text` with every form of the key taken out and cut to what a person reads.
[[nodiscard]] QString presentable(const QString& text, const ApiKey& key);

} // namespace seedbook
