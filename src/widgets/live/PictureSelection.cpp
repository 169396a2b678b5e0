#include "widgets/live/PictureSelection.h"

#include <QItemSelectionModel>

#include <algorithm>

namespace seedbook {

void PictureSelection::setView(PictureListModel* list, QItemSelectionModel* items)
{
    if (list == m_list && items == m_items)
        return;
    for (QObject* before : {static_cast<QObject*>(m_list), static_cast<QObject*>(m_items)}) {
        if (before)
            before->disconnect(this);
    }
    m_list = list;
    m_items = items;
    if (m_list && m_items) {
        connect(m_items, &QItemSelectionModel::selectionChanged, this, &PictureSelection::tell);
        // Without a change of the selection where it moves within it.
        connect(m_items, &QItemSelectionModel::currentChanged, this, [this] {
            if (m_told != current())
                tell();
        });
        connect(m_list, &QAbstractItemModel::rowsInserted, this, &PictureSelection::refresh);
        connect(m_list, &QAbstractItemModel::rowsMoved, this, &PictureSelection::refresh);
        connect(m_list, &QAbstractItemModel::layoutChanged, this, &PictureSelection::refresh);
        connect(
            m_list, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first) {
                if (!m_items->hasSelection())
                    Q_EMIT emptied(first);
                refresh();
            });
        connect(m_list, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
                // Not for a thumbnail.
                if (roles.isEmpty() || roles.contains(PictureListModel::PictureRole))
                    refresh();
            });
    }
    tell();
}

QModelIndex PictureSelection::current() const
{
    if (!m_items || !m_items->hasSelection())
        return {};
    const QModelIndex current = m_items->currentIndex();
    return m_items->isSelected(current) ? current
                                        : m_list->index(m_items->selection().constFirst().top());
}

QList<QUuid> PictureSelection::pictures() const
{
    return m_items ? m_list->picturesIn(m_items->selection()) : QList<QUuid>();
}

void PictureSelection::load(const QList<QUuid>& ids, QObject* context,
    const std::function<void(const QList<PicturePtr>&)>& done) const
{
    if (m_list)
        m_list->live().load(ids, context, done);
    else
        done({});
}

QModelIndex PictureSelection::subjectIndex() const
{
    if (const QModelIndex chosen = current(); chosen.isValid() || !m_list)
        return chosen;
    if (m_subject.picture && m_isKept && m_isKept()) {
        const QModelIndex kept = m_list->indexOf(m_subject.picture->id);
        if (kept.isValid())
            return kept;
    }
    return m_list->newestPicture();
}

void PictureSelection::lookAtSubject()
{
    const QModelIndex index = subjectIndex();
    m_subject = {};
    if (!m_list)
        return;
    m_subject.picture = m_list->picture(index);
    m_subject.job = m_list->job(index);
    m_subject.isReading = m_list->isPicture(index) && !m_subject.picture;
}

void PictureSelection::refresh()
{
    lookAtSubject();
    Q_EMIT refreshed();
}

void PictureSelection::tell()
{
    m_told = current();
    lookAtSubject();
    Q_EMIT changed();
    Q_EMIT refreshed();
}

void PictureSelection::select(const QModelIndex& index)
{
    if (!index.isValid() || !m_items || index.model() != m_list)
        return;
    m_items->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    Q_EMIT revealRequested(index);
}

void PictureSelection::select(const QList<QUuid>& ids)
{
    if (ids.isEmpty() || !m_items)
        return;
    m_list->letIn(); // what is asked for is no arrival
    QList<int> rows;
    for (const QUuid& id : ids) {
        if (const QModelIndex index = m_list->indexOf(id); index.isValid())
            rows.append(index.row());
    }
    if (rows.isEmpty())
        return;
    QItemSelection selection;
    for (const auto& [first, last] : rowRanges(rows))
        selection.append(QItemSelectionRange(m_list->index(first), m_list->index(last)));
    const QModelIndex first = selection.constFirst().topLeft();
    m_items->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    m_items->select(selection, QItemSelectionModel::ClearAndSelect);
    Q_EMIT revealRequested(first);
}

void PictureSelection::selectNear(int row)
{
    if (m_items && m_list->rowCount() > 0)
        m_items->setCurrentIndex(m_list->index(std::min(row, m_list->rowCount() - 1)),
            QItemSelectionModel::ClearAndSelect);
}

} // namespace seedbook

#include "moc_PictureSelection.cpp"
