#pragma once

#include "widgets/viewer/PictureViewer.h"

#include <QObject>

#include <memory>

class QAction;

namespace seedbook {

class FullView;
class PictureSelection;
class SecondWindow;
class Settings;

// The ways to look closely: the full view and the second window. Both follow the
// selection and move it, share what is decoded, and remember what they were like.
class ViewerWindows final : public QObject
{
    Q_OBJECT

public:
    // All must outlive it. `window` is covered by the full view.
    ViewerWindows(PictureSelection& selection, PictureActions& actions, const ModelCatalog& models,
        Settings& settings, QWidget* window);
    ~ViewerWindows() override;

    [[nodiscard]] FullView* fullView() const { return m_fullView; }
    [[nodiscard]] SecondWindow* secondWindow() const { return m_second.get(); }
    // "Show on second window", for the menu; checked while it is there.
    [[nodiscard]] QAction* secondWindowAction() const { return m_action; }
    // In the view that a person is looking at.
    void say(const QString& words, bool isError);
    // With the first window.
    void close();

private:
    Settings& m_settings;
    QAction* m_action;
    DecodedPictures* m_decoded;
    FullView* m_fullView;
    std::unique_ptr<SecondWindow> m_second;
};

} // namespace seedbook
