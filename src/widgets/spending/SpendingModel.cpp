#include "widgets/spending/SpendingModel.h"

#include "core/Async.h"
#include "widgets/common/PlainWords.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int pageSize = 200;

QString stateText(const QString& state)
{
    if (state == "filed"_L1)
        return SpendingModel::tr("Done");
    if (state == "waiting"_L1)
        return SpendingModel::tr("Waiting");
    if (state == "sending"_L1)
        return SpendingModel::tr("Sending");
    if (state == "accepted"_L1)
        return SpendingModel::tr("Generating");
    if (state == "received"_L1)
        return SpendingModel::tr("Not saved yet");
    if (state == "refused"_L1)
        return SpendingModel::tr("Refused");
    if (state == "failed"_L1)
        return SpendingModel::tr("Failed");
    if (state == "cancelled"_L1)
        return SpendingModel::tr("Cancelled");
    return SpendingModel::tr("Outcome unknown");
}

QString priceText(const SpendingRow& row)
{
    if (row.practice)
        return SpendingModel::tr("Practice");
    if (row.isFree())
        return Money().shortText();
    return row.told ? row.price.text() : estimated(row.price.text());
}

} // namespace

SpendingModel::SpendingModel(SpendingLog log, QObject* parent)
    : TableModel({tr("Date"), tr("Status"), tr("Seed"), tr("Prompt"), tr("Price"), tr("Time"),
                     tr("Attempts"), tr("HTTP status"), tr("Service"), tr("Your actions")},
          parent)
    , m_log(log)
{
}

void SpendingModel::setFilter(const SpendingFilter& filter)
{
    beginResetModel();
    m_filter = filter;
    m_rows.clear();
    m_whole = false;
    m_fetching = false;
    ++m_question;
    endResetModel();
    fetchMore({});
}

bool SpendingModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_whole && !m_fetching;
}

void SpendingModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_fetching = true;
    const int question = m_question;
    whenDone(m_log.page(m_filter, m_rows.isEmpty() ? 0 : m_rows.constLast().id, pageSize), this,
        [this, question](const Result<QList<SpendingRow>>& rows) {
            if (question != m_question)
                return;
            if (!rows) {
                m_fetching = false;
                m_whole = true;
                Q_EMIT failed(rows.error());
                return;
            }
            m_whole = rows->size() < pageSize;
            if (!rows->isEmpty()) {
                const auto first = static_cast<int>(m_rows.size());
                beginInsertRows({}, first, first + static_cast<int>(rows->size()) - 1);
                m_rows.append(*rows);
                m_fetching = false; // who is told of the rows may ask for more
                endInsertRows();
            } else {
                m_fetching = false;
            }
        });
}

QVariant SpendingModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const SpendingRow& row = m_rows.at(index.row());
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (index.column() == Price || index.column() == SeedColumn ||
                                                  index.column() == Time
                                              ? Qt::AlignRight
                                              : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && index.column() == Prompt)
        return plainTip(row.prompt);
    if (role == Qt::ToolTipRole && index.column() == State && !row.picturePath.isEmpty())
        return plainTip(row.picturePath);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Created:
        return QLocale().toString(row.created.toLocalTime(), QLocale::ShortFormat);
    case State:
        return row.unclaimed ? tr("%1, unclaimed").arg(stateText(row.state)) : stateText(row.state);
    case SeedColumn:
        return row.seedText();
    case Prompt:
        return row.prompt.left(300).simplified();
    case Price:
        return priceText(row);
    case Time:
        return row.sent.isValid() && row.ended.isValid()
                   ? tr("%1 s").arg(
                         static_cast<double>(row.sent.msecsTo(row.ended)) / 1000, 0, 'f', 1)
                   : QString();
    case Attempts:
        return row.attempts > 0 ? QString::number(row.attempts) : QString();
    case Status:
        return row.httpStatus > 0 ? QString::number(row.httpStatus) : QString();
    case Service:
        return QString(row.endpoint + u' ' + row.transport);
    case Did:
        return row.actions;
    default:
        return {};
    }
}

} // namespace seedbook

#include "moc_SpendingModel.cpp"
