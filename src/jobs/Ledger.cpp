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

QString errorKindName(const Job& job)
{
    const bool has = job.state == JobState::Refused || job.state == JobState::Failed ||
                     job.state == JobState::Unknown || job.state == JobState::Received;
    if (!has || job.error == Error{})
        return {};
    return QString::fromLatin1(
        QMetaEnum::fromType<ErrorKind>().valueToKey(static_cast<int>(job.error.kind)));
}

QVariant milliseconds(const QDateTime& time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QDateTime time(const QVariant& milliseconds)
{
    return milliseconds.isNull()
               ? QDateTime()
               : QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong(), Qt::UTC);
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

std::optional<Request> readRequest(const QSqlQuery& row, const ModelCatalog& models)
{
    auto request = Request::fromJson(
        models, {{u"model"_s, row.value(u"model"_s).toString()},
                    {u"parameters"_s, jsonObject(row.value(u"parameters"_s).toString())}});
    return request ? std::optional(*std::move(request)) : std::nullopt;
}

std::optional<Job> readJob(const QSqlQuery& row, const ModelCatalog& models)
{
    const auto request = readRequest(row, models);
    if (!request)
        return std::nullopt;
    Job job{.request = *request};
    job.id = row.value(u"id"_s).toLongLong();
    job.pictureId = QUuid::fromString(row.value(u"picture_id"_s).toString());
    job.endpoint = row.value(u"endpoint"_s).toString();
    job.practice = row.value(u"practice"_s).toBool();
    job.state = stateFromName(row.value(u"state"_s).toString());
    job.created = time(row.value(u"created_ms"_s));
    job.sent = time(row.value(u"sent_ms"_s));
    job.ended = time(row.value(u"ended_ms"_s));
    job.expected = std::chrono::milliseconds(row.value(u"expected_ms"_s).toLongLong());
    job.price = Money::fromMicros(row.value(u"price_micros"_s).toLongLong());
    job.priceTold = row.value(u"price_told"_s).toBool();
    job.committed = true;
    job.serviceRequestId = row.value(u"service_request_id"_s).toString();
    job.keptPath = row.value(u"kept_path"_s).toString();
    const int kind = QMetaEnum::fromType<ErrorKind>().keyToValue(
        row.value(u"error_kind"_s).toString().toLatin1().constData());
    if (kind >= 0)
        job.error.kind = static_cast<ErrorKind>(kind);
    job.error.subject = row.value(u"error_subject"_s).toString();
    job.error.detail = row.value(u"error_detail"_s).toString();
    job.error.httpStatus = row.value(u"http_status"_s).toInt();
    return job;
}

Result<void> insertJob(Database& database, const Job& job)
{
    const auto done = database.run(
        u"INSERT INTO jobs (id, picture_id, model, parameters, seed, endpoint, practice, state,"
        " created_ms, expected_ms, price_micros) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {job.id, job.pictureId.toString(QUuid::WithoutBraces), job.request.model().id(),
            jsonText(job.request.parameters()), job.request.seed().number(), job.endpoint,
            job.practice, stateName(job.state), milliseconds(job.created),
            qint64(job.expected.count()), job.price.micros()});
    return done ? Result<void>() : done.error();
}

QStringList migrations()
{
    QStringList scripts;
    for (const QString& name : {u":/sql/ledger-001.sql"_s}) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s is not in the program", qPrintable(name));
        scripts.append(QString::fromUtf8(file.readAll()));
    }
    return scripts;
}

} // namespace

Ledger::Ledger(const QString& path)
    : m_database(path, migrations(), Database::Durability::Full)
{
}

