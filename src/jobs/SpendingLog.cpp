#include "jobs/SpendingLog.h"

#include "jobs/Ledger.h"
#include "storage/FileRights.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Rows that an export reads in one go. While it reads the log cannot start anew, and where the file
// system allows no log at all a commit has to wait for it.
constexpr int slice = 500;

struct Where
{
    QString sql;
    QVariantList values;
};

QString likePattern(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return u'%' + text + u'%';
}

Where whereOf(const SpendingFilter& filter)
{
    QStringList parts{u"1"_s};
    QVariantList values;
    if (!filter.states.isEmpty()) {
        parts.append(
            u"state IN (%1)"_s.arg(QStringList(filter.states.size(), u"?"_s).join(u", "_s)));
        for (const QString& state : filter.states)
            values.append(state);
    }
    if (filter.kind != SpendingFilter::Kind::All) {
        parts.append(u"practice = ?"_s);
        values.append(filter.kind == SpendingFilter::Kind::Practice);
    }
    if (filter.from.isValid()) {
        parts.append(u"created_ms >= ?"_s);
        values.append(filter.from.startOfDay().toMSecsSinceEpoch());
    }
    if (filter.to.isValid()) {
        parts.append(u"created_ms < ?"_s);
        values.append(filter.to.addDays(1).startOfDay().toMSecsSinceEpoch());
    }
    if (filter.undismissed)
        parts.append(u"dismissed = 0"_s);
    if (!filter.text.trimmed().isEmpty()) {
        parts.append(u"(parameters LIKE ? ESCAPE '\\' OR (seed >= 0 AND CAST(seed AS TEXT) = ?) OR "
                     u"endpoint LIKE ?"
                     " ESCAPE '\\' OR service_request_id = ? OR remote_id = ?)"_s);
        const QString text = filter.text.trimmed().left(1000);
        // The prompt lies in JSON, where quotation marks and the like are escaped.
        QString inJson = QString::fromUtf8(
            QJsonDocument(QJsonObject{{u"t"_s, text}}).toJson(QJsonDocument::Compact));
        inJson = inJson.sliced(6).chopped(2); // {"t":"…"}
        values.append({likePattern(inJson), text, likePattern(text), text, text});
    }
    return {parts.join(u" AND "_s), values};
}

QDateTime timeOf(const QVariant& milliseconds)
{
    return milliseconds.isNull()
               ? QDateTime()
               : QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong(), Qt::UTC);
}

// The order of readRow().
const auto columns =
    u"id, created_ms, sent_ms, ended_ms, state, seed, model, parameters, endpoint, transport,"
    " practice, unclaimed, dismissed, attempts, http_status, service_request_id, remote_id,"
    " expected_price_micros, price_micros, price_told, picture_path, kept_path,"
    " coalesce((SELECT group_concat(action, ', ') FROM actions WHERE job = jobs.id), '')"_s;

SpendingRow readRow(const QSqlQuery& row)
{
    int column = 0;
    const auto next = [&] { return row.value(column++); };
    SpendingRow read;
    read.id = next().toLongLong();
    read.created = timeOf(next());
    read.sent = timeOf(next());
    read.ended = timeOf(next());
    read.state = next().toString();
    read.seed = Seed::fromNumber(next().toLongLong());
    read.model = next().toString();
    // Every model of ours calls it so; another's prompt is only not shown here.
    read.prompt =
        QJsonDocument::fromJson(next().toByteArray()).object().value("prompt"_L1).toString();
    read.endpoint = next().toString();
    read.transport = next().toString();
    read.practice = next().toBool();
    read.unclaimed = next().toBool();
    read.dismissed = next().toBool();
    read.attempts = next().toInt();
    read.httpStatus = next().toInt();
    read.serviceRequestId = next().toString();
    read.remoteId = next().toString();
    read.expected = Money::fromMicros(next().toLongLong());
    read.price = Money::fromMicros(next().toLongLong());
    read.told = next().toBool();
    read.picturePath = next().toString();
    read.spoolPath = next().toString();
    read.actions = next().toString();
    return read;
}

QString isoTime(const QDateTime& time)
{
    return time.isValid() ? time.toString(Qt::ISODate) : QString();
}

QString usd(Money money)
{
    return QString::number(money.usd(), 'f', 6);
}

QByteArray csvLine(const QStringList& cells)
{
    QByteArray line;
    for (const QString& cell : cells) {
        if (!line.isEmpty() || &cell != &cells.first())
            line += ',';
        line += csvCell(cell);
    }
    return line + "\r\n";
}

