#pragma once

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

#include <chrono>
#include <optional>

class QNetworkAccessManager;

namespace seedbook {

class OneWayBody;

// One request and its answer, on a connection of its own. It is sent once; the answer's body is
// collected within a bound and a deadline. It ends with ended(), exactly once, always from the
// event loop; what came can be asked for after that and stays until the object is deleted.
class Exchange final : public QObject
{
    Q_OBJECT

public:
    using Headers = QList<QNetworkReply::RawHeaderPair>;

    struct Bounds
    {
        std::chrono::milliseconds deadline; // from sending
        qint64 largestBody;
        // Until it is sent; never more than `deadline`. Looking the host up, connecting, TLS.
        std::chrono::milliseconds connecting{20'000};
    };

    enum class End {
        Whole,    // status, headers and the body to its end
        Broken,   // the connection failed, before or after a status
        Deadline, // it was given up when time was over
        TooLarge, // it was given up when the body outgrew its bound
        Stopped,  // it was given up by stop()
    };
    Q_ENUM(End)

    // A POST where there is a body, else a GET.
    Exchange(const QNetworkRequest& request, const std::optional<QByteArray>& body, Bounds bounds,
        QObject* parent);
    ~Exchange() override;

    void start();
    void stop();

    // Whether any of the request may have reached the other side: told early rather than late.
    [[nodiscard]] bool mayHaveLeft() const;
    // 0 as long as no whole head of an answer came.
    [[nodiscard]] int status() const { return m_status; }
    // Of an answer that was not the last one (103); 0: none came.
    [[nodiscard]] int interimStatus() const { return m_interim; }
    [[nodiscard]] bool isSuccess() const { return m_status >= 200 && m_status < 300; }
    [[nodiscard]] const Headers& headers() const { return m_headers; }
    [[nodiscard]] const QByteArray& body() const { return m_bytes; }
    // What Content-Length said; −1 if nothing usable.
    [[nodiscard]] qint64 announcedLength() const { return m_announced; }
    // Where a 3xx points to, made absolute; empty for any other status.
    [[nodiscard]] QUrl redirectTarget() const;
    [[nodiscard]] QNetworkReply::NetworkError networkError() const { return m_error; }
    [[nodiscard]] const QString& networkErrorText() const { return m_errorText; }

Q_SIGNALS:
    void sent();
    void received(qint64 bytes, qint64 total);
    void ended(seedbook::Exchange::End end);

private:
    void onSent();
    void onHead();
    void onFinished();
    void collect();
    void giveUp(End end);
    void conclude(End end);

    QNetworkRequest m_request;
    Bounds m_bounds;
    int m_number; // in the log
    QNetworkAccessManager* m_manager = nullptr;
    OneWayBody* m_body = nullptr;
    QNetworkReply* m_reply = nullptr;
    QTimer m_deadline;
    QElapsedTimer m_clock;
    bool m_sent = false;
    std::optional<End> m_end;
    int m_status = 0;
    int m_interim = 0;
    qint64 m_announced = -1;
    Headers m_headers;
    QByteArray m_bytes;
    QNetworkReply::NetworkError m_error = QNetworkReply::NoError;
    QString m_errorText;
};

} // namespace seedbook