QFuture<Result<Ledger::State>> Ledger::load(const ModelCatalog& models)
{
    return m_database.run([models](Database& database) -> Result<State> {
        State state;
        auto last = database.run(u"SELECT coalesce(max(id), 0) FROM jobs"_s);
        if (!last)
            return last.error();
        if (last->next())
            state.lastId = last->value(0).toLongLong();
        auto open = database.run(u"SELECT * FROM jobs WHERE state NOT IN ('filed', 'cancelled')"
                                 " AND dismissed = 0 ORDER BY id"_s);
        if (!open)
            return open.error();
        while (open->next()) {
            if (auto job = readJob(*open, models))
                state.jobs.append(*std::move(job));
        }
        auto times = database.run(
            u"SELECT model, parameters, practice, ended_ms - sent_ms AS duration FROM jobs"
            " WHERE state = 'filed' AND sent_ms < ended_ms"
            " ORDER BY id DESC LIMIT ?"_s,
            {callTimesKept});
        if (!times)
            return times.error();
        while (times->next()) {
            if (auto request = readRequest(*times, models))
                state.callTimes.prepend({*std::move(request), times->value(u"practice"_s).toBool(),
                    std::chrono::milliseconds(times->value(u"duration"_s).toLongLong())});
        }
        return state;
    });
}

QFuture<Result<void>> Ledger::insert(QList<Job> jobs)
{
    return m_database.run([jobs = std::move(jobs)](Database& database) -> Result<void> {
        return database.transaction([&]() -> Result<void> {
            for (const Job& job : jobs) {
                if (auto done = insertJob(database, job); !done)
                    return done;
            }
            return {};
        });
    });
}

QFuture<Result<void>> Ledger::update(const Job& job)
{
    return m_database.run([job](Database& database) -> Result<void> {
        return database.transaction([&]() -> Result<void> {
            const auto done = database.run(
                u"UPDATE jobs SET state = ?, sent_ms = ?, ended_ms = ?, price_micros = ?,"
                " price_told = ?, service_request_id = ?, http_status = ?, error_kind = ?,"
                " error_subject = ?, error_detail = ?, kept_path = ?, picture_path = ?"
                " WHERE id = ?"_s,
                {stateName(job.state), milliseconds(job.sent), milliseconds(job.ended),
                    job.price.micros(), job.priceTold, notNull(job.serviceRequestId),
                    job.error.httpStatus, notNull(errorKindName(job)), notNull(job.error.subject),
                    notNull(job.error.detail), notNull(job.keptPath),
                    notNull(job.picture ? job.picture->path : QString()), job.id});
            return done ? Result<void>() : done.error();
        });
    });
}

QFuture<Result<void>> Ledger::dismiss(JobId id)
{
    return m_database.run([id](Database& database) -> Result<void> {
        return database.transaction([&]() -> Result<void> {
            const auto done = database.run(u"UPDATE jobs SET dismissed = 1 WHERE id = ?"_s, {id});
            return done ? Result<void>() : done.error();
        });
    });
}

QFuture<Result<QList<Picture>>> Ledger::filedPictures(const ModelCatalog& models)
{
    return m_database.run([models](Database& database) -> Result<QList<Picture>> {
        auto rows = database.run(
            u"SELECT id, picture_id, model, parameters, seed, endpoint, practice, created_ms,"
            " ended_ms - sent_ms AS duration, price_micros, price_told, service_request_id,"
            " picture_path FROM jobs WHERE state = 'filed' ORDER BY id"_s);
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
            picture.seed = Seed::fromNumber(rows->value(u"seed"_s).toLongLong())
                               .value_or(*Seed::fromNumber(0));
            picture.created = time(rows->value(u"created_ms"_s));
            picture.sequence = rows->value(u"id"_s).toLongLong();
            picture.duration = std::chrono::milliseconds(rows->value(u"duration"_s).toLongLong());
            picture.price = Money::fromMicros(rows->value(u"price_micros"_s).toLongLong());
            picture.priceTold = rows->value(u"price_told"_s).toBool();
            picture.practice = rows->value(u"practice"_s).toBool();
            picture.endpoint = rows->value(u"endpoint"_s).toString();
            picture.serviceRequestId = rows->value(u"service_request_id"_s).toString();
            pictures.append(picture);
        }
        return pictures;
    });
}

} // namespace seedbook
