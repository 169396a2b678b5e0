#pragma once

#include <QList>
#include <QString>
#include <QUuid>

#include <functional>

class QObject;

namespace seedbook {

// Whole phrases with their mnemonic, since many languages inflect the noun: "&Undo rating".
struct StepNames
{
    QString undo;
    QString redo;
};

// How it went to do, undo or redo a step.
struct StepEnd
{
    enum class Outcome {
        Done,    // at least a part of it
        Stays,   // not now; it may be tried again
        Nothing, // and it never will be
    };
    Outcome outcome = Outcome::Done;
    QString words;         // what was done, where that is not plain to see
    QString problem;       // a sentence about what was not
    QList<QUuid> pictures; // those that came back
};

// Something that a person did to pictures and can take back. All calls come in the GUI thread; the
// ends may come later, there too, and not at all once `context` is gone.
class UndoStep
{
public:
    UndoStep() = default;
    virtual ~UndoStep() = default;
    Q_DISABLE_COPY_MOVE(UndoStep)

    // What the menu says of it.
    [[nodiscard]] virtual StepNames names() const = 0;
    using End = std::function<void(const StepEnd&)>;
    virtual void undo(QObject* context, const End& end) = 0;
    virtual void redo(QObject* context, const End& end) = 0; // does it the first time, too
};

} // namespace seedbook
