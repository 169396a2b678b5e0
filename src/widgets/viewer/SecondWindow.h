#pragma once

#include <QModelIndex>
#include <QWidget>

namespace seedbook {

class PictureActions;
class PictureSelection;
class PictureViewer;
struct ViewerContext;

// The selection's subject, in a window of its own: on another screen, full, if
// there is one. It follows the selection; its keys move the selection, so that what is rated is
// what is shown. Begins hidden.
class SecondWindow final : public QWidget
{
    Q_OBJECT

public:
    // All must outlive it. It has no parent: the first window would stay below it.
    explicit SecondWindow(const ViewerContext& parts);

    // Without taking the focus. `geometry` is what the last closed() told; empty or no
    // longer possible: another screen than that of `first`, full, or a window on this one.
    void open(const QByteArray& geometry, const QWidget* first);
    [[nodiscard]] PictureViewer* viewer() const { return m_viewer; }

Q_SIGNALS:
    void closed(const QByteArray& geometry);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void follow();
    void followSoon();
    void showTitle();

    PictureSelection& m_selection;
    PictureActions& m_actions;
    PictureViewer* m_viewer;
};

} // namespace seedbook
