#pragma once

#include "core/Result.h"

#include <QFuture>
#include <QList>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace seedbook {

// One thread on which the pictures' files are changed and moved: by priority, then in the order of
// coming.
class EditQueue final
{
public:
    EditQueue() { m_thread.setMaxThreadCount(1); }

    void start(std::function<void()> work, int priority = 0)
    {
        m_thread.start(std::move(work), priority);
    }
    // Finishes what was begun.
    void waitForDone() { m_thread.waitForDone(); }

    // One piece of work over many pictures, a batch at a time, each behind what waited before it.
    // `step` appends one result for each of them; the future's progress counts them.
    template <typename T>
    using Step = std::function<void(qsizetype begin, qsizetype end, QList<Result<T>>& results)>;
    template <typename T>
    [[nodiscard]] QFuture<QList<Result<T>>> inBatches(qsizetype count, Step<T> step)
    {
        auto batches = std::make_shared<Batches<T>>();
        batches->count = count;
        batches->step = std::move(step);
        batches->promise.start();
        batches->promise.setProgressRange(0, static_cast<int>(count));
        start([this, batches] { next(batches); });
        return batches->promise.future();
    }

private:
    // Few enough that what else waits for these files gets its turn, enough that the index's
    // transactions cost nothing.
    static constexpr qsizetype batchSize = 100;

    template <typename T>
    struct Batches
    {
        qsizetype count = 0;
        Step<T> step;
        QList<Result<T>> results;
        QPromise<QList<Result<T>>> promise;
    };

    template <typename T>
    void next(const std::shared_ptr<Batches<T>>& batches)
    {
        const qsizetype begin = batches->results.size();
        const qsizetype end = qMin(batches->count, begin + batchSize);
        batches->step(begin, end, batches->results);
        batches->promise.setProgressValue(static_cast<int>(end));
        if (end < batches->count) {
            start([this, batches] { next(batches); });
            return;
        }
        batches->promise.addResult(std::move(batches->results));
        batches->promise.finish();
    }

    QThreadPool m_thread;
};

} // namespace seedbook
