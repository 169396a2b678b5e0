#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace seedbook {

// Told by the system (inotify) of what happens to the picture files in a folder and below, on a
// thread of its own. Files count when they are closed, so that none is told of half-written.
// Hidden names are passed over and links are not followed, but for the folder itself. A folder that
// is not there, or is another one now, is waited for.
//
// What the system does not tell of (another machine's changes on a network's disk, or more folders
// than it lets us watch) has to be looked for by others.
class FolderWatcher final
{
public:
    // Called on the watcher's thread.
    struct Listener
    {
        // Files and folders, by their paths below the watched one, that came, went or changed;
        // gathered for a moment. Sidecars are among them.
        std::function<void(const QStringList& paths)> changed;
        // Anything may have happened: told once it watches, and where events were lost.
        std::function<void()> lost;
    };
    FolderWatcher(const QString& folder, Listener listener);
    ~FolderWatcher();
    Q_DISABLE_COPY_MOVE(FolderWatcher)

    // For when there is reason to doubt that the folder is the one that is watched: a disk may have
    // been put in its place. Returns at once.
    void check();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace seedbook
