#include "app/PracticeSecret.h"

#include "practice/Signing.h"
#include "storage/FileRights.h"

#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace seedbook {

QByteArray practiceSecret(const QString& dataFolder)
{
    const QString path = dataFolder + u"/practice.secret"_s;
    const QByteArray made = practice::mintSecret();
    if (QFile file(path); file.open(QIODevice::ReadOnly)) {
        const QByteArray kept = file.read(made.size() + 1);
        if (kept.size() == made.size()) {
            closeToOthers(path);
            return kept;
        }
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return {};
    file.write(made);
    return file.commit() ? made : QByteArray();
}

} // namespace seedbook
