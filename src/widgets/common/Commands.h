#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

class QAction;
class QKeyEvent;

namespace seedbook {

// Whatever has a key. One table (Commands.cpp) says which, where it holds and what it is for; the
// actions get theirs from it, and the list of shortcuts is made of it. (What keys do in every list
// or text field is the field's affair.)
enum class Command {
    Generate,
    GoToPrompt,
    GoToGallery,
    Find,
    ClearFilter,
    JumpToDate,
    Undo,
    Redo,
    Import,
    SaveAs,
    CopyImage,
    ToggleQueue,
    SecondWindow,
    Settings,
    Quit,
    Open,
    Rate, // its keys are those of 0 … 5, in that order
    Reject,
    EditTags,
    Trash,
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
    SendEarlier,
    SendLater,
    SendNext,
    CancelRequest,
    CopyError,
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
// Gives the action its keys. Elsewhere than in the place they do nothing: it must be added to the
// widget that they hold on.
void giveKeys(QAction* action, Command command);
// The nth key alone, of commands that are several actions.
void giveKey(QAction* action, Command command, int nth);

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
