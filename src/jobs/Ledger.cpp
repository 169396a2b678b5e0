#include "jobs/Ledger.h"

#include <QFile>
#include <QJsonDocument>
#include <QMetaEnum>
#include <QSqlRecord>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Enough to learn from, and little to read at the start.
constexpr int callTimesKept = 500;

struct StateName
{
    JobState state;
    QLatin1StringView name;
};
constexpr std::array stateNames{
    StateName{JobState::Waiting, "waiting"_L1},
    StateName{JobState::Sending, "sending"_L1},
    StateName{JobState::Accepted, "accepted"_L1},
    StateName{JobState::Received, "received"_L1},
    StateName{JobState::Filed, "filed"_L1},
    StateName{JobState::Refused, "refused"_L1},
    StateName{JobState::Failed, "failed"_L1},
    StateName{JobState::Cancelled, "cancelled"_L1},
    StateName{JobState::Unknown, "unknown"_L1},
};

QString stateName(JobState state)
{
    const auto* found = std::find_if(stateNames.begin(), stateNames.end(),
        [state](const StateName& entry) { return entry.state == state; });
    return found->name;
}

// A name this version does not know reads as Unknown: the safe side, since it is never sent.
JobState stateFromName(const QString& name)
{
    const auto* found = std::find_if(stateNames.begin(), stateNames.end(),
        [&name](const StateName& entry) { return entry.name == name; });
    return found == stateNames.end() ? JobState::Unknown : found->state;
}

constexpr std::array actionNames{"cancel"_L1, "stop waiting"_L1, "try again"_L1, "send again"_L1,
    "let it be"_L1, "clear"_L1, "run anyway"_L1};

QString errorKindName(const Job& job)
{
    if (job.error == Error{})
        return {};
    return QString::fromLatin1(
        QMetaEnum::fromType<ErrorKind>().valueToKey(static_cast<int>(job.error.kind)));
}

QVariant storedTime(const QDateTime& time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QDateTime time(const QVariant& milliseconds)
{
    return milliseconds.isNull()
               ? QDateTime()
               : QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong(), Qt::UTC);
}

QVariant micros(const std::optional<Money>& money)
{
    return money ? QVariant(money->micros()) : QVariant();
}

std::optional<Money> money(const QVariant& micros)
{
    return micros.isNull() ? std::nullopt : std::optional(Money::fromMicros(micros.toLongLong()));
}

// An empty QString binds as NULL, which the columns refuse.
QString notNull(const QString& text)
{
    return text.isNull() ? u""_s : text;
}

