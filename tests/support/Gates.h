#pragma once

#include "support/RawServer.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <atomic>
#include <chrono>
#include <thread>

namespace seedbook::test {

// What lets a test stand still between two steps.

inline void answer(RawServer::Peer& peer, const QByteArray& bytes)
{
    peer.send(bytes);
    peer.close();
}

// Answers each POST once `open` says so.
inline RawServer::Script gated(const std::atomic<bool>& open, const QByteArray& bytes)
{
    return [&open, bytes](RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        while (peer.request().method == "POST" && !open)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        answer(peer, peer.request().method == "POST" ? bytes : httpAnswer(404, ""));
    };
}

// A lock that another program holds on the ledger: nothing is written meanwhile.
class LedgerLock final
{
public:
    explicit LedgerLock(const QString& file)
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("lock"));
        database.setDatabaseName(file);
        if (!database.open() || !QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE")))
            qFatal("the ledger cannot be locked");
    }
    ~LedgerLock()
    {
        QSqlDatabase::database(QStringLiteral("lock")).close();
        QSqlDatabase::removeDatabase(QStringLiteral("lock"));
    }
    Q_DISABLE_COPY_MOVE(LedgerLock)
};

} // namespace seedbook::test
