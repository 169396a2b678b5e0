#include "library/PictureExport.h"

#include "library/FileName.h"
#include "library/PictureFile.h"
#include "metadata/PictureMetadata.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Of the folder or its disk, so that the next picture would fare no better.
bool endsAll(const Error& error)
{
    return error.kind == ErrorKind::DiskFull || error.kind == ErrorKind::FolderNotWritable;
}

// Its subject is the picture's path where it is about the picture, else the target.
Result<QString> exportOne(const ExportOrder& order, qsizetype number)
{
    const QString& source = order.pictures.at(number)->path;
    auto file = readWholeFile(source, largestPictureFile);
    if (!file)
        return file.error();
    QString name = QFileInfo(source).fileName();
    if (order.clean) {
        const auto format = sniffImageFormat(file->bytes);
        auto clean = withoutMetadata(file->bytes);
        if (!clean || !format)
            return Error{
                ErrorKind::PictureUndecodable, source, clean ? QString() : clean.error().detail};
        file->bytes = *std::move(clean);
        // As many digits for all, so that they sort in their order.
        const auto digits = QString::number(order.pictures.size()).size();
        name = order.cleanName + u' ' + QString::number(number + 1).rightJustified(digits, u'0') +
               u'.' + fileExtension(*format);
    }
    // It would be made again, as a folder on the disk below a stick that was pulled out.
    if (!QFileInfo(order.folder).isDir())
        return Error{ErrorKind::FolderNotWritable, order.folder, {}};
    return writeNewFile(order.folder + u'/' + portableFileName(name), file->bytes);
}

} // namespace

ExportReport exportPictures(const ExportOrder& order, const std::function<bool(int)>& goOn)
{
    ExportReport report;
    for (qsizetype i = 0; i < order.pictures.size(); ++i) {
        if (!goOn(static_cast<int>(i))) {
            report.cancelled = true;
            break;
        }
        auto path = exportOne(order, i);
        if (path) {
            report.written.append(*std::move(path));
        } else if (endsAll(path.error())) {
            report.stopped = path.error();
            break;
        } else {
            ++report.failed;
            if (report.failures.size() < ExportReport::mostFailures) {
                Error error = path.error();
                error.subject = order.pictures.at(i)->path;
                report.failures.append(error);
            }
        }
    }
    return report;
}

} // namespace seedbook
