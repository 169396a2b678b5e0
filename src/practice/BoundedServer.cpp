#include "practice/BoundedServer.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <limits>
#include <optional>
#include <poll.h>
#include <string_view>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace seedbook::practice {

namespace {

using Clock = std::chrono::steady_clock;

// On the thread that accepts: the connection at hand is one too many.
thread_local bool isTurnedAway = false;

// httplib's own queue grows without end.
class BoundedQueue final : public httplib::TaskQueue
{
    // void in older versions, where the queue has to see to what it does not take.
    using Taken = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));

public:
    explicit BoundedQueue(const BoundedServer::Bounds& bounds)
        : m_most(bounds.served + bounds.waiting)
        , m_pool(bounds.served)
    {
    }

    Taken enqueue(std::function<void()> serve) override
    {
        if (m_taken >= m_most) {
            isTurnedAway = true;
            serve();
            isTurnedAway = false;
        } else {
            ++m_taken;
            m_pool.enqueue([this, serve = std::move(serve)] {
                serve();
                --m_taken;
            });
        }
        return Taken(true);
    }
    void shutdown() override { m_pool.shutdown(); }

private:
    const std::size_t m_most;
    std::atomic<std::size_t> m_taken = 0;
    httplib::ThreadPool m_pool;
};

// One connection. Each part of the talk has so many bytes and so much time.
class BoundedStream final : public httplib::Stream
{
public:
    BoundedStream(socket_t socket, int wake, const BoundedServer::Bounds& bounds)
        : m_socket(socket)
        , m_wake(wake)
        , m_bounds(bounds)
        , m_left(bounds.head)
        , m_readUntil(Clock::now() + bounds.headTime)
    {
    }

    // The head is whole.
    void beginBody()
    {
        m_inHead = false;
        m_left = m_bounds.body;
        m_readUntil = Clock::now() + m_bounds.bodyTime;
    }

    // A connection that is closed with bytes unread is reset, and the caller may never see the
    // answer. So what they still send is read, and forgotten.
    void endAnswer()
    {
        constexpr std::size_t most = 8 << 20;
        if (!m_answerUntil)
            return;
        ::shutdown(m_socket, SHUT_WR);
        m_left = most;
        m_readUntil = Clock::now() + 2s;
        while (fill() > 0)
            m_begin = m_end;
    }

    [[nodiscard]] bool is_readable() const override
    {
        return m_begin < m_end || (m_left > 0 && waitFor(POLLIN, m_readUntil));
    }
    [[nodiscard]] bool is_writable() const override { return canWrite(); }

    ssize_t read(char* bytes, std::size_t size) override
    {
        if (m_begin == m_end) {
            if (const ssize_t filled = fill(); filled <= 0)
                return filled;
        }
        const std::size_t taken = std::min(size, m_end - m_begin);
        if (m_inHead && asksForRanges({m_buffer.data() + m_begin, taken})) {
            m_left = 0;
            m_begin = m_end;
            return -1;
        }
        std::copy_n(m_buffer.data() + m_begin, taken, bytes);
        m_begin += taken;
        return static_cast<ssize_t>(taken);
    }

