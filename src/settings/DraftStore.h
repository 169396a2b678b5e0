#pragma once

#include <QJsonObject>
#include <QMutex>
#include <QString>
#include <QWaitCondition>

#include <optional>
#include <thread>

namespace seedbook {

// Keeps what is in the compose panel on disk, keystroke for keystroke. Writing happens on a thread
// of its own, one write at a time and always the latest; destroying the store waits for the last
// one.
class DraftStore final
{
public:
    static constexpr qint64 largestFile = 4 << 20;

    explicit DraftStore(QString file);
    ~DraftStore();
    Q_DISABLE_COPY_MOVE(DraftStore)

    // Empty where there is none. A file that cannot be used is renamed to end in ".damaged". Called
    // once, before the first save().
    [[nodiscard]] QJsonObject load();
    // Returns at once.
    void save(const QJsonObject& draft);

private:
    void run();

    QString m_file;
    QMutex m_mutex;
    QWaitCondition m_wake;
    std::optional<QJsonObject> m_next; // guarded by m_mutex
    bool m_ending = false;             // guarded by m_mutex
    std::thread m_thread;
};

} // namespace seedbook
