#include "widgets/queue/QueueModel.h"

#include "widgets/common/Icons.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Theme.h"
#include "widgets/live/JobText.h"
#include "widgets/live/QueueWatch.h"

#include <QDataStream>
#include <QGuiApplication>
#include <QIODevice>
#include <QLocale>
#include <QMimeData>
#include <QPalette>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

const auto jobsType = u"application/x-seedbook-jobs"_s;
// A prompt's beginning tells it from others; a view does not have to measure the rest.
constexpr qsizetype shownPrompt = 300;

const QList<int> spokenRoles{Qt::DisplayRole, Qt::AccessibleTextRole, Qt::ToolTipRole};

bool isFinished(const Job& job)
{
    return job.state == JobState::Filed || job.state == JobState::Cancelled;
}

QList<JobId> readJobs(const QMimeData& data)
{
    QDataStream stream(data.data(jobsType));
    QList<JobId> ids;
    stream >> ids;
    return stream.status() == QDataStream::Ok ? ids : QList<JobId>();
}

} // namespace

QueueModel::Key QueueModel::keyOf(const Job& job)
{
    if (isInFlight(job.state) || job.state == JobState::Received)
        return {Group::Out, static_cast<double>(job.sent.toMSecsSinceEpoch()), job.id};
    if (job.state == JobState::Waiting)
        return {Group::Waiting, job.position, job.id};
    return {Group::Ended, -static_cast<double>(job.ended.toMSecsSinceEpoch()), job.id};
}

QueueModel::QueueModel(QObject* parent)
    : TableModel({tr("State"), tr("Seed"), tr("Prompt"), tr("Price"), tr("Time")}, parent)
{
}

void QueueModel::setWatch(QueueWatch* watch)
{
    m_watch = watch;
    connect(watch, &QueueWatch::ticked, this, &QueueModel::tick);
    connect(watch, &QueueWatch::conditionChanged, this, &QueueModel::tellWaiting);
}

QueueCondition QueueModel::condition() const
{
    return m_watch ? m_watch->condition() : m_alone;
}

void QueueModel::addJobs(const QList<Job>& jobs)
{
    QList<Item> fresh;
    for (const Job& job : jobs) {
        if (m_keys.contains(job.id))
            continue;
        const Key key = keyOf(job);
        m_keys.insert(job.id, key);
        m_finished += isFinished(job) ? 1 : 0;
        fresh.append({key, std::make_shared<const Job>(job)});
    }
    std::ranges::sort(fresh, {}, &Item::key);
    // Those that go between the same two rows go in at once.
    for (qsizetype from = 0; from < fresh.size();) {
        const int row = place(fresh.at(from).key);
        qsizetype to = from + 1;
        while (to < fresh.size() && place(fresh.at(to).key) == row)
            ++to;
        const auto count = static_cast<int>(to - from);
        beginInsertRows({}, row, row + count - 1);
        m_items.insert(row, count, {});
        std::copy(fresh.begin() + from, fresh.begin() + to, m_items.begin() + row);
        endInsertRows();
        from = to;
    }
}

void QueueModel::updateJob(const Job& job)
{
    const int row = rowOf(job.id);
    if (row < 0) {
        addJobs({job});
        return;
    }
    const Key key = keyOf(job);
    const Key before = m_items.at(row).key;
    m_finished += (isFinished(job) ? 1 : 0) - (isFinished(*m_items.at(row).job) ? 1 : 0);
    int target = row;
    if (key != before) {
        const int found = place(key);
        // Without itself, what is behind it is one further up.
        if (found != row && found != row + 1) {
            beginMoveRows({}, row, row, {}, found);
            target = found > row ? found - 1 : found;
            m_items.move(row, target);
            m_items[target].key = key;
            m_keys[job.id] = key;
            endMoveRows();
        } else {
            m_items[row].key = key;
            m_keys[job.id] = key;
        }
    }
    m_items[target].job = std::make_shared<const Job>(job);
    Q_EMIT dataChanged(index(target, 0), index(target, ColumnCount - 1));
}

void QueueModel::removeJob(JobId id)
{
    const int row = rowOf(id);
    if (row < 0 || isFinished(*m_items.at(row).job))
        return;
    beginRemoveRows({}, row, row);
    m_items.removeAt(row);
    m_keys.remove(id);
    endRemoveRows();
}

void QueueModel::clearFinished()
{
    for (auto row = static_cast<int>(m_items.size()) - 1; row >= 0;) {
        int first = row;
        while (first >= 0 && isFinished(*m_items.at(first).job))
            --first;
        if (first < row) {
            beginRemoveRows({}, first + 1, row);
            for (int i = first + 1; i <= row; ++i)
                m_keys.remove(m_items.at(i).key.id);
            m_items.remove(first + 1, row - first);
            endRemoveRows();
        }
        row = first - 1;
    }
    m_finished = 0;
}

const Job* QueueModel::job(const QModelIndex& index) const
{
    return index.isValid() ? m_items.at(index.row()).job.get() : nullptr;
}

QModelIndex QueueModel::indexOf(JobId id) const
{
    const int row = rowOf(id);
    return row < 0 ? QModelIndex() : index(row, 0);
}

