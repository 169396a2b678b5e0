#include "service/StatusTable.h"

#include <algorithm>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

bool saysAny(const QString& message, std::initializer_list<QLatin1StringView> words)
{
    return std::ranges::any_of(
        words, [&message](auto word) { return message.contains(word, Qt::CaseInsensitive); });
}

// One status with four meanings. The order matters: a spend limit is told in words of money too,
// and a message about credits can name a value.
ErrorKind kindOf406(const QString& message)
{
    if (saysAny(message, {"content type"_L1, "content-type"_L1, "contenttype"_L1}))
        return ErrorKind::ContentTypeRejected;
    if (saysAny(message, {"limit"_L1, "cap "_L1, "exceed"_L1}) &&
        saysAny(message, {"spend"_L1, "team"_L1, "budget"_L1}))
        return ErrorKind::SpendLimit;
    if (saysAny(message,
            {"credit"_L1, "balance"_L1, "insufficient"_L1, "funds"_L1, "top up"_L1, "payment"_L1}))
        return ErrorKind::InsufficientCredits;
    if (saysAny(
            message, {"param"_L1, "invalid"_L1, "value"_L1, "must be"_L1, "should be"_L1,
                         "range"_L1, "required"_L1, "allowed"_L1, "expected"_L1, "unsupported"_L1,
                         "field"_L1, "greater"_L1, "less than"_L1, "maximum"_L1, "minimum"_L1}))
        return ErrorKind::ParameterRejected;
    return ErrorKind::NotAcceptable;
}

} // namespace

ErrorKind kindOfStatus(int status, const QString& message)
{
    switch (status) {
    case 400:
        return ErrorKind::BadRequest;
    case 401:
        return ErrorKind::WrongKey;
    case 402:
        return kindOf406(message) == ErrorKind::SpendLimit ? ErrorKind::SpendLimit
                                                           : ErrorKind::InsufficientCredits;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 405:
        return ErrorKind::MethodNotAllowed;
    case 406:
        return kindOf406(message);
    case 410:
        return ErrorKind::ModelRetired;
    case 422:
        return ErrorKind::ValidationFailed;
    case 429:
        return ErrorKind::RateLimited;
    case 500:
        return ErrorKind::ServerError;
    case 502:
        return ErrorKind::BadGateway;
    case 503:
        return ErrorKind::ServiceUnavailable;
    case 504:
        return ErrorKind::GatewayTimeout;
    default:
        return ErrorKind::UnexpectedStatus;
    }
}

ErrorKind kindOfNetworkError(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return ErrorKind::HostNotFound;
    case QNetworkReply::ConnectionRefusedError:
        return ErrorKind::ConnectionRefused;
    case QNetworkReply::SslHandshakeFailedError:
        return ErrorKind::TlsFailed;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return ErrorKind::ProxyFailed;
    default:
        return ErrorKind::NetworkUnreachable;
    }
}

} // namespace seedbook
