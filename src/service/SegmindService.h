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
    // Ten times what any model makes; six that come at once fit into memory.
    qint64 largestBody = 48LL << 20;
    // For the picture, where the answer is an address; all attempts together.
    std::chrono::milliseconds fetchDeadline{60'000};
    // Recoverable: how long an accepted job is asked after, and how often.
    std::chrono::milliseconds acceptedFor{3'600'000};
    std::chrono::milliseconds firstPoll{1'000};
    std::chrono::milliseconds longestPoll{3'000};
    std::chrono::milliseconds longestPollInTrouble{30'000};
    // Until it is sent: what has not left by then has not left.
    std::chrono::milliseconds connecting{20'000};
};

// Segmind over HTTP/1.1, by one of its two transports. Each paid POST has a manager and a
// connection of its own and a body that cannot be rewound, so that Qt cannot send it again by
// itself.
class SegmindService final : public ImageService
{
public:
    using BodyOf = std::function<QFuture<Result<QByteArray>>(const Request&)>;

    // `key` is asked at each call. Without `bodyOf` a body is the request's parameters and nothing
    // else.
    SegmindService(Endpoint endpoint, std::function<ApiKey()> key, CallLimits limits = {},
        Transport transport = Transport::Blocking, BodyOf bodyOf = {});

    [[nodiscard]] Endpoint endpoint() const override { return m_endpoint; }
    [[nodiscard]] Transport transport() const override { return m_transport; }
    [[nodiscard]] QFuture<Result<QByteArray>> body(const Request& request) override;
    [[nodiscard]] ImageCall* generate(
        const Request& request, const QByteArray& body, QObject* parent) override;
    [[nodiscard]] ImageCall* resume(
        const Request& request, const Acceptance& acceptance, QObject* parent) override;
    void askBalance(QObject* context, const BalanceAnswer& answer) override;

private:
    Endpoint m_endpoint;
    std::function<ApiKey()> m_key;
    CallLimits m_limits;
    Transport m_transport;
    BodyOf m_bodyOf;
};

} // namespace seedbook
