#include "library/FolderScan.h"

#include "core/ErrorText.h"
#include "library/ImageDecoder.h"

#include <QDeadlineTimer>
#include <QLoggingCategory>

#include <utility>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace seedbook {

namespace {

Q_LOGGING_CATEGORY(logScan, "seedbook.library.scan")

// Files that change while they are read are looked at again after this long.
constexpr std::chrono::milliseconds patience{200};

} // namespace

FolderScan::FolderScan(LibraryIndex& index, FileIntake& intake, FolderMark& mark, Listener listener)
    : m_index(index)
    , m_intake(intake)
    , m_mark(mark)
    , m_passListener{std::move(listener.progress), [this] { scanAll(); }}
    , m_finished(std::move(listener.finished))
{
    m_worker.setMaxThreadCount(1);
}

FolderScan::~FolderScan()
{
    stop();
    m_worker.waitForDone();
}

void FolderScan::stop()
{
    QMutexLocker lock(&m_mutex);
    m_stop = true;
    m_stopped.wakeAll();
    const QList<Wish> wishes = std::exchange(m_wishes, {}) + std::exchange(m_settled, {});
    lock.unlock();
    grant(wishes, Error{ErrorKind::Stopped, {}, {}});
}

QFuture<Result<void>> FolderScan::lookNow()
{
    const auto wish = std::make_shared<QPromise<Result<void>>>();
    wish->start();
    QMutexLocker lock(&m_mutex);
    if (m_stop) {
        lock.unlock();
        grant({wish}, Error{ErrorKind::Stopped, {}, {}});
        return wish->future();
    }
    m_wishes.append(wish);
    m_all = true;
    start();
    return wish->future();
}

QFuture<Result<void>> FolderScan::settled()
{
    QMutexLocker lock(&m_mutex);
    if (!m_looked) {
        lock.unlock();
        return lookNow();
    }
    const auto wish = std::make_shared<QPromise<Result<void>>>();
    wish->start();
    if (m_working && !m_stop) {
        m_settled.append(wish);
        return wish->future();
    }
    lock.unlock();
    grant({wish}, {});
    return wish->future();
}

void FolderScan::grant(const QList<Wish>& wishes, const Result<void>& result)
{
    for (const Wish& wish : wishes) {
        wish->addResult(result);
        wish->finish();
    }
}

void FolderScan::scanAll()
{
    const QMutexLocker lock(&m_mutex);
    m_all = true;
    start();
}

void FolderScan::lookAt(const QStringList& paths)
{
    const QMutexLocker lock(&m_mutex);
    for (const QString& path : paths)
        m_paths.insert(path);
    start();
}

void FolderScan::start()
{
    if (m_working || m_stop)
        return;
    m_working = true;
    m_worker.start([this] { work(); });
}

void FolderScan::work()
{
    giveWayToTheWindow();
    bool lookedAtAll = false;
    QMutexLocker lock(&m_mutex);
    while (!m_stop && (m_all || !m_paths.isEmpty())) {
        const bool all = std::exchange(m_all, false);
        lookedAtAll = lookedAtAll || all;
        const QList<Wish> wishes = all ? std::exchange(m_wishes, {}) : QList<Wish>();
        // All that was told of when they were wished for is in this pass: a folder in which
        // something happens all the time keeps nobody waiting.
        const QList<Wish> settled = std::exchange(m_settled, {});
        const QSet<QString> paths = std::exchange(m_paths, {});
        if (all)
            m_sight.mayMissSome = false;
        lock.unlock();
        ScanPass pass(m_index, m_intake, m_mark, m_sight, m_stop, m_passListener);
        const auto again = pass.run(all, paths);
        if (m_stop)
            grant(wishes + settled, Error{ErrorKind::Stopped, {}, {}});
        else
            grant(wishes + settled, again ? Result<void>() : again.error());
        if (!again)
            qCWarning(logScan, "the index could not be brought up to date: %s",
                qUtf8Printable(sentence(again.error())));
        if (!again || !again->isEmpty())
            m_sight.mayMissSome = true;
        lock.relock();
        if (!again) // what it was to look at is not known to agree
            m_looked = false;
        m_looked = m_looked || (all && again);
        if (!again || again->isEmpty())
            continue;
        QDeadlineTimer deadline(patience);
        while (!m_stop && m_stopped.wait(&m_mutex, deadline)) {
        }
        for (const QString& path : *again)
            m_paths.insert(path);
    }
#ifdef __GLIBC__
    // A look at a large folder leaves much memory that was used for a moment.
    if (lookedAtAll)
        ::malloc_trim(0);
#endif
    m_working = false;
    const bool told = !m_stop;
    const QList<Wish> settled = std::exchange(m_settled, {});
    lock.unlock();
    grant(settled, {});
    if (told)
        m_finished();
}

} // namespace seedbook
