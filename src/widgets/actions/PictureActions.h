#pragma once

#include "core/Job.h"
#include "widgets/common/Commands.h"
#include "widgets/live/PictureSelection.h"

#include <QObject>
#include <QPointer>

#include <array>
#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace seedbook {

class PictureCopying;
class PictureSaving;

// What can be done with the picture (or the job's tile) at hand: one set of actions that the
// panel's buttons, the gallery's context menu, the full view and the window's menu share. Whatever
// needs the disk runs on a worker; how it went is said by message(), never by a dialog.
class PictureActions final : public QObject
{
    Q_OBJECT

public:
    // `window` is the parent of the Save as… dialog and the owner of the shortcuts.
    PictureActions(const ModelCatalog& models, QWidget* window);
    // About the selection's subject and what is chosen there; all must outlive them. What opens a
    // picture, takes its parameters or runs it again acts on the subject; everything else on all
    // that are chosen.
    PictureActions(const ModelCatalog& models, const LivePictures& pictures,
        PictureSelection& selection, QWidget* window);

    // At most one of the two is set; none: everything is disabled. For what has no selection.
    void setSubject(const PicturePtr& picture, const JobPtr& job);
    // Why what waits is not sent: whether the job at hand is among it, and what can be done.
    void setCondition(const QueueCondition& condition);
    // The selected ones if the subject is one of them, else the subject alone.
    [[nodiscard]] QList<QUuid> pictures() const;
    // The same for whatever acts on them: `act` is called once all are read, at once or later,
    // and not at all for none.
    void withPictures(const std::function<void(const QList<PicturePtr>&)>& act);
    // Where Copy clean may leave a file for others to paste.
    void setCleanFolder(const QString& folder);
    // Where Move to folder… begins.
    void setLibraryFolder(const QString& folder) { m_libraryFolder = folder; }
    [[nodiscard]] const PicturePtr& picture() const { return m_picture; }
    [[nodiscard]] const JobPtr& job() const { return m_job; }

    [[nodiscard]] QAction* open() const { return m_open; }
    [[nodiscard]] QAction* useAll() const { return m_useAll; }
    [[nodiscard]] QAction* remix() const { return m_remix; }
    [[nodiscard]] QAction* useSeed() const { return m_useSeed; }
    [[nodiscard]] QAction* runAgain() const { return m_runAgain; }
    [[nodiscard]] QAction* saveAs() const { return m_saveAs; }
    [[nodiscard]] QAction* reveal() const { return m_reveal; }
    [[nodiscard]] QAction* exportClean() const { return m_exportClean; }
    [[nodiscard]] QAction* copyImage() const { return m_copyImage; }
    [[nodiscard]] QAction* copyClean() const { return m_copyClean; }
    // No rating, one to five stars, and the rejection. Their keys work where the actions are added
    // to the widget that has the focus.
    [[nodiscard]] QList<QAction*> ratings() const { return {m_ratings.begin(), m_ratings.end()}; }
    [[nodiscard]] QAction* editTags() const { return m_editTags; }
    // All whose keys work only where they are added.
    [[nodiscard]] QList<QAction*> keyActions() const { return ratings() << m_trash; }
    [[nodiscard]] QAction* copyBase64() const { return m_copyBase64; }
    [[nodiscard]] QAction* copyDataUri() const { return m_copyDataUri; }
    // These two do nothing where nothing is selected: the panel then shows the newest picture,
    // which nobody has chosen. The key of the first works where it is added.
    [[nodiscard]] QAction* trash() const { return m_trash; }
    [[nodiscard]] QAction* moveTo() const { return m_moveTo; }
    [[nodiscard]] QAction* copySeed() const { return m_copySeed; }
    [[nodiscard]] QAction* copyPrompt() const { return m_copyPrompt; }
    [[nodiscard]] QAction* tryAgain() const { return m_tryAgain; }
    [[nodiscard]] QAction* cancel() const { return m_cancel; }
    [[nodiscard]] QAction* dismiss() const { return m_dismiss; }
    [[nodiscard]] QAction* resumeQueue() const { return m_resumeQueue; }

