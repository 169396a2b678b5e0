#include "jobs/Filer.h"

#include "core/Async.h"

#include <algorithm>

namespace seedbook {

Filer::Filer(PictureStore& store, const QString& keptFolder, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_kept(keptFolder)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &Filer::tryNow);
}

void Filer::keep(JobId id, const QString& name, const QByteArray& bytes)
{
    m_keeping.insert_or_assign(id, Keeping{name, bytes});
    startKeeping(id);
}

void Filer::file(JobId id, Filing filing, const QString& keptPath)
{
    m_filing.insert_or_assign(id, Goods{std::move(filing), keptPath});
    startFiling(id);
}

void Filer::tryNow()
{
    m_again.stop();
    for (auto& [id, keeping] : m_keeping) {
        if (std::exchange(keeping.stuck, false))
            startKeeping(id);
    }
    for (auto& [id, goods] : m_filing) {
        if (std::exchange(goods.stuck, false))
            startFiling(id);
    }
}

bool Filer::isStuck() const
{
    const auto stuck = [](const auto& item) { return item.second.stuck; };
    return std::ranges::any_of(m_keeping, stuck) || std::ranges::any_of(m_filing, stuck);
}

void Filer::startKeeping(JobId id)
{
    const Keeping& keeping = m_keeping.at(id);
    whenDone(
        m_kept.keep(keeping.name, keeping.bytes), this, [this, id](const Result<QString>& path) {
            if (!path) {
                becomeStuck(id, m_keeping.at(id).stuck, path.error());
                return;
            }
            m_keeping.erase(id);
            Q_EMIT kept(id, *path);
        });
}

void Filer::startFiling(JobId id)
{
    const Goods& goods = m_filing.at(id);
    if (!goods.filing.bytes.isEmpty()) {
        store(id);
        return;
    }
    whenDone(KeptFiles::read(goods.keptPath), this, [this, id](const Result<QByteArray>& bytes) {
        Goods& read = m_filing.at(id);
        const auto format = bytes ? sniffImageFormat(*bytes) : std::nullopt;
        if (!bytes || !format) {
            const Error error = bytes ? Error{ErrorKind::UnreadableAnswer, {}, {}} : bytes.error();
            m_filing.erase(id);
            Q_EMIT unusable(id, error);
            return;
        }
        read.filing.bytes = *bytes;
        read.filing.format = *format;
        store(id);
    });
}

void Filer::store(JobId id)
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
                Goods& goods = m_filing.at(id);
                goods.filing.bytes.clear(); // they lie in the data folder
                goods.filing.maybeThere = true;
                becomeStuck(id, goods.stuck, picture.error());
            }
        });
}

void Filer::becomeStuck(JobId id, bool& stuck, const Error& error)
{
    stuck = true;
    if (!m_again.isActive())
        m_again.start(m_pause);
    Q_EMIT failed(id, error);
}

} // namespace seedbook
