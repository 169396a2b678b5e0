// What the service answers, in both of its versions; the first byte says what of it: a body, the
// same with long texts in it, headers, or a balance.
#include "Demand.h"
#include "core/OutsideJson.h"
#include "service/AnswerReader.h"
#include "service/BalanceCall.h"
#include "service/HeaderReader.h"
#include "service/ServiceMessage.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cstdint>

using namespace seedbook;

namespace {

void readEveryText(const OutsideJson& json, const QJsonValue& value, int& longTexts)
{
    if (const auto text = json.longText(value.toString())) {
        demand(text->size() > 64 << 10);
        ++longTexts;
    }
    const QJsonArray array = value.toArray();
    for (const QJsonValue& segment : array)
        readEveryText(json, segment, longTexts);
    const QJsonObject object = value.toObject();
    for (const QJsonValue& segment : object)
        readEveryText(json, segment, longTexts);
}

// v2's records are read by this alone, and v1's bodies by it first.
void readJson(const QByteArray& bytes)
{
    const OutsideJson json(bytes);
    int longTexts = 0;
    readEveryText(json,
        json.document().isObject() ? QJsonValue(json.document().object())
                                   : QJsonValue(json.document().array()),
        longTexts);
    (void)serviceMessage(json, bytes);
    // Nothing else than Qt's parser would have said.
    if (!json.isTooMuch() && longTexts == 0 && bytes.size() <= 64 << 10)
        demand(json.document() == QJsonDocument::fromJson(bytes));
    if (json.isTooMuch())
        demand(json.document().isNull() && readOutsideJson(bytes).isNull());
}

void readBody(const QByteArray& bytes)
{
    readJson(bytes);
    const AnswerReading read = readAnswer(bytes);
    if (const auto* sources = std::get_if<PictureSources>(&read)) {
        demand(!sources->isEmpty());
        for (const PictureSource& source : *sources) {
            const auto* picture = std::get_if<PictureBytes>(&source);
            demand(!picture || reachesItsEnd(picture->bytes, picture->format));
        }
    }
    (void)serviceMessage(bytes);
}

// A text becomes a long one by a tilde in it; the first few do.
QByteArray withLongTexts(QByteArray bytes)
{
    const QByteArray filling(70'000, 'A');
    qsizetype at = 0;
    for (int i = 0; i < 3 && (at = bytes.indexOf('~', at)) >= 0; ++i, at += filling.size())
        bytes.replace(at, 1, filling);
    return bytes;
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
        readBody(bytes);
        break;
    case 1: {
        QList<QPair<QByteArray, QByteArray>> headers;
        for (const QByteArray& line : bytes.split('\n')) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0)
                headers.append({line.first(colon), line.sliced(colon + 1)});
        }
        (void)readHeaders(200, headers);
        break;
    }
    case 2:
        readBody(withLongTexts(bytes));
        break;
    default:
        (void)readBalance(bytes);
        break;
    }
    return 0;
}
