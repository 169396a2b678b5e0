#pragma once

#include "core/ImageFormat.h"

#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace seedbook {

struct PngText
{
    QString keyword;
    QString text;
};

// The properties of an XMP packet that matter here; null or empty where it has none.
struct XmpTexts
{
    QString creatorTool;       // xmp:CreatorTool
    QString createDate;        // xmp:CreateDate, as written
    QString userComment;       // exif:UserComment
    QString description;       // dc:description, the default language's
    QString ownRecord;         // our own GenerationParameters
    std::optional<int> rating; // xmp:Rating, −1 … 5
    QStringList tags;          // dc:subject, in the file's order
};

// Everything in a picture's file that is text, decoded and not interpreted: what the importer
// reads. All of it is hostile.
struct MetadataTexts
{
    ImageFormat format = ImageFormat::Png;
    QSize size;         // pixels, from the file's header
    QList<PngText> png; // tEXt, zTXt and iTXt, in the file's order
    // EXIF; null where absent. UserComment and MakerNote are taken from the ExifIFD, else from
    // IFD0.
    QString userComment;
    QString makerNote;
    QString imageDescription;
    QString make;
    QString model;
    QString software;
    QString exifDate;    // when it was made, as written: 2026:11:23 11:40:00, of no known zone
    QString jpegComment; // COM
    XmpTexts xmp;

    // The first PNG text with that keyword; null where there is none.
    [[nodiscard]] QString pngText(QStringView keyword) const
    {
        for (const PngText& entry : png) {
            if (entry.keyword == keyword)
                return entry.text;
        }
        return {};
    }
};

} // namespace seedbook