QJsonObject jsonObject(const QString& text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

QString jsonText(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

// Nothing where there is nothing to tell.
QString provenanceText(const Provenance& provenance)
{
    const QJsonObject json = provenance.toJson();
    return json.isEmpty() ? u""_s : jsonText(json);
}

std::optional<Request> readRequest(const QSqlQuery& row, const ModelCatalog& models)
{
    auto request = Request::fromJson(
        models, {{u"model"_s, row.value(u"model"_s).toString()},
                    {u"parameters"_s, jsonObject(row.value(u"parameters"_s).toString())}});
    return request ? std::optional(*std::move(request)) : std::nullopt;
}

// NULL and −1 are none: `seed` cannot be NULL, and a model need not have one.
std::optional<Seed> seedOf(const QSqlQuery& row, const QString& column)
{
    const QVariant number = row.value(column);
    return number.isNull() ? std::nullopt : Seed::fromNumber(number.toLongLong());
}

Job readJob(const QSqlQuery& row, const ModelCatalog& models)
{
    Job job{.request = Request::asItWas(models, row.value(u"model"_s).toString(),
                jsonObject(row.value(u"parameters"_s).toString()), seedOf(row, u"seed"_s))};
    job.id = row.value(u"id"_s).toLongLong();
    job.pictureId = QUuid::fromString(row.value(u"picture_id"_s).toString());
    job.provenance = Provenance::fromJson(jsonObject(row.value(u"provenance"_s).toString()));
    job.endpoint = row.value(u"endpoint"_s).toString();
    job.practice = row.value(u"practice"_s).toBool();
    job.transport =
        transportFromName(row.value(u"transport"_s).toString()).value_or(Transport::Blocking);
    job.state = stateFromName(row.value(u"state"_s).toString());
    job.created = time(row.value(u"created_ms"_s));
    job.sent = time(row.value(u"sent_ms"_s));
    job.ended = time(row.value(u"ended_ms"_s));
    job.expected = std::chrono::milliseconds(row.value(u"expected_ms"_s).toLongLong());
    job.price = Money::fromMicros(row.value(u"price_micros"_s).toLongLong());
    job.expectedPrice = Money::fromMicros(row.value(u"expected_price_micros"_s).toLongLong());
    job.priceConfirmed = row.value(u"price_told"_s).toBool();
    job.unclaimed = row.value(u"unclaimed"_s).toBool();
    job.attempts = row.value(u"attempts"_s).toInt();
    job.notBefore = time(row.value(u"not_before_ms"_s));
    job.position = row.value(u"position"_s).toDouble();
    job.remoteId = row.value(u"remote_id"_s).toString();
    job.accepted = time(row.value(u"accepted_ms"_s));
    job.resumed = row.value(u"resumed"_s).toBool();
    job.balanceBefore = money(row.value(u"balance_before_micros"_s));
    job.balanceAfter = money(row.value(u"balance_after_micros"_s));
    job.committed = true;
    job.serviceRequestId = row.value(u"service_request_id"_s).toString();
    job.reportedSeed = seedOf(row, u"reported_seed"_s);
    job.spoolPath = row.value(u"kept_path"_s).toString();
    const int kind = QMetaEnum::fromType<ErrorKind>().keyToValue(
        row.value(u"error_kind"_s).toString().toLatin1().constData());
    if (kind >= 0)
        job.error.kind = static_cast<ErrorKind>(kind);
    job.error.subject = row.value(u"error_subject"_s).toString();
    job.error.detail = row.value(u"error_detail"_s).toString();
    job.httpStatus = row.value(u"http_status"_s).toInt();
    // An error that came with a 200 names no status.
    job.error.httpStatus = job.httpStatus >= 300 ? job.httpStatus : 0;
    return job;
}

Result<void> insertJob(Database& database, const Job& job)
{
    const auto done = database.run(
        u"INSERT INTO jobs (id, picture_id, model, parameters, seed, endpoint, practice,"
        " transport, state, created_ms, expected_ms, price_micros, expected_price_micros,"
        " position, identity, provenance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {job.id, job.pictureId.toString(QUuid::WithoutBraces), job.request.model().id(),
            jsonText(job.request.parameters()),
            job.request.seed() ? job.request.seed()->number() : Seed::randomSentinel, job.endpoint,
            job.practice, transportName(job.transport), stateName(job.state),
            storedTime(job.created), qint64(job.expected.count()), job.price.micros(),
            job.expectedPrice.micros(), job.position,
            notNull(QString::fromLatin1(job.request.identity())), provenanceText(job.provenance)});
    return done ? Result<void>() : done.error();
}

Result<void> updateJob(Database& database, const Job& job)
{
    const auto done = database.run(
        u"UPDATE jobs SET state = ?, sent_ms = ?, ended_ms = ?, price_micros = ?, price_told = ?,"
        " expected_price_micros = ?, service_request_id = ?, http_status = ?, error_kind = ?,"
        " error_subject = ?, error_detail = ?, kept_path = ?, picture_path = ?, remote_id = ?,"
        " accepted_ms = ?, attempts = ?, not_before_ms = ?, position = ?,"
        " balance_before_micros = ?, balance_after_micros = ?, unclaimed = ?, resumed = ?,"
        " reported_seed = ?, provenance = ?,"
        " record_written = max(record_written, ?) WHERE id = ?"_s,
        {stateName(job.state), storedTime(job.sent), storedTime(job.ended), job.price.micros(),
            job.priceConfirmed, job.expectedPrice.micros(), notNull(job.serviceRequestId),
            std::max(job.httpStatus, job.error.httpStatus), notNull(errorKindName(job)),
            notNull(job.error.subject), notNull(job.error.detail), notNull(job.spoolPath),
            notNull(job.picture ? job.picture->path : QString()), notNull(job.remoteId),
            storedTime(job.accepted), job.attempts, storedTime(job.notBefore), job.position,
            micros(job.balanceBefore), micros(job.balanceAfter), job.unclaimed, job.resumed,
            job.reportedSeed ? QVariant(job.reportedSeed->number()) : QVariant(),
            provenanceText(job.provenance), job.state == JobState::Filed, job.id});
    if (!done)
        return done.error();
    if (done->numRowsAffected() > 0)
        return {};
    // A job that came with another's answer has no row before it is received.
    if (auto inserted = insertJob(database, job); !inserted)
        return inserted;
    return updateJob(database, job);
}

// Rows of a version that kept no identity. Without a seed there is none.
Result<void> fillIdentities(Database& database)
{
    QList<QPair<qint64, QByteArray>> found;
    auto read = database.each(
        u"SELECT id, model, parameters, seed FROM jobs WHERE identity = '' AND state = 'unknown'"
        " AND seed >= 0"_s,
        {}, [&](const QSqlQuery& row) {
            found.append({row.value(0).toLongLong(),
                requestIdentity(row.value(1).toString(), jsonObject(row.value(2).toString()),
                    seedOf(row, u"seed"_s))});
        });
    if (!read || found.isEmpty())
        return read;
    return database.transaction([&]() -> Result<void> {
        for (const auto& [id, identity] : found) {
            auto done = database.run(u"UPDATE jobs SET identity = ? WHERE id = ?"_s,
                {QString::fromLatin1(identity), id});
            if (!done)
                return done.error();
        }
        return {};
    });
}

// As chargeOf() in core/Job.h counts, for the jobs that have no tile any more.
Result<QMap<QDate, Money>> readCharges(Database& database)
{
    QMap<QDate, Money> charges;
    auto read = database.each(
        u"SELECT date(sent_ms / 1000, 'unixepoch', 'localtime') AS day, sum(price_micros) AS spent"
        " FROM jobs WHERE practice = 0 AND sent_ms IS NOT NULL AND (state = 'filed' OR"
        " (dismissed = 1 AND state = 'unknown')) GROUP BY day"_s,
        {}, [&](const QSqlQuery& row) {
            charges.insert(QDate::fromString(row.value(0).toString(), Qt::ISODate),
                Money::fromMicros(row.value(1).toLongLong()));
        });
    if (!read)
        return read.error();
    return charges;
}

QStringList migrations()
{
    QStringList scripts;
    for (const QString& name : {u":/sql/ledger-001.sql"_s, u":/sql/ledger-002.sql"_s,
             u":/sql/ledger-003.sql"_s, u":/sql/ledger-004.sql"_s, u":/sql/ledger-005.sql"_s}) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s is not in the program", qPrintable(name));
        scripts.append(QString::fromUtf8(file.readAll()));
    }
    return scripts;
}

