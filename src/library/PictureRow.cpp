#include "library/PictureRow.h"

#include "core/Request.h"
#include "library/PictureEntry.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

const auto columns =
    "path, id, record_id, model, parameters, prompt, seed, format, width, height, bytes, created, "
    "sequence, duration, price, price_told, practice, endpoint, service_request_id, unclaimed, "
    "parents, rating, tags, record_source, has_sidecar, request_identity, more"_L1;

QString compact(const QJsonDocument& json)
{
    return QString::fromUtf8(json.toJson(QJsonDocument::Compact));
}

QStringList texts(const QVariant& json)
{
    QStringList texts;
    const QJsonArray array = QJsonDocument::fromJson(json.toByteArray()).array();
    for (const QJsonValue text : array)
        texts.append(text.toString());
    return texts;
}

// A file may tell anything, at any length; an index is to stay small.
constexpr qsizetype largestMore = 64 << 10;

// All of the record that has no column of its own. What comes to be told later needs none, so that
// the files are not read again for it.
QString moreText(const Picture& picture)
{
    QJsonObject known = picture.provenance.toJson();
    known.remove(u"parents"_s);
    if (picture.reportedSeed)
        known.insert(u"reportedSeed"_s, picture.reportedSeed->number());
    QJsonObject all = picture.more;
    for (auto it = known.begin(); it != known.end(); ++it)
        all.insert(it.key(), *it);
    QString text = compact(QJsonDocument(all));
    return text.size() <= largestMore ? text : compact(QJsonDocument(known));
}

void readMore(const QVariant& text, const QStringList& parents, Picture& picture)
{
    QJsonObject more = QJsonDocument::fromJson(text.toByteArray()).object();
    more.insert(u"parents"_s, QJsonArray::fromStringList(parents));
    picture.provenance = Provenance::fromJson(more);
    picture.reportedSeed = Seed::fromNumber(more.value("reportedSeed"_L1).toInteger(-1));
    for (const QLatin1StringView known : {"parents"_L1, "ordinal"_L1, "reportedSeed"_L1})
        more.remove(known);
    picture.more = more;
}

} // namespace

PictureEntry plainEntry(const Picture& picture)
{
    PictureEntry entry;
    entry.id = picture.id;
    entry.number = picture.number;
    entry.created = picture.created.toMSecsSinceEpoch();
    entry.sequence = picture.sequence;
    bool ok = false;
    const qint64 seed = picture.seedText().toLongLong(&ok);
    entry.seed = ok ? seed : -1;
    entry.price = picture.price.micros();
    entry.duration =
        static_cast<qint32>(qBound(qint64{0}, qint64{picture.duration.count()}, qint64{INT_MAX}));
    entry.width = picture.size.width();
    entry.height = picture.size.height();
    entry.rating = static_cast<qint8>(qBound(-1, picture.rating, 5));
    entry.format = static_cast<quint8>(picture.format);
    entry.set(PictureEntry::Practice, picture.practice);
    entry.set(PictureEntry::Unclaimed, picture.unclaimed);
    entry.set(PictureEntry::OtherSeed, hasOtherSeed(picture));
    return entry;
}

QLatin1StringView pictureColumns()
{
    return columns;
}

int pictureColumnCount()
{
    static const auto count = static_cast<int>(QString(columns).count(u',')) + 1;
    return count;
}

PicturePtr fromRow(const QSqlQuery& row, const QString& folder, qint64 rowNumber, int first)
{
    int column = first;
    bool sound = true;
    const auto text = [&] { return row.value(column++).toString(); };
    const auto number = [&] {
        bool ok = false;
        const qint64 value = row.value(column++).toLongLong(&ok);
        sound = sound && ok;
        return value;
    };
    const auto bounded = [&](qint64 least, qint64 most) {
        const qint64 value = number();
        sound = sound && value >= least && value <= most;
        return static_cast<int>(value);
    };

    Picture picture;
    picture.number = rowNumber;
    const QString path = text();
    picture.path = folder + u'/' + path;
    picture.id = QUuid::fromString(text());
    picture.recordId = QUuid::fromString(text());
    picture.modelId = text();
    const auto parameters = QJsonDocument::fromJson(row.value(column++).toByteArray());
    picture.parameters = parameters.object();
    picture.prompt = text();
    if (row.isNull(column)) {
        ++column;
    } else {
        picture.seed = Seed::fromNumber(number());
        sound = sound && picture.seed;
    }
    const auto format = imageFormatFromName(text());
    const int width = bounded(-1, INT_MAX);
    picture.size = {width, bounded(-1, INT_MAX)};
    picture.bytes = number();
    picture.created = QDateTime::fromMSecsSinceEpoch(number(), Qt::UTC);
    picture.sequence = number();
    picture.duration = std::chrono::milliseconds(number());
    picture.price = Money::fromMicros(number());
    picture.priceConfirmed = number() != 0;
    picture.practice = number() != 0;
    picture.endpoint = text();
    picture.serviceRequestId = text();
    picture.unclaimed = number() != 0;
    const QStringList parents = texts(row.value(column++));
    picture.rating = bounded(-1, 5);
    picture.tags = texts(row.value(column++));
    picture.recordSource = text();
    picture.hasSidecar = number() != 0;
    ++column; // what made it is found by its identity, not the other way round
    readMore(row.value(column++), parents, picture);

    const bool inside = !path.isEmpty() && !path.startsWith(u'/') &&
                        (!path.contains(".."_L1) || !QDir::cleanPath(path).startsWith(".."_L1));
    if (!sound || !inside || !format || picture.id.isNull() || !parameters.isObject() ||
        !picture.created.isValid())
        return nullptr;
    picture.format = *format;
    return std::make_shared<const Picture>(std::move(picture));
}

QVariantList toRow(const Picture& picture, const QString& relativePath)
{
    QJsonArray parents;
    for (const QUuid& parent : picture.provenance.parents)
        parents.append(idText(parent));
    return {relativePath, idText(picture.id),
        picture.recordId.isNull() ? QVariant(QMetaType::fromType<QString>())
                                  : QVariant(idText(picture.recordId)),
        boundText(picture.modelId), compact(QJsonDocument(picture.parameters)),
        boundText(picture.prompt),
        picture.seed ? QVariant(picture.seed->number()) : QVariant(QMetaType::fromType<qint64>()),
        formatName(picture.format), picture.size.width(), picture.size.height(), picture.bytes,
        picture.created.toMSecsSinceEpoch(), picture.sequence, qint64{picture.duration.count()},
        picture.price.micros(), int{picture.priceConfirmed}, int{picture.practice},
        boundText(picture.endpoint), boundText(picture.serviceRequestId), int{picture.unclaimed},
        compact(QJsonDocument(parents)), picture.rating,
        compact(QJsonDocument(QJsonArray::fromStringList(picture.tags))),
        boundText(picture.recordSource), int{picture.hasSidecar},
        picture.recordId.isNull() ? boundText({})
                                  : boundText(QString::fromLatin1(requestIdentity(
                                        picture.modelId, picture.parameters, picture.seed))),
        moreText(picture)};
}

QString idText(const QUuid& id)
{
    return id.toString(QUuid::WithoutBraces);
}

QVariant boundText(const QString& string)
{
    return string.isNull() ? u""_s : string;
}

} // namespace seedbook
