#pragma once

#include "core/Result.h"

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

#include <chrono>

class QLocalSocket;

namespace seedbook {

// One program a data folder: the ledger knows one writer. The lock lies beside the ledger. A second
// start of the window asks the first to come forward, through a socket where nobody else can put
// one of that name: in the person's runtime folder, or else beside the ledger.
class DataLock final : public QObject
{
    Q_OBJECT

public:
    explicit DataLock(const QString& dataFolder, QObject* parent = nullptr);
    ~DataLock() override;

    // AlreadyRunning, FolderNotWritable, DiskFull or DiskError.
    [[nodiscard]] Result<void> acquire();
    // For the holder: from now on raiseRequested() tells of second starts.
    void listen();
    // For a second start: whether the holder answered that it will. Blocks until then.
    [[nodiscard]] bool askHolderToRaise(
        std::chrono::milliseconds patience = std::chrono::seconds(5)) const;

Q_SIGNALS:
    void raiseRequested();

private:
    void answer(QLocalSocket* visitor);

    QString m_folder;
    QLockFile m_lock;
    int m_held = -1; // the folder itself, which no cleaner takes away while a ledger lies in it
    int m_socketFolder = -1;
    QLocalServer m_server;
};

} // namespace seedbook
