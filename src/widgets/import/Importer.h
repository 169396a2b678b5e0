#pragma once

#include "widgets/import/ImportDialog.h"

#include <QObject>
#include <QPointer>

class QAction;

namespace seedbook {

// The ways in for pictures from elsewhere: the menu's two entries, and what is dropped on the
// window. All lead to the review.
class Importer final : public QObject
{
    Q_OBJECT

public:
    // `window` is what takes drops and what dialogs belong to.
    Importer(const ImportDialog::Parts& parts, QWidget* window);

    [[nodiscard]] QAction* importFiles() const { return m_files; }
    [[nodiscard]] QAction* importFolder() const { return m_folder; }
    // Files and folders, into the review that is open or a new one.
    void review(const QStringList& paths);
    [[nodiscard]] ImportDialog* dialog() const { return m_dialog; } // null: none is open

Q_SIGNALS:
    // Files were not added, and the review that would say so was closed meanwhile.
    void refused(const QString& words);
    void useRequested(
        const QString& modelId, const QJsonObject& values, const seedbook::Provenance& from);

private:
    void ask(bool folder);
    [[nodiscard]] QFuture<QList<Result<PicturePtr>>> addToLibrary(const QStringList& paths);
    void tellRefused(const QStringList& paths, const QList<Result<PicturePtr>>& results);

    ImportDialog::Parts m_parts;
    QWidget* m_window;
    QAction* m_files;
    QAction* m_folder;
    QPointer<ImportDialog> m_dialog;
    QString m_lastFolder;
};

} // namespace seedbook
