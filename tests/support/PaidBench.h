#pragma once

#include "jobs/Sender.h"
#include "library/Library.h"
#include "service/SegmindService.h"
#include "support/Orders.h"
#include "support/Samples.h"

#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <map>

namespace seedbook::test {

// Queue, ledger and library on a folder. Made again on the same folder, it is the next start.
struct PaidBench
{
    explicit PaidBench(const QString& folder, const Endpoint& endpoint,
        Transport transport = Transport::Blocking, const QString& libraryElsewhere = {})
        : data(folder + QStringLiteral("/data"))
        , ledger(data + QStringLiteral("/ledger.sqlite"))
        , library(
              libraryElsewhere.isEmpty() ? folder + QStringLiteral("/library") : libraryElsewhere,
              folder + QStringLiteral("/cache"), data)
        , blocking(endpoint, [this] { return key; })
        , recoverable(
              endpoint, [this] { return key; },
              {.firstPoll = std::chrono::milliseconds(20),
                  .longestPoll = std::chrono::milliseconds(50)},
              Transport::Recoverable)
        , queue(ledger, library, data + QStringLiteral("/kept"))
        , sender(queue, library)
    {
        sender.setTarget(endpoint);
        queue.addService(blocking);
        queue.addService(recoverable);
        queue.setTransport(transport);
        queue.setDiskRetry(std::chrono::milliseconds(100));
        queue.setRetryTable(RetryTable(0.001)); // 15 s are 15 ms
        QObject::connect(&queue, &JobQueue::jobChanged, &queue, [this](const Job& job) {
            last.insert_or_assign(job.id, job);
            if (job.state == JobState::Filed)
                filed.append(job);
        });
    }

    [[nodiscard]] bool restore()
    {
        QSignalSpy restored(&queue, &JobQueue::restored);
        queue.restore(models());
        return restored.wait();
    }

    ApiKey key{"SG_0123456789abcdef"};
    QString data;
    Ledger ledger;
    Library library;
    SegmindService blocking;
    SegmindService recoverable;
    JobQueue queue;
    Sender sender;
    QList<Job> filed;
    std::map<JobId, Job> last;
};

inline QList<Request> batch(int count, qint64 firstSeed = 100)
{
    QList<Request> requests;
    for (int i = 0; i < count; ++i)
        requests.append(sampleRequest(QStringLiteral("a lighthouse"), firstSeed + i));
    return requests;
}

inline QStringList filesIn(const QString& folder)
{
    QStringList files;
    for (const QString& path : filesBelow(folder))
        files.append(folder + QLatin1Char('/') + path);
    return files;
}

// What a ledger answers: each row's values, joined by a comma.
inline QStringList askLedger(const QString& file, const QString& query)
{
    QStringList rows;
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("ask"));
        database.setDatabaseName(file);
        if (!database.open())
            return {QStringLiteral("the ledger cannot be opened")};
        QSqlQuery found(query, database);
        while (found.next()) {
            QStringList values;
            for (int i = 0; found.value(i).isValid(); ++i)
                values.append(found.value(i).toString());
            rows.append(values.join(QStringLiteral(", ")));
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("ask"));
    return rows;
}

inline QStringList ledgerStates(const QString& file)
{
    return askLedger(file, QStringLiteral("SELECT state FROM jobs ORDER BY id"));
}

inline void sql(const QString& file, const QString& text)
{
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("by hand"));
        database.setDatabaseName(file);
        if (!database.open() || !QSqlQuery(database).exec(text))
            qFatal("cannot do by hand: %s", qPrintable(text));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("by hand"));
}

} // namespace seedbook::test