Database::Durability durability(Ledger::Access access)
{
    return access == Ledger::Access::ReadOnly ? Database::Durability::ReadOnly
                                              : Database::Durability::Full;
}

} // namespace

Ledger::Ledger(const QString& path, Access access)
    : m_database(path, migrations(), durability(access))
    , m_reader(path, migrations(), durability(access))
{
}

QString Ledger::pathIn(const QString& dataFolder)
{
    return dataFolder + u"/ledger.sqlite"_s;
}

QFuture<Result<Ledger::State>> Ledger::load(const ModelCatalog& models)
{
    return m_database.run([models](Database& database) -> Result<State> {
        if (auto filled = fillIdentities(database); !filled)
            return filled.error();
        State state;
        auto last =
            database.run(u"SELECT coalesce(max(id), 0), coalesce(max(position), 0) FROM jobs"_s);
        if (!last)
            return last.error();
        if (last->next()) {
            state.lastId = last->value(0).toLongLong();
            state.lastPosition = last->value(1).toDouble();
        }
        auto charges = readCharges(database);
        if (!charges)
            return charges.error();
        state.charges = *std::move(charges);
        auto open = database.run(u"SELECT * FROM jobs WHERE state NOT IN ('filed', 'cancelled')"
                                 " AND dismissed = 0 ORDER BY id"_s);
        if (!open)
            return open.error();
        while (open->next())
            state.jobs.append(readJob(*open, models));
        auto times = database.run(
            u"SELECT model, parameters, practice, ended_ms - sent_ms AS duration, price_micros,"
            " price_told FROM jobs"
            " WHERE state = 'filed' AND sent_ms < ended_ms AND resumed = 0"
            " ORDER BY id DESC LIMIT ?"_s,
            {callTimesKept});
        if (!times)
            return times.error();
        while (times->next()) {
            if (auto request = readRequest(*times, models))
                state.callTimes.prepend({*std::move(request), times->value(u"practice"_s).toBool(),
                    std::chrono::milliseconds(times->value(u"duration"_s).toLongLong()),
                    times->value(u"price_told"_s).toBool() ? money(times->value(u"price_micros"_s))
                                                           : std::nullopt});
        }
        return state;
    });
}

