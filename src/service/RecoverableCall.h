#pragma once

#include "core/Endpoint.h"
#include "service/PostCall.h"

namespace seedbook {

class ResultPoll;

// The recoverable call: a POST that is answered with an id, then asking after it until the picture
// can be fetched. Nothing is asked before proceed(): the id is to be on disk first.
class RecoverableCall final : public PostCall
{
    Q_OBJECT

public:
    RecoverableCall(const Endpoint& endpoint, const QString& path, const QByteArray& body,
        const std::function<ApiKey()>& key, CallLimits limits, QObject* parent);
    // Asks after a job of an earlier run; posts nothing.
    RecoverableCall(const Endpoint& endpoint, const Acceptance& acceptance,
        std::function<ApiKey()> key, CallLimits limits, QObject* parent);

    void proceed() override;

private:
    void onAnswer(Exchange::End end) override;
    [[nodiscard]] bool answersWithPicture() const override { return false; }
    bool stopOther() override;
    void onCollected(const std::optional<Error>& error) override;
    void poll(const Acceptance& acceptance);
    struct Taken;
    [[nodiscard]] static Taken readTaken(const QByteArray& body);
    void onTaken(Exchange::End end, const Taken& taken);
    void onCompleted(const QByteArray& record, const QJsonObject& object);
    void takeReading(const AnswerReading& reading);
    void onPollFailed(const Error& error);
    // One of several pictures is better than none.
    void endWithWhatCame(const Error& error);
    // The result is of no use just now; the last one known is kept if it never gets better.
    void askAgain(const Error& error);

    Endpoint m_endpoint;
    std::function<ApiKey()> m_keyOf;
    ResultPoll* m_poll = nullptr;
    QString m_remoteId;
    bool m_proceeding = false;
    bool m_isTaking = false;   // the POST's answer is being read
    bool m_stopsTaken = false; // and then not waited for
    int m_empty = 0;           // results in a row without any picture
    QByteArray m_record;       // the result's JSON
    CallInfo m_info;           // from its metrics
};

} // namespace seedbook