QStringList cellsOf(const SpendingRow& row)
{
    return {QString::number(row.id), isoTime(row.created), isoTime(row.sent), isoTime(row.ended),
        row.state, row.practice ? u"practice"_s : u"paid"_s, row.model, row.seedText(), row.prompt,
        row.endpoint, row.transport, QString::number(row.attempts),
        row.httpStatus > 0 ? QString::number(row.httpStatus) : QString(), row.serviceRequestId,
        row.remoteId, usd(row.practice ? Money() : row.expected),
        row.told ? usd(row.price) : QString(), row.unclaimed ? u"unclaimed"_s : QString(),
        row.actions, row.picturePath};
}

const QStringList headings{u"id"_s, u"created (UTC)"_s, u"sent (UTC)"_s, u"ended (UTC)"_s,
    u"state"_s, u"kind"_s, u"model"_s, u"seed"_s, u"prompt"_s, u"endpoint"_s, u"transport"_s,
    u"attempts"_s, u"HTTP status"_s, u"service request id"_s, u"remote id"_s,
    u"price expected (USD)"_s, u"price told (USD)"_s, u"unclaimed"_s, u"actions"_s, u"file"_s};

} // namespace

QByteArray csvCell(const QString& text)
{
    QString cell = text;
    if (!cell.isEmpty() && u"=+-@\t\r"_s.contains(cell.front())) {
        bool isNumber = false;
        (void)cell.toDouble(&isNumber);
        if (!isNumber)
            cell.prepend(u'\'');
    }
    if (cell.contains(u'"') || cell.contains(u',') || cell.contains(u'\n') || cell.contains(u'\r'))
        cell = u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
    return cell.toUtf8();
}

bool SpendingRow::isFree() const
{
    return practice || state == "refused"_L1 || state == "failed"_L1 || state == "cancelled"_L1;
}

QFuture<Result<QList<SpendingRow>>> SpendingLog::page(
    const SpendingFilter& filter, qint64 before, int count)
{
    return m_ledger.thread().run(
        [filter, before, count](Database& database) -> Result<QList<SpendingRow>> {
            Where where = whereOf(filter);
            if (before > 0) {
                where.sql += u" AND id < ?"_s;
                where.values.append(before);
            }
            where.values.append(count);
            QList<SpendingRow> rows;
            auto read = database.each(
                u"SELECT %1 FROM jobs WHERE %2 ORDER BY id DESC LIMIT ?"_s.arg(columns, where.sql),
                where.values, [&rows](const QSqlQuery& row) { rows.append(readRow(row)); });
            if (!read)
                return read.error();
            return rows;
        });
}

QFuture<Result<SpendingSums>> SpendingLog::sums(const SpendingFilter& filter)
{
    return m_ledger.thread().run([filter](Database& database) -> Result<SpendingSums> {
        const Where where = whereOf(filter);
        SpendingSums sums;
        auto read = database.each(
            u"SELECT count(*), coalesce(sum(state = 'filed'), 0),"
            " coalesce(sum(CASE WHEN state = 'filed' AND practice = 0 THEN price_micros END), 0),"
            " coalesce(sum(CASE WHEN state IN ('unknown', 'sending', 'accepted', 'received') AND"
            " practice = 0 THEN price_micros END), 0) FROM jobs WHERE %1"_s.arg(where.sql),
            where.values, [&sums](const QSqlQuery& row) {
                sums = {row.value(0).toLongLong(), row.value(1).toLongLong(),
                    Money::fromMicros(row.value(2).toLongLong()),
                    Money::fromMicros(row.value(3).toLongLong())};
            });
        if (!read)
            return read.error();
        return sums;
    });
}

QFuture<Result<qint64>> SpendingLog::exportCsv(const SpendingFilter& filter, const QString& path)
{
    return m_ledger.reader().run([filter, path](Database& database) -> Result<qint64> {
        QSaveFile file(path);
        const auto failure = [&] { return Error{ErrorKind::DiskError, path, file.errorString()}; };
        if (!openPersonsFile(file))
            return failure();
        const Where where = whereOf(filter);
        const QString sql = u"SELECT %1 FROM jobs WHERE %2 AND id > ? ORDER BY id LIMIT ?"_s.arg(
            columns, where.sql);
        qint64 count = 0;
        bool good = file.write("\xef\xbb\xbf" + csvLine(headings)) > 0;
        qint64 last = 0;
        int read = slice;
        while (good && read == slice) {
            read = 0;
            QVariantList values = where.values;
            values << last << slice;
            auto done = database.each(sql, values, [&](const QSqlQuery& row) {
                const SpendingRow line = readRow(row);
                last = line.id;
                ++read;
                good = good && file.write(csvLine(cellsOf(line))) > 0;
            });
            if (!done)
                return done.error();
            count += read;
        }
        // commit() alone overlooks a last flush that failed.
        if (!good || !file.flush() || !file.commit())
            return failure();
        return count;
    });
}

} // namespace seedbook