    ssize_t write(const char* bytes, std::size_t size) override
    {
        if (!m_answerUntil)
            m_answerUntil = Clock::now() + m_bounds.answerTime;
        ssize_t sent = -1;
        do {
            if (!canWrite())
                return -1;
            sent = ::send(m_socket, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        } while (sent < 0 && (errno == EAGAIN || errno == EINTR));
        return sent;
    }

    // Nobody asks for these.
    void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    [[nodiscard]] socket_t socket() const override { return m_socket; }

private:
    // httplib reads ranges by a regular expression that takes a step of the stack for each, which
    // some thousands of them overrun; and would send a picture as often as a head has room for a
    // comma. Nobody who makes pictures here asks for parts of them.
    bool asksForRanges(std::string_view piece)
    {
        constexpr std::string_view name = "range:";
        for (const char byte : piece) {
            const char small = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte;
            if (byte == '\n')
                m_matched = 0;
            else if (m_matched < name.size())
                m_matched = small == name.at(m_matched) ? m_matched + 1 : noRange;
            if (m_matched == name.size())
                return true;
        }
        return false;
    }

    // False when the time is over or, where something is to be read, the service ends.
    [[nodiscard]] bool waitFor(short events, Clock::time_point until) const
    {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
        if (left.count() <= 0) // also where bytes keep coming
            return false;
        std::array<pollfd, 2> watched{{{m_socket, events, 0}, {m_wake, POLLIN, 0}}};
        const nfds_t count = events == POLLIN ? 2 : 1;
        int ready = 0;
        do
            ready = ::poll(watched.data(), count, static_cast<int>(left.count()));
        while (ready < 0 && errno == EINTR);
        return ready > 0 && watched[0].revents != 0 && watched[1].revents == 0;
    }

    [[nodiscard]] bool canWrite() const
    {
        return waitFor(POLLOUT, m_answerUntil.value_or(Clock::now() + m_bounds.answerTime));
    }

    ssize_t fill()
    {
        m_answerUntil.reset(); // “100 Continue” was not the answer yet
        ssize_t got = -1;
        do {
            if (m_left == 0 || !waitFor(POLLIN, m_readUntil))
                return -1;
            const std::size_t room = std::min(m_left, m_buffer.size());
            got = ::recv(m_socket, m_buffer.data(), room, MSG_DONTWAIT);
        } while (got < 0 && (errno == EAGAIN || errno == EINTR));
        if (got > 0) {
            m_left -= static_cast<std::size_t>(got);
            m_begin = 0;
            m_end = static_cast<std::size_t>(got);
        }
        return got;
    }

    const socket_t m_socket;
    const int m_wake;
    const BoundedServer::Bounds& m_bounds;
    std::size_t m_left;
    Clock::time_point m_readUntil;
    std::optional<Clock::time_point> m_answerUntil; // once something was said
    bool m_inHead = true;
    // Of this line's beginning, how much is the header's name; noRange: it is another.
    static constexpr std::size_t noRange = std::numeric_limits<std::size_t>::max();
    std::size_t m_matched = noRange;
    std::array<char, 4096> m_buffer;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace

BoundedServer::BoundedServer(const Bounds& bounds)
    : m_bounds(bounds)
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    new_task_queue = [this] { return new BoundedQueue(m_bounds); };
}

BoundedServer::~BoundedServer()
{
    ::close(m_wake);
}

int BoundedServer::bindToLoopback()
{
    const int port = bind_to_any_port("127.0.0.1");
    // httplib lets five wait to be accepted; the sixth that comes at once tries again after 1 s.
    if (port > 0)
        (void)::listen(svr_sock_, SOMAXCONN);
    return port;
}

void BoundedServer::endReading()
{
    (void)::eventfd_write(m_wake, 1);
}

bool BoundedServer::process_and_close_socket(socket_t socket)
{
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    bool served = false;
    if (!isTurnedAway) {
        BoundedStream stream(socket, m_wake, m_bounds);
        bool closed = false;
        const std::function<void(httplib::Request&)> beginBody =
            [&](httplib::Request& /*request*/) { stream.beginBody(); };
        // Always the last request of its connection: an idle one would hold a thread.
        const auto process = [&](auto& server) {
            if constexpr (requires { server.process_request(stream, true, closed, beginBody); })
                return server.process_request(stream, true, closed, beginBody);
            else // newer versions want to be told who talks
                return server.process_request(
                    stream, "127.0.0.1", 0, "127.0.0.1", 0, true, closed, beginBody);
        };
        served = process(*this);
        stream.endAnswer();
    }
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return served;
}

} // namespace seedbook::practice
