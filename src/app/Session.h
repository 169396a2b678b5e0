#pragma once

#include "app/CommandLine.h"
#include "app/DataLock.h"
#include "app/ServiceAccess.h"
#include "jobs/JobQueue.h"
#include "jobs/Ledger.h"
#include "jobs/Sender.h"
#include "library/Library.h"
#include "practice/PracticeService.h"
#include "service/SegmindService.h"
#include "settings/Folders.h"
#include "settings/KeyStore.h"
#include "settings/Settings.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace seedbook {

// What the window and `generate` share: the concrete back ends, made and joined. Members are
// destroyed from the last to the first, so the queue goes before what it uses.
class Session final
{
public:
    Session(Folders folders, ModelCatalog models, const CommonOptions& options);

    [[nodiscard]] const Folders& folders() const { return m_folders; }
    [[nodiscard]] const ModelCatalog& models() const { return m_models; }
    [[nodiscard]] DataLock& lock() { return m_lock; }
    [[nodiscard]] Settings& settings() { return m_settings; }
    [[nodiscard]] KeyStore& keys() { return m_keys; }
    [[nodiscard]] Ledger& ledger() { return m_ledger; }
    [[nodiscard]] Library& library() { return m_library; }
    [[nodiscard]] JobQueue& queue() { return m_queue; }
    [[nodiscard]] Sender& sender() { return m_sender; }
    // The service that money goes to.
    [[nodiscard]] const Endpoint& paidEndpoint() const { return m_chosen.endpoint; }
    // Starts the practice service, once.
    [[nodiscard]] Result<Endpoint> startPractice();
    // Brings the library's index up to date and keeps it so; also gives those pictures their record
    // that have none yet.
    void followLibrary();
    // Calls `then` once every key that this run may need was looked for: now, or after 3 s at the
    // latest.
    void whenKeysAnswered(QObject* context, const std::function<void()>& then);
    // What is wrong with the endpoint in the settings, if it could not be used.
    [[nodiscard]] const std::optional<Error>& endpointProblem() const { return m_chosen.problem; }

private:
    void followSettings();
    // A job goes on at the endpoint it was made for, whatever is used now: with that one's own key,
    // or with the practice service.
    void serveEarlierEndpoints();

    Folders m_folders;
    ModelCatalog m_models;
    std::chrono::milliseconds m_practiceTime;
    Settings m_settings;
    std::optional<Endpoint> m_given; // on the command line
    ChosenEndpoint m_chosen;
    DataLock m_lock;
    KeyStore m_keys;
    Ledger m_ledger;
    Library m_library;
    // An endpoint that only jobs of earlier runs still need.
    struct EarlierEndpoint
    {
        EarlierEndpoint(const Endpoint& endpoint, const ApiKey& environmentKey);
        QString name;
        KeyStore keys;
        SegmindService blocking;
        SegmindService recoverable;
    };
    std::vector<std::unique_ptr<EarlierEndpoint>> m_earlier;
    SegmindService m_segmind;
    SegmindService m_segmindRecoverable;
    std::unique_ptr<PracticeService> m_practice;
    std::optional<SegmindService> m_practiceClient;
    std::optional<SegmindService> m_practiceRecoverable;
    JobQueue m_queue;
    Sender m_sender;
};

} // namespace seedbook
