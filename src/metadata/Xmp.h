#pragma once

#include "metadata/MetadataTexts.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace seedbook {

inline constexpr qsizetype largestXmp = 4 << 20;

// Reads a packet. Nothing where it is not sound XML, has a document type, is deeper than any real
// one, or is larger than largestXmp.
[[nodiscard]] std::optional<XmpTexts> readXmp(const QByteArray& packet);

// What is set in a packet; null strings and empty options leave what is there.
struct XmpChanges
{
    QString creatorTool;
    QString createDate; // ISO 8601 with zone
    QString aiSystem;
    QString aiPrompt;      // prompt and negative prompt
    QString ownRecord;     // JSON
    bool isAiMade = false; // IPTC's digital source type
    std::optional<int> rating;
    std::optional<QStringList> tags;
};

// The packet with the changes, everything else in it as it was. `packet` may be empty. Nothing
// where it cannot be read, or the changes do not come back from the result.
[[nodiscard]] std::optional<QByteArray> changedXmp(
    const QByteArray& packet, const XmpChanges& changes);

} // namespace seedbook
