#include "support/Samples.h"

#include "metadata/Container.h"

#include <QBuffer>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QImageWriter>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace seedbook::test {

const ModelCatalog& models()
{
    static const ModelCatalog catalog = ModelCatalog::builtIn();
    return catalog;
}

Request sampleRequest(const QString& prompt, qint64 seed, const QJsonObject& values)
{
    QJsonObject all = values;
    all.insert(u"prompt"_s, prompt);
    all.insert(u"seed"_s, seed);
    const auto request = Request::make(models().standard(), all);
    if (!request)
        qFatal("sampleRequest: %s", qPrintable(request.error().detail));
    return *request;
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly) ||
        file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

QStringList filesBelow(const QString& folder)
{
    QStringList files;
    QDirIterator it(folder, QDir::Files | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = QDir(folder).relativeFilePath(it.next());
        if (path != u".seedbook-library"_s) // the library's own mark
            files.append(path);
    }
    files.sort();
    return files;
}

bool holdsPicture(const QString& path, const QByteArray& bytes)
{
    const QByteArray file = contents(path);
    const auto ofFile = readContainer(file);
    const auto ofBytes = readContainer(bytes);
    return ofFile && ofBytes && !ofFile->isTorn && sameCodedPicture(file, *ofFile, bytes, *ofBytes);
}

QByteArray samplePicture(ImageFormat format, QSize size, uint colour)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, colour ^ static_cast<uint>((x * 7 + y * 13) & 0x3f));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, formatName(format).toLatin1());
    if (!writer.write(image))
        qFatal("samplePicture: %s", qPrintable(writer.errorString()));
    return bytes;
}

QByteArray largePicture(qsizetype size)
{
    constexpr qsizetype afterHead = 33;
    QByteArray png = samplePicture();
    QByteArray chunk("\0\0\0\0seBd", 8);
    const qsizetype length = size - png.size() - 12;
    qToBigEndian(static_cast<quint32>(length), chunk.data());
    for (qsizetype i = 0; i < length; ++i)
        chunk += static_cast<char>(i * 7 ^ i >> 8);
    return png.insert(afterHead, chunk + QByteArray(4, '\0'));
}

} // namespace seedbook::test
