#pragma once

#include "core/Picture.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace seedbook {

// Copies of pictures into files of the person's choice, and where the pictures' own files are. What
// needs the disk runs on a worker; how it went is said in a line.
class PictureSaving final : public QObject
{
    Q_OBJECT

public:
    // `window` is the parent of the file dialogs.
    explicit PictureSaving(QWidget* window, QObject* parent);

    // Asks for a name, or for a folder where they are several. `clean`: without what tells of their
    // making.
    void ask(const PicturePtr& picture, bool clean);
    void askForFolder(const QList<PicturePtr>& pictures, bool clean);
    // The very bytes of the picture's file, or the clean ones, as `target`, replacing what is there
    // (the file dialog has asked).
    void save(const PicturePtr& picture, const QString& target, bool clean);
    // In the desktop's file manager, those that are there.
    void reveal(const QStringList& paths);

Q_SIGNALS:
    void exportRequested(
        const QList<seedbook::PicturePtr>& pictures, const QString& folder, bool clean);
    void message(const QString& text, bool isError);

private:
    [[nodiscard]] const QString& lastFolder();

    QPointer<QWidget> m_window;
    QString m_folder; // where the last copy went
};

} // namespace seedbook
