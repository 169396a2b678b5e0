#pragma once

#include "core/Job.h"
#include "core/PictureStore.h"
#include "jobs/SpoolFolder.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>

namespace seedbook {

// Bytes that were paid for, on their way from memory to safety: first into the data folder
// (keep()), then into the library (file()), whose disk may be full or gone. What the data folder
// does not take goes straight into the library, else to any other place that takes it. What does
// not succeed is said, stays where it is (in memory, if no place takes it) and is tried again until
// it does. Nothing here gives bytes up.
class PictureSaver final : public QObject
{
    Q_OBJECT

public:
    // The folders are those of SpoolFolder.
    PictureSaver(PictureStore& store, const QString& spoolFolder, const QStringList& otherFolders,
        QObject* parent = nullptr);

    // How soon what a disk did not take is tried again; 5 s at first.
    void setRetry(std::chrono::milliseconds pause) { m_pause = pause; }

    // All that came for a job, in one. kept() follows, or filed() where the one picture that came
    // went straight into the library by `filing`; failed() before it, each time it did not succeed.
    void keep(
        JobId id, const QList<SpoolFolder::Item>& items, std::optional<SaveRequest> filing = {});
    // Without bytes in `filing` they are read from `spoolPath`. filed() follows, or unusable();
    // failed() before it, each time it did not succeed. What cannot be read is told by unreadable()
    // and waits for tryNow().
    void file(JobId id, SaveRequest filing, const QString& spoolPath);
    // Tries now what did not succeed, or could not be read.
    void tryNow();
    // Once the bytes are safe elsewhere. A path outside the folder is left alone.
    void removeKept(const QString& path) { m_kept.remove(path); }
    // The paths of what earlier runs kept, by name without its ending. Call before keep().
    [[nodiscard]] QFuture<QHash<QString, QString>> listKept() { return m_kept.list(); }
    // Whether the data folder takes a file just now.
    [[nodiscard]] QFuture<Result<void>> probe() { return m_kept.probe(); }
    // What an earlier run filed and could not note, see PictureStore.
    [[nodiscard]] QFuture<Result<PicturePtr>> findFiled(SaveRequest filing)
    {
        return m_store.findFiled(std::move(filing));
    }
    // Whether the library does.
    [[nodiscard]] QFuture<Result<void>> probeStore() { return m_store.probe(); }

    // Not kept yet: their bytes are in memory alone.
    [[nodiscard]] int inMemory() const { return static_cast<int>(m_keeping.size()); }
    // Something did not succeed, and has not since.
    [[nodiscard]] bool isStuck() const;

Q_SIGNALS:
    void kept(seedbook::JobId id, const QStringList& paths); // in the items' order
    void filed(seedbook::JobId id, const seedbook::PicturePtr& picture);
    // The bytes are there and are no picture that can be filed.
    void unusable(seedbook::JobId id, const seedbook::Error& error);
    // It did not succeed this time; it is tried again.
    void failed(seedbook::JobId id, const seedbook::Error& error);
    // The kept file cannot be read now; it stays where it is.
    void unreadable(seedbook::JobId id, const seedbook::Error& error);

private:
    struct PendingBackup
    {
        QList<SpoolFolder::Item> items;
        std::optional<SaveRequest> filing;
        bool stuck = false;  // it did not succeed the last time
        bool trying = false; // now
    };
    struct PendingSave
    {
        SaveRequest filing; // its bytes are given away while it is stuck
        QString spoolPath;
        bool stuck = false;
        bool trying = false;
        bool unread = false; // waits for a person
    };

    void startKeeping(JobId id);
    void rescue(JobId id, const Error& error);
    void keepElsewhere(JobId id, const Error& error);
    void startFiling(JobId id);
    void store(JobId id);
    template <typename Item>
    void becomeStuck(JobId id, Item& item, const Error& error);

    PictureStore& m_store;
    SpoolFolder m_kept;
    std::map<JobId, PendingBackup> m_keeping;
    std::map<JobId, PendingSave> m_filing;
    std::chrono::milliseconds m_pause{5000};
    QTimer m_again;
};

} // namespace seedbook
