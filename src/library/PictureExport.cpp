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
    QByteArray bytes;
    QString name = QFileInfo(source).fileName();
    if (order.clean) {
        auto clean = readClean(source);
        if (!clean)
            return clean.error();
        name = numberedName(order.cleanName, number, order.pictures.size(), clean->format);
        bytes = std::move(clean->bytes);
    } else {
        auto file = readWholeFile(source, largestPictureFile);
        if (!file)
            return file.error();
        bytes = std::move(file->bytes);
    }
    // It would be made again, as a folder on the disk below a stick that was pulled out.
    if (!QFileInfo(order.folder).isDir())
        return Error{ErrorKind::FolderNotWritable, order.folder, {}};
    return writeNewFile(order.folder + u'/' + portableFileName(name), bytes);
}

} // namespace

Result<CleanPicture> readClean(const QString& path)
{
    const auto file = readWholeFile(path, largestPictureFile);
    if (!file)
        return file.error();
    const auto format = sniffImageFormat(file->bytes);
    auto clean = withoutMetadata(file->bytes);
    if (!clean || !format)
        return Error{ErrorKind::PictureUndecodable, path, clean ? QString() : clean.error().detail};
    return CleanPicture{*std::move(clean), *format};
}

QString numberedName(const QString& name, qsizetype number, qsizetype count, ImageFormat format)
{
    const auto digits = QString::number(count).size();
    return name + u' ' + QString::number(number + 1).rightJustified(digits, u'0') + u'.' +
           fileExtension(format);
}

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
