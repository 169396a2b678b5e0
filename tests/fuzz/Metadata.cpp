// What is told within a picture: an XMP packet, an EXIF block, a record's text; the first byte says
// which.
#include "metadata/Exif.h"
#include "metadata/FoundRecord.h"
#include "metadata/Record.h"
#include "metadata/Xmp.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

void readTextsOf(const QByteArray& bytes)
{
    // keyword, NUL, text; and so on: as a PNG's chunks, and in every other place.
    MetadataTexts texts;
    const QList<QByteArray> words = bytes.split('\0');
    for (qsizetype i = 0; i + 1 < words.size(); i += 2)
        texts.png.append({QString::fromUtf8(words.at(i)), QString::fromUtf8(words.at(i + 1))});
    (void)findRecord(texts);
    const QString text = QString::fromUtf8(bytes);
    for (auto place : {&MetadataTexts::userComment, &MetadataTexts::makerNote,
             &MetadataTexts::imageDescription, &MetadataTexts::make, &MetadataTexts::model,
             &MetadataTexts::software, &MetadataTexts::jpegComment}) {
        MetadataTexts one;
        one.*place = text;
        (void)findRecord(one);
    }
    MetadataTexts own;
    own.xmp.ownRecord = text;
    (void)findRecord(own);
    own.xmp.userComment = text;
    own.xmp.creatorTool = u"Draw Things"_s;
    (void)findRecord(own);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArray bytes(
        reinterpret_cast<const char*>(data + 1), static_cast<qsizetype>(size - 1));
    switch (data[0] % 4) {
    case 0:
        if (readXmp(bytes)) {
            const auto changed = changedXmp(bytes, {.ownRecord = u"{\"a\":1}"_s, .rating = 3});
            if (changed && readXmp(*changed)->rating != 3)
                std::abort();
        }
        break;
    case 1: {
        const ExifEntries entries = readExif(bytes);
        (void)userCommentText(entries.userComment);
        const QByteArray comment = userCommentOf(u"a fox"_s);
        const auto merged = exifWithUserComment(bytes, comment);
        if (merged && readExif(*merged).userComment != comment)
            std::abort();
        break;
    }
    case 2:
        (void)userCommentText(bytes);
        (void)exifText(bytes);
        (void)pictureFromRecord(QString::fromUtf8(bytes));
        break;
    default:
        readTextsOf(bytes);
        break;
    }
    return 0;
}
