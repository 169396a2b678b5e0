#pragma once

#include "core/ImageFormat.h"
#include "core/Money.h"
#include "core/Seed.h"

#include <QDateTime>
#include <QJsonObject>
#include <QSize>
#include <QUuid>

#include <chrono>
#include <memory>

namespace seedbook {

// A filed picture: its file and all that made it. Immutable; shared as PicturePtr.
struct Picture
{
    QUuid id;
    QString path; // absolute
    QString modelId;
    QJsonObject parameters; // the request's, by field name
    QString prompt;
    Seed seed = *Seed::fromNumber(0);
    ImageFormat format = ImageFormat::Png;
    QSize size;                            // pixels, from the file
    qint64 bytes = 0;                      // the file's size
    QDateTime created;                     // when the request was made, UTC; the gallery's order
    qint64 sequence = 0;                   // orders pictures of one moment; the job's number
    std::chrono::milliseconds duration{0}; // from sending to the last byte
    Money price;                           // zero for practice
    bool priceTold = false;                // by the service; otherwise it is the catalogue's
    bool practice = false;
    bool unclaimed = false; // it came after the person had stopped waiting
    QString endpoint;       // Endpoint::name()
    QString serviceRequestId;
};

using PicturePtr = std::shared_ptr<const Picture>;

} // namespace seedbook
