#include "metadata/Record.h"

#include "metadata/BoundedJson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int schemaVersion = 1;
constexpr qsizetype largestRecord = 2 << 20; // characters
constexpr std::array knownFields{"schema"_L1, "id"_L1, "parents"_L1, "ordinal"_L1, "model"_L1,
    "parameters"_L1, "prompt"_L1, "seed"_L1, "reportedSeed"_L1, "endpoint"_L1, "requestId"_L1,
    "price"_L1, "priceTold"_L1, "seconds"_L1, "practice"_L1, "unclaimed"_L1, "created"_L1,
    "sequence"_L1, "codedHash"_L1, "app"_L1};
constexpr double mostSeconds = 1e7;
constexpr double mostDollars = 1e6;

// Empty where it is no object, or larger than any of ours.
QJsonObject parsed(const QString& text)
{
    if (text.isEmpty() || text.size() > largestRecord)
        return {};
    return readBoundedJson(text).value_or(QJsonObject());
}

// A number within its bounds, or 0.
double bounded(const QJsonValue& value, double most)
{
    const double number = value.toDouble();
    return number >= 0 && number <= most ? number : 0;
}

} // namespace

QString recordText(const Picture& picture, const QByteArray& codedHash)
{
    QJsonObject record = picture.more;
    const QJsonObject known{
        {u"schema"_s, schemaVersion},
        {u"id"_s, picture.id.toString(QUuid::WithoutBraces)},
        {u"parents"_s, QJsonArray()},
        {u"model"_s, picture.modelId},
        {u"parameters"_s, picture.parameters},
        {u"endpoint"_s, picture.endpoint},
        {u"requestId"_s, picture.serviceRequestId},
        {u"price"_s, double(picture.price.micros()) / 1e6},
        {u"priceTold"_s, picture.priceConfirmed},
        {u"seconds"_s, double(picture.duration.count()) / 1e3},
        {u"practice"_s, picture.practice},
        {u"unclaimed"_s, picture.unclaimed},
        {u"created"_s, picture.created.toUTC().toString(Qt::ISODateWithMs)},
        {u"sequence"_s, picture.sequence},
        {u"codedHash"_s, QString::fromLatin1(codedHash)},
        {u"app"_s, u"Seedbook "_s + QCoreApplication::applicationVersion()},
    };
    for (const QJsonObject& fields : {known, picture.provenance.toJson()}) {
        for (auto it = fields.begin(); it != fields.end(); ++it)
            record.insert(it.key(), *it);
    }
    if (picture.reportedSeed)
        record.insert(u"reportedSeed"_s, picture.reportedSeed->number());
    // Models whose prompt has another name.
    if (picture.parameters.value("prompt"_L1).toString() != picture.prompt)
        record.insert(u"prompt"_s, picture.prompt);
    if (picture.seed && picture.parameters.value("seed"_L1).toInteger(-1) != picture.seed->number())
        record.insert(u"seed"_s, picture.seed->number());
    // XML has no place for the last two, nor has what writes it for the first; JSON has another way
    // to write them.
    return QString::fromUtf8(QJsonDocument(record).toJson(QJsonDocument::Compact))
        .replace(QChar(0x7F), u"\\u007f"_s)
        .replace(QChar(0xFFFE), u"\\ufffe"_s)
        .replace(QChar(0xFFFF), u"\\uffff"_s);
}

std::optional<Picture> pictureFromRecord(const QString& text)
{
    const QJsonObject record = parsed(text);
    Picture picture;
    picture.id = QUuid::fromString(record.value("id"_L1).toString());
    picture.created =
        QDateTime::fromString(record.value("created"_L1).toString(), Qt::ISODateWithMs);
    picture.parameters = record.value("parameters"_L1).toObject();
    if (picture.id.isNull() || !picture.created.isValid() ||
        !record.value("parameters"_L1).isObject())
        return std::nullopt;
    picture.recordId = picture.id;
    picture.created = picture.created.toUTC();
    picture.provenance = Provenance::fromJson(record);
    picture.reportedSeed = Seed::fromNumber(record.value("reportedSeed"_L1).toInteger(-1));
    picture.modelId = record.value("model"_L1).toString();
    picture.prompt =
        record.value("prompt"_L1).toString(picture.parameters.value("prompt"_L1).toString());
    picture.seed = Seed::fromNumber(
        record.value("seed"_L1).toInteger(picture.parameters.value("seed"_L1).toInteger(-1)));
    picture.endpoint = record.value("endpoint"_L1).toString();
    picture.serviceRequestId = record.value("requestId"_L1).toString();
    picture.price =
        Money::fromMicros(std::llround(bounded(record.value("price"_L1), mostDollars) * 1e6));
    picture.priceConfirmed = record.value("priceTold"_L1).toBool();
    picture.duration = std::chrono::milliseconds(
        std::llround(bounded(record.value("seconds"_L1), mostSeconds) * 1e3));
    picture.practice = record.value("practice"_L1).toBool();
    picture.unclaimed = record.value("unclaimed"_L1).toBool();
    picture.sequence = record.value("sequence"_L1).toInteger();
    picture.more = record;
    for (const QLatin1StringView name : knownFields)
        picture.more.remove(name);
    return picture;
}

QByteArray codedHashFromRecord(const QString& text)
{
    return parsed(text).value("codedHash"_L1).toString().toLatin1();
}

} // namespace seedbook
