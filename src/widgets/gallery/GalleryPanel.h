#pragma once

#include "core/Job.h"

#include <QModelIndex>
#include <QWidget>

class QLabel;
class QSlider;

namespace seedbook {

class FilterBar;
class GalleryModel;
class GalleryView;
class PictureActions;

// The middle of the window: what finds pictures, how many there are and how large they are shown,
// above the gallery.
class GalleryPanel final : public QWidget
{
    Q_OBJECT

public:
    // `actions` make the context menu; their subject follows the selection through PicturePanel.
    // All must outlive the panel.
    GalleryPanel(GalleryModel& model, PictureActions& actions, QWidget* parent = nullptr);

    [[nodiscard]] GalleryView* view() const { return m_view; }
    [[nodiscard]] FilterBar* filters() const { return m_filters; }
    [[nodiscard]] int thumbnailSize() const;
    void setThumbnailSize(int size); // 96 … 480 logical pixels; bounded
    // Selects it and brings it into view; for the full view, whose picture the selection follows.
    void select(const QModelIndex& index);
    // The same by its id, as a picture or a card. A filter that does not show it is taken off.
    void show(const QUuid& pictureId);
    [[nodiscard]] QList<QUuid> selectedPictures() const;

Q_SIGNALS:
    // The selection's current item; invalid for none. Told again whenever the selection changes.
    void selectionChanged(const QModelIndex& index);
    // A picture, by double-click or Return.
    void openRequested(const QModelIndex& index);
    void thumbnailSizeChanged(int size);
    // The buttons on cards. PictureActions has the same for menu and panel.
    void cancelRequested(const QList<seedbook::JobId>& ids);
    void tryAgainRequested(seedbook::JobId id);
    void dismissRequested(const QList<seedbook::JobId>& ids);
    void resumeQueueRequested();

private:
    void updateCount();

    void enterView();
    void showFiltered();
    void jumpTo(const QDate& day);

    GalleryModel& m_model;
    FilterBar* m_filters;
    GalleryView* m_view;
    QLabel* m_count;
    QSlider* m_size;
};

} // namespace seedbook