    // Those that fit the subject, in the order of a menu.
    void fill(QMenu& menu) const;
    void rate(int rating); // −1 rejects

    // Writes the very bytes of the subject's file to `target`, replacing what is there (the file
    // dialog has asked). For the dialog and for tests.
    void saveTo(const QString& target);
    // The same without all that tells of its making.
    void exportCleanTo(const QString& target);
    // Asks for these to be moved there, likewise.
    void moveInto(const QString& folder);

Q_SIGNALS:
    void subjectChanged();
    void openRequested(const seedbook::PicturePtr& picture);
    // The request's values by field name, and where they are from.
    void useAllRequested(
        const QString& modelId, const QJsonObject& values, const seedbook::Provenance& from);
    // The same without the seed.
    void remixRequested(
        const QString& modelId, const QJsonObject& values, const seedbook::Provenance& from);
    // Use all or Remix of a picture from elsewhere: what its file tells is shown first.
    void fileShowRequested(const seedbook::PicturePtr& picture);
    // `parent` is null where it is no picture's.
    void useSeedRequested(seedbook::Seed seed, const QUuid& parent);
    void ratingRequested(const QList<seedbook::PicturePtr>& pictures, int rating);
    void tagsRequested(const QList<seedbook::PicturePtr>& pictures, const QStringList& added,
        const QStringList& removed);
    void editTagsRequested();
    void trashRequested(const QList<seedbook::PicturePtr>& pictures);
    void moveRequested(const QList<seedbook::PicturePtr>& pictures, const QString& folder);
    // Copies of several, into that folder; `clean`: without what tells of their making.
    void exportRequested(
        const QList<seedbook::PicturePtr>& pictures, const QString& folder, bool clean);
    void runAgainRequested(const seedbook::PicturePtr& picture);
    void cancelRequested(const QList<seedbook::JobId>& ids);
    void tryAgainRequested(seedbook::JobId id);
    void dismissRequested(const QList<seedbook::JobId>& ids);
    void resumeQueueRequested();
    // How an action went, in words.
    void message(const QString& text, bool isError);

private:
    [[nodiscard]] QAction* make(Command command, int nth = -1);
    [[nodiscard]] std::optional<Seed> seed() const; // of what is shown
    void requestValues(bool withSeed);
    void showRating();
    void showJobActions();
    void withChosen(const std::function<void(const QList<PicturePtr>&)>& act);
    void askWhereToMove();
    void askWhereToSave(bool clean);
    void copySeeds();
    void copyPrompts();
    void revealFile();

    PictureCopying* m_copying;
    PictureSaving* m_saving;
    const ModelCatalog& m_models;
    QPointer<QWidget> m_window;
    PicturePtr m_picture;
    JobPtr m_job;
    QueueCondition m_condition;
    QPointer<PictureSelection> m_selection;
    QString m_libraryFolder;
    QAction* m_open;
    QAction* m_useAll;
    QAction* m_remix;
    QAction* m_useSeed;
    QAction* m_runAgain;
    QAction* m_saveAs;
    QAction* m_reveal;
    QAction* m_exportClean;
    QAction* m_copyImage;
    QAction* m_copyClean;
    QAction* m_copyBase64;
    QAction* m_copyDataUri;
    QAction* m_copySeed;
    QAction* m_copyPrompt;
    QAction* m_tryAgain;
    QAction* m_cancel;
    QAction* m_dismiss;
    QAction* m_resumeQueue;
    QAction* m_editTags;
    QAction* m_trash;
    QAction* m_moveTo;
    std::array<QAction*, 7> m_ratings{}; // 0 … 5, then the rejection
    QMenu* m_ratingMenu;
};

} // namespace seedbook
