#pragma once

#include "core/PictureStore.h"
#include "jobs/JobTable.h"
#include "jobs/Ledger.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace seedbook {

class Arrivals;
class Calls;
class Endings;
class ExpectedTime;
class PictureSaver;
class JobPrices;
class EndpointStates;
class OpenJobs;
class RowWriter;

// Takes up what an earlier run left: by the ledger's rows, by what was kept, and by what the
// library has all the same.
class EarlierRun final : public QObject
{
    Q_OBJECT

public:
    using Entry = JobTable::Entry;

    EarlierRun(Ledger& ledger, PictureSaver& saver, OpenJobs& jobs, RowWriter& rows,
        JobPrices& prices, EndpointStates& endpoints, ExpectedTime& expectedTime,
        Arrivals& arrivals, Calls& calls, Endings& endings, QObject* parent = nullptr);

    // Ends with takenUp() or failed(). Call once.
    void adopt(const ModelCatalog& models);
    [[nodiscard]] bool isTakenUp() const { return m_takenUp; }

Q_SIGNALS:
    void takenUp();
    void failed(const seedbook::Error& error);

private:
    void load(const Ledger::State& state);
    // Which of the jobs, of which nothing else is known, the library has all the same: filed
    // straight into it by a run that could not write that down.
    using Filed = QHash<JobId, PicturePtr>;
    void findFiled(const QHash<QString, QString>& kept, const std::function<void(Filed)>& done);
    void adoptAll(const QHash<QString, QString>& kept, const Filed& filed);
    // With the path of what was kept of it, if anything was.
    void takeUpOne(JobId id, const QString& listedPath, bool outAlone);
    void removeOrphans(const QHash<QString, QString>& kept);

    Ledger& m_ledger;
    PictureSaver& m_saver;
    OpenJobs& m_jobs;
    RowWriter& m_rows;
    JobPrices& m_prices;
    EndpointStates& m_endpoints;
    ExpectedTime& m_expectedTime;
    Arrivals& m_arrivals;
    Calls& m_calls;
    Endings& m_endings;
    bool m_takenUp = false;
};

} // namespace seedbook
