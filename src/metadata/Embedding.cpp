// The writing half of PictureMetadata.h: records and marks into files, and out of them.
#include "core/Words.h"
#include "metadata/A1111Text.h"
#include "metadata/Container.h"
#include "metadata/Exif.h"
#include "metadata/PictureMetadata.h"
#include "metadata/Record.h"
#include "metadata/TextReader.h"
#include "metadata/Xmp.h"

#include <QBuffer>
#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// A file in memory, taken apart.
struct OpenFile
{
    explicit OpenFile(const QByteArray& bytes)
    {
        device.setData(bytes);
        device.open(QIODevice::ReadOnly);
        container = readContainer(device);
    }
    [[nodiscard]] bool isWritable() const
    {
        return container && !container->isTorn && !container->has(SegmentKind::ContentCredentials);
    }

    QBuffer device;
    Result<Container> container;
};

// With its zone.
QString isoText(const QDateTime& time, Qt::DateFormat format)
{
    const QDateTime local = time.toLocalTime();
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(format);
}

XmpChanges changesFor(
    OpenFile& file, const Picture& picture, const QString& negative, const QString& modelTitle)
{
    return {
        .creatorTool = u"Seedbook "_s + QCoreApplication::applicationVersion(),
        .createDate = isoText(picture.created, Qt::ISODate),
        .aiSystem = picture.practice ? u"%1 (Seedbook's practice)"_s.arg(modelTitle)
                                     : u"%1 (Segmind)"_s.arg(modelTitle),
        .aiPrompt = negative.isEmpty()
                        ? picture.prompt
                        : QString(picture.prompt + u"\nNegative prompt: "_s + negative),
        .ownRecord = recordText(
            picture, file.container ? codedHash(file.device, *file.container) : QByteArray()),
        .isAiMade = true,
        .rating = picture.rating != 0 ? std::optional(picture.rating) : std::nullopt,
        .tags = picture.tags.isEmpty() ? std::nullopt : std::optional(picture.tags),
    };
}

// The packet, without the prompt's second copy where a JPEG has no room for it; nothing where there
// is no room at all.
std::optional<QByteArray> fittingXmp(
    const QByteArray& packet, XmpChanges changes, ImageFormat format)
{
    auto made = changedXmp(packet, changes);
    if (format != ImageFormat::Jpeg || !made || made->size() <= largestJpegXmp)
        return made;
    changes.aiPrompt = QString();
    made = changedXmp(packet, changes);
    return made && made->size() <= largestJpegXmp ? made : std::nullopt;
}

bool isParametersChunk(const QByteArray& bytes, const Segment& segment)
{
    constexpr QByteArrayView keyword("parameters\0", 11);
    return segment.kind == SegmentKind::Text && segment.payloadSize >= keyword.size() &&
           QByteArrayView(bytes).sliced(segment.payload, keyword.size()) == keyword;
}

// The text that other programs read, into the place where this format has it. Where something of
// somebody else's is there already, that stays alone.
void placeText(OpenFile& file, const QString& text, bool wasOurs, NewSegments& segments)
{
    if (file.container->format == ImageFormat::Png) {
        const bool taken =
            std::ranges::any_of(file.container->segments, [&file](const Segment& segment) {
                return isParametersChunk(file.device.data(), segment);
            });
        if (wasOurs || !taken)
            segments.text = pngTextChunk("parameters", text);
        return;
    }
    if (!wasOurs && !readTexts(file.device, *file.container).userComment.isEmpty())
        return; // a service's mark may be in it
    auto exif = exifWithUserComment(exifBlock(file.device, *file.container), userCommentOf(text));
    if (exif && (file.container->format != ImageFormat::Jpeg || exif->size() <= largestJpegExif))
        segments.exif = *std::move(exif);
}

// The file with the new parts in the place of those that they stand for; nothing if it then does
// not hold the same picture.
std::optional<QByteArray> withSegments(OpenFile& file, const NewSegments& segments)
{
    const QByteArray& bytes = file.device.data();
    QByteArray made = assemble(
        bytes, *file.container,
        [&](const Segment& segment) {
            return !(segment.kind == SegmentKind::Xmp && !segments.xmp.isEmpty()) &&
                   !(segment.kind == SegmentKind::Exif && !segments.exif.isEmpty()) &&
                   !(!segments.text.isEmpty() && isParametersChunk(bytes, segment));
        },
        segments);
    const auto again = readContainer(made);
    if (!again || again->isTorn || again->size != file.container->size ||
        !sameCodedPicture(bytes, *file.container, made, *again))
        return std::nullopt;
    return made;
}

