#pragma once

#include "widgets/viewer/PictureStage.h"

#include <QObject>

#include <memory>

class QAction;

namespace seedbook {

class FullView;
class SecondWindow;
class Settings;

// The ways to look closely: the full view and the second window. Both follow the gallery's
// selection and move it, share what is decoded, and remember what they were like.
class Viewers final : public QObject
{
    Q_OBJECT

public:
    // All must outlive it. `window` is covered by the full view.
    Viewers(GalleryModel& gallery, PictureActions& actions, const ModelCatalog& models,
        Settings& settings, QWidget* window);
    ~Viewers() override;

    [[nodiscard]] FullView* fullView() const { return m_fullView; }
    [[nodiscard]] SecondWindow* secondWindow() const { return m_second.get(); }
    // "Show on second window", for the menu; checked while it is there.
    [[nodiscard]] QAction* secondWindowAction() const { return m_action; }
    // The gallery's; invalid: none.
    void setSelection(const QModelIndex& index);
    // In the view that a person is looking at.
    void say(const QString& words, bool isError);
    // With the first window.
    void close();

Q_SIGNALS:
    void selectRequested(const QModelIndex& index);

private:
    Settings& m_settings;
    QAction* m_action;
    DecodedPictures* m_decoded;
    FullView* m_fullView;
    std::unique_ptr<SecondWindow> m_second;
};

} // namespace seedbook
