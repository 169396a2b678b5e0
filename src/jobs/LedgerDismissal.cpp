#include "jobs/Ledger.h"

using namespace Qt::StringLiterals;

namespace seedbook {

QFuture<Result<QList<Ledger::Undismissable>>> Ledger::dismissEnded(QList<JobId> ids)
{
    using Answer = Result<QList<Undismissable>>;
    closeBatch();
    const qint64 at = QDateTime::currentMSecsSinceEpoch();
    return m_database.run([ids = std::move(ids), at](Database& database) -> Answer {
        QList<Undismissable> inTheWay;
        const auto done = database.transaction([&]() -> Result<void> {
            QList<std::pair<JobId, Action>> open;
            for (const JobId id : ids) {
                QString state;
                bool dismissed = false;
                auto read = database.each(u"SELECT state, dismissed FROM jobs WHERE id = ?"_s, {id},
                    [&](const QSqlQuery& row) {
                        state = row.value(0).toString();
                        dismissed = row.value(1).toBool();
                    });
                if (!read)
                    return read;
                const bool unknown = state == "unknown"_L1;
                if (!unknown && state != "refused"_L1 && state != "failed"_L1)
                    inTheWay.append({id, state});
                else if (!dismissed)
                    open.append({id, unknown ? Action::LetBe : Action::Clear});
            }
            if (!inTheWay.isEmpty())
                return {};
            for (const auto& [id, action] : std::as_const(open)) {
                if (auto noted = noteAction(database, id, action, at); !noted)
                    return noted;
                if (auto dismissed = dismissRow(database, id); !dismissed)
                    return dismissed;
            }
            return {};
        });
        return done ? Answer(inTheWay) : Answer(done.error());
    });
}

} // namespace seedbook
