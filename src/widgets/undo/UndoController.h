#pragma once

#include "core/Result.h"
#include "widgets/undo/PictureSteps.h"
#include "widgets/undo/UndoHistory.h"

#include <QObject>
#include <QSet>

class QAction;
class QWidget;

namespace seedbook {

class Library;
class PictureActions;
class PictureSelection;
class UndoBar;

// Leads what a person does to pictures (rating, tags, parting with them) to the library, and
// remembers how to take it back.
class UndoController final : public QObject
{
    Q_OBJECT

public:
    // All must outlive it. Pictures that come back are selected. `neighbour` gets the focus that
    // the bar has when it goes.
    UndoController(Library& library, PictureActions& actions, PictureSelection& selection,
        QWidget* neighbour, QWidget* window);

    [[nodiscard]] UndoHistory* history() const { return m_history; }
    [[nodiscard]] UndoBar* bar() const { return m_bar; } // for below the pictures
    [[nodiscard]] QAction* undo() const { return m_undo; }
    [[nodiscard]] QAction* redo() const { return m_redo; }
    [[nodiscard]] QAction* emptyRejected() const { return m_emptyRejected; }

Q_SIGNALS:
    // How what was done or taken back went, for whoever does not see the bar.
    void told(const QString& words, bool isProblem);

private:
    void rate(const QList<PicturePtr>& pictures, int rating);
    void changeTags(
        const QList<PicturePtr>& pictures, const QStringList& added, const QStringList& removed);
    void part(const QList<PicturePtr>& chosen, const QString& folder, const StepNames& names);
    void offerEmptying();
    void showRejected(const Result<QList<PicturePtr>>& rejected);
    void emptyOffered();
    void showNames();
    void showEnd(UndoHistory::Way way, const StepEnd& end);
    void goOn();

    enum class Offer { Nothing, Undo, Empty };

    Library& m_library;
    PictureSelection& m_selection;
    PictureTracker m_tracker;
    UndoHistory* m_history; // its steps use the tracks
    UndoBar* m_bar;
    QAction* m_undo;
    QAction* m_redo;
    QAction* m_emptyRejected;
    Offer m_offer = Offer::Nothing; // what the bar's button does
    QSet<QUuid> m_offered;          // the rejected ones of which it tells
    int m_runningMoves = 0;         // steps that are taking pictures to other places
    QSet<QUuid> m_leaving;          // those of them that are on their way to the trash
};

} // namespace seedbook
