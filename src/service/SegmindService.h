#pragma once

#include "core/ApiKey.h"
#include "core/ImageService.h"

#include <chrono>
#include <functional>

namespace seedbook {

// Bounds of one call.
struct CallLimits
{
    // From sending to the last byte; a cold start takes minutes.
    std::chrono::milliseconds deadline{300'000};
    qint64 largestBody = 64LL << 20;
    // For the picture, where the answer is an address; all attempts together.
    std::chrono::milliseconds fetchDeadline{60'000};
};

// Segmind's blocking v1 call over HTTP/1.1. Each paid POST has a manager and a connection of its
// own and a body that cannot be rewound, so that Qt cannot send it again by itself.
class SegmindService final : public ImageService
{
public:
    // `key` is asked at each call.
    SegmindService(Endpoint endpoint, std::function<ApiKey()> key, CallLimits limits = {});

    [[nodiscard]] Endpoint endpoint() const override { return m_endpoint; }
    [[nodiscard]] ImageCall* generate(const Request& request, QObject* parent) override;

private:
    Endpoint m_endpoint;
    std::function<ApiKey()> m_key;
    CallLimits m_limits;
};

} // namespace seedbook
