#include "service/AnswerReader.h"

#include "service/ServiceMessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThreadPool>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int deepest = 4;
constexpr qsizetype mostInArray = 16;
constexpr qsizetype longestUrl = 8192;

// What was met on the way through a part of an answer.
struct Findings
{
    PictureSources sources;
    bool torn = false; // a picture without its end was there, too

    [[nodiscard]] qsizetype whole() const
    {
        return std::ranges::count_if(sources, [](const PictureSource& source) {
            return std::holds_alternative<PictureBytes>(source);
        });
    }
    [[nodiscard]] bool tellsMoreThan(const Findings& other) const
    {
        return std::pair(sources.size(), whole()) > std::pair(other.sources.size(), other.whole());
    }
};

QByteArray withoutBreaks(QByteArray text)
{
    text.removeIf([](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
    return text;
}

Findings findBytes(const QByteArray& bytes)
{
    if (!sniffImageFormat(bytes))
        return {};
    if (auto picture = wholePicture(bytes))
        return {.sources = {*std::move(picture)}};
    return {.torn = true};
}

Findings findBase64(QByteArray text)
{
    text = withoutBreaks(std::move(text));
    const auto alphabet = text.contains('-') || text.contains('_') ? QByteArray::Base64UrlEncoding
                                                                   : QByteArray::Base64Encoding;
    const auto decoded =
        QByteArray::fromBase64Encoding(text, alphabet | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? findBytes(*decoded) : Findings();
}

Findings findInText(const QString& text)
{
    if (text.startsWith("data:"_L1, Qt::CaseInsensitive)) {
        const qsizetype comma = text.indexOf(u',');
        if (comma > 0 && text.first(comma).endsWith(";base64"_L1, Qt::CaseInsensitive))
            return findBase64(text.sliced(comma + 1).toLatin1());
        return {};
    }
    if (text.startsWith("https://"_L1, Qt::CaseInsensitive) ||
        text.startsWith("http://"_L1, Qt::CaseInsensitive)) {
        const QUrl url(text.trimmed(), QUrl::StrictMode);
        if (text.size() <= longestUrl && url.isValid())
            return {.sources = {PictureLink{url}}};
        return {};
    }
    return findBase64(text.toLatin1());
}

Findings find(const QJsonValue& value, int depth)
{
    Findings findings;
    if (depth > deepest)
        return findings;
    if (value.isString())
        return findInText(value.toString());
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < std::min(array.size(), mostInArray); ++i) {
            const Findings part = find(array.at(i), depth + 1);
            findings.torn = findings.torn || part.torn;
            for (const PictureSource& source : part.sources) {
                if (!findings.sources.contains(source) && findings.sources.size() < mostInArray)
                    findings.sources.append(source);
            }
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const auto key : {"image"_L1, "images"_L1, "output"_L1, "image_url"_L1, "url"_L1,
                 "b64_json"_L1, "outputs"_L1, "data"_L1}) {
            Findings part = find(object.value(key), depth + 1);
            const bool torn = findings.torn || part.torn;
            if (part.tellsMoreThan(findings))
                findings = std::move(part);
            findings.torn = torn;
        }
    }
    return findings;
}

AnswerReading judged(Findings findings, Error otherwise)
{
    if (!findings.sources.isEmpty())
        return std::move(findings.sources);
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
    Findings findings =
        find(json.isObject() ? QJsonValue(json.object()) : QJsonValue(json.array()), 0);
    const bool failed = json.isObject() && saysError(json.object());
    return judged(
        std::move(findings), {failed ? ErrorKind::ErrorInAnswer : ErrorKind::UnreadableAnswer, {},
                                 serviceMessage(text)});
}

} // namespace

QThreadPool& answerThreads()
{
    static QThreadPool threads;
    return threads;
}

AnswerReading readAnswer(const QByteArray& body)
{
    if (sniffImageFormat(body))
        return judged(findBytes(body), {});
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
        findings = findInText(QString::fromLatin1(text));
    return judged(std::move(findings), unreadable);
}

} // namespace seedbook
