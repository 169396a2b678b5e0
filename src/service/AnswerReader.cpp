#include "service/AnswerReader.h"

#include "service/ServiceMessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int deepest = 4;
constexpr qsizetype mostInArray = 16;
constexpr qsizetype longestUrl = 8192;

// The best of what was met on the way through an answer: a whole picture ends the search, a link
// goes before a torn picture.
struct Findings
{
    std::optional<PictureBytes> picture;
    std::optional<PictureLink> link;
    bool torn = false;
};

bool pngReachesItsEnd(QByteArrayView bytes)
{
    qsizetype at = 8;
    // A chunk is length, name, data, checksum.
    while (bytes.size() - at >= 12) {
        const qsizetype length = qFromBigEndian<quint32>(bytes.data() + at);
        if (length > bytes.size() - at - 12)
            return false;
        if (bytes.sliced(at + 4).startsWith("IEND"))
            return true;
        at += length + 12;
    }
    return false;
}

QByteArray withoutBreaks(QByteArray text)
{
    text.removeIf([](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
    return text;
}

void takeBytes(const QByteArray& bytes, Findings& findings)
{
    const auto format = sniffImageFormat(bytes);
    if (!format)
        return;
    if (reachesItsEnd(bytes, *format))
        findings.picture = PictureBytes{bytes, *format};
    else
        findings.torn = true;
}

void takeBase64(QByteArray text, Findings& findings)
{
    text = withoutBreaks(std::move(text));
    const auto alphabet = text.contains('-') || text.contains('_') ? QByteArray::Base64UrlEncoding
                                                                   : QByteArray::Base64Encoding;
    const auto decoded =
        QByteArray::fromBase64Encoding(text, alphabet | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded)
        takeBytes(*decoded, findings);
}

void takeText(const QString& text, Findings& findings)
{
    if (text.startsWith("data:"_L1, Qt::CaseInsensitive)) {
        const qsizetype comma = text.indexOf(u',');
        if (comma > 0 && text.first(comma).endsWith(";base64"_L1, Qt::CaseInsensitive))
            takeBase64(text.sliced(comma + 1).toLatin1(), findings);
        return;
    }
    if (text.startsWith("https://"_L1, Qt::CaseInsensitive) ||
        text.startsWith("http://"_L1, Qt::CaseInsensitive)) {
        const QUrl url(text.trimmed(), QUrl::StrictMode);
        if (!findings.link && text.size() <= longestUrl && url.isValid())
            findings.link = PictureLink{url};
        return;
    }
    takeBase64(text.toLatin1(), findings);
}

void search(const QJsonValue& value, int depth, Findings& findings)
{
    if (depth > deepest || findings.picture)
        return;
    if (value.isString()) {
        takeText(value.toString(), findings);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < std::min(array.size(), mostInArray); ++i)
            search(array.at(i), depth + 1, findings);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const auto key : {"image"_L1, "images"_L1, "output"_L1, "image_url"_L1, "url"_L1,
                 "outputs"_L1, "data"_L1})
            search(object.value(key), depth + 1, findings);
    }
}

AnswerReading judged(Findings findings, Error otherwise)
{
    if (findings.picture)
        return *std::move(findings.picture);
    if (findings.link)
        return *std::move(findings.link);
    if (findings.torn)
        return Error{ErrorKind::TornAnswer, {}, {}};
    return otherwise;
}

bool saysError(const QJsonObject& object)
{
    for (const auto key : {"error"_L1, "detail"_L1, "error_description"_L1, "errors"_L1}) {
        const QJsonValue value = object.value(key);
        const bool nothing = value.isUndefined() || value.isNull() || value == QJsonValue(false) ||
                             value == QJsonValue(u""_s) ||
                             (value.isArray() && value.toArray().isEmpty()) ||
                             (value.isObject() && value.toObject().isEmpty());
        if (!nothing)
            return true;
    }
    return object.value("status"_L1).toString().compare("failed"_L1, Qt::CaseInsensitive) == 0;
}

bool isCutShort(const QJsonParseError& error)
{
    return error.error == QJsonParseError::UnterminatedObject ||
           error.error == QJsonParseError::UnterminatedArray ||
           error.error == QJsonParseError::UnterminatedString;
}

AnswerReading readJson(const QByteArray& text)
{
    // The parser itself refuses more than 1024 levels.
    QJsonParseError fault;
    const QJsonDocument json = QJsonDocument::fromJson(text, &fault);
    if (json.isNull()) {
        if (isCutShort(fault))
            return Error{ErrorKind::TornAnswer, {}, {}};
        return Error{ErrorKind::UnreadableAnswer, {}, serviceMessage(text)};
    }
    Findings findings;
    search(json.isObject() ? QJsonValue(json.object()) : QJsonValue(json.array()), 0, findings);
    const bool failed = json.isObject() && saysError(json.object());
    return judged(
        std::move(findings), {failed ? ErrorKind::ErrorInAnswer : ErrorKind::UnreadableAnswer, {},
                                 serviceMessage(text)});
}

} // namespace

bool reachesItsEnd(QByteArrayView bytes, ImageFormat format)
{
    // Some encoders pad a JPEG after its end.
    constexpr qsizetype padding = 4096;
    switch (format) {
    case ImageFormat::Png:
        return pngReachesItsEnd(bytes);
    case ImageFormat::Jpeg:
        return bytes.last(std::min(bytes.size(), padding)).lastIndexOf("\xff\xd9") >= 0;
    case ImageFormat::Webp:
        return bytes.size() >= 12 &&
               qint64(qFromLittleEndian<quint32>(bytes.data() + 4)) + 8 <= bytes.size();
    }
    Q_UNREACHABLE();
}

AnswerReading readAnswer(const QByteArray& body)
{
    if (sniffImageFormat(body)) {
        Findings findings;
        takeBytes(body, findings);
        return judged(std::move(findings), {});
    }
    QByteArray text = body.startsWith("\xef\xbb\xbf") ? body.sliced(3) : body;
    text = std::move(text).trimmed();
    if (text.startsWith('{') || text.startsWith('['))
        return readJson(text);
    const Error unreadable{ErrorKind::UnreadableAnswer, {}, serviceMessage(text)};
    // A JSON string, or the string bare.
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        text = text.sliced(1, text.size() - 2).replace("\\/", "/");
    Findings findings;
    if (!text.startsWith('<') && !text.contains('\0'))
        takeText(QString::fromLatin1(text), findings);
    return judged(std::move(findings), unreadable);
}

} // namespace seedbook
