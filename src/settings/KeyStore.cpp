#include "settings/KeyStore.h"

#include "core/Text.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <chrono>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook {

namespace {

constexpr auto loadLimit = 3s;
constexpr auto storeLimit = 10s;

constexpr auto keychainService = "seedbook"_L1;
constexpr auto secretService = "org.freedesktop.secrets"_L1;

// libdbus would start a bus of its own where none is, which can take long and serves nobody.
bool hasSessionBus()
{
    const QByteArray address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    if (!address.isEmpty())
        return !address.startsWith("autolaunch:");
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFileInfo::exists(runtime + u"/bus"_s);
}

bool isAbsence(QDBusError::ErrorType type)
{
    switch (type) {
    case QDBusError::ServiceUnknown:
    case QDBusError::Disconnected:
    case QDBusError::NoServer:
    case QDBusError::UnknownInterface:
    case QDBusError::UnknownMethod:
    case QDBusError::UnknownObject:
        return true;
    default:
        return false;
    }
}

// What the bus says of a policy that forbids it is long and names processes.
QString plainWords(const QString& message)
{
    return message.contains("Rejected send message"_L1)
               ? KeyStore::tr("The desktop denies Seedbook access.")
               : message;
}

Error keychainError(ErrorKind kind, const QString& detail, const ApiKey& key)
{
    return {.kind = kind, .detail = elided(redacted(detail, QString::fromUtf8(key.reveal())), 300)};
}

} // namespace

// One task at a time; a newer one replaces the one that runs. Each step carries the token of its
// task, and an answer to another token is dropped. A task ends through finish(), once.
class KeyStore::Private
{
public:
    enum class Task { None, Load, Save, Remove };

    Private(KeyStore* store, const QString& origin, ApiKey environmentKey)
        : q(store)
        , entry(u"api-key "_s + origin)
        , key(std::move(environmentKey))
        , source(key.isEmpty() ? Source::None : Source::Environment)
    {
        deadline.setSingleShot(true);
        connect(&deadline, &QTimer::timeout, q, [this] {
            finish(keychainError(
                ErrorKind::KeychainRefused, KeyStore::tr("It did not answer in time."), key));
        });
    }

    void begin(Task next)
    {
        // Only the newest save or removal is told of, but every load() is answered.
        const bool wasLoading = std::exchange(task, next) == Task::Load;
        ++token;
        deadline.start(next == Task::Load ? loadLimit : storeLimit);
        if (wasLoading)
            concludeLoad();
        probe();
    }

    void concludeLoad()
    {
        isLoaded = true;
        Q_EMIT q->loaded();
    }

    // QtKeychain tells an absent service and a locked one badly or never: the service is asked
    // first. The bus starts it if it can be started.
    void probe()
    {
        if (!hasSessionBus() || !QDBusConnection::sessionBus().isConnected()) {
            // From the event loop, as every other answer.
            QMetaObject::invokeMethod(
                q,
                [this, asked = token] {
                    if (asked == token)
                        finish(keychainError(ErrorKind::KeychainUnavailable, {}, key));
                },
                Qt::QueuedConnection);
            return;
        }
        auto alias = QDBusMessage::createMethodCall(secretService, u"/org/freedesktop/secrets"_s,
            u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s);
        alias << u"default"_s;
        ask(alias, [this](const QDBusPendingCall& answer) {
            const QDBusPendingReply<QDBusObjectPath> collection = answer;
            if (collection.isError())
                fail(collection.error());
            else if (collection.value().path() == "/"_L1)
                runTask(); // none yet: nothing can be locked, and the first save makes it
            else
                probeLock(collection.value().path());
        });
    }

