#include "core/Provenance.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int mostPictures = 1000; // of one answer

} // namespace

QJsonObject Provenance::toJson() const
{
    QJsonObject json;
    if (!parents.isEmpty()) {
        QJsonArray ids;
        for (const QUuid& parent : parents)
            ids.append(parent.toString(QUuid::WithoutBraces));
        json.insert(u"parents"_s, ids);
    }
    if (ordinal)
        json.insert(u"ordinal"_s, QJsonArray{ordinal->place, ordinal->count});
    return json;
}

Provenance Provenance::fromJson(const QJsonObject& json)
{
    Provenance provenance;
    const QJsonArray parents = json.value("parents"_L1).toArray();
    for (const QJsonValue parent : parents) {
        const QUuid id = QUuid::fromString(parent.toString());
        if (!id.isNull())
            provenance.parents.append(id);
    }
    const QJsonArray ordinal = json.value("ordinal"_L1).toArray();
    const Ordinal read{ordinal.at(0).toInt(), ordinal.at(1).toInt()};
    if (ordinal.size() == 2 && read.place >= 1 && read.place <= read.count &&
        read.count <= mostPictures)
        provenance.ordinal = read;
    return provenance;
}

} // namespace seedbook
