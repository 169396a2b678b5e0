#pragma once

#include "service/PostCall.h"

namespace seedbook {

// The blocking call: one POST whose answer is the picture. All of it is in three steps that can
// each be the last: the exchange, reading what came (off this thread, unless it is a picture as it
// stands), fetching what the answer points to. Where it points is told by accepted() first, so that
// a later run can fetch it: the remote id is the addresses, one to a line.
class GenerateCall final : public PostCall
{
    Q_OBJECT

public:
    GenerateCall(
        const QUrl& url, const QByteArray& body, ApiKey key, CallLimits limits, QObject* parent);
    // Fetches what an earlier run was told of; posts nothing.
    GenerateCall(const QUrl& url, const Acceptance& acceptance, ApiKey key, CallLimits limits,
        QObject* parent);

private:
    void onAnswer(Exchange::End end) override;
    void onReading(const AnswerReading& reading);
    void onCollected(const std::optional<Error>& error) override;
    [[nodiscard]] QByteArray residue() const;

    Acceptance m_acceptance;
};

} // namespace seedbook
