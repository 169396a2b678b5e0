#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace seedbook {

// Calls `handler` with the future's result in the thread of `context`, unless `context` is gone by
// then. QFuture::then(context, …) is not used for this: its continuation looks at the context from
// the worker's thread, which asserts or races when the context goes first (Qt 6.4).
template <typename T, typename Handler>
void whenDone(const QFuture<T>& future, QObject* context, Handler handler)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcher<T>::finished, context,
        [watcher, handler = std::move(handler)]() mutable {
            watcher->deleteLater();
            // A cancelled future has no result.
            if (watcher->future().resultCount() > 0)
                handler(watcher->result());
        });
    watcher->setFuture(future);
}

// The same for the only one who waits for it: the handler may take the result away, which is not
// kept beyond that.
template <typename T, typename Handler>
void moveWhenDone(QFuture<T> future, QObject* context, Handler handler)
{
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcher<T>::finished, context,
        [watcher, handler = std::move(handler)]() mutable {
            QFuture<T> done = watcher->future();
            watcher->deleteLater();
            if (done.resultCount() > 0)
                handler(done.takeResult());
        });
    watcher->setFuture(std::move(future));
}

} // namespace seedbook