std::optional<QByteArray> embedded(
    OpenFile& file, const Picture& picture, const QString& negative, const QString& modelTitle)
{
    const QByteArray packet = xmpPacket(file.device, *file.container);
    const bool hasXmp = file.container->has(SegmentKind::Xmp);
    if (hasXmp && packet.isEmpty())
        return std::nullopt; // too large to be read, so not to be lost either
    const bool wasOurs =
        hasXmp && pictureFromRecord(readXmp(packet).value_or(XmpTexts{}).ownRecord).has_value();
    const XmpChanges changes = changesFor(file, picture, negative, modelTitle);
    auto xmp = fittingXmp(packet, changes, file.container->format);
    if (!xmp)
        return std::nullopt;
    NewSegments segments;
    segments.xmp = *std::move(xmp);
    placeText(file,
        a1111Text(picture.prompt, negative, picture.parameters, picture.size, modelTitle,
            picture.created),
        wasOurs, segments);
    auto made = withSegments(file, segments);
    if (!made)
        return std::nullopt;
    const auto read = readPictureMetadata(*made, QByteArray());
    if (!read || read->texts.xmp.ownRecord != changes.ownRecord || read->rating != picture.rating ||
        read->tags != picture.tags)
        return std::nullopt;
    return made;
}

Error unmarkable()
{
    return {ErrorKind::PictureUndecodable, {}, Words::tr("Its metadata cannot be changed.")};
}

} // namespace

EmbeddedPicture embedRecord(
    const QByteArray& bytes, const Picture& picture, const QString& modelTitle)
{
    const QString negative = picture.parameters.value("negative_prompt"_L1).toString();
    OpenFile file(bytes);
    if (file.isWritable()) {
        if (auto made = embedded(file, picture, negative, modelTitle))
            return {*std::move(made), {}};
    }
    const XmpChanges changes = changesFor(file, picture, negative, modelTitle);
    if (auto sidecar = changedXmp({}, changes))
        return {bytes, *std::move(sidecar)};
    // Something in the rest of it cannot be written; the record says it all the same.
    return {bytes, changedXmp({}, {.ownRecord = changes.ownRecord}).value_or(QByteArray())};
}

Result<EmbeddedPicture> withRatingAndTags(
    const EmbeddedPicture& now, int rating, const QStringList& tags, const QDateTime& fileTime)
{
    OpenFile file(now.file);
    if (!file.container)
        return file.container.error();
    const QByteArray packet = xmpPacket(file.device, *file.container);
    const bool isLost = file.container->has(SegmentKind::Xmp) && packet.isEmpty();
    XmpChanges changes{.rating = rating, .tags = tags};
    const auto before = readPictureMetadata(now.file, now.sidecar);
    if (fileTime.isValid() && before && before->texts.xmp.createDate.isEmpty() &&
        before->texts.exifDate.isEmpty() && !before->own)
        changes.createDate = isoText(fileTime, Qt::ISODateWithMs);
    std::optional<QByteArray> made;
    if (file.isWritable() && !isLost) {
        NewSegments segments;
        segments.xmp = changedXmp(packet, changes).value_or(QByteArray());
        const bool fits =
            file.container->format != ImageFormat::Jpeg || segments.xmp.size() <= largestJpegXmp;
        if (!segments.xmp.isEmpty() && fits)
            made = withSegments(file, segments);
    }
    if (made && now.sidecar.isEmpty())
        return EmbeddedPicture{*std::move(made), {}};
    // A sidecar that is there is what others read first, so it must not tell another tale.
    auto sidecar = changedXmp(now.sidecar, changes);
    if (!sidecar)
        return unmarkable();
    return EmbeddedPicture{made.value_or(now.file), *std::move(sidecar)};
}

Result<QByteArray> withoutMetadata(const QByteArray& bytes)
{
    OpenFile file(bytes);
    if (!file.container)
        return file.container.error();
    if (file.container->isTorn)
        return Error{ErrorKind::PictureUndecodable, {}, Words::tr("It is incomplete.")};
    NewSegments segments;
    // A picture that lies on its side would be shown so.
    const int orientation = readExif(exifBlock(file.device, *file.container)).orientation;
    if (orientation > 1 && file.container->format != ImageFormat::Png)
        segments.exif = exifWithOrientation(orientation);
    QByteArray made = assemble(
        bytes, *file.container,
        [](const Segment& segment) { return segment.kind == SegmentKind::Display; }, segments);
    const auto again = readContainer(made);
    if (!again || again->isTorn || !sameCodedPicture(bytes, *file.container, made, *again))
        return Error{ErrorKind::PictureUndecodable, {}, Words::tr("It is incomplete.")};
    return made;
}

} // namespace seedbook
