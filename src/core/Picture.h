#pragma once

#include "core/ImageFormat.h"
#include "core/Money.h"
#include "core/Provenance.h"
#include "core/Seed.h"

#include <QDateTime>
#include <QJsonObject>
#include <QSize>
#include <QStringList>
#include <QUuid>

#include <chrono>
#include <memory>
#include <optional>

namespace seedbook {

// A picture of the library: its file and all that made it. Immutable; shared as PicturePtr.
struct Picture
{
    // Names it in this library. The record's own id, but for a second file with the same record.
    QUuid id;
    QUuid recordId; // from its file; null where that has no record of ours
    QString path;   // absolute
    QString modelId;
    // The request's, by field name. Of a picture from elsewhere: what its file tells, unchecked.
    QJsonObject parameters;
    QString prompt;
    // None where its model has none, or a file from elsewhere tells none that fits.
    std::optional<Seed> seed;
    ImageFormat format = ImageFormat::Png;
    QSize size;                            // pixels, from the file
    qint64 bytes = 0;                      // the file's size
    QDateTime created;                     // when the request was made, UTC; the gallery's order
    qint64 sequence = 0;                   // orders pictures of one moment; the job's number
    std::chrono::milliseconds duration{0}; // from sending to the last byte; 0: not known
    Money price;                           // zero for practice
    bool priceConfirmed = false;           // by the service; otherwise it is an estimate
    bool practice = false;
    bool unclaimed = false; // it came after the person had stopped waiting
    QString endpoint;       // Endpoint::name()
    QString serviceRequestId;
    Provenance provenance;
    // The seed that the service says it used; none where it did not say.
    std::optional<Seed> reportedSeed;
    // What else our record in its file tells: written by a later version, kept as it stands.
    QJsonObject more;
    int rating = 0;          // −1 rejected, 0 none, 1 … 5
    QStringList tags;        // in the file's order
    QString recordSource;    // the program whose record tells of it; empty: nothing does
    bool hasSidecar = false; // its record, rating and tags lie in a file beside it
    qint64 number = 0;       // of its row in this computer's index; 0 where that is not known

    // The seed in digits, also one from elsewhere that is beyond our range; empty where none is
    // known.
    [[nodiscard]] QString seedText() const
    {
        return seed ? seed->text() : parameters.value(QLatin1String("seed")).toVariant().toString();
    }
};

using PicturePtr = std::shared_ptr<const Picture>;

} // namespace seedbook
