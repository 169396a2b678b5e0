#pragma once

#include "library/ReadFile.h"

#include <QHash>
#include <QMutex>
#include <QStringList>

namespace seedbook {

// What this program has entered into the index after its own writing, until the system tells of
// it: that is not followed once more. From any thread.
class OwnFiles final
{
public:
    void remember(const QList<ReadFile>& files, const QStringList& butFor);
    // Whether it is one of them, and is as it was entered. Asked once.
    [[nodiscard]] bool take(const FoundFile& file);

private:
    QMutex m_mutex;
    QHash<QString, FileState> m_files; // by path; under the mutex
};

} // namespace seedbook
