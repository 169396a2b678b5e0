#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

class QAction;
class QKeyEvent;
class QObject;

namespace seedbook {

// Whatever a person can tell the window to do, by a menu, a button or a key. One table
// (Commands.cpp) says what it is called, what it is for, which keys it has and where they hold:
// actions, menus, tool tips and the list of shortcuts are made of it. (What keys do in every list
// or text field is the field's affair.)
enum class Command {
    Generate,
    ImportFiles,
    ImportFolder,
    SaveAs,
    ExportClean,
    Reveal,
    SpendingLog,
    Settings,
    Quit,
    Undo, // its text is the step's
    Redo,
    Find,
    ClearFilter,
    Open,
    UseAll,
    Remix,
    UseSeed,
    RunAgain,
    RateMenu,
    Rate, // six actions, of 0 … 5, with a key each
    Reject,
    EditTags,
    MoveTo,
    Trash,
    EmptyRejected,
    CopyImage,
    CopyClean,
    CopySeed,
    CopyPrompt,
    CopyBase64,
    CopyDataUri,
    Retry, // these four are worded by the request
    Cancel,
    Dismiss,
    ResumeQueue,
    ToggleCompose,
    TogglePicture,
    ToggleQueue,
    SecondWindow,
    DateMenu,
    GoToDate,
    GoToPrompt,
    GoToGallery,
    ShowShortcuts,
    ShowAbout,
    ClearSelection,
    Previous,
    Next,
    First,
    Last,
    PanUp,
    PanDown,
    Fit,
    ActualSize,
    ZoomIn,
    ZoomOut,
    ShowInfo,
    ViewOnSecond,
    FullScreen,
    CloseSecond,
    Leave,
    PauseQueue,
    SendEarlier,
    SendLater,
    SendNext,
    CancelRequests,
    RetryRequests,
    CopyError,
    ClearFinished,
};

// Where a command's keys mean it.
enum class KeyPlace {
    Everywhere, // in the main window
    Gallery,    // with the focus on its pictures; those that are a picture's in the viewers, too
    Viewer,     // full view and second window
    Queue,      // with the focus on its table
};

[[nodiscard]] const QList<QKeySequence>& keysOf(Command command);
[[nodiscard]] KeyPlace placeOf(Command command);
// Whether this press means the command, for widgets without actions. Ctrl, Alt and Meta must be as
// the table says; Shift, without which some keyboards have no plus, may be held where it says
// nothing of it.
[[nodiscard]] bool isKeyOf(const QKeyEvent& event, Command command);
// Which of the keys it is, by its place in the table; −1: none of them.
[[nodiscard]] int keyIndex(const QKeyEvent& event, Command command);
// An action with what the table says: text, icon, tool tip, status tip and keys. A key that is held
// does not trigger it again. Elsewhere than in their place keys do nothing: the action must be
// added to the widget that they hold on. `nth`: which of several actions of a command, which has
// the nth key alone.
[[nodiscard]] QAction* makeAction(Command command, QObject* parent, int nth = -1);
// For an action that somebody else made, with a text of its own.
void makeInto(QAction* action, Command command);
// Words that are told at the moment, in the place of the table's.
void setWords(QAction* action, const QString& text, const QString& tip);
// The action of this command among those of a window; null where there is none.
[[nodiscard]] QAction* actionOf(const QList<QAction*>& actions, Command command, int nth = -1);
// For a button that does it without an action: "The whole picture (F)"; the icon's name.
[[nodiscard]] QString tipOf(Command command);
[[nodiscard]] QStringView iconOf(Command command);

// "Ctrl+Return", "←": as people read it.
[[nodiscard]] QString keyText(const QKeySequence& keys);

// For the list of shortcuts, in the table's order.
struct KeyHelp
{
    KeyPlace place = KeyPlace::Everywhere;
    QString keys; // "Ctrl+Return", "0 … 5"
    QString what;
};
[[nodiscard]] QList<KeyHelp> keyHelp();
[[nodiscard]] QString placeName(KeyPlace place);

} // namespace seedbook
