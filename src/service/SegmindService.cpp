#include "service/SegmindService.h"

#include "service/GenerateCall.h"

namespace seedbook {

SegmindService::SegmindService(Endpoint endpoint, std::function<ApiKey()> key, CallLimits limits)
    : m_endpoint(std::move(endpoint))
    , m_key(std::move(key))
    , m_limits(limits)
{
}

ImageCall* SegmindService::generate(const Request& request, QObject* parent)
{
    return new GenerateCall(
        m_endpoint.url(request.model().path()), request.body(), m_key(), m_limits, parent);
}

} // namespace seedbook
