// A picture's file from a stranger: taken apart, read, given a record, rated, stripped.
#include "Demand.h"
#include "metadata/Container.h"
#include "metadata/PictureMetadata.h"

#include <QCoreApplication>

#include <cstdint>

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

Picture record(QSize size)
{
    Picture picture;
    picture.id = QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    picture.modelId = u"qwen-image"_s;
    picture.prompt = u"一只狐狸 \"in\" the snow"_s;
    picture.parameters = {{u"prompt"_s, picture.prompt}, {u"seed"_s, 7}, {u"steps"_s, 30}};
    picture.seed = Seed::fromNumber(7);
    picture.size = size;
    picture.created = QDateTime({2026, 11, 23}, {11, 40}, Qt::UTC);
    return picture;
}

} // namespace

// The promise that everything stands on: what is written is the same picture and tells all.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto before = readPictureMetadata(bytes, {});
    const auto segments = readContainer(bytes);
    demand(before.has_value() == segments.has_value());
    if (!before)
        return 0;
    qint64 end = 0;
    for (const Segment& segment : segments->segments) {
        demand(segment.offset == end && segment.size >= 0);
        end += segment.size;
    }
    demand(end == bytes.size());

    const EmbeddedPicture embedded =
        embedRecord(bytes, record(before->texts.size), u"Qwen-Image"_s);
    const auto after = readPictureMetadata(embedded.file, embedded.sidecar);
    demand(after && after->own && after->codedKey == before->codedKey);
    demand(embedded.sidecar.isEmpty() || embedded.file == bytes);
    demand(!before->hasContentCredentials || embedded.file == bytes);

    if (const auto marked = withRatingAndTags(embedded, 4, {u"snow"_s, u"狐狸"_s})) {
        const auto read = readPictureMetadata(marked->file, marked->sidecar);
        demand(read && read->rating == 4 && read->tags.size() == 2 && read->own);
    }
    if (const auto clean = withoutMetadata(embedded.file)) {
        const auto read = readPictureMetadata(*clean, {});
        demand(read && !read->own && read->rating == 0);
    }
    return 0;
}
