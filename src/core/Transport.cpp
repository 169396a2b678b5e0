#include "core/Transport.h"

using namespace Qt::StringLiterals;

namespace seedbook {

QString transportName(Transport transport)
{
    return transport == Transport::Blocking ? u"v1"_s : u"v2"_s;
}

std::optional<Transport> transportFromName(const QString& name)
{
    if (name == "v1"_L1)
        return Transport::Blocking;
    if (name == "v2"_L1)
        return Transport::Recoverable;
    return std::nullopt;
}

} // namespace seedbook
