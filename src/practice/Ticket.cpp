#include "practice/Ticket.h"

#include "core/OutsideJson.h"
#include "practice/Signing.h"

#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook::practice {

namespace {

// The server takes addresses of up to 8 KiB.
constexpr qsizetype longestId = 7000;
// Three bytes a character, for the longest prompts a model takes, twice.
constexpr quint32 largestRecord = 256 << 10;

} // namespace

QString Ticket::id(const QByteArray& secret) const
{
    QJsonObject record = request.toJson();
    record.insert(u"submitted"_s, submitted.toMSecsSinceEpoch());
    const QByteArray packed = qCompress(QJsonDocument(record).toJson(QJsonDocument::Compact), 9);
    const QByteArray text =
        (signature(packed, secret) + packed)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return text.size() <= longestId ? QString::fromLatin1(text) : QString();
}

std::optional<Ticket> Ticket::fromId(
    const QList<ModelPtr>& models, const QString& id, const QByteArray& secret)
{
    if (id.size() > longestId)
        return std::nullopt;
    const auto text = QByteArray::fromBase64Encoding(
        id.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!text || (*text).size() < signatureSize + 8)
        return std::nullopt;
    const QByteArray packed = (*text).sliced(signatureSize);
    // The first four bytes are the size that would be allocated.
    if (!isSame((*text).first(signatureSize), signature(packed, secret)) ||
        qFromBigEndian<quint32>(packed.constData()) > largestRecord)
        return std::nullopt;
    // They may say less than there is.
    const QByteArray unpacked = qUncompress(packed);
    if (unpacked.size() > largestRecord)
        return std::nullopt;
    const QJsonObject record = readOutsideJson(unpacked).object();
    const auto model = std::find_if(models.begin(), models.end(), [&record](const ModelPtr& known) {
        return known->id() == record.value("model"_L1).toString();
    });
    if (model == models.end())
        return std::nullopt;
    auto request = Request::make(*model, record.value("parameters"_L1).toObject());
    if (!request)
        return std::nullopt;
    return Ticket{*std::move(request),
        QDateTime::fromMSecsSinceEpoch(record.value("submitted"_L1).toInteger(), Qt::UTC)};
}

} // namespace seedbook::practice
