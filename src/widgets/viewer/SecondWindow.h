#pragma once

#include <QModelIndex>
#include <QPersistentModelIndex>
#include <QWidget>

namespace seedbook {

class GalleryModel;
class PictureActions;
class PictureStage;
struct StageParts;

// The picture that is selected in the gallery, in a window of its own: on another screen, full, if
// there is one. It follows the selection; its keys move the selection, so that what is rated is
// what is shown. Begins hidden.
class SecondWindow final : public QWidget
{
    Q_OBJECT

public:
    // All must outlive it. It has no parent: the first window would stay below it.
    explicit SecondWindow(const StageParts& parts);

    // Without taking the focus. `geometry` is what the last closed() told; empty or no
    // longer possible: another screen than that of `first`, full, or a window on this one.
    void open(const QByteArray& geometry, const QWidget* first);
    // The gallery's selection; invalid: none, and the subject of the actions is shown.
    void setSelection(const QModelIndex& index);
    [[nodiscard]] PictureStage* stage() const { return m_stage; }

Q_SIGNALS:
    void selectRequested(const QModelIndex& index);
    void closed(const QByteArray& geometry);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void follow();
    void followSoon();
    void showTitle();

    GalleryModel& m_gallery;
    PictureActions& m_actions;
    PictureStage* m_stage;
    QPersistentModelIndex m_selection;
};

} // namespace seedbook
