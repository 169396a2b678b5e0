#pragma once

#include "core/ModelSchema.h"
#include "metadata/FoundRecord.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QSize>
#include <QString>

namespace seedbook {

// A value that a record tells and a model does not take as it is.
struct IncompatibleValue
{
    QString field;    // the model's name for it
    QJsonValue found; // as the record has it; Undefined where it was derived from the size
    QString why;      // a sentence or more: what was found, what can be, what would be used instead
    // In the schema's type; Undefined where nothing is proposed, as for a seed: a random one then.
    // Never used before the person was asked.
    QJsonValue proposal = QJsonValue::Undefined;
};

// What of a record a model can use.
struct ParameterMapping
{
    QJsonObject values; // by the model's field names, in the schema's types, each within its range
    QList<IncompatibleValue> incompatible; // in the order in which a form shows them
};

// What the record tells beyond the model's own parameters (a sampler, a scheduler) is passed over.
// Where it tells no aspect ratio, that follows from the record's size, else from `pictureSize`
// (pixels; may be empty).
[[nodiscard]] ParameterMapping mapParameters(
    const FoundRecord& record, const QSize& pictureSize, const ModelSchema& model);

} // namespace seedbook
