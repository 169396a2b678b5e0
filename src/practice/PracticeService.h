#pragma once

#include "core/ApiKey.h"
#include "core/Endpoint.h"
#include "core/ModelSchema.h"

#include <chrono>
#include <memory>

namespace seedbook {

// The service's contract on loopback, drawing its own pictures: it checks the key header, the
// content type and every parameter against the model's schema, waits, and answers as the service
// would, blocking (v1) and recoverable (v2). Runs on threads of its own. The same request always
// gives the same bytes.
class PracticeService final
{
public:
    struct Options
    {
        std::chrono::milliseconds duration{3000}; // from request to answer
        ApiKey key;                               // empty: a random one is made
        double balance = 10.0;                    // USD of play money that get-user-credits tells
        Money cost{};                             // of that, for each picture; told as x-cost
        // Signs what v2 submits, so that another start with the same one still answers for it.
        // Empty: a random one is made.
        QByteArray secret;
        std::chrono::milliseconds headTime{5000}; // for the head of a request to come
    };

    // Listens at once, on 127.0.0.1 and a free port. Internal error if it cannot.
    [[nodiscard]] static Result<std::unique_ptr<PracticeService>> start(
        QList<ModelPtr> models, Options options);
    // Wakes every waiting handler and ends.
    ~PracticeService();
    Q_DISABLE_COPY_MOVE(PracticeService)

    [[nodiscard]] Endpoint endpoint() const;
    [[nodiscard]] const ApiKey& key() const;
    [[nodiscard]] std::chrono::milliseconds duration() const;
    // How many POSTs to a model's path have arrived whole, or were refused for their key.
    [[nodiscard]] int postCount() const;

private:
    class Private;
    explicit PracticeService(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace seedbook
