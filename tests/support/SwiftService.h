#pragma once

#include "core/Endpoint.h"
#include "core/Money.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <chrono>
#include <functional>
#include <memory>

namespace seedbook::test {

// A stand-in for the paid service that costs next to no time of its own: pictures are made
// beforehand, v1 and v2 are answered after a delay, and every POST is remembered. It lives in
// threads of its own and outlives the programs that ask it. The key is not looked at.
class SwiftService final
{
public:
    // How a POST ends: with the picture; with a 200 that tells nothing, which is paid for all the
    // same; with a status, for nothing.
    enum class Fate { Picture, Nothing, WrongKey, Limited, ServerError, BadGateway };

    struct Options
    {
        std::chrono::milliseconds delay{100}; // from a POST to its picture
        std::chrono::milliseconds spread{0};  // up to this much more, by the seed
        qsizetype pictureBytes = 20'000;      // about; a PNG padded with a chunk
        Money price = Money::fromMicros(121'000);
        double balance = 1000;
        bool tellsCost = true;
        QByteArray base = {}; // the picture; empty: a small one
        // Asked once for each POST, on a thread of the service; none: the picture.
        std::function<Fate(const QByteArray& key)> fate = {};
    };

    explicit SwiftService(const Options& options);
    ~SwiftService();
    SwiftService(const SwiftService&) = delete;
    SwiftService& operator=(const SwiftService&) = delete;

    [[nodiscard]] Endpoint endpoint() const;
    [[nodiscard]] QString address() const;

    // No POST by v1 is answered from hold() on until letGo().
    void hold();
    void letGo();

    struct Post
    {
        qint64 seed = 0;
        bool recoverable = false;
        Fate fate = Fate::Picture;
        [[nodiscard]] bool isPaid() const { return fate == Fate::Picture || fate == Fate::Nothing; }
        std::chrono::steady_clock::time_point at;
    };
    [[nodiscard]] QList<Post> posts() const;
    [[nodiscard]] QHash<qint64, int> postsBySeed() const;
    // When the last byte of the latest picture was handed to the network.
    [[nodiscard]] std::chrono::steady_clock::time_point lastAnswer() const;
    [[nodiscard]] int answered() const; // pictures that were sent whole
    [[nodiscard]] Money charged() const;

    // The very bytes that a seed's picture has.
    [[nodiscard]] QByteArray picture(qint64 seed) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace seedbook::test
