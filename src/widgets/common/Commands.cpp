#include "widgets/common/Commands.h"

#include "core/Words.h"
#include "widgets/common/Icons.h"
#include "widgets/common/PlainWords.h"

#include <QAction>
#include <QKeyEvent>
#include <QVariant>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr auto commandProperty = "command";
constexpr auto nthProperty = "nthOfCommand";

struct Entry
{
    Command command;
    KeyPlace place;
    QList<QKeySequence> keys;
    QStringView icon;
    QString text; // of menus and buttons; empty: it is a key's or a button's alone
    QString tip;
    QString help; // in the list of shortcuts; for those that have keys
};

QKeySequence ctrl(int key)
{
    return QKeySequence(Qt::CTRL | Qt::Key(key));
}

QKeySequence ctrlShift(int key)
{
    return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key(key));
}

QKeySequence alt(int key)
{
    return QKeySequence(Qt::ALT | Qt::Key(key));
}

// The desktop's own key for it, where it has one.
QKeySequence standard(QKeySequence::StandardKey key, const QKeySequence& otherwise)
{
    const QKeySequence told(key);
    return told.isEmpty() ? otherwise : told;
}

// In the order of the list of shortcuts.
const QList<Entry>& table()
{
    using enum KeyPlace;
    static const QList<Entry> entries{
        {Command::Generate, Everywhere, {ctrl(Qt::Key_Return), ctrl(Qt::Key_Enter)}, u"generate",
            Words::tr("&Generate"), {}, Words::tr("Generate, from anywhere")},
        {Command::ImportFiles, Everywhere, {ctrl(Qt::Key_I)}, {}, Words::tr("&Import…"),
            Words::tr("Read parameters from image files and add them to the library"),
            Words::tr("Import images")},
        {Command::ImportFolder, Everywhere, {}, {}, Words::tr("Import &folder…"),
            Words::tr("Import all images in a folder and its subfolders"), {}},
        {Command::SaveAs, Everywhere, {ctrl(Qt::Key_S)}, {}, Words::tr("Save as…"),
            Words::tr("Save a copy of the picture's file, byte for byte"),
            Words::tr("Save a copy of the selected images")},
        {Command::ExportClean, Everywhere, {}, {}, Words::tr("Export clean…"),
            Words::tr("Save a copy of the picture alone: without prompt, settings, seed, rating, "
                      "tags, times and whatever else the file tells of its making"),
            {}},
        {Command::Reveal, Everywhere, {}, {}, Words::tr("Reveal in folder"),
            Words::tr("Show the file in the file manager"), {}},
        {Command::SpendingLog, Everywhere, {}, {}, Words::tr("Spending &log…"), {}, {}},
        {Command::Settings, Everywhere, {ctrl(Qt::Key_Comma)}, u"settings", Words::tr("S&ettings…"),
            {}, Words::tr("Settings")},
        {Command::Quit, Everywhere, {standard(QKeySequence::Quit, ctrl(Qt::Key_Q))}, {},
            Words::tr("&Quit"), {}, Words::tr("Quit")},
        {Command::Undo, Everywhere, {ctrl(Qt::Key_Z)}, {}, Words::tr("&Undo"), {},
            Words::tr("Undo")},
        {Command::Redo, Everywhere, {ctrlShift(Qt::Key_Z)}, {}, Words::tr("&Redo"), {},
            Words::tr("Redo")},
        {Command::Find, Everywhere, {standard(QKeySequence::Find, ctrl(Qt::Key_F))}, {},
            Words::tr("&Find pictures"),
            Words::tr("Words that must all be found, anywhere in prompt, tags or seed"),
            Words::tr("Search; Return or ↓ goes to the results")},
        {Command::ClearFilter, Everywhere, {ctrlShift(Qt::Key_F)}, {}, Words::tr("Clear filters"),
            Words::tr("Show all pictures"), Words::tr("Show all images again")},
        {Command::Open, Gallery, {Qt::Key_Return, Qt::Key_Enter}, {}, Words::tr("Open"),
            Words::tr("Let the picture fill the window"), Words::tr("Open the full view")},
        {Command::UseAll, Everywhere, {}, {}, Words::tr("Use all"),
            Words::tr("Put every parameter, the seed too, into Compose"), {}},
        {Command::Remix, Everywhere, {}, {}, Words::tr("Remix"),
            Words::tr("Put every parameter but the seed into Compose"), {}},
        {Command::UseSeed, Everywhere, {}, {}, Words::tr("Use seed"),
            Words::tr("Pin this seed in Compose and leave the rest as it is"), {}},
        {Command::RunAgain, Everywhere, {}, {}, Words::tr("Run again"),
            Words::tr("Send the same request again, with the same seed, as it was"), {}},
        {Command::RateMenu, Everywhere, {}, {}, Words::tr("Rating"), {}, {}},
        {Command::Rate, Gallery, {Qt::Key_0, Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5},
            {}, Words::tr("Rating"), Words::tr("Rate what is selected"),
            Words::tr("Rate, also in the full view")},
        {Command::Reject, Gallery, {Qt::Key_X}, {}, Words::tr("Reject"),
            Words::tr("Mark what is selected as rejected, or take that back"),
            Words::tr("Reject, or take that back")},
        {Command::EditTags, Gallery, {Qt::Key_T}, {}, Words::tr("Tags…"),
            Words::tr("Add tags to what is selected, or take them off"),
            Words::tr("Go to the tags")},
        {Command::MoveTo, Everywhere, {}, {}, Words::tr("Move to folder…"),
            Words::tr("Move what is selected to a folder of the library"), {}},
        {Command::Trash, Gallery, {Qt::Key_Delete}, {}, Words::tr("Move to trash"),
            Words::tr("Move what is selected to the desktop's trash"),
            Words::tr("Move to trash, or dismiss a request")},
        {Command::EmptyRejected, Everywhere, {}, {}, Words::tr("&Delete rejected images…"),
            Words::tr("Move all rejected images to the trash"), {}},
        {Command::CopyImage, Everywhere, {ctrlShift(Qt::Key_C)}, {}, Words::tr("Copy image"),
            Words::tr("Put the picture on the clipboard"), Words::tr("Copy the selected images")},
        {Command::CopyClean, Everywhere, {}, {}, Words::tr("Copy clean"),
            Words::tr("Put the picture alone on the clipboard: without prompt, settings, seed, "
                      "rating, tags, times and whatever else the file tells of its making"),
            {}},
        {Command::CopySeed, Everywhere, {}, {}, Words::tr("Copy seed"),
            Words::tr("Put the seed on the clipboard"), {}},
        {Command::CopyPrompt, Everywhere, {}, {}, Words::tr("Copy prompt"),
            Words::tr("Put the prompt on the clipboard"), {}},
        {Command::CopyBase64, Everywhere, {}, {}, Words::tr("Copy as base64"),
            Words::tr("Put the picture's file on the clipboard as base64 text"), {}},
        {Command::CopyDataUri, Everywhere, {}, {}, Words::tr("Copy as data URI"),
            Words::tr("Put the picture's file on the clipboard as text that a page can embed"), {}},
        {Command::Retry, Everywhere, {}, {}, Words::tr("Retry"),
            Words::tr("Send the same request again"), {}},
        {Command::Cancel, Everywhere, {}, {}, Words::tr("Cancel"),
            Words::tr("Remove from the queue. Nothing was sent or charged."), {}},
        {Command::Dismiss, Everywhere, {}, {}, Words::tr("Dismiss"),
            Words::tr("Remove from the gallery. It stays in the spending log."), {}},
        {Command::ResumeQueue, Everywhere, {}, {}, Words::tr("Resume queue"),
            Words::tr("Send all waiting requests"), {}},
        {Command::ToggleCompose, Everywhere, {}, {}, Words::tr("Compose"), {}, {}},
        {Command::TogglePicture, Everywhere, {}, {}, Words::tr("Picture"), {}, {}},
        {Command::ToggleQueue, Everywhere, {ctrlShift(Qt::Key_J)}, {}, Words::tr("Queue"),
            Words::tr("Show or hide the queue"), Words::tr("Show or hide the queue")},
        {Command::SecondWindow, Everywhere, {ctrlShift(Qt::Key_W)}, {},
            Words::tr("Show on &second window"),
            Words::tr("Show the selected picture in a second window too, on another screen if "
                      "there is one"),
            Words::tr("Show or close the second window")},
        {Command::DateMenu, Everywhere, {}, {}, Words::tr("Jump to"), {}, {}},
        {Command::GoToDate, Everywhere, {ctrl(Qt::Key_J)}, {}, Words::tr("Jump to a date"), {},
            Words::tr("Go to a date")},
        {Command::GoToPrompt, Everywhere, {ctrl(Qt::Key_L)}, {}, Words::tr("Go to the &prompt"), {},
            Words::tr("Go to the prompt")},
        {Command::GoToGallery, Everywhere, {ctrl(Qt::Key_G)}, {}, Words::tr("Go to the &gallery"),
            {}, Words::tr("Go to the gallery")},
        {Command::ShowShortcuts, Everywhere, {}, {}, Words::tr("&Keyboard shortcuts"), {}, {}},
        {Command::ShowAbout, Everywhere, {}, {}, Words::tr("&About Seedbook"), {}, {}},
        {Command::ClearSelection, Gallery, {Qt::Key_Escape}, {}, {}, {},
            Words::tr("Select nothing")},
        {Command::Previous, Viewer, {Qt::Key_Left, Qt::Key_PageUp, Qt::Key_Backspace}, u"previous",
            {}, Words::tr("The newer picture"), Words::tr("Previous image")},
        {Command::Next, Viewer, {Qt::Key_Right, Qt::Key_PageDown, Qt::Key_Space}, u"next", {},
            Words::tr("The older picture"), Words::tr("Next image")},
        {Command::First, Viewer, {Qt::Key_Home}, {}, {}, {}, Words::tr("First image")},
        {Command::Last, Viewer, {Qt::Key_End}, {}, {}, {}, Words::tr("Last image")},
        {Command::PanUp, Viewer, {Qt::Key_Up}, {}, {}, {}, Words::tr("Move the image down")},
        {Command::PanDown, Viewer, {Qt::Key_Down}, {}, {}, {}, Words::tr("Move the image up")},
        {Command::Fit, Viewer, {Qt::Key_F}, {}, {}, Words::tr("The whole picture"),
            Words::tr("Fit to the window")},
        {Command::ActualSize, Viewer, {Qt::Key_Z}, {}, {},
            Words::tr("One pixel of the picture to one of the screen"), Words::tr("Actual size")},
        {Command::ZoomIn, Viewer, {Qt::Key_Plus, Qt::Key_Equal}, {}, {}, Words::tr("Larger"),
            Words::tr("Zoom in")},
        {Command::ZoomOut, Viewer, {Qt::Key_Minus}, {}, {}, Words::tr("Smaller"),
            Words::tr("Zoom out")},
        {Command::ShowInfo, Viewer, {Qt::Key_I}, u"info", {},
            Words::tr("What made the picture, over the picture"),
            Words::tr("Show or hide the parameters")},
        {Command::ViewOnSecond, Viewer, {Qt::Key_W}, u"second-window", {},
            Words::tr("Show the picture in a second window too, on another screen if there is one"),
            Words::tr("Show or close the second window")},
        {Command::FullScreen, Viewer, {Qt::Key_F11}, {}, {}, {},
            Words::tr("Full screen, in the second window")},
        {Command::CloseSecond, Viewer, {ctrl(Qt::Key_W)}, {}, {}, {},
            Words::tr("Close the second window")},
        {Command::Leave, Viewer, {Qt::Key_Escape}, u"close", {}, Words::tr("Back to the gallery"),
            Words::tr("Close the view")},
        {Command::PauseQueue, Queue, {}, {}, Words::tr("Pause"),
            Words::tr("Send nothing more; what is out goes on"), {}},
        {Command::SendEarlier, Queue, {alt(Qt::Key_Up)}, {}, Words::tr("Move up"),
            Words::tr("Send earlier"), Words::tr("Send earlier")},
        {Command::SendLater, Queue, {alt(Qt::Key_Down)}, {}, Words::tr("Move down"),
            Words::tr("Send later"), Words::tr("Send later")},
        {Command::SendNext, Queue, {alt(Qt::Key_Home)}, {}, Words::tr("To the top"),
            Words::tr("Send next"), Words::tr("Send next")},
        {Command::CancelRequests, Queue, {Qt::Key_Delete}, u"cancel", Words::tr("Cancel"), {},
            Words::tr("Cancel the selected requests")},
        {Command::RetryRequests, Queue, {}, u"retry", Words::tr("Retry"),
            Words::tr("Send the selected requests again"), {}},
        {Command::CopyError, Queue, {standard(QKeySequence::Copy, ctrl(Qt::Key_C))}, u"copy",
            Words::tr("Copy error"), Words::tr("Put what went wrong on the clipboard"),
            Words::tr("Copy error")},
        {Command::ClearFinished, Queue, {}, u"dismiss", Words::tr("Clear finished"),
            Words::tr("Take what is done or cancelled off this list; the ledger keeps it"), {}},
    };
    return entries;
}

