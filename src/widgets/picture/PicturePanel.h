#pragma once

#include "widgets/gallery/GalleryModel.h"

#include <QPersistentModelIndex>
#include <QWidget>

class QLabel;
class QScrollArea;
class QStackedWidget;

namespace seedbook {

class JobPage;
class PictureActions;
class PicturePage;

// What the Picture dock holds: the selected picture, the newest one when nothing is selected, or
// the page of a job's card. It decides what `actions` act on.
class PicturePanel final : public QWidget
{
    Q_OBJECT

public:
    // All must outlive the panel. Titles of parameters come from `models`.
    PicturePanel(const ModelCatalog& models, GalleryModel& gallery, PictureActions& actions,
        QWidget* parent = nullptr);

    // The gallery's selection; invalid for none.
    void setSelection(const QModelIndex& index);

private:
    void update();
    void showMessage(const QString& text, bool isError);

    GalleryModel& m_gallery;
    PictureActions& m_actions;
    QPersistentModelIndex m_selection;
    QStackedWidget* m_pages;
    PicturePage* m_picturePage;
    JobPage* m_jobPage;
    QLabel* m_message;
};

} // namespace seedbook
