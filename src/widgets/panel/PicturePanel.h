#pragma once

#include "widgets/live/PictureSelection.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace seedbook {

class JobPage;
class MessageLine;
class PictureActions;
class PicturePage;

// What the Picture dock holds: the selection's subject, as a picture's page or that of a job's
// tile.
class PicturePanel final : public QWidget
{
    Q_OBJECT

public:
    // All must outlive the panel. Titles of parameters come from `models`.
    PicturePanel(const ModelCatalog& models, LivePictures& pictures, PictureSelection& selection,
        PictureActions& actions, QWidget* parent = nullptr);

    // Others may be chosen now, whichever of them is shown.
    void updateRatingTags();
    // To the field that takes tags.
    void editTags();
    [[nodiscard]] PicturePage* picturePage() const { return m_picturePage; }
    [[nodiscard]] JobPage* jobPage() const { return m_jobPage; }

Q_SIGNALS:
    void showRequested(const QUuid& pictureId);

private:
    void noteHaste();
    void follow();
    void showPage();
    void showCondition();
    void showParents();
    void showMessage(const QString& text, bool isError);

    LivePictures& m_live;
    PictureSelection& m_selection;
    PictureActions& m_actions;
    PictureSelection::Subject m_shown; // or about to be
    QStackedWidget* m_pages;
    PicturePage* m_picturePage;
    JobPage* m_jobPage;
    QLabel* m_nothing;
    MessageLine* m_message;
    QTimer m_messageTimer;
    bool m_flying = false;
    bool m_wasQuick = false;
    QElapsedTimer m_sinceSelection;
    QTimer m_laterTimer;      // runs while the page waits
    QTimer m_ratingTagsTimer; // gathers what many changes ask for
    int m_ratingTagsAsked = 0;
};

} // namespace seedbook