const Entry& entryOf(Command command)
{
    const auto found = std::ranges::find(table(), command, &Entry::command);
    Q_ASSERT(found != table().end());
    return *found;
}

} // namespace

const QList<QKeySequence>& keysOf(Command command)
{
    return entryOf(command).keys;
}

KeyPlace placeOf(Command command)
{
    return entryOf(command).place;
}

int keyIndex(const QKeyEvent& event, Command command)
{
    const auto modifiers =
        event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    const QKeyCombination plain(modifiers, Qt::Key(event.key()));
    const QKeyCombination shifted(modifiers | Qt::ShiftModifier, Qt::Key(event.key()));
    const qsizetype place = keysOf(command).indexOf(QKeySequence(plain));
    if (place < 0 && event.modifiers().testFlag(Qt::ShiftModifier))
        return static_cast<int>(keysOf(command).indexOf(QKeySequence(shifted)));
    return static_cast<int>(place);
}

bool isKeyOf(const QKeyEvent& event, Command command)
{
    return keyIndex(event, command) >= 0;
}

QAction* makeAction(Command command, QObject* parent, int nth)
{
    const Entry& entry = entryOf(command);
    auto* action = new QAction(parent);
    action->setAutoRepeat(false); // a key that is held acts on what was chosen, not on what follows
    makeInto(action, command);
    if (!entry.icon.isEmpty())
        action->setIcon(themedIcon(entry.icon));
    setWords(action, entry.text, entry.tip);
    if (nth >= 0) {
        action->setShortcut(entry.keys.at(nth));
        action->setProperty(nthProperty, nth);
    }
    return action;
}

