#pragma once

#include "widgets/common/Commands.h"

#include <QModelIndex>
#include <QPointer>
#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace seedbook {

class ImageCanvas;
class PictureViewer;
struct ViewerContext;

// One picture fills the window. A child of the window that covers it while open; the pictures
// before and after it in the gallery are a key away. Begins hidden.
class FullView final : public QWidget
{
    Q_OBJECT

public:
    // `window` is what is covered, `secondWindow` what the W key and a button of the bar trigger.
    // All must outlive the view.
    FullView(const ViewerContext& parts, QAction* secondWindow, QWidget* window);
    ~FullView() override;

    // Shows the picture of that row, loaded or not; a tile's row is ignored.
    void open(const QModelIndex& index);
    // While it is open: the gallery's selection went elsewhere.
    void follow(const QModelIndex& index);
    // As Esc does: the focus goes back to where it was.
    void leave();
    [[nodiscard]] QModelIndex current() const;
    [[nodiscard]] PictureViewer* viewer() const { return m_viewer; }
    [[nodiscard]] ImageCanvas* canvas() const;

Q_SIGNALS:
    // For the gallery's selection to follow.
    void shown(const QModelIndex& index);
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    [[nodiscard]] bool focusNextPrevChild(bool next) override;

private:
    void buildBar();
    // Named so, with what the table of commands says of it.
    [[nodiscard]] QToolButton* addButton(const QString& text, const QString& name, Command command);
    void showPicture(const QModelIndex& index);
    void showState();
    void showZoom();
    void followFocus(QWidget* now);

    QAction* m_secondWindow;
    PictureViewer* m_viewer;
    QWidget* m_bar;
    QLabel* m_seed;
    QLabel* m_zoom;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    QToolButton* m_info = nullptr;
    QPointer<QWidget> m_focusBefore;
};

} // namespace seedbook
