#include "service/AnswerReader.h"

#include "core/OutsideJson.h"
#include "service/ServiceMessage.h"

#include <QJsonArray>
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
        return std::ranges::count_if(sources, [](const AnsweredPicture& source) {
            return std::holds_alternative<PictureBytes>(source);
        });
    }
    [[nodiscard]] bool tellsMoreThan(const Findings& other) const
    {
        return std::pair(sources.size(), whole()) > std::pair(other.sources.size(), other.whole());
    }
};

// −1 for anything but a hexadecimal digit.
int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char small = static_cast<char>(c | 0x20);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// A JSON text from between its quotation marks, without the breaks that base64 may have. What is no
// ASCII belongs to no base64 and becomes a question mark.
QByteArray unescaped(QByteArrayView text)
{
    QByteArray plain(text.size(), Qt::Uninitialized);
    char* to = plain.data();
    for (const char* at = text.begin(); at != text.end(); ++at) {
        char c = *at;
        if (c == '\\') {
            if (++at == text.end())
                break; // cut off
            c = *at;
            if (c == 'n' || c == 'r' || c == 't')
                continue;
            if (c == 'u' && text.end() - at > 4) {
                int code = 0;
                for (int i = 1; i <= 4; ++i)
                    code = code * 16 | digitOf(at[i]);
                c = code >= 0 && code < 128 ? static_cast<char>(code) : '?';
                at += 4;
            }
        }
        *to++ = c;
    }
    plain.truncate(to - plain.data());
    return plain;
}

Findings findBytes(const QByteArray& bytes)
{
    if (!sniffImageFormat(bytes))
        return {};
    if (auto picture = wholePicture(bytes))
        return {.sources = {*std::move(picture)}};
    return {.torn = true};
}

// Base64, or a data URI. It may be large: whoever calls gives it away, and it is decoded in its own
// place.
Findings findBase64(QByteArray&& text)
{
    if (text.first(std::min<qsizetype>(text.size(), 5)).compare("data:", Qt::CaseInsensitive) ==
        0) {
        const qsizetype comma = text.indexOf(',');
        if (comma < 0 || !text.first(comma).toLower().endsWith(";base64"))
            return {};
        text.remove(0, comma + 1);
    }
    text.removeIf([](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
    const auto alphabet = text.contains('-') || text.contains('_') ? QByteArray::Base64UrlEncoding
                                                                   : QByteArray::Base64Encoding;
    auto decoded = QByteArray::fromBase64Encoding(
        std::move(text), alphabet | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return {};
    decoded.decoded.squeeze();
    return findBytes(decoded.decoded);
}

bool isAddress(const QString& text)
{
    return text.startsWith("https://"_L1, Qt::CaseInsensitive) ||
           text.startsWith("http://"_L1, Qt::CaseInsensitive);
}

Findings findInText(const QString& text)
{
    if (!isAddress(text))
        return findBase64(text.toLatin1());
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (text.size() <= longestUrl && url.isValid())
        return {.sources = {PictureLink{url}}};
    return {};
}

Findings find(const OutsideJson& json, const QJsonValue& value, int depth)
{
    Findings findings;
    if (depth > deepest)
        return findings;
    if (value.isString()) {
        const QString text = value.toString();
        const auto longText = json.longText(text); // no address is as long
        return longText ? findBase64(unescaped(*longText)) : findInText(text);
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < std::min(array.size(), mostInArray); ++i) {
            const Findings part = find(json, array.at(i), depth + 1);
            findings.torn = findings.torn || part.torn;
            for (const AnsweredPicture& source : part.sources) {
                if (!findings.sources.contains(source) && findings.sources.size() < mostInArray)
                    findings.sources.append(source);
            }
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const auto key : {"image"_L1, "images"_L1, "output"_L1, "image_url"_L1, "url"_L1,
                 "b64_json"_L1, "outputs"_L1, "data"_L1}) {
            Findings part = find(json, object.value(key), depth + 1);
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

AnswerReading readJson(const QByteArray& body)
{
    const OutsideJson json(body);
    const QJsonDocument& document = json.document();
    if (document.isNull() && json.isCutShort())
        return Error{ErrorKind::TornAnswer, {}, {}};
    if (document.isNull())
        return Error{ErrorKind::UnreadableAnswer, {}, serviceMessage(body)};
    const QJsonValue value =
        document.isObject() ? QJsonValue(document.object()) : QJsonValue(document.array());
    const bool failed = document.isObject() && saysError(document.object());
    return judged(
        find(json, value, 0), {failed ? ErrorKind::ErrorInAnswer : ErrorKind::UnreadableAnswer, {},
                                  serviceMessage(json, body)});
}

} // namespace

QThreadPool& answerThreads()
{
    // One after the other: a large one is there twice while it is read.
    static struct OneThread : QThreadPool
    {
        OneThread() { setMaxThreadCount(1); }
    } threads;
    return threads;
}

AnswerReading readAnswer(const QByteArray& body)
{
    if (sniffImageFormat(body))
        return judged(findBytes(body), {});
    QByteArrayView text = body;
    if (text.startsWith("\xef\xbb\xbf"))
        text = text.sliced(3);
    text = text.trimmed();
    if (text.startsWith('{') || text.startsWith('['))
        return readJson(body);
    const Error unreadable{ErrorKind::UnreadableAnswer, {}, serviceMessage(body)};
    if (text.startsWith('<') || text.contains('\0'))
        return unreadable;
    // A JSON string, or the string bare.
    const bool quoted = text.size() >= 2 && text.startsWith('"') && text.endsWith('"');
    QByteArray plain = quoted ? unescaped(text.sliced(1, text.size() - 2)) : text.toByteArray();
    Findings findings = plain.size() <= longestUrl ? findInText(QString::fromLatin1(plain))
                                                   : findBase64(std::move(plain));
    return judged(std::move(findings), unreadable);
}

} // namespace seedbook
