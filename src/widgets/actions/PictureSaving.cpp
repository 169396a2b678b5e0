#include "widgets/actions/PictureSaving.h"

#include "core/Async.h"
#include "core/ErrorText.h"
#include "library/PictureCopy.h"
#include "widgets/actions/FileManager.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <QtConcurrentRun>

#include <algorithm>

namespace seedbook {

PictureSaving::PictureSaving(QWidget* window, QObject* parent)
    : QObject(parent)
    , m_window(window)
{
}

const QString& PictureSaving::lastFolder()
{
    if (m_folder.isEmpty())
        m_folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return m_folder;
}

void PictureSaving::askForFolder(const QList<PicturePtr>& pictures, bool clean)
{
    auto* dialog = new QFileDialog(m_window,
        clean ? tr("Export %n picture(s) alone", nullptr, static_cast<int>(pictures.size()))
              : tr("Save copies of %n picture(s)", nullptr, static_cast<int>(pictures.size())),
        lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setLabelText(QFileDialog::Accept, tr("Save here"));
    connect(
        dialog, &QFileDialog::fileSelected, this, [this, pictures, clean](const QString& folder) {
            m_folder = folder;
            Q_EMIT exportRequested(pictures, folder, clean);
        });
    dialog->open();
}

void PictureSaving::ask(const PicturePtr& picture, bool clean)
{
    // Without what the file's own name tells.
    const QString name = clean ? tr("picture") + u'.' + fileExtension(picture->format)
                               : QFileInfo(picture->path).fileName();
    auto* dialog = new QFileDialog(m_window,
        clean ? tr("Export the picture alone") : tr("Save a copy of the picture"), lastFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(fileExtension(picture->format));
    dialog->setNameFilter(
        tr("%1 picture (*.%2)")
            .arg(formatName(picture->format).toUpper(), fileExtension(picture->format)));
    dialog->selectFile(name);
    connect(
        dialog, &QFileDialog::fileSelected, this, [this, picture, clean](const QString& target) {
            m_folder = QFileInfo(target).absolutePath();
            save(picture, target, clean);
        });
    dialog->open();
}

void PictureSaving::save(const PicturePtr& picture, const QString& target, bool clean)
{
    whenDone(
        clean ? copyCleanLater(picture->path, target) : copyPictureFileLater(picture->path, target),
        this, [this, target, clean](const Result<CopyEnd>& end) {
            if (!end)
                Q_EMIT message(sentence(end.error()), true);
            else if (*end == CopyEnd::SameFile)
                Q_EMIT message(
                    tr("That is the picture's own file in the library; it stays as it is. Choose "
                       "another name or folder for the copy."),
                    true);
            else
                Q_EMIT message((clean ? tr("Saved without what tells of its making, as %1")
                                      : tr("Saved as %1"))
                                   .arg(QDir::toNativeSeparators(target)),
                    false);
        });
}

void PictureSaving::reveal(const QStringList& paths)
{
    const auto there = QtConcurrent::run([paths] {
        QStringList found;
        std::copy_if(paths.cbegin(), paths.cend(), std::back_inserter(found),
            [](const QString& path) { return QFileInfo::exists(path); });
        return found;
    });
    whenDone(there, this, [this, paths](const QStringList& found) {
        if (found.isEmpty())
            Q_EMIT message(sentence({ErrorKind::PictureMissing, paths.first(), {}}), true);
        else
            revealInFileManager(found, this);
    });
}

} // namespace seedbook

#include "moc_PictureSaving.cpp"
