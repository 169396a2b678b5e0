#include "widgets/actions/PictureCopying.h"

#include "core/Async.h"
#include "core/ErrorText.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QMimeData>
#include <QtConcurrentRun>

namespace seedbook {

namespace {

constexpr qsizetype worthTelling = 50; // fewer are copied before a line could be read

} // namespace

PictureCopying::~PictureCopying()
{
    *m_stop = true;
}

void PictureCopying::images(const QList<PicturePtr>& pictures)
{
    copy(pictures, imagesForClipboard, [](const ClipboardContent& content) {
        return tr("%Ln picture(s) are on the clipboard.", nullptr, content.count);
    });
}

void PictureCopying::clean(const QList<PicturePtr>& pictures)
{
    const auto copying = [folder = m_cleanFolder](const QList<PicturePtr>& all, const GoOn& goOn) {
        return cleanForClipboard(all, folder, goOn);
    };
    copy(pictures, copying, [](const ClipboardContent& content) {
        return tr("%Ln picture(s) are on the clipboard, without what tells of their making.",
            nullptr, content.count);
    });
}

void PictureCopying::encoded(const QList<PicturePtr>& pictures, bool asDataUri)
{
    const auto copying = [asDataUri](const QList<PicturePtr>& all, const GoOn& goOn) {
        return encodedForClipboard(all, asDataUri, goOn);
    };
    copy(pictures, copying, [asDataUri](const ClipboardContent& content) {
        const QString size = QLocale().formattedDataSize(content.text.size());
        return (asDataUri ? tr("%Ln picture(s) are on the clipboard as data URIs, each on a line, "
                               "%1 together.",
                                nullptr, content.count)
                          : tr("%Ln picture(s) are on the clipboard as base64, each on a line, "
                               "%1 together.",
                                nullptr, content.count))
            .arg(size);
    });
}

void PictureCopying::copy(
    const QList<PicturePtr>& pictures, const Copying& copying, const Telling& telling)
{
    *m_stop = true;
    m_stop = std::make_shared<std::atomic_bool>(false);
    if (pictures.size() >= worthTelling)
        Q_EMIT message(tr("Copying %Ln picture(s) …", nullptr, int(pictures.size())), false);
    const auto made = QtConcurrent::run([pictures, copying, stop = m_stop] {
        return copying(pictures, [&stop] { return !*stop; });
    });
    whenDone(made, this, [this, telling, stop = m_stop](const ClipboardContent& content) {
        if (*stop)
            return;
        if (content.count == 0) {
            Q_EMIT message(sentence(content.failure), true);
            return;
        }
        if (content.files.isEmpty())
            QGuiApplication::clipboard()->setText(content.text);
        else
            QGuiApplication::clipboard()->setMimeData(mimeDataOf(content));
        QString told = telling(content);
        if (content.failed > 0)
            told += u' ' + tr("%Ln could not be copied: %1", nullptr, content.failed)
                               .arg(sentence(content.failure));
        Q_EMIT message(told, content.failed > 0);
    });
}

} // namespace seedbook

#include "moc_PictureCopying.cpp"
