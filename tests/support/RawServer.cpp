#include "support/RawServer.h"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook::test {

QByteArray RawServer::Request::header(QByteArrayView name) const
{
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

RawServer::Peer::Peer(RawServer& server, int socket, int connection)
    : m_server(server)
    , m_socket(socket)
    , m_connection(connection)
{
}

// False when the time is over or the server stops with nothing left to do.
bool RawServer::Peer::waitFor(short events, int milliseconds)
{
    if (m_socket < 0)
        return false;
    pollfd fds[] = {{m_socket, events, 0}, {m_server.m_wake, POLLIN, 0}};
    return ::poll(fds, 2, milliseconds) > 0 && fds[0].revents != 0;
}

bool RawServer::Peer::receive()
{
    if (!waitFor(POLLIN))
        return false;
    char chunk[65536];
    const auto count = ::recv(m_socket, chunk, sizeof chunk, 0);
    if (count <= 0)
        return false;
    m_buffer.append(chunk, count);
    return true;
}

bool RawServer::Peer::takeHead()
{
    m_request = {};
    qsizetype end = -1;
    while ((end = m_buffer.indexOf("\r\n\r\n")) < 0) {
        if (!receive())
            break;
    }
    m_request.head = end < 0 ? m_buffer : m_buffer.first(end);
    m_buffer.remove(0, end < 0 ? m_buffer.size() : end + 4);
    const QList<QByteArray> lines = m_request.head.split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    m_request.method = words.value(0);
    m_request.target = words.value(1);
    for (const QByteArray& line : lines.sliced(1)) {
        const auto colon = line.indexOf(':');
        m_request.headers.append({line.first(std::max<qsizetype>(colon, 0)).trimmed(),
            line.sliced(colon + 1).trimmed()});
    }
    return end >= 0;
}

void RawServer::Peer::remember()
{
    if (m_request.head.isEmpty())
        return;
    const std::lock_guard lock(m_server.m_mutex);
    m_server.m_requests += m_request;
}

bool RawServer::Peer::readHead()
{
    const bool whole = takeHead();
    remember();
    return whole;
}

bool RawServer::Peer::readRequest()
{
    const bool wholeHead = takeHead();
    const qint64 length = m_request.header("content-length").toLongLong();
    while (wholeHead && m_buffer.size() < length && receive()) {
    }
    m_request.whole = wholeHead && m_buffer.size() >= length;
    m_request.body = m_buffer.first(std::min<qint64>(m_buffer.size(), length));
    m_buffer.remove(0, m_request.body.size());
    remember();
    return m_request.whole;
}

bool RawServer::Peer::send(const QByteArray& bytes)
{
    qsizetype at = 0;
    while (at < bytes.size()) {
        if (!waitFor(POLLOUT))
            return false;
        const auto count =
            ::send(m_socket, bytes.data() + at, size_t(bytes.size() - at), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        at += count;
    }
    return true;
}

void RawServer::Peer::drip(const QByteArray& bytes, std::chrono::milliseconds pause)
{
    for (const char byte : bytes) {
        if (!send(QByteArray(1, byte)))
            return;
        pollfd fds[] = {{m_socket, POLLIN, 0}, {m_server.m_wake, POLLIN, 0}};
        if (::poll(fds, 2, int(pause.count())) != 0)
            return;
    }
}

void RawServer::Peer::stall()
{
    while (receive()) {
    }
}

void RawServer::Peer::close()
{
    if (m_socket >= 0) {
        // Both ways, and what still comes is not answered with a reset.
        ::shutdown(m_socket, SHUT_WR);
        ::close(m_socket);
    }
    m_socket = -1;
}

void RawServer::Peer::reset()
{
    if (m_socket < 0)
        return;
    const linger now{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(m_socket);
    m_socket = -1;
}

RawServer::RawServer(Script script)
    : m_script(std::move(script))
{
    m_wake = ::eventfd(0, EFD_CLOEXEC);
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listener, plain, size) != 0 || ::listen(m_listener, 64) != 0 ||
        ::getsockname(m_listener, plain, &size) != 0)
        qFatal("RawServer cannot listen on loopback");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { listen(); });
}

RawServer::~RawServer()
{
    stop();
}

QString RawServer::address(const QString& path) const
{
    return u"http://127.0.0.1:%1%2"_s.arg(m_port).arg(path);
}

Endpoint RawServer::endpoint() const
{
    return *Endpoint::parse(address());
}

void RawServer::listen()
{
    for (;;) {
        pollfd fds[] = {{m_listener, POLLIN, 0}, {m_wake, POLLIN, 0}};
        ::poll(fds, 2, -1);
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0)
            m_peers.emplace_back(
                [this, socket, number = ++m_connections] { serve(socket, number); });
        else if (fds[1].revents != 0)
            return; // and nobody waits at the door
    }
}

void RawServer::serve(int socket, int connection)
{
    Peer peer(*this, socket, connection);
    m_script(peer);
    while (peer.m_socket >= 0 && peer.readRequest()) {
    }
    peer.close();
}

void RawServer::stop()
{
    if (!m_thread.joinable())
        return;
    const quint64 one = 1;
    if (::write(m_wake, &one, sizeof one) != sizeof one)
        qFatal("RawServer cannot be stopped");
    m_thread.join();
    for (std::thread& peer : m_peers)
        peer.join();
    m_peers.clear();
    ::close(m_listener);
    ::close(m_wake);
}

QList<RawServer::Request> RawServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

qsizetype RawServer::posts() const
{
    const QList<Request> all = requests();
    return std::ranges::count_if(all, [](const Request& r) { return r.method == "POST"; });
}

QByteArray httpAnswer(int status, const QByteArray& body, const QList<QByteArray>& headers)
{
    QByteArray answer = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\n";
    for (const QByteArray& header : headers)
        answer += header + "\r\n";
    return answer + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace seedbook::test
