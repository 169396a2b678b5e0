#pragma once

#include <QStringList>

class QObject;

namespace seedbook {

// With whatever opens folders on this desktop.
void openFolder(const QString& folder);
// Asks the desktop's file manager to show the files selected in their folders; without one, opens
// the first one's folder with whatever opens folders. Does not wait. `context` bounds the waiting
// for the answer.
void revealInFileManager(const QStringList& paths, QObject* context);

} // namespace seedbook
