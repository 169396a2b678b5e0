#include "library/LibraryIndex.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace seedbook {

LibraryIndex::LibraryIndex(const QString& folder, const QString& cacheFolder, Listener changed)
    : m_changed(std::move(changed))
    , m_contents(folder)
    , m_thread(cacheFolder + u"/index.sqlite"_s, PictureIndex::migrations(),
          Database::Durability::Normal, DatabaseThread::Damage::StartAnew)
{
}

QFuture<Result<void>> LibraryIndex::enter(const ReadFile& file)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_waiting.append(file);
    }
    return m_thread.run([this](Database& database) { return enterWaiting(database); });
}

Result<void> LibraryIndex::enterWaiting(Database& database)
{
    QList<ReadFile> waiting;
    {
        const QMutexLocker lock(&m_mutex);
        waiting.swap(m_waiting);
    }
    if (waiting.isEmpty())
        return {};
    const auto entered = m_contents.writer().add(database, waiting);
    if (!entered) {
        const QMutexLocker lock(&m_mutex);
        m_waiting = waiting + m_waiting;
        return entered.error();
    }
    // Who filed them tells of them; others may have become copies by that.
    if (!entered->updated.isEmpty())
        m_changed({{}, entered->updated, {}});
    return {};
}

PicturePtr LibraryIndex::findThere(const QUuid& id)
{
    const auto known = run([id](Database& database, PictureIndex& index) {
        return index.pictures().find(database, id);
    }).result(); // the index has a thread of its own
    return known && *known && QFileInfo((*known)->path).isFile() ? *known : nullptr;
}

} // namespace seedbook