QFuture<Result<void>> Ledger::insert(QList<Job> jobs, QSet<JobId> anyway)
{
    closeBatch();
    const qint64 at = QDateTime::currentMSecsSinceEpoch();
    return m_database.run([jobs = std::move(jobs), anyway = std::move(anyway), at](
                              Database& database) -> Result<void> {
        return database.transaction([&]() -> Result<void> {
            for (const Job& job : jobs) {
                auto done = insertJob(database, job);
                if (done && anyway.contains(job.id))
                    done = noteAction(database, job.id, Action::RunAnyway, at);
                if (!done)
                    return done;
            }
            return {};
        });
    });
}

void Ledger::Update::answer(const Result<void>& result) const
{
    promise->addResult(result);
    promise->finish();
}

QFuture<Result<void>> Ledger::update(QList<Job> jobs)
{
    const Update update{std::move(jobs), std::make_shared<QPromise<Result<void>>>()};
    update.promise->start();
    Batch begun;
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_batch)
            m_batch = begun = std::make_shared<QList<Update>>();
        m_batch->append(update);
    }
    if (begun) {
        (void)m_database
            .run([this, begun](Database& database) -> Result<void> {
                write(database, take(begun));
                return {};
            })
            .then([this, begun](const Result<void>& reached) {
                if (reached)
                    return;
                for (const Update& waiting : take(begun)) // the file could not be opened
                    waiting.answer(reached);
            });
    }
    return update.promise->future();
}

QList<Ledger::Update> Ledger::take(const Batch& batch)
{
    const QMutexLocker lock(&m_mutex);
    if (m_batch == batch)
        m_batch.reset();
    return std::exchange(*batch, {});
}

void Ledger::closeBatch()
{
    const QMutexLocker lock(&m_mutex);
    m_batch.reset();
}

void Ledger::write(Database& database, const QList<Update>& updates)
{
    const auto commit = [&database](const QList<Update>& some) {
        return database.transaction([&]() -> Result<void> {
            for (const Update& update : some) {
                for (const Job& job : update.jobs) {
                    if (auto done = updateJob(database, job); !done)
                        return done;
                }
            }
            return {};
        });
    };
    const Result<void> together = commit(updates);
    for (const Update& update : updates) {
        // One that cannot be written is no reason to refuse the others.
        const bool apart = !together && updates.size() > 1;
        update.answer(apart ? commit({update}) : together);
    }
}

Result<void> Ledger::dismissRow(Database& database, JobId id)
{
    const auto done = database.run(u"UPDATE jobs SET dismissed = 1 WHERE id = ?"_s, {id});
    return done ? Result<void>() : done.error();
}

Result<void> Ledger::noteAction(Database& database, JobId id, Action action, qint64 at)
{
    const auto done = database.run(u"INSERT INTO actions (job, at_ms, action) VALUES (?, ?, ?)"_s,
        {id, at, QString(actionNames.at(static_cast<std::size_t>(action)))});
    return done ? Result<void>() : done.error();
}

QFuture<Result<void>> Ledger::dismiss(QList<JobId> ids)
{
    closeBatch();
    return m_database.run([ids = std::move(ids)](Database& database) -> Result<void> {
        return database.transaction([&]() -> Result<void> {
            for (const JobId id : ids) {
                if (auto done = dismissRow(database, id); !done)
                    return done;
            }
            return {};
        });
    });
}

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