    void probeLock(const QString& collection)
    {
        auto locked = QDBusMessage::createMethodCall(
            secretService, collection, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        locked << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
        ask(locked, [this](const QDBusPendingCall& answer) {
            const QDBusPendingReply<QDBusVariant> isLocked = answer;
            if (isLocked.isError())
                fail(isLocked.error());
            else if (isLocked.value().variant().toBool())
                finish(keychainError(ErrorKind::KeychainLocked, {}, key));
            else
                runTask();
        });
    }

    void ask(const QDBusMessage& question, std::function<void(const QDBusPendingCall&)> onAnswer)
    {
        auto* watcher =
            new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), q);
        connect(watcher, &QDBusPendingCallWatcher::finished, q,
            [this, watcher, asked = token, onAnswer = std::move(onAnswer)] {
                watcher->deleteLater();
                if (asked == token)
                    onAnswer(*watcher);
            });
    }

    void fail(const QDBusError& error)
    {
        finish(keychainError(
            isAbsence(error.type()) ? ErrorKind::KeychainUnavailable : ErrorKind::KeychainRefused,
            plainWords(error.message()), key));
    }

    void runTask()
    {
        // Without a parent and never deleted by us: QtKeychain's callbacks hold bare pointers to
        // a running job, which deletes itself when it has finished.
        QKeychain::Job* job = nullptr;
        switch (task) {
        case Task::Load:
            job = new QKeychain::ReadPasswordJob(keychainService);
            break;
        case Task::Save: {
            auto* writing = new QKeychain::WritePasswordJob(keychainService);
            writing->setTextData(QString::fromUtf8(key.reveal()));
            job = writing;
            break;
        }
        case Task::Remove:
            job = new QKeychain::DeletePasswordJob(keychainService);
            break;
        case Task::None:
            return;
        }
        job->setKey(entry);
        connect(job, &QKeychain::Job::finished, q, [this, asked = token](QKeychain::Job* finished) {
            if (asked == token)
                takeAnswer(finished);
        });
        job->start();
    }

    void takeAnswer(QKeychain::Job* job)
    {
        switch (job->error()) {
        case QKeychain::NoError:
            if (const auto* reading = qobject_cast<QKeychain::ReadPasswordJob*>(job))
                key = ApiKey(reading->textData().trimmed().toUtf8());
            finish(std::nullopt);
            return;
        case QKeychain::EntryNotFound:
            key = {};
            finish(std::nullopt);
            return;
        case QKeychain::NoBackendAvailable:
        case QKeychain::NotImplemented:
            finish(keychainError(ErrorKind::KeychainUnavailable, job->errorString(), key));
            return;
        case QKeychain::CouldNotDeleteEntry:
        case QKeychain::AccessDeniedByUser:
        case QKeychain::AccessDenied:
        case QKeychain::OtherError:
            break;
        }
        finish(keychainError(ErrorKind::KeychainRefused, plainWords(job->errorString()), key));
    }

    void finish(const std::optional<Error>& trouble)
    {
        const Task done = std::exchange(task, Task::None);
        ++token;
        deadline.stop();
        problem = trouble;
        switch (done) {
        case Task::None:
            return;
        case Task::Load:
            if (!trouble) {
                source = key.isEmpty() ? Source::None : Source::Keychain;
                Q_EMIT q->keyChanged();
            }
            concludeLoad();
            return;
        case Task::Save:
            if (!trouble) {
                source = Source::Keychain;
                Q_EMIT q->keyChanged();
            }
            break;
        case Task::Remove:
            break;
        }
        Q_EMIT q->saved(trouble);
    }

    KeyStore* q;
    const QString entry;
    ApiKey key;
    Source source;
    std::optional<Error> problem;
    bool isLoaded = false;
    Task task = Task::None;
    quint64 token = 0;
    QTimer deadline;
};

KeyStore::KeyStore(const QString& origin, ApiKey environmentKey, QObject* parent)
    : QObject(parent)
    , m_origin(origin)
    , d(std::make_unique<Private>(this, origin, std::move(environmentKey)))
{
}

KeyStore::~KeyStore() = default;

void KeyStore::load()
{
    if (d->task == Private::Task::Load)
        return;
    // What was entered or given for this run is not replaced by what the keychain holds.
    const bool known = d->source == Source::Environment || d->source == Source::ThisRun;
    if (known || d->task != Private::Task::None)
        QMetaObject::invokeMethod(
            this, [this] { d->concludeLoad(); }, Qt::QueuedConnection);
    else
        d->begin(Private::Task::Load);
}

bool KeyStore::isLoaded() const
{
    return d->isLoaded;
}

const ApiKey& KeyStore::key() const
{
    return d->key;
}

KeyStore::Source KeyStore::source() const
{
    return d->source;
}

std::optional<Error> KeyStore::problem() const
{
    return d->problem;
}

void KeyStore::save(const ApiKey& key)
{
    if (key.isEmpty()) {
        remove();
        return;
    }
    d->key = key;
    d->source = Source::ThisRun;
    d->begin(Private::Task::Save);
    Q_EMIT keyChanged();
}

void KeyStore::remove()
{
    d->key = {};
    d->source = Source::None;
    d->begin(Private::Task::Remove);
    Q_EMIT keyChanged();
}

} // namespace seedbook

#include "moc_KeyStore.cpp"
