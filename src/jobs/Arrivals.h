#pragma once

#include "core/ImageFormat.h"
#include "core/PictureStore.h"
#include "jobs/JobTable.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <utility>

namespace seedbook {

class Endings;
class PictureSaver;
class JobPrices;
class OpenJobs;
class RowWriter;

// What arrived for a job, on its way through the folder of kept bytes into the library; and each
// step's row in the ledger.
class Arrivals final : public QObject
{
    Q_OBJECT

public:
    using Entry = JobTable::Entry;

    Arrivals(PictureSaver& saver, OpenJobs& jobs, RowWriter& rows, JobPrices& prices,
        Endings& endings, QObject* parent = nullptr);

    // A picture's name in the folder of kept bytes.
    [[nodiscard]] static QString nameOf(const QUuid& pictureId);

    // The pictures of a job that was answered.
    void keep(Entry& entry, const QList<PictureBytes>& pictures);
    // What came of a 200 that is no picture: paid for all the same.
    void keepAnswer(const Job& job, const QByteArray& bytes);
    // What an earlier run had kept of it, and perhaps had filed.
    void fileKept(Entry& entry);
    // The further pictures of one answer that an earlier run had kept, out of `orphans`, by name.
    void adoptFurther(const Job& first, QHash<QString, QString>& orphans);
    [[nodiscard]] SaveRequest saveRequestOf(const Entry& entry) const;
    // It lies in the library.
    void onFiled(JobId id, const PicturePtr& picture);

private:
    // Of an answer's several pictures the first has the job's own id; the others' follow from it,
    // so that another run knows whose they are.
    [[nodiscard]] static QUuid furtherId(const QUuid& first, int place);
    // Further pictures of one answer become jobs of their own: paid with the first, and received.
    void addFurther(const Job& first, const QList<std::pair<int, QString>>& spoolPaths);
    void onKept(JobId id, const QStringList& paths);
    void onUnusable(JobId id, const Error& error);
    void onNotFiled(JobId id, const Error& error);
    void onUnreadable(JobId id, const Error& error);
    void onCommitted(JobId id, JobState state);

    PictureSaver& m_saver;
    OpenJobs& m_jobs;
    RowWriter& m_rows;
    JobPrices& m_prices;
    Endings& m_endings;
};

} // namespace seedbook