void makeInto(QAction* action, Command command)
{
    action->setProperty(commandProperty, static_cast<int>(command));
    action->setShortcuts(keysOf(command));
    action->setShortcutContext(
        placeOf(command) == KeyPlace::Everywhere ? Qt::WindowShortcut : Qt::WidgetShortcut);
}

void setWords(QAction* action, const QString& text, const QString& tip)
{
    action->setText(text);
    action->setToolTip(plainTip(tip));
    action->setStatusTip(tip);
}

QAction* actionOf(const QList<QAction*>& actions, Command command, int nth)
{
    const auto found = std::ranges::find_if(actions, [&](const QAction* action) {
        const QVariant which = action->property(commandProperty);
        const QVariant place = action->property(nthProperty);
        return which.isValid() && which.toInt() == static_cast<int>(command) &&
               (place.isValid() ? place.toInt() : -1) == nth;
    });
    return found == actions.end() ? nullptr : *found;
}

QString tipOf(Command command)
{
    const Entry& entry = entryOf(command);
    return entry.keys.isEmpty() ? entry.tip
                                : Words::tr("%1 (%2)").arg(entry.tip, keyText(entry.keys.first()));
}

QStringView iconOf(Command command)
{
    return entryOf(command).icon;
}

QString keyText(const QKeySequence& keys)
{
    QString text = keys.toString(QKeySequence::NativeText);
    if (text == "-"_L1)
        return u"−"_s;
    for (const auto& [name, sign] : {std::pair("Left"_L1, u"←"_s), {"Right"_L1, u"→"_s},
             {"Up"_L1, u"↑"_s}, {"Down"_L1, u"↓"_s}}) {
        // Not of "PgUp".
        if (text == name || text.endsWith(u'+' + QString(name)))
            text.replace(text.size() - name.size(), name.size(), sign);
    }
    return text;
}

QList<KeyHelp> keyHelp()
{
    QList<KeyHelp> rows;
    for (const Entry& entry : table()) {
        if (entry.keys.isEmpty())
            continue;
        QString keys = keyText(entry.keys.first());
        if (entry.command == Command::Rate)
            keys = Words::tr("%1 … %2").arg(keys, keyText(entry.keys.last()));
        rows.append({entry.place, keys, entry.help});
    }
    return rows;
}

QString placeName(KeyPlace place)
{
    switch (place) {
    case KeyPlace::Everywhere:
        return Words::tr("Anywhere");
    case KeyPlace::Gallery:
        return Words::tr("Gallery");
    case KeyPlace::Viewer:
        return Words::tr("Full view and second window");
    case KeyPlace::Queue:
        return Words::tr("Queue");
    }
    return {};
}

} // namespace seedbook
