#include "jobs/PictureSaver.h"

#include "core/Async.h"

#include <algorithm>

namespace seedbook {

PictureSaver::PictureSaver(PictureStore& store, const QString& spoolFolder,
    const QStringList& otherFolders, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_kept(spoolFolder, otherFolders)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &PictureSaver::tryNow);
}

void PictureSaver::keep(
    JobId id, const QList<SpoolFolder::Item>& items, std::optional<SaveRequest> filing)
{
    m_keeping.insert_or_assign(id, PendingBackup{items, std::move(filing)});
    startKeeping(id);
}

void PictureSaver::file(JobId id, SaveRequest filing, const QString& spoolPath)
{
    m_filing.insert_or_assign(id, PendingSave{std::move(filing), spoolPath});
    startFiling(id);
}

void PictureSaver::tryNow()
{
    m_again.stop();
    for (auto& [id, keeping] : m_keeping) {
        if (keeping.stuck && !keeping.trying)
            startKeeping(id);
    }
    for (auto& [id, pending] : m_filing) {
        if ((pending.stuck && !pending.trying) || pending.unread)
            startFiling(id);
    }
}

bool PictureSaver::isStuck() const
{
    const auto stuck = [](const auto& item) { return item.second.stuck; };
    return std::ranges::any_of(m_keeping, stuck) || std::ranges::any_of(m_filing, stuck);
}

template <typename Item>
void PictureSaver::becomeStuck(JobId id, Item& item, const Error& error)
{
    item.stuck = true;
    item.trying = false;
    if (!m_again.isActive())
        m_again.start(m_pause);
    Q_EMIT failed(id, error);
}

void PictureSaver::startKeeping(JobId id)
{
    PendingBackup& keeping = m_keeping.at(id);
    keeping.trying = true;
    whenDone(m_kept.keep(keeping.items), this, [this, id](const Result<QStringList>& paths) {
        if (!paths) {
            rescue(id, paths.error());
            return;
        }
        m_keeping.erase(id);
        Q_EMIT kept(id, *paths);
    });
}

// The data folder does not take them; the library may lie on a disk that does.
void PictureSaver::rescue(JobId id, const Error& error)
{
    PendingBackup& keeping = m_keeping.at(id);
    if (!keeping.filing || keeping.items.size() > 1) {
        keepElsewhere(id, error);
        return;
    }
    whenDone(
        m_store.file(*keeping.filing), this, [this, id, error](const Result<PicturePtr>& picture) {
            if (!picture) {
                m_keeping.at(id).filing->maybeThere = true;
                keepElsewhere(id, error);
                return;
            }
            m_keeping.erase(id);
            Q_EMIT filed(id, *picture);
        });
}

void PictureSaver::keepElsewhere(JobId id, const Error& error)
{
    whenDone(m_kept.keepElsewhere(m_keeping.at(id).items), this,
        [this, id, error](const Result<QStringList>& paths) {
            if (!paths) {
                becomeStuck(id, m_keeping.at(id), error); // what is to be mended
                return;
            }
            m_keeping.erase(id);
            Q_EMIT kept(id, *paths);
        });
}

void PictureSaver::startFiling(JobId id)
{
    PendingSave& pending = m_filing.at(id);
    pending.trying = true;
    pending.unread = false;
    if (!pending.filing.bytes.isEmpty()) {
        store(id);
        return;
    }
    whenDone(m_kept.read(pending.spoolPath), this, [this, id](const Result<QByteArray>& bytes) {
        PendingSave& read = m_filing.at(id);
        if (!bytes) {
            read.unread = true;
            read.stuck = read.trying = false;
            Q_EMIT unreadable(id, bytes.error());
            return;
        }
        const auto format = sniffImageFormat(*bytes);
        if (!format) {
            m_filing.erase(id);
            Q_EMIT unusable(id, Error{ErrorKind::UnreadableAnswer, {}, {}});
            return;
        }
        read.filing.bytes = *bytes;
        read.filing.format = *format;
        store(id);
    });
}

void PictureSaver::store(JobId id)
{
    whenDone(
        m_store.file(m_filing.at(id).filing), this, [this, id](const Result<PicturePtr>& picture) {
            if (picture) {
                m_filing.erase(id);
                Q_EMIT filed(id, *picture);
            } else if (picture.error().kind == ErrorKind::PictureUndecodable) {
                m_filing.erase(id);
                Q_EMIT unusable(id, picture.error());
            } else {
                PendingSave& pending = m_filing.at(id);
                pending.filing.bytes.clear(); // they lie in the data folder
                pending.filing.maybeThere = true;
                becomeStuck(id, pending, picture.error());
            }
        });
}

} // namespace seedbook

#include "moc_PictureSaver.cpp"
