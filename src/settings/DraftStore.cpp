#include "settings/DraftStore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QtDebug>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

void write(const QString& path, const QJsonObject& draft)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly)
                         // A prompt is nobody else's business.
                         && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                         file.write(QJsonDocument(draft).toJson(QJsonDocument::Compact)) >= 0 &&
                         file.flush() && file.commit();
    if (!written)
        qWarning("The draft could not be written: %s", qPrintable(file.errorString()));
}

} // namespace

DraftStore::DraftStore(QString file)
    : m_file(std::move(file))
    , m_thread([this] { run(); })
{
}

DraftStore::~DraftStore()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_ending = true;
        m_wake.wakeAll();
    }
    m_thread.join();
}

QJsonObject DraftStore::load()
{
    if (!QFileInfo::exists(m_file))
        return {};
    QFile file(m_file);
    if (QFileInfo(m_file).isFile() && file.size() <= largestFile &&
        file.open(QIODevice::ReadOnly)) {
        const QJsonDocument document = QJsonDocument::fromJson(file.read(largestFile));
        if (document.isObject())
            return document.object();
    }
    file.close();
    const QString aside = m_file + u".damaged"_s;
    QFile::remove(aside);
    QFile::rename(m_file, aside);
    return {};
}

void DraftStore::save(const QJsonObject& draft)
{
    const QMutexLocker lock(&m_mutex);
    m_next = draft;
    m_wake.wakeAll();
}

void DraftStore::run()
{
    while (true) {
        std::optional<QJsonObject> draft;
        {
            const QMutexLocker lock(&m_mutex);
            while (!m_next && !m_ending)
                m_wake.wait(&m_mutex);
            draft.swap(m_next);
        }
        if (!draft)
            return;
        write(m_file, *draft);
    }
}

} // namespace seedbook
