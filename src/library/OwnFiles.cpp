#include "library/OwnFiles.h"

namespace seedbook {

namespace {

// Where the system does not tell of changes, own ones are not kept for ever.
constexpr qsizetype mostOwn = 10'000;

} // namespace

void OwnFiles::remember(const QList<ReadFile>& files, const QStringList& butFor)
{
    const QMutexLocker lock(&m_mutex);
    if (m_files.size() > mostOwn)
        m_files.clear();
    for (const ReadFile& file : files) {
        if (file.picture && !butFor.contains(file.path))
            m_files.insert(file.path, file.state);
    }
}

bool OwnFiles::take(const FoundFile& file)
{
    const QMutexLocker lock(&m_mutex);
    const auto own = m_files.constFind(file.path);
    const bool same = own != m_files.cend() && *own == file.state;
    if (own != m_files.cend())
        m_files.erase(own);
    return same;
}

} // namespace seedbook
