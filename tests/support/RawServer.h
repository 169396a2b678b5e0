#pragma once

#include "core/Endpoint.h"

#include <QByteArray>
#include <QList>
#include <QPair>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace seedbook::test {

// A server on loopback that does to a connection exactly what its script says, byte by byte, on
// threads of its own, and remembers all that came. After a script has returned without closing, the
// connection is read on, so that a request sent again is seen.
class RawServer final
{
public:
    struct Request
    {
        QByteArray method;
        QByteArray target;
        QByteArray head; // the request line and the headers, as they came
        QList<QPair<QByteArray, QByteArray>> headers;
        QByteArray body;
        bool whole = false; // the body was as long as Content-Length said

        [[nodiscard]] QByteArray header(QByteArrayView name) const;
    };

    // One connection, inside a script. Everything returns early once the server is stopped.
    class Peer final
    {
    public:
        // False when the client left before a whole request.
        bool readRequest();
        // The head alone: what follows is left where it is.
        bool readHead();
        [[nodiscard]] const Request& request() const { return m_request; }
        // Counts from 1 over the server's life.
        [[nodiscard]] int connection() const { return m_connection; }
        bool send(const QByteArray& bytes);
        // One byte at a time, until done or the client leaves.
        void drip(const QByteArray& bytes, std::chrono::milliseconds pause);
        // Until the client leaves.
        void stall();
        void close();
        // The client sees a reset, not an end.
        void reset();

    private:
        friend class RawServer;
        Peer(RawServer& server, int socket, int connection);
        bool waitFor(short events, int milliseconds = -1);
        bool receive();
        bool takeHead();
        void remember();

        RawServer& m_server;
        int m_socket;
        int m_connection;
        QByteArray m_buffer;
        Request m_request;
    };

    using Script = std::function<void(Peer&)>;

    explicit RawServer(Script script);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString address(const QString& path = {}) const;
    [[nodiscard]] Endpoint endpoint() const;

    // Ends every connection after what has arrived was read: from here on the counts are final.
    void stop();
    [[nodiscard]] int connections() const { return m_connections; }
    // Requests in the order of their coming, broken ones too.
    [[nodiscard]] QList<Request> requests() const;
    // Whole or not: what a service could have taken for an order.
    [[nodiscard]] qsizetype posts() const;

private:
    void listen();
    void serve(int socket, int connection);

    Script m_script;
    int m_listener = -1;
    int m_wake = -1; // readable once the server is to stop
    quint16 m_port = 0;
    std::atomic<int> m_connections = 0;
    mutable std::mutex m_mutex;
    QList<Request> m_requests;
    std::vector<std::thread> m_peers; // touched by the listening thread, then by stop()
    std::thread m_thread;
};

// "HTTP/1.1 200 OK" and so on, with Content-Length and the given headers.
[[nodiscard]] QByteArray httpAnswer(
    int status, const QByteArray& body, const QList<QByteArray>& headers = {});

} // namespace seedbook::test
