#pragma once

#include "widgets/live/GalleryModel.h"

#include <QElapsedTimer>
#include <QPersistentModelIndex>
#include <QTimer>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace seedbook {

class JobPage;
class MessageLine;
class PictureActions;
class PicturePage;
class QueueWatch;

// What the Picture dock holds: the selected picture, the newest one when nothing is selected, or
// the page of a job's card. It decides what `actions` act on.
class PicturePanel final : public QWidget
{
    Q_OBJECT

public:
    // All must outlive the panel. Titles of parameters come from `models`.
    PicturePanel(const ModelCatalog& models, GalleryModel& gallery, PictureActions& actions,
        QWidget* parent = nullptr);

    // What is said of a job is told anew when this says so; the gallery has it too.
    void setWatch(QueueWatch* watch);
    // The gallery's selection; invalid for none.
    void setSelection(const QModelIndex& index);
    // The gallery's selection may be of other pictures now, whichever of them is shown.
    void updateMarks();
    // To the field that takes tags.
    void editTags();
    [[nodiscard]] PicturePage* picturePage() const { return m_picturePage; }
    [[nodiscard]] JobPage* jobPage() const { return m_jobPage; }

Q_SIGNALS:
    void showRequested(const QUuid& pictureId);

private:
    void follow();
    void showPage();
    void showCondition();
    // What is shown when nothing is selected.
    [[nodiscard]] QModelIndex unselected() const;
    void showParents();
    void showMessage(const QString& text, bool isError);

    GalleryModel& m_gallery;
    PictureActions& m_actions;
    QPersistentModelIndex m_selection;
    PicturePtr m_picture;
    JobPtr m_job;
    QStackedWidget* m_pages;
    PicturePage* m_picturePage;
    JobPage* m_jobPage;
    QLabel* m_nothing;
    MessageLine* m_message;
    QTimer m_messageTimer;
    bool m_reading = false; // the picture that is selected
    bool m_flying = false;
    bool m_wasQuick = false;
    QElapsedTimer m_sinceSelection;
    QTimer m_laterTimer; // runs while the page waits
    QTimer m_marksTimer; // gathers what many changes ask for
    int m_marksAsked = 0;
};

} // namespace seedbook
