#include "app/Session.h"

using namespace Qt::StringLiterals;

namespace seedbook {

Session::Session(Folders folders, ModelCatalog models, const CommonOptions& options)
    : m_folders(std::move(folders))
    , m_models(std::move(models))
    , m_practiceTime(options.practiceTime)
    , m_endpoint(options.endpoint.value_or(Endpoint::segmind()))
    , m_lock(m_folders.data)
    , m_settings(m_folders.config + u"/seedbook.conf"_s)
    , m_keys(m_endpoint.origin(), ApiKey(qgetenv("SEGMIND_API_KEY").trimmed()))
    , m_ledger(m_folders.data + u"/ledger.sqlite"_s)
    , m_library(
          options.library.isEmpty() ? m_settings.libraryFolder() : options.library, m_folders.cache)
    , m_segmind(m_endpoint, [this] { return m_keys.key(); })
    , m_segmindRecoverable(
          m_endpoint, [this] { return m_keys.key(); }, {}, Transport::Recoverable)
    , m_queue(m_ledger, m_library, m_folders.data + u"/kept"_s)
{
    m_queue.setPracticeTime(m_practiceTime);
    m_queue.addService(m_segmind);
    m_queue.addService(m_segmindRecoverable);
}

Result<Endpoint> Session::startPractice()
{
    if (!m_practice) {
        auto started = PracticeService::start(m_models.models(), {.duration = m_practiceTime});
        if (!started)
            return started.error();
        m_practice = *std::move(started);
        const auto key = [key = m_practice->key()] { return key; };
        m_practiceClient.emplace(m_practice->endpoint(), key);
        m_practiceRecoverable.emplace(
            m_practice->endpoint(), key, CallLimits{}, Transport::Recoverable);
        m_queue.addService(*m_practiceClient);
        m_queue.addService(*m_practiceRecoverable);
    }
    return m_practice->endpoint();
}

QFuture<Result<QList<PicturePtr>>> Session::loadPictures()
{
    return m_library.isIndexNew()
        .then([this](const Result<bool>& isNew) {
            // In the index's thread: waiting for the ledger's thread is no harm there.
            if (isNew && *isNew) {
                const auto filed = m_ledger.filedPictures(m_models).result();
                if (filed)
                    (void)m_library.adopt(*filed);
            }
            return m_library.load();
        })
        .unwrap();
}

} // namespace seedbook