QFuture<Result<void>> Ledger::note(QList<JobId> ids, Action action)
{
    closeBatch();
    const qint64 at = QDateTime::currentMSecsSinceEpoch();
    return m_database.run([ids = std::move(ids), action, at](Database& database) -> Result<void> {
        return database.transaction([&]() -> Result<void> {
            for (const JobId id : ids) {
                if (auto done = noteAction(database, id, action, at); !done)
                    return done;
            }
            return {};
        });
    });
}

QFuture<Result<QSet<QByteArray>>> Ledger::unknownAmong(
    QList<QByteArray> identities, const QString& endpoint)
{
    return m_database.run([identities = std::move(identities), endpoint](
                              Database& database) -> Result<QSet<QByteArray>> {
        QSet<QByteArray> found;
        for (const QByteArray& identity : identities) {
            auto read = database.each(u"SELECT 1 FROM jobs WHERE identity = ? AND endpoint = ?"
                                      " AND state = 'unknown' LIMIT 1"_s,
                {QString::fromLatin1(identity), endpoint},
                [&](const QSqlQuery&) { found.insert(identity); });
            if (!read)
                return read.error();
        }
        return found;
    });
}

QFuture<Result<QSet<QUuid>>> Ledger::filedAmong(QList<QUuid> pictureIds)
{
    return m_database.run([pictureIds = std::move(pictureIds)](
                              Database& database) -> Result<QSet<QUuid>> {
        QSet<QUuid> filed;
        for (const QUuid& id : pictureIds) {
            auto read = database.each(
                u"SELECT 1 FROM jobs WHERE picture_id = ? AND state = 'filed'"_s,
                {id.toString(QUuid::WithoutBraces)}, [&](const QSqlQuery&) { filed.insert(id); });
            if (!read)
                return read.error();
        }
        return filed;
    });
}

QFuture<Result<QList<Picture>>> Ledger::picturesWithoutRecord(const ModelCatalog& models)
{
    return m_database.run([models](Database& database) -> Result<QList<Picture>> {
        auto rows = database.run(
            u"SELECT id, picture_id, model, parameters, seed, endpoint, practice, created_ms,"
            " ended_ms - sent_ms AS duration, price_micros, price_told, service_request_id,"
            " picture_path, unclaimed, provenance FROM jobs"
            " WHERE state = 'filed' AND record_written = 0 ORDER BY id"_s);
        if (!rows)
            return rows.error();
        QList<Picture> pictures;
        while (rows->next()) {
            Picture picture;
            picture.id = QUuid::fromString(rows->value(u"picture_id"_s).toString());
            picture.path = rows->value(u"picture_path"_s).toString();
            picture.modelId = rows->value(u"model"_s).toString();
            picture.parameters = jsonObject(rows->value(u"parameters"_s).toString());
            // A model that is no longer known leaves its pictures without a title, not out.
            if (const auto request = readRequest(*rows, models))
                picture.prompt = request->prompt();
            picture.seed = seedOf(*rows, u"seed"_s);
            picture.created = time(rows->value(u"created_ms"_s));
            picture.sequence = rows->value(u"id"_s).toLongLong();
            picture.duration = std::chrono::milliseconds(rows->value(u"duration"_s).toLongLong());
            picture.price = Money::fromMicros(rows->value(u"price_micros"_s).toLongLong());
            picture.priceConfirmed = rows->value(u"price_told"_s).toBool();
            picture.practice = rows->value(u"practice"_s).toBool();
            picture.unclaimed = rows->value(u"unclaimed"_s).toBool();
            picture.provenance =
                Provenance::fromJson(jsonObject(rows->value(u"provenance"_s).toString()));
            picture.endpoint = rows->value(u"endpoint"_s).toString();
            picture.serviceRequestId = rows->value(u"service_request_id"_s).toString();
            pictures.append(picture);
        }
        return pictures;
    });
}

QFuture<Result<void>> Ledger::noteRecords(QList<QUuid> pictureIds)
{
    return m_database.run([pictureIds = std::move(pictureIds)](Database& database) -> Result<void> {
        return database.transaction([&]() -> Result<void> {
            for (const QUuid& id : pictureIds) {
                auto done =
                    database.run(u"UPDATE jobs SET record_written = 1 WHERE picture_id = ?"_s,
                        {id.toString(QUuid::WithoutBraces)});
                if (!done)
                    return done.error();
            }
            return {};
        });
    });
}

} // namespace seedbook
