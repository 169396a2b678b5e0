#pragma once

#include <chrono>
#include <httplib.h>

namespace seedbook::practice {

// httplib's server with bounds that it does not have: it reads a line of any length before it looks
// at its limits, its limits of time begin anew with each byte, and it takes on any number of
// connections. Everybody on this computer can connect, without a key.
class BoundedServer final : public httplib::Server
{
public:
    struct Bounds
    {
        std::size_t head = 16 << 10; // bytes: the request line and the headers
        std::size_t body = 0;        // bytes, as they come over the wire
        std::chrono::milliseconds headTime{5000};
        std::chrono::milliseconds bodyTime{30'000};
        std::chrono::milliseconds answerTime{30'000};
        std::size_t served = 64;  // connections at once; each has a thread
        std::size_t waiting = 64; // further ones; more are closed unread
    };

    explicit BoundedServer(const Bounds& bounds);
    ~BoundedServer() override;
    BoundedServer(const BoundedServer&) = delete;
    BoundedServer& operator=(const BoundedServer&) = delete;

    // On 127.0.0.1 and a free port, which it answers; 0 or less where there is none.
    [[nodiscard]] int bindToLoopback();
    // Nothing more is read, so that stop() waits for no caller. What is being answered may end.
    void endReading();

private:
    bool process_and_close_socket(socket_t socket) override;

    const Bounds m_bounds;
    int m_wake = -1; // readable once nothing is to be read any more
};

} // namespace seedbook::practice
