#pragma once

#include "widgets/live/PictureListModel.h"

#include <QObject>
#include <QPersistentModelIndex>
#include <QPointer>

#include <functional>

class QItemSelectionModel;

namespace seedbook {

// What is chosen on the page in front: a current picture or tile, and all that are chosen with it.
// Panel, actions, undo and viewers are given this one object and need not know which page it is of.
//
// What is done to one thing (open, use, run again) is done to the subject: the current one or,
// where nothing is chosen, the list's newest picture.
class PictureSelection final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // What counts from now on; null for both: nothing is chosen, and nothing can be.
    void setView(PictureListModel* list, QItemSelectionModel* items);
    [[nodiscard]] PictureListModel* list() const { return m_list; }
    // Invalid: nothing is chosen.
    [[nodiscard]] QModelIndex current() const;
    // Those that are chosen, in their order; tiles are left out.
    [[nodiscard]] QList<QUuid> pictures() const;
    // All of these, once they are read; at once and none without a list.
    void load(const QList<QUuid>& ids, QObject* context,
        const std::function<void(const QList<PicturePtr>&)>& done) const;

    struct Subject
    {
        PicturePtr picture; // at most one of the two
        JobPtr job;
        bool isReading = false; // it is a picture, which is not in memory yet
        friend bool operator==(const Subject&, const Subject&) = default;
    };
    [[nodiscard]] const Subject& subject() const { return m_subject; }
    // While this says so, the subject stays the same picture where nothing is chosen, whatever
    // arrives.
    void keepSubjectWhile(std::function<bool()> isKept) { m_isKept = std::move(isKept); }
    // Looks again, where that may have ended.
    void refresh();

    // These alone, and brings them into view. What the list holds back comes in.
    void select(const QModelIndex& index);
    void select(const QList<QUuid>& ids);
    // The one that is in that row now, or the last.
    void selectNear(int row);

Q_SIGNALS:
    // Current or chosen are others; refreshed() follows.
    void changed();
    // Anything of the list changed: the subject may be another, or in another state.
    void refreshed();
    // Rows went, from this one on, and nothing is chosen by now.
    void emptied(int row);
    void revealRequested(const QModelIndex& index);

private:
    [[nodiscard]] QModelIndex subjectIndex() const;
    void lookAtSubject();
    void tell();

    QPointer<PictureListModel> m_list;
    QPointer<QItemSelectionModel> m_items;
    QPersistentModelIndex m_told; // the current one, at the last changed()
    Subject m_subject;
    std::function<bool()> m_isKept;
};

} // namespace seedbook
