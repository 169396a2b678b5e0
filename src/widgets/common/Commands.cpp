#include "widgets/common/Commands.h"

#include "core/Words.h"

#include <QAction>
#include <QKeyEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

struct Entry
{
    Command command;
    KeyPlace place;
    QList<QKeySequence> keys;
    const char* what; // for the help
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

const QList<Entry>& table()
{
    using enum Command;
    using enum KeyPlace;
    static const QList<Entry> entries{
        {Generate, Everywhere, {ctrl(Qt::Key_Return), ctrl(Qt::Key_Enter)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Generate, from anywhere")},
        {GoToPrompt, Everywhere, {ctrl(Qt::Key_L)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Go to the prompt")},
        {GoToGallery, Everywhere, {ctrl(Qt::Key_G)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Go to the gallery")},
        {Find, Everywhere, {standard(QKeySequence::Find, ctrl(Qt::Key_F))},
            QT_TRANSLATE_NOOP("seedbook::Words", "Search; Return or ↓ goes to the results")},
        {ClearFilter, Everywhere, {ctrlShift(Qt::Key_F)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Show all images again")},
        {JumpToDate, Everywhere, {ctrl(Qt::Key_J)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Go to a date")},
        {Command::Undo, Everywhere, {ctrl(Qt::Key_Z)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Undo")},
        {Command::Redo, Everywhere, {ctrlShift(Qt::Key_Z)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Redo")},
        {Import, Everywhere, {ctrl(Qt::Key_I)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Import images")},
        {SaveAs, Everywhere, {ctrl(Qt::Key_S)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Save a copy of the selected images")},
        {CopyImage, Everywhere, {ctrlShift(Qt::Key_C)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Copy the selected images")},
        {ToggleQueue, Everywhere, {ctrlShift(Qt::Key_J)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Show or hide the queue")},
        {SecondWindow, Everywhere, {ctrlShift(Qt::Key_W)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Show or close the second window")},
        {Settings, Everywhere, {ctrl(Qt::Key_Comma)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Settings")},
        {Quit, Everywhere, {standard(QKeySequence::Quit, ctrl(Qt::Key_Q))},
            QT_TRANSLATE_NOOP("seedbook::Words", "Quit")},
        {Open, Gallery, {Qt::Key_Return, Qt::Key_Enter},
            QT_TRANSLATE_NOOP("seedbook::Words", "Open the full view")},
        {Rate, Gallery, {Qt::Key_0, Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5},
            QT_TRANSLATE_NOOP("seedbook::Words", "Rate, also in the full view")},
        {Reject, Gallery, {Qt::Key_X},
            QT_TRANSLATE_NOOP("seedbook::Words", "Reject, or take that back")},
        {EditTags, Gallery, {Qt::Key_T}, QT_TRANSLATE_NOOP("seedbook::Words", "Go to the tags")},
        {Trash, Gallery, {Qt::Key_Delete},
            QT_TRANSLATE_NOOP("seedbook::Words", "Move to trash, or dismiss a card")},
        {Previous, Viewer, {Qt::Key_Left, Qt::Key_PageUp, Qt::Key_Backspace},
            QT_TRANSLATE_NOOP("seedbook::Words", "Previous image")},
        {Next, Viewer, {Qt::Key_Right, Qt::Key_PageDown, Qt::Key_Space},
            QT_TRANSLATE_NOOP("seedbook::Words", "Next image")},
        {First, Viewer, {Qt::Key_Home}, QT_TRANSLATE_NOOP("seedbook::Words", "First image")},
        {Last, Viewer, {Qt::Key_End}, QT_TRANSLATE_NOOP("seedbook::Words", "Last image")},
        {PanUp, Viewer, {Qt::Key_Up}, QT_TRANSLATE_NOOP("seedbook::Words", "Move the image down")},
        {PanDown, Viewer, {Qt::Key_Down},
            QT_TRANSLATE_NOOP("seedbook::Words", "Move the image up")},
        {Fit, Viewer, {Qt::Key_F}, QT_TRANSLATE_NOOP("seedbook::Words", "Fit to the window")},
        {ActualSize, Viewer, {Qt::Key_Z}, QT_TRANSLATE_NOOP("seedbook::Words", "Actual size")},
        {ZoomIn, Viewer, {Qt::Key_Plus, Qt::Key_Equal},
            QT_TRANSLATE_NOOP("seedbook::Words", "Zoom in")},
        {ZoomOut, Viewer, {Qt::Key_Minus}, QT_TRANSLATE_NOOP("seedbook::Words", "Zoom out")},
        {ShowInfo, Viewer, {Qt::Key_I},
            QT_TRANSLATE_NOOP("seedbook::Words", "Show or hide the parameters")},
        {ViewOnSecond, Viewer, {Qt::Key_W},
            QT_TRANSLATE_NOOP("seedbook::Words", "Show or close the second window")},
        {FullScreen, Viewer, {Qt::Key_F11},
            QT_TRANSLATE_NOOP("seedbook::Words", "Full screen, in the second window")},
        {CloseSecond, Viewer, {ctrl(Qt::Key_W)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Close the second window")},
        {Leave, Viewer, {Qt::Key_Escape}, QT_TRANSLATE_NOOP("seedbook::Words", "Close the view")},
        {SendEarlier, Queue, {alt(Qt::Key_Up)},
            QT_TRANSLATE_NOOP("seedbook::Words", "Send earlier")},
        {SendLater, Queue, {alt(Qt::Key_Down)}, QT_TRANSLATE_NOOP("seedbook::Words", "Send later")},
        {SendNext, Queue, {alt(Qt::Key_Home)}, QT_TRANSLATE_NOOP("seedbook::Words", "Send next")},
        {CancelRequest, Queue, {Qt::Key_Delete},
            QT_TRANSLATE_NOOP("seedbook::Words", "Cancel the selected requests")},
        {CopyError, Queue, {standard(QKeySequence::Copy, ctrl(Qt::Key_C))},
            QT_TRANSLATE_NOOP("seedbook::Words", "Copy error")},
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

bool isKeyOf(const QKeyEvent& event, Command command)
{
    const auto modifiers =
        event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    const QKeyCombination plain(modifiers, Qt::Key(event.key()));
    const QKeyCombination shifted(modifiers | Qt::ShiftModifier, Qt::Key(event.key()));
    return keysOf(command).contains(QKeySequence(plain)) ||
           (event.modifiers().testFlag(Qt::ShiftModifier) &&
               keysOf(command).contains(QKeySequence(shifted)));
}

void giveKeys(QAction* action, Command command)
{
    action->setShortcuts(keysOf(command));
    action->setShortcutContext(
        placeOf(command) == KeyPlace::Everywhere ? Qt::WindowShortcut : Qt::WidgetShortcut);
}

void giveKey(QAction* action, Command command, int nth)
{
    giveKeys(action, command);
    action->setShortcut(keysOf(command).at(nth));
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
        QString keys = keyText(entry.keys.first());
        if (entry.command == Command::Rate)
            keys = Words::tr("%1 … %2").arg(keys, keyText(entry.keys.last()));
        rows.append({entry.place, keys, Words::tr(entry.what)});
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
