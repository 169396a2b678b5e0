#include "widgets/window/LibraryController.h"

#include "core/Async.h"
#include "core/Counts.h"
#include "core/ErrorText.h"
#include "library/Library.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/panel/TagEditor.h"
#include "widgets/window/NoticeBar.h"
#include "widgets/window/UnreadableDialog.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

const auto unreadableNotice = u"unreadable"_s;

} // namespace

LibraryController::LibraryController(
    Library& library, TagEditor& tags, NoticeBar& notices, QWidget* window)
    : QObject(window)
    , m_library(library)
    , m_notices(notices)
    , m_window(window)
    , m_progress(new PlainLabel(window))
{
    m_progress->setAccessibleName(tr("Reading images"));
    m_progress->hide();
    connect(&tags, &TagEditor::knownTagsWanted, this, [this, &tags] {
        whenDone(m_library.tags(), &tags, [&tags](const Result<QStringList>& known) {
            if (known)
                tags.setKnownTags(*known);
        });
    });
    connect(&library, &Library::scanning, this, &LibraryController::showScanning);
    connect(&library, &Library::scanned, m_progress, &QWidget::hide);
    connect(&library, &Library::unreadableChanged, this, &LibraryController::showUnreadable);
    connect(&library, &Library::ratingTagsFailed, this, &LibraryController::reportFailure);
}

void LibraryController::showScanning(int done, int all)
{
    const QLocale locale;
    m_progress->setText(
        tr("Reading images: %1 of %2").arg(locale.toString(done), locale.toString(all)));
    m_progress->setVisible(done < all);
}

void LibraryController::showUnreadable()
{
    const QList<UnreadableFile> files = m_library.unreadable();
    if (m_dialog)
        m_dialog->setFiles(files);
    if (files.isEmpty()) {
        m_notices.takeBack(unreadableNotice);
        return;
    }
    const auto gone = std::ranges::find(
        files, ErrorKind::LibraryGone, [](const UnreadableFile& file) { return file.error.kind; });
    if (gone != files.end()) {
        m_notices.say(unreadableNotice, MessageLine::Kind::Warning, describe(gone->error).what);
        return;
    }
    m_notices.say(unreadableNotice, MessageLine::Kind::Warning,
        tr("%Ln file(s) could not be read", nullptr, pluralOf(files.size())),
        {tr("Show…"), [this] { openUnreadable(); }});
}

UnreadableDialog* LibraryController::dialog() const
{
    return m_dialog;
}

void LibraryController::openUnreadable()
{
    if (!m_dialog) {
        m_dialog = new UnreadableDialog(m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_dialog->setFiles(m_library.unreadable());
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

void LibraryController::reportFailure(const PicturePtr&, const Error& error)
{
    m_notices.say(u"marks"_s, MessageLine::Kind::Problem,
        tr("Could not save the rating or tags. %1").arg(sentence(error)));
}

} // namespace seedbook

#include "moc_LibraryController.cpp"
