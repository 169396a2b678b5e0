#include "widgets/import/Importer.h"

#include "core/Async.h"
#include "core/ErrorText.h"
#include "core/Text.h"
#include "widgets/common/Commands.h"
#include "widgets/import/DropHint.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype mostReasons = 3; // in one notice
constexpr qsizetype fileNameLimit = 80;

} // namespace

Importer::Importer(const ImportDialog::Parts& parts, QWidget* window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
    , m_files(makeAction(Command::ImportFiles, this))
    , m_folder(makeAction(Command::ImportFolder, this))
    , m_lastFolder(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation))
{
    connect(m_files, &QAction::triggered, this, [this] { ask(false); });
    connect(m_folder, &QAction::triggered, this, [this] { ask(true); });
    auto* hint = new DropHint(window);
    connect(hint, &DropHint::dropped, this, &Importer::review);
}

void Importer::ask(bool folder)
{
    auto* dialog =
        new QFileDialog(m_window, folder ? tr("Import folder") : tr("Import images"), m_lastFolder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    if (folder)
        dialog->setOption(QFileDialog::ShowDirsOnly);
    else
        dialog->setNameFilters({tr("Images (*.png *.jpg *.jpeg *.webp *.PNG *.JPG *.JPEG *.WEBP)"),
            tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        if (!paths.isEmpty())
            m_lastFolder = QFileInfo(paths.constFirst()).absolutePath();
        review(paths);
    });
    dialog->open();
}

void Importer::review(const QStringList& paths)
{
    if (!m_dialog) {
        ImportDialog::Parts parts = m_parts;
        parts.addToLibrary = [this](const QStringList& chosen) { return addToLibrary(chosen); };
        m_dialog = new ImportDialog(parts, m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &ImportDialog::useRequested, this, &Importer::useRequested);
        connect(new DropHint(m_dialog), &DropHint::dropped, this, &Importer::review);
    }
    m_dialog->add(paths);
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

// The copying goes on without the dialog, and what comes of it is then said here.
QFuture<QList<Result<PicturePtr>>> Importer::addToLibrary(const QStringList& paths)
{
    const auto adding = m_parts.addToLibrary(paths);
    whenDone(
        adding, this, [this, paths, dialog = m_dialog](const QList<Result<PicturePtr>>& results) {
            if (!dialog || !dialog->isVisible())
                tellRefused(paths, results);
        });
    return adding;
}

void Importer::tellRefused(const QStringList& paths, const QList<Result<PicturePtr>>& results)
{
    QStringList reasons;
    int count = 0;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        if (i < results.size() && results.at(i))
            continue;
        ++count;
        // An answer that is missing tells no reason.
        if (i < results.size() && reasons.size() < mostReasons)
            reasons.append(
                u"“%1”: %2"_s.arg(elided(QFileInfo(paths.at(i)).fileName(), fileNameLimit),
                    sentence(results.at(i).error())));
    }
    if (count > 0)
        Q_EMIT refused(
            (QStringList{tr("%Ln file(s) could not be added to the library.", nullptr, count)} +
                reasons)
                .join(u'\n'));
}

} // namespace seedbook

#include "moc_Importer.cpp"
