#pragma once

#include "core/ModelSchema.h"
#include "widgets/live/PictureSelection.h"

#include <QPersistentModelIndex>
#include <QPointer>
#include <QWidget>

#include <functional>

namespace seedbook {

class DecodedPictures;
class ImageCanvas;
class InfoOverlay;
class OverlayLine;
class PictureActions;

// What a viewer is made from; all must outlive it.
struct ViewerContext
{
    PictureSelection& selection;
    PictureActions& actions;
    const ModelCatalog& models;
    DecodedPictures& decoded;
    // The picture of a row, null while it is not loaded; none: its list's own answer.
    std::function<PicturePtr(const QModelIndex&)> pictureOf = {};
};

// One row of a list of pictures, looked at closely: the picture, what made it, and the keys that go
// to another row. The list is the selection's, when the row is set. What the full view and the
// second window share.
//
// A row whose picture is not loaded yet is waited for. Where the row is taken away, the older
// neighbour takes its place, at the end the newer one. The ground is dark and without tint in
// either theme, so that pictures are judged alike.
class PictureViewer final : public QWidget
{
    Q_OBJECT

public:
    PictureViewer(const ViewerContext& parts, QWidget* parent);
    ~PictureViewer() override;

    // Dark in either theme.
    [[nodiscard]] static QPalette darkPalette(QPalette palette);

    void setCurrent(const QModelIndex& index);
    void clear(); // shows nothing and decodes nothing
    [[nodiscard]] QModelIndex current() const { return m_current; }
    [[nodiscard]] const PicturePtr& picture() const { return m_picture; } // null: not loaded
    // "Seed 1827364 · practice · ★★★"
    [[nodiscard]] QString line() const;
    [[nodiscard]] ImageCanvas* canvas() const { return m_canvas; }
    [[nodiscard]] InfoOverlay* info() const { return m_info; }
    [[nodiscard]] OverlayLine* message() const { return m_message; }
    // For a moment over the picture, if a person is looking at this one.
    void say(const QString& words, bool isError);

    [[nodiscard]] bool canStep(int direction) const;
    void step(int direction);
    void goToEnd(int direction); // −1: to the newest
    void setInfoShown(bool shown);
    [[nodiscard]] bool isInfoShown() const { return m_infoShown; }
    // True where the key was one of its own.
    [[nodiscard]] bool handleKey(const QKeyEvent& event);
    void zoom(bool in);
    void showMenu(const QPoint& globalPosition);

Q_SIGNALS:
    // The person went to another row.
    void stepped(const QModelIndex& index);
    // The current row was taken away. `next` takes its place; invalid: nothing is left.
    void removed(const QModelIndex& next);
    // What line() says and canStep() answers may be different now.
    void told();
    void infoShownChanged(bool shown);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void setList(PictureListModel* list);
    [[nodiscard]] QModelIndex neighbour(const QModelIndex& from, int direction) const;
    void follow();
    void showPicture(const PicturePtr& picture);
    void describe();
    void request();
    void take(const PicturePtr& picture, const QImage& image);
    void beforeRemoval(int first, int last);
    void afterRemoval();
    void beforeReset();
    void afterReset();
    void placeOverlays();

    QPointer<PictureListModel> m_list; // while a row of it is looked at
    PictureSelection& m_selection;
    PictureActions& m_actions;
    DecodedPictures& m_decoded;
    std::function<PicturePtr(const QModelIndex&)> m_pictureOf;
    ImageCanvas* m_canvas;
    InfoOverlay* m_info;
    OverlayLine* m_message;
    QPersistentModelIndex m_current;
    PicturePtr m_picture;
    int m_direction = 1; // of the last step: the next one is likely to be the same
    bool m_infoShown = false;
    bool m_isSet = false;
    // While the current row goes: what comes instead.
    bool m_going = false;
    bool m_keepsMessage = false;
    QPersistentModelIndex m_successor;
    // Through a reset: the picture itself, its neighbours, and where it was.
    QList<QUuid> m_lookFor;
    int m_rowBefore = 0;
};

} // namespace seedbook
