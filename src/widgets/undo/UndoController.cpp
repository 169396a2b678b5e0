#include "widgets/undo/UndoController.h"

#include "core/Async.h"
#include "core/Counts.h"
#include "core/ErrorText.h"
#include "library/Library.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/Commands.h"
#include "widgets/common/PlainWords.h"
#include "widgets/live/PictureSelection.h"
#include "widgets/undo/UndoBar.h"

#include <QAction>
#include <QDir>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Fewer are moved before a line about them could be read.
constexpr qsizetype worthTelling = 300;

} // namespace

UndoController::UndoController(Library& library, PictureActions& actions,
    PictureSelection& selection, QWidget* neighbour, QWidget* window)
    : QObject(window)
    , m_library(library)
    , m_selection(selection)
    , m_history(new UndoHistory(this))
    , m_bar(new UndoBar(neighbour, window))
    , m_undo(makeAction(Command::Undo, this))
    , m_redo(makeAction(Command::Redo, this))
    , m_emptyRejected(makeAction(Command::EmptyRejected, this))
{
    for (QAction* action : {m_undo, m_redo})
        action->setAutoRepeat(true);
    actions.setLibraryFolder(library.folder());

    connect(&library, &Library::changed, this,
        [this](const LibraryChanges& changes) { m_tracker.follow(changes); });
    connect(&actions, &PictureActions::ratingRequested, this, &UndoController::rate);
    connect(&actions, &PictureActions::tagsRequested, this, &UndoController::changeTags);
    connect(
        &actions, &PictureActions::trashRequested, this, [this](const QList<PicturePtr>& pictures) {
            part(pictures, {}, {tr("&Undo move to trash"), tr("&Redo move to trash")});
        });
    connect(&actions, &PictureActions::moveRequested, this,
        [this](const QList<PicturePtr>& pictures, const QString& folder) {
            QString name = QDir(folder).dirName();
            name.replace(u'&', "&&"_L1);
            part(pictures, folder,
                {tr("&Undo move to “%1”").arg(name), tr("&Redo move to “%1”").arg(name)});
        });
    connect(m_undo, &QAction::triggered, m_history, &UndoHistory::undo);
    connect(m_redo, &QAction::triggered, m_history, &UndoHistory::redo);
    connect(m_emptyRejected, &QAction::triggered, this, &UndoController::offerEmptying);
    connect(m_history, &UndoHistory::changed, this, &UndoController::showNames);
    connect(m_history, &UndoHistory::ended, this, &UndoController::showEnd);
    connect(m_bar, &UndoBar::actionTriggered, this, &UndoController::goOn);
    // Where the last of the selected pictures goes, the one that takes its place is the next to
    // look at, as in the full view.
    connect(&selection, &PictureSelection::emptied, this, [this](int row) {
        if (m_runningMoves > 0)
            m_selection.selectNear(row);
    });
    showNames();
}

void UndoController::rate(const QList<PicturePtr>& pictures, int rating)
{
    auto step = std::make_unique<RatingStep>(StepTools{m_library, m_tracker}, pictures, rating);
    if (step->isEmpty())
        return;
    m_library.setRating(pictures, rating);
    m_bar->putAway();
    m_history->add(std::move(step));
}

void UndoController::changeTags(
    const QList<PicturePtr>& pictures, const QStringList& added, const QStringList& removed)
{
    auto step =
        std::make_unique<TagsStep>(StepTools{m_library, m_tracker}, pictures, added, removed);
    if (step->isEmpty())
        return;
    m_library.changeTags(pictures, added, removed);
    m_bar->putAway();
    m_history->add(std::move(step));
}

void UndoController::part(
    const QList<PicturePtr>& chosen, const QString& folder, const StepNames& names)
{
    // A key that is pressed again before a slow disk has done it is not meant once more.
    QList<PicturePtr> pictures;
    std::copy_if(chosen.cbegin(), chosen.cend(), std::back_inserter(pictures),
        [this](const PicturePtr& picture) { return !m_leaving.contains(picture->id); });
    if (pictures.isEmpty())
        return;
    if (folder.isEmpty()) {
        for (const PicturePtr& picture : std::as_const(pictures))
            m_leaving.insert(picture->id);
    }
    m_bar->putAway();
    ++m_runningMoves;
    const auto progress = [this, folder](qsizetype done, qsizetype all) {
        if (done >= all)
            return; // its end is told of
        const QLocale locale;
        m_bar->sayWorking(
            tr("Moving images: %1 of %2").arg(locale.toString(done), locale.toString(all)));
    };
    m_history->run(
        std::make_unique<MoveStep>(StepTools{m_library, m_tracker}, pictures, folder, names,
            pictures.size() >= worthTelling ? MoveStep::Progress(progress) : MoveStep::Progress()));
}