JobId QueueModel::waitingNeighbour(int row, int by) const
{
    const int other = row + by;
    if (other < 0 || other >= m_items.size() || m_items.at(other).key.group != Group::Waiting)
        return 0;
    return m_items.at(other).key.id;
}

JobId QueueModel::firstWaiting() const
{
    return waitingNeighbour(place({Group::Waiting, -1e300, 0}), 0);
}

void QueueModel::tick()
{
    const int out = place({Group::Waiting, -1e300, 0});
    if (out > 0)
        Q_EMIT dataChanged(index(0, State), index(out - 1, State), spokenRoles);
}

void QueueModel::tellWaiting()
{
    const int first = place({Group::Waiting, -1e300, 0});
    const int end = place({Group::Ended, -1e300, 0});
    if (first < end)
        Q_EMIT dataChanged(index(first, State), index(end - 1, State), spokenRoles);
}

int QueueModel::place(const Key& key) const
{
    return static_cast<int>(
        std::ranges::lower_bound(m_items, key, {}, &Item::key) - m_items.begin());
}

int QueueModel::rowOf(JobId id) const
{
    const auto key = m_keys.constFind(id);
    return key == m_keys.constEnd() ? -1 : place(*key);
}

QVariant QueueModel::data(const QModelIndex& index, int role) const
{
    const Job* job = this->job(index);
    if (!job)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case State:
            return stateTimeText(*job, condition());
        case SeedColumn:
            return job->request.seedText();
        case Prompt:
            return job->request.prompt().left(shownPrompt).simplified();
        case Price:
            return priceWords(*job);
        case Time:
            return clockText(*job);
        default:
            return {};
        }
    case Qt::ToolTipRole:
        if (index.column() == Prompt)
            return plainTip(job->request.prompt());
        return plainTip(
            job->attempts > 1
                ? tr("Attempt %1. %2").arg(job->attempts).arg(detailText(*job, condition()))
                : detailText(*job, condition()));
    case Qt::DecorationRole:
        return index.column() == State && hasProblem(*job) ? QVariant(themedIcon(u"warning"))
                                                           : QVariant();
    case Qt::ForegroundRole: {
        const QPalette palette = QGuiApplication::palette();
        if (index.column() == State && hasProblem(*job))
            return job->state == JobState::Unknown || job->state == JobState::Received
                       ? warningColour(palette)
                       : dangerColour(palette);
        return isFinished(*job) ? QVariant(subtleTextColour(palette)) : QVariant();
    }
    case Qt::TextAlignmentRole:
        return int(
            Qt::AlignVCenter |
            (index.column() == Prompt || index.column() == State ? Qt::AlignLeft : Qt::AlignRight));
    default:
        return {};
    }
}

// When it was made, sent or ended: the last of these.
QString QueueModel::clockText(const Job& job)
{
    QDateTime time = job.sent.isValid() ? job.sent : job.created;
    if (isEnded(job.state) && job.ended.isValid())
        time = job.ended;
    return QLocale().toString(time.toLocalTime().time(), u"HH:mm:ss"_s);
}

QString QueueModel::priceWords(const Job& job)
{
    if (job.practice)
        return tr("practice");
    if (job.state == JobState::Refused || job.state == JobState::Failed ||
        job.state == JobState::Cancelled)
        return Money().shortText();
    return job.priceConfirmed ? job.price.text() : estimated(job.price.shortText());
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const
{
    // Between the rows there is something to drop on, too.
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    const Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    return job(index)->state == JobState::Waiting ? flags | Qt::ItemIsDragEnabled : flags;
}

Qt::DropActions QueueModel::supportedDropActions() const
{
    return Qt::MoveAction;
}

QStringList QueueModel::mimeTypes() const
{
    return {jobsType};
}

QMimeData* QueueModel::mimeData(const QModelIndexList& indexes) const
{
    QList<int> rows;
    for (const QModelIndex& index : indexes) {
        if (index.column() == 0 && job(index)->state == JobState::Waiting)
            rows.append(index.row());
    }
    std::ranges::sort(rows);
    QList<JobId> ids;
    for (const int row : rows)
        ids.append(m_items.at(row).key.id);
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << ids;
    auto* data = new QMimeData;
    data->setData(jobsType, bytes);
    return data;
}

bool QueueModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int /*row*/,
    int /*column*/, const QModelIndex& /*parent*/) const
{
    return action == Qt::MoveAction && data->hasFormat(jobsType);
}

// Always false: the rows move when the queue says so, and the view is not to take them away.
bool QueueModel::dropMimeData(
    const QMimeData* data, Qt::DropAction action, int row, int column, const QModelIndex& parent)
{
    const QList<JobId> ids = readJobs(*data);
    if (!canDropMimeData(data, action, row, column, parent) || ids.isEmpty())
        return false;
    const int first = place({Group::Waiting, -1e300, 0});
    const int target = std::max(row < 0 ? parent.row() : row, first);
    // Before the first waiting one from there on that does not move itself.
    JobId before = 0;
    for (int other = target; (before = waitingNeighbour(other, 0)) != 0; ++other) {
        if (!ids.contains(before))
            break;
    }
    Q_EMIT moveRequested(ids, before);
    return false;
}

} // namespace seedbook

#include "moc_QueueModel.cpp"
