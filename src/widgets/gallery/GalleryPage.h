#pragma once

#include "widgets/live/Page.h"

class QLabel;
class QSlider;

namespace seedbook {

class FilterBar;
class GalleryView;
class LivePictures;
class PictureActions;

// All pictures and tiles: what finds them, how many there are and how large they are shown, above
// the gallery itself.
class GalleryPage final : public Page
{
    Q_OBJECT

public:
    // `actions` make the context menu and do what the buttons on tiles say. Both must outlive the
    // page.
    GalleryPage(LivePictures& pictures, PictureActions& actions, QWidget* parent = nullptr);

    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] PictureListModel* list() const override { return m_list; }
    [[nodiscard]] QItemSelectionModel* items() const override;
    void reveal(const QModelIndex& index) override;
    // A filter that does not show it is taken off.
    [[nodiscard]] bool makeWayFor(const QUuid& pictureId) override;
    // The thumbnails' size in logical pixels, as a number.
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

    [[nodiscard]] GalleryView* view() const { return m_view; }
    [[nodiscard]] FilterBar* filters() const { return m_filters; }

private:
    void connectActions(PictureActions& actions);
    void updateCount();
    void enterView();
    void showFiltered();
    void jumpTo(const QDate& day);

    PictureListModel* m_list;
    FilterBar* m_filters;
    QLabel* m_count;
    QSlider* m_size;
    GalleryView* m_view;
};

} // namespace seedbook