void UndoController::showNames()
{
    const auto show = [](QAction* action, const QString& verb, const QString& name) {
        action->setEnabled(!name.isEmpty());
        action->setText(name.isEmpty() ? verb : name);
    };
    show(m_undo, tr("&Undo"), m_history->undoName());
    show(m_redo, tr("&Redo"), m_history->redoName());
}

void UndoController::showEnd(UndoHistory::Way way, const StepEnd& end)
{
    if (way == UndoHistory::Way::Do && --m_runningMoves == 0)
        m_leaving.clear();
    m_offer = Offer::Nothing;
    const bool mayUndo = way != UndoHistory::Way::Undo && end.outcome == StepEnd::Outcome::Done;
    QString text = end.words;
    if (!end.problem.isEmpty())
        text += (text.isEmpty() ? QString() : u" "_s) + end.problem;
    if (way == UndoHistory::Way::Undo && end.outcome == StepEnd::Outcome::Nothing)
        text = tr("Cannot undo: %1").arg(text);
    if (text.isEmpty()) {
        m_bar->putAway();
    } else {
        const bool isProblem = !end.problem.isEmpty();
        const bool offersUndo = mayUndo && !end.words.isEmpty();
        m_bar->say(isProblem ? MessageLine::Kind::Problem : MessageLine::Kind::Note, text,
            offersUndo ? tr("Undo") : QString());
        m_offer = offersUndo ? Offer::Undo : Offer::Nothing;
        Q_EMIT told(offersUndo ? text + u' ' +
                                     tr("Press %1 to undo.")
                                         .arg(m_undo->shortcut().toString(QKeySequence::NativeText))
                               : text,
            isProblem);
    }
    if (way == UndoHistory::Way::Undo)
        m_selection.select(end.pictures);
}

void UndoController::goOn()
{
    switch (std::exchange(m_offer, Offer::Nothing)) {
    case Offer::Undo:
        m_history->undo();
        break;
    case Offer::Empty:
        emptyOffered();
        break;
    case Offer::Nothing:
        break;
    }
}

void UndoController::offerEmptying()
{
    whenDone(m_library.rejected(), this,
        [this](const Result<QList<PicturePtr>>& rejected) { showRejected(rejected); });
}

// The sum comes first: what was paid for them, and how much room they take.
void UndoController::showRejected(const Result<QList<PicturePtr>>& rejected)
{
    m_offer = Offer::Nothing;
    m_offered.clear();
    if (!rejected) {
        m_bar->say(MessageLine::Kind::Problem, sentence(rejected.error()));
        return;
    }
    if (rejected->isEmpty()) {
        m_bar->say(MessageLine::Kind::Note, tr("No images are rejected."));
        return;
    }
    qint64 bytes = 0;
    Money paid;
    for (const PicturePtr& picture : *rejected) {
        m_offered.insert(picture->id);
        bytes += picture->bytes;
        if (!picture->practice)
            paid += picture->price;
    }
    const QString size = QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
    const int count = pluralOf(rejected->size());
    m_bar->offer(paid > Money() ? tr("%Ln rejected image(s), %1. They cost %2.", nullptr, count)
                                      .arg(size, paid.shortText())
                                : tr("%Ln rejected image(s), %1.", nullptr, count).arg(size),
        tr("Move to trash"), tr("Cancel"));
    m_offer = Offer::Empty;
}

// Of those that were told of, the ones that still are rejected.
void UndoController::emptyOffered()
{
    whenDone(m_library.rejected(), this,
        [this, offered = std::exchange(m_offered, {})](const Result<QList<PicturePtr>>& rejected) {
            if (!rejected) {
                m_bar->say(MessageLine::Kind::Problem, sentence(rejected.error()));
                return;
            }
            QList<PicturePtr> still;
            std::copy_if(rejected->cbegin(), rejected->cend(), std::back_inserter(still),
                [&offered](const PicturePtr& picture) { return offered.contains(picture->id); });
            part(still, {},
                {tr("&Undo delete rejected images"), tr("&Redo delete rejected images")});
        });
}

} // namespace seedbook

#include "moc_UndoController.cpp"
