#pragma once

#include "core/Endpoint.h"
#include "core/ModelSchema.h"
#include "core/Picture.h"
#include "jobs/JobQueue.h"
#include "library/LibraryChanges.h"
#include "library/PictureListing.h"
#include "widgets/compose/ComposePanel.h"
#include "widgets/settings/KeyCheck.h"

#include <QMainWindow>
#include <QPointer>

class QDockWidget;
class QLabel;

namespace seedbook {

class DraftStore;
class ExportBar;
class FullView;
class Importer;
class KeyStore;
class Library;
class LibraryController;
class LivePictures;
class MoneyBar;
class NoticeBar;
class Pages;
class PictureActions;
class PicturePanel;
class PictureSelection;
class QueueWatch;
class Settings;
class SendController;
class Sender;
class SettingsDialog;
class SpendingDialog;
class ThumbnailLoader;
class ViewerWindows;
class UndoController;

// Arranges the panels and leads jobs from the queue to the pictures. What a panel does it does
// itself; what is sent goes through SendController.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    // All must outlive the window.
    struct Parts
    {
        const ModelCatalog& models;
        JobQueue& queue;
        Sender& sender;
        Ledger& ledger;
        Settings& settings;
        KeyStore& keys;
        Library& library; // this run's
        ThumbnailLoader& thumbnails;
        DraftStore& draft;
        KeyCheck keyCheck;
        QString cacheFolder;
    };
    explicit MainWindow(const Parts& parts, QWidget* parent = nullptr);
    ~MainWindow() override;

    // Where Generate sends to from now on.
    void setTarget(const Endpoint& endpoint, ComposePanel::Mode mode);
    void showListing(PictureListing listing);
    // What became of the library's files since.
    void applyChanges(const LibraryChanges& changes);
    void say(const QString& name, bool isProblem, const QString& text);
    void comeForward();
    // As the person's "Quit now": nothing more is sent, what has come is brought to a disk, and
    // the window closes without a question. For who ends the session or the program, too.
    void leaveNow();
    [[nodiscard]] ComposePanel* compose() const { return m_compose; }
    [[nodiscard]] LivePictures* pictures() const { return m_pictures; }
    [[nodiscard]] PictureSelection* selection() const { return m_selection; }
    [[nodiscard]] Pages* pages() const { return m_pages; }
    [[nodiscard]] FullView* fullView() const;
    [[nodiscard]] PicturePanel* picture() const { return m_picture; }
    [[nodiscard]] Importer* importer() const { return m_importer; }
    [[nodiscard]] UndoController* undo() const { return m_undo; }

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildDocks();
    void buildActions();
    void buildStatusBar();
    void connectQueue();
    void connectPages();
    void connectActions();
    void sayPaused(const QString& endpoint, const Pause& pause);
    void dismissPauseNotices();
    void updateCounts();
    void askBeforeLeaving();
    void openSettings();
    void openSpending();

    const ModelCatalog& m_models;
    JobQueue& m_queue;
    Sender& m_sender;
    Ledger& m_ledger;
    Settings& m_settings;
    KeyStore& m_keys;
    DraftStore& m_draft;
    KeyCheck m_keyCheck;
    Library& m_library;
    QueueWatch* m_watch;
    LivePictures* m_pictures;
    PictureSelection* m_selection;
    PictureActions* m_actions;
    ComposePanel* m_compose;
    Pages* m_pages;
    PicturePanel* m_picture;
    ViewerWindows* m_viewers;
    NoticeBar* m_notices;
    LibraryController* m_libraryController;
    UndoController* m_undo;
    ExportBar* m_exports;
    Importer* m_importer;
    QDockWidget* m_composeDock;
    QDockWidget* m_pictureDock;
    QDockWidget* m_queueDock;
    QLabel* m_counts;
    SendController* m_send;
    MoneyBar* m_money;
    QLabel* m_target;
    QPointer<SettingsDialog> m_settingsDialog;
    QPointer<SpendingDialog> m_spending;
    bool m_asking = false;
    bool m_leaving = false;
    bool m_leaveWhenIdle = false;
    bool m_leaveWhenAnswered = false;
};

} // namespace seedbook
