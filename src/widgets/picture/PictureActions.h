#pragma once

#include "core/Job.h"
#include "widgets/gallery/GalleryModel.h"

#include <QObject>
#include <QPointer>

class QAction;
class QMenu;
class QWidget;

namespace seedbook {

// What can be done with the picture (or the job's card) at hand: one set of actions that the
// panel's buttons, the gallery's context menu, the full view and the window's menu share. Whatever
// needs the disk runs on a worker; how it went is said by message(), never by a dialog.
class PictureActions final : public QObject
{
    Q_OBJECT

public:
    // `window` is the parent of the Save as… dialog and the owner of the shortcuts.
    PictureActions(const ModelCatalog& models, QWidget* window);

    // At most one of the two is set; none: everything is disabled. PicturePanel sets it.
    void setSubject(const PicturePtr& picture, const JobPtr& job);
    [[nodiscard]] const PicturePtr& picture() const { return m_picture; }
    [[nodiscard]] const JobPtr& job() const { return m_job; }

    [[nodiscard]] QAction* open() const { return m_open; }
    [[nodiscard]] QAction* useAll() const { return m_useAll; }
    [[nodiscard]] QAction* remix() const { return m_remix; }
    [[nodiscard]] QAction* useSeed() const { return m_useSeed; }
    [[nodiscard]] QAction* runAgain() const { return m_runAgain; }
    [[nodiscard]] QAction* saveAs() const { return m_saveAs; }
    [[nodiscard]] QAction* reveal() const { return m_reveal; }
    [[nodiscard]] QAction* copyImage() const { return m_copyImage; }
    [[nodiscard]] QAction* copySeed() const { return m_copySeed; }
    [[nodiscard]] QAction* copyPrompt() const { return m_copyPrompt; }
    [[nodiscard]] QAction* tryAgain() const { return m_tryAgain; }
    [[nodiscard]] QAction* cancel() const { return m_cancel; }
    [[nodiscard]] QAction* dismiss() const { return m_dismiss; }

    // Those that fit the subject, in the order of a menu.
    void fill(QMenu& menu) const;

    // Writes the very bytes of the subject's file to `target`, replacing what is there (the file
    // dialog has asked). For the dialog and for tests.
    void saveTo(const QString& target);

Q_SIGNALS:
    void openRequested(const seedbook::PicturePtr& picture);
    // The request's values by field name.
    void useAllRequested(const QString& modelId, const QJsonObject& values);
    // The same without the seed.
    void remixRequested(const QString& modelId, const QJsonObject& values);
    void useSeedRequested(seedbook::Seed seed);
    void runAgainRequested(const seedbook::PicturePtr& picture);
    void cancelRequested(seedbook::JobId id);
    void tryAgainRequested(seedbook::JobId id);
    void dismissRequested(seedbook::JobId id);
    // How an action went, in words.
    void message(const QString& text, bool isError);

private:
    [[nodiscard]] QAction* make(const QString& text, const QString& toolTip);
    void requestValues(bool withSeed);
    void askWhereToSave();
    void save(const PicturePtr& picture, const QString& target);
    void copyImageToClipboard();
    void revealFile();

    const ModelCatalog& m_models;
    QPointer<QWidget> m_window;
    PicturePtr m_picture;
    JobPtr m_job;
    QString m_saveFolder; // where the last copy went
    QAction* m_open;
    QAction* m_useAll;
    QAction* m_remix;
    QAction* m_useSeed;
    QAction* m_runAgain;
    QAction* m_saveAs;
    QAction* m_reveal;
    QAction* m_copyImage;
    QAction* m_copySeed;
    QAction* m_copyPrompt;
    QAction* m_tryAgain;
    QAction* m_cancel;
    QAction* m_dismiss;
};

} // namespace seedbook
