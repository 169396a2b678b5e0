#include "widgets/window/MainMenus.h"

#include "core/Words.h"
#include "widgets/common/Commands.h"
#include "widgets/common/MenuGuard.h"

#include <QMenuBar>
#include <QWidget>

#include <optional>

namespace seedbook {

namespace {

struct Menu
{
    QString title;
    QList<std::optional<Command>> items; // none: a separator
};

const std::optional<Command> line; // a separator

QList<Menu> menus()
{
    using enum Command;
    return {
        {Words::tr("&File"), {Generate, line, ImportFiles, ImportFolder, line, SaveAs, ExportClean,
                                 Reveal, line, SpendingLog, Command::Settings, line, Quit}},
        {Words::tr("&Edit"), {Command::Undo, Redo, line, Find, ClearFilter}},
        {Words::tr("&Picture"), {Open, UseAll, Remix, UseSeed, RunAgain, line, RateMenu, EditTags,
                                    line, MoveTo, Trash, EmptyRejected, line, CopyImage, CopyClean,
                                    CopySeed, CopyPrompt, CopyBase64, CopyDataUri}},
        {Words::tr("&View"), {ToggleCompose, TogglePicture, ToggleQueue, Command::SecondWindow,
                                 line, DateMenu, GoToPrompt, GoToGallery}},
        {Words::tr("&Help"), {ShowShortcuts, ShowAbout}},
    };
}

} // namespace

void fillMenus(QMenuBar& bar, const QWidget& window)
{
    const QList<QAction*> actions = window.findChildren<QAction*>();
    for (const Menu& menu : menus()) {
        QMenu* filled = bar.addMenu(menu.title);
        MenuGuard::protect(filled); // some of them pay
        for (const std::optional<Command>& item : menu.items) {
            if (!item)
                filled->addSeparator();
            else if (QAction* action = actionOf(actions, *item))
                filled->addAction(action);
        }
    }
}

} // namespace seedbook
