#include "app/Session.h"

#include "app/EnvironmentKey.h"
#include "app/PracticeSecret.h"
#include "core/Async.h"

#include <QDir>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Where paid bytes go that the data folder and the library do not take, the safest first.
QStringList otherSpoolFolders(const Folders& folders)
{
    const QString own = u"/seedbook-%1-kept"_s.arg(geteuid());
    QStringList others{folders.cache + u"/kept"_s};
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (QDir::isAbsolutePath(runtime))
        others.append(runtime + own);
    others.append(QDir::tempPath() + own);
    return others;
}

} // namespace

Session::Session(Folders folders, ModelCatalog models, const CommonOptions& options)
    : m_folders(std::move(folders))
    , m_models(std::move(models))
    , m_practiceTime(options.practiceTime)
    , m_settings(m_folders.config + u"/seedbook.conf"_s)
    , m_given(options.endpoint)
    , m_chosen(chosenEndpoint(m_given, m_settings))
    , m_lock(m_folders.data)
    , m_keys(m_chosen.endpoint.origin(), environmentKeyFor(m_chosen.endpoint.origin(), m_given))
    , m_ledger(Ledger::pathIn(m_folders.data))
    , m_library(options.library.isEmpty() ? m_settings.libraryFolder() : options.library,
          m_folders.cache, m_folders.data)
    , m_segmind(m_chosen.endpoint, [this] { return m_keys.key(); })
    , m_segmindRecoverable(
          m_chosen.endpoint, [this] { return m_keys.key(); }, {}, Transport::Recoverable)
    , m_queue(m_ledger, m_library, m_folders.data + u"/kept"_s, otherSpoolFolders(m_folders))
    , m_sender(m_queue, m_library)
{
    // Before there are threads: one that files a picture lends the others the person's rights.
    (void)QDir().mkpath(m_folders.cache);
    m_queue.setPracticeTime(m_practiceTime);
    m_queue.addService(m_segmind);
    m_queue.addService(m_segmindRecoverable);
    followSettings();
    QObject::connect(&m_queue, &JobQueue::restored, &m_queue, [this] { serveEarlierEndpoints(); });
}

Session::EarlierEndpoint::EarlierEndpoint(const Endpoint& endpoint, const ApiKey& environmentKey)
    : name(endpoint.name())
    , keys(endpoint.origin(), environmentKey)
    , blocking(endpoint, [this] { return keys.key(); })
    , recoverable(
          endpoint, [this] { return keys.key(); }, {}, Transport::Recoverable)
{
}

void Session::serveEarlierEndpoints()
{
    bool practice = false;
    for (const Job& job : m_queue.jobs()) {
        practice = practice || (job.practice && !isEnded(job.state));
        const auto endpoint = Endpoint::parse(job.endpoint);
        if (job.practice || !endpoint || m_queue.serves(job.endpoint))
            continue;
        m_earlier.push_back(std::make_unique<EarlierEndpoint>(
            *endpoint, environmentKeyFor(endpoint->origin(), m_given)));
        EarlierEndpoint& earlier = *m_earlier.back();
        m_queue.addService(earlier.blocking);
        m_queue.addService(earlier.recoverable);
        QObject::connect(&earlier.keys, &KeyStore::keyChanged, &m_queue,
            [this, name = earlier.name] { m_queue.resumeEndpoint(name); });
        earlier.keys.load();
    }
    if (practice)
        (void)startPractice(); // practice jobs of an earlier run go on beside a key
}

void Session::whenKeysAnswered(QObject* context, const std::function<void()>& then)
{
    QList<KeyStore*> asked;
    if (!m_keys.isLoaded()) {
        asked.append(&m_keys);
        m_keys.load();
    }
    for (const auto& earlier : m_earlier) {
        if (!earlier->keys.isLoaded())
            asked.append(&earlier->keys);
    }
    if (asked.isEmpty()) {
        then();
        return;
    }
    const auto left = std::make_shared<qsizetype>(asked.size());
    for (KeyStore* keys : std::as_const(asked))
        QObject::connect(
            keys, &KeyStore::loaded, context,
            [left, then] {
                if (--*left == 0)
                    then();
            },
            Qt::SingleShotConnection);
}

void Session::followSettings()
{
    const auto takeCaps = [this] {
        m_queue.setCaps({m_settings.cap(Cap::PerSend), m_settings.cap(Cap::PerDay),
            m_settings.cap(Cap::PerMonth)});
    };
    takeCaps();
    QObject::connect(&m_settings, &Settings::capsChanged, &m_queue, takeCaps);
    m_queue.setRequestsPerMinute(m_settings.requestsPerMinute());
    QObject::connect(&m_settings, &Settings::requestsPerMinuteChanged, &m_queue,
        &JobQueue::setRequestsPerMinute);
    const auto takeTransport = [this](bool recoverable) {
        m_queue.setTransport(recoverable ? Transport::Recoverable : Transport::Blocking);
    };
    takeTransport(m_settings.isRecoverable());
    QObject::connect(&m_settings, &Settings::recoverableChanged, &m_queue, takeTransport);
    applyProxy(m_settings.proxy());
    QObject::connect(&m_settings, &Settings::proxyChanged, &m_queue, &applyProxy);
    // A key that was mended lets what waited for it go on.
    QObject::connect(&m_keys, &KeyStore::keyChanged, &m_queue,
        [this] { m_queue.resumeEndpoint(m_chosen.endpoint.name()); });
}

Result<Endpoint> Session::startPractice()
{
    if (!m_practice) {
        auto started = PracticeService::start(m_models.models(),
            {.duration = m_practiceTime, .secret = practiceSecret(m_folders.data)});
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

void Session::followLibrary()
{
    m_library.watch();
    QObject::connect(&m_library, &Library::backfilled, &m_library,
        [this](const QList<QUuid>& ids) { (void)m_ledger.noteRecords(ids); });
    // Once: pictures that were filed before there was a record in their files get theirs.
    QObject::connect(
        &m_library, &Library::scanned, &m_library,
        [this] {
            whenDone(m_ledger.picturesWithoutRecord(m_models), &m_library,
                [this](const Result<QList<Picture>>& filed) {
                    if (filed)
                        m_library.backfill(*filed, m_models);
                });
        },
        Qt::SingleShotConnection);
}

} // namespace seedbook
