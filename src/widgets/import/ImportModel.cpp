#include "widgets/import/ImportModel.h"

#include "core/Async.h"
#include "core/ErrorText.h"
#include "widgets/common/PlainWords.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentMap>
#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

ImportModel::ImportModel(const ModelCatalog& models, IsKnown isKnown, QObject* parent)
    : TableModel({tr("File"), tr("Made with"), tr("Prompt"), tr("Seed"), tr("Status")}, parent)
    , m_models(models)
    , m_isKnown(std::move(isKnown))
    , m_stop(std::make_shared<std::atomic_bool>(false))
{
}

// What is being read is read to its end, and told to nobody.
ImportModel::~ImportModel()
{
    *m_stop = true;
    for (QFutureWatcher<ImportSummary>* reading : std::as_const(m_readings))
        reading->cancel();
}

void ImportModel::add(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    ++m_walks;
    Q_EMIT progressed();
    const int room = mostImportFiles - static_cast<int>(m_rows.size());
    const auto walk = QtConcurrent::run(&importPool(),
        [paths, room, stop = m_stop] { return findPictureFiles(paths, room, *stop); });
    whenDone(walk, this, [this](const FilesToReview& files) {
        --m_walks;
        m_capped = m_capped || files.more;
        read(files);
        Q_EMIT progressed();
    });
}

void ImportModel::read(const FilesToReview& files)
{
    QStringList fresh;
    for (const QString& path : files.paths) {
        if (m_paths.contains(path) || m_rows.size() + fresh.size() >= mostImportFiles)
            continue;
        m_paths.insert(path);
        fresh.append(path);
    }
    if (fresh.isEmpty())
        return;
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    for (const QString& path : std::as_const(fresh))
        m_rows.append({path, {}, Place::Elsewhere, {}});
    endInsertRows();
    auto* reading = new QFutureWatcher<ImportSummary>(this);
    m_readings.append(reading);
    connect(reading, &QFutureWatcherBase::resultsReadyAt, this,
        [this, reading, first](int begin, int end) {
            for (int i = begin; i < end; ++i)
                take(first + i, reading->resultAt(i));
            Q_EMIT dataChanged(index(first + begin, 0), index(first + end - 1, ColumnCount - 1));
            Q_EMIT progressed();
        });
    reading->setFuture(QtConcurrent::mapped(&importPool(), fresh,
        [models = m_models](const QString& path) { return glanceAt(path, models); }));
}

void ImportModel::take(int row, const ImportSummary& glance)
{
    m_rows[row].glance = glance;
    if (!glance.id.isNull() && m_isKnown(glance.id))
        m_rows[row].place = Place::InLibrary;
    ++m_read;
}

int ImportModel::count(ImportSummary::Kind kind) const
{
    return static_cast<int>(std::count_if(
        m_rows.begin(), m_rows.end(), [kind](const Row& row) { return row.glance.kind == kind; }));
}

int ImportModel::incompatibleCount() const
{
    return static_cast<int>(std::count_if(
        m_rows.begin(), m_rows.end(), [](const Row& row) { return row.glance.incompatible > 0; }));
}

void ImportModel::setPlace(int row, Place place, const Error& error)
{
    m_rows[row].place = place;
    m_rows[row].placeError = error;
    Q_EMIT dataChanged(index(row, State), index(row, State));
}

QVariant ImportModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows.at(index.row());
    const auto text = [&]() -> QString {
        switch (index.column()) {
        case File:
            return QFileInfo(row.path).fileName();
        case MadeWith:
            return row.glance.source;
        case Prompt:
            return row.glance.prompt;
        case SeedColumn:
            return row.glance.seed;
        case State:
            return stateText(row);
        default:
            return {};
        }
    };
    if (role == Qt::DisplayRole)
        return text().replace(u'\n', u' '); // a file's name may hold one
    if (role == Qt::ToolTipRole) {
        const QString tip = index.column() == File ? QDir::toNativeSeparators(row.path) : text();
        return tip.isEmpty() ? QVariant() : plainTip(tip);
    }
    return {};
}

QString ImportModel::stateText(const Row& row) const
{
    QStringList words;
    switch (row.glance.kind) {
    case ImportSummary::Kind::Waiting:
        return tr("Reading…");
    case ImportSummary::Kind::Found:
        words.append(row.glance.incompatible == 0
                         ? tr("Compatible")
                         : tr("%n incompatible value(s)", nullptr, row.glance.incompatible));
        break;
    case ImportSummary::Kind::NotReadable:
        words.append(tr("Unreadable parameters"));
        break;
    case ImportSummary::Kind::Nothing:
        words.append(tr("No parameters"));
        break;
    case ImportSummary::Kind::CouldNotRead: {
        const Error& error = row.glance.error;
        words.append(tr("Could not read: %1")
                         .arg(error.detail.isEmpty() ? describe(error).what : error.detail));
        break;
    }
    }
    switch (row.place) {
    case Place::Elsewhere:
        break;
    case Place::InLibrary:
        words.append(tr("Already in the library"));
        break;
    case Place::Adding:
        words.append(tr("Adding…"));
        break;
    case Place::Added:
        words.append(tr("Added"));
        break;
    case Place::Refused:
        words.append(tr("Not added: %1").arg(describe(row.placeError).what));
        break;
    }
    return words.join(u" · "_s);
}

} // namespace seedbook

#include "moc_ImportModel.cpp"
