#include "service/ServiceMessage.h"

#include "core/OutsideJson.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype mostBytes = 64 << 10;
constexpr int deepest = 4;
constexpr qsizetype mostParts = 8;

// {"msg": "Input should be …", "loc": ["body", "steps"]}: where it is belongs to what it says.
QString withLocation(const OutsideJson& json, const QString& message, const QJsonValue& location)
{
    QStringList parts;
    const QJsonArray array = location.toArray();
    for (const QJsonValue& part : array) {
        const QString text = part.isDouble() ? QString::number(part.toInteger()) : part.toString();
        if (!text.isEmpty() && !json.longText(text) && parts.size() < mostParts)
            parts += text;
    }
    return parts.isEmpty() ? message : parts.join(u'.') + u": "_s + message;
}

QString messageIn(const OutsideJson& json, const QJsonValue& value, int depth)
{
    if (depth > deepest)
        return {};
    if (value.isString()) {
        const QString text = value.toString();
        return json.longText(text) ? QString() : text.simplified();
    }
    const QJsonObject object = value.toObject();
    for (const auto key : {"error"_L1, "message"_L1, "detail"_L1, "error_description"_L1, "msg"_L1,
             "errors"_L1, "title"_L1}) {
        const QString message = messageIn(json, object.value(key), depth + 1);
        if (!message.isEmpty())
            return withLocation(json, message, object.value("loc"_L1));
    }
    QStringList parts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& part : array) {
        const QString message = messageIn(json, part, depth + 1);
        if (!message.isEmpty())
            parts += message;
        if (parts.size() == mostParts)
            break;
    }
    return parts.join(u"; "_s);
}

// Comments, scripts, styles and heads. By hand and not by a regular expression, which would be
// quadratic in what does not end.
QString withoutUnseen(const QString& html)
{
    struct Kind
    {
        QStringView begin;
        QStringView end;
        bool isTag = true;
        bool mayEnd = true; // false once it did not, so that the rest is looked through once
    };
    Kind kinds[] = {{u"<!--", u"-->", false}, {u"<script", u"</script"}, {u"<style", u"</style"},
        {u"<head", u"</head"}};
    const auto begins = [&html](const Kind& kind, qsizetype at) {
        if (!kind.mayEnd ||
            !QStringView(html).sliced(at).startsWith(kind.begin, Qt::CaseInsensitive))
            return false;
        const qsizetype behind = at + kind.begin.size();
        return !kind.isTag || behind == html.size() ||
               !(html.at(behind).isLetterOrNumber() || html.at(behind) == u'_');
    };
    const auto behindEnd = [&html](const Kind& kind, qsizetype from) -> qsizetype {
        for (;;) {
            from = html.indexOf(kind.end, from, Qt::CaseInsensitive);
            if (from < 0)
                return -1;
            from += kind.end.size();
            if (!kind.isTag)
                return from;
            while (from < html.size() && html.at(from).isSpace())
                ++from;
            if (from < html.size() && html.at(from) == u'>')
                return from + 1;
        }
    };
    QString seen;
    for (qsizetype at = 0; at < html.size();) {
        const qsizetype opening = html.indexOf(u'<', at);
        const qsizetype end = opening < 0 ? html.size() : opening;
        seen += QStringView(html).sliced(at, end - at);
        at = end;
        if (at == html.size())
            break;
        auto* kind = std::ranges::find_if(kinds, [&](const Kind& k) { return begins(k, at); });
        const bool found = kind != std::end(kinds);
        const qsizetype behind = found ? behindEnd(*kind, at + kind->begin.size()) : -1;
        if (found)
            kind->mayEnd = behind >= 0;
        seen += behind < 0 ? u'<' : u' ';
        at = behind < 0 ? at + 1 : behind;
    }
    return seen;
}

QString textOfHtml(const QString& html)
{
    static const QRegularExpression title(
        u"<title[^>]*>([^<]*)"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression tag(u"<[^>]*>?"_s);
    QString text = title.match(html).captured(1).simplified();
    if (text.isEmpty()) {
        text = withoutUnseen(html);
        text.replace(tag, u" "_s);
    }
    // The ampersand last: "&amp;lt;" is "&lt;".
    return text.replace(u"&lt;"_s, u"<"_s)
        .replace(u"&gt;"_s, u">"_s)
        .replace(u"&quot;"_s, u"\""_s)
        .replace(u"&#39;"_s, u"'"_s)
        .replace(u"&nbsp;"_s, u" "_s)
        .replace(u"&amp;"_s, u"&"_s)
        .simplified();
}

// Control characters and those that turn the direction of writing can make a message look like
// something else.
QString withoutControls(const QString& text)
{
    QString clean;
    for (const QChar c : text) {
        const auto category = c.category();
        if (category != QChar::Other_Control && category != QChar::Other_Format)
            clean += c;
    }
    return clean;
}

// What is no JSON, or has no message in it.
QString wordsOf(QByteArrayView body)
{
    const QByteArrayView trimmed = body.trimmed();
    const QByteArrayView start = trimmed.first(std::min(trimmed.size(), mostBytes));
    // Anything with a NUL in it is not text.
    if (start.contains('\0'))
        return {};
    QString text = QString::fromUtf8(start);
    const auto broken = text.count(QChar::ReplacementCharacter);
    if (broken > 1 + text.size() / 50)
        return {};
    text = start.startsWith('<') ? textOfHtml(text) : text.simplified();
    return withoutControls(text);
}

} // namespace

QString serviceMessage(const QByteArray& body)
{
    // Cut before anything looks at it.
    const QByteArrayView trimmed = QByteArrayView(body).trimmed();
    const QByteArray head = trimmed.first(std::min(trimmed.size(), mostBytes)).toByteArray();
    const bool isJson = head.startsWith('{') || head.startsWith('[');
    return isJson ? serviceMessage(OutsideJson(head), head) : wordsOf(head);
}

QString serviceMessage(const OutsideJson& json, const QByteArray& body)
{
    const QJsonDocument& document = json.document();
    const QString message = messageIn(json,
        document.isObject() ? QJsonValue(document.object()) : QJsonValue(document.array()), 0);
    return message.isEmpty() ? wordsOf(body) : withoutControls(message);
}

} // namespace seedbook
