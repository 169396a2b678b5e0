#pragma once

#include "core/Picture.h"
#include "core/Result.h"

#include <QObject>
#include <QPointer>

class QLabel;
class QWidget;

namespace seedbook {

class Library;
class NoticeBar;
class TagEditor;
class UnreadableDialog;

// Tells in the window what the library does by itself and what went wrong there, and the tag editor
// which tags there are.
class LibraryController final : public QObject
{
    Q_OBJECT

public:
    // All must outlive it.
    LibraryController(Library& library, TagEditor& tags, NoticeBar& notices, QWidget* window);

    // How far the reading of files is; for the status bar, hidden while there is nothing to tell.
    [[nodiscard]] QLabel* progress() const { return m_progress; }
    void showScanning(int done, int all);
    void showUnreadable();
    [[nodiscard]] UnreadableDialog* dialog() const; // null: not open

    void openUnreadable();

private:
    void reportFailure(const PicturePtr& picture, const Error& error);

    Library& m_library;
    NoticeBar& m_notices;
    QWidget* m_window;
    QLabel* m_progress;
    QPointer<UnreadableDialog> m_dialog;
};

} // namespace seedbook
