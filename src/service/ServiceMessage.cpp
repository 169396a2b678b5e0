#include "service/ServiceMessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype mostBytes = 64 << 10;
constexpr int deepest = 4;
constexpr qsizetype mostParts = 8;

QString messageIn(const QJsonValue& value, int depth);

// {"msg": "Input should be …", "loc": ["body", "steps"]}: where it is belongs to what it says.
QString withLocation(const QString& message, const QJsonValue& location)
{
    QStringList parts;
    for (const QJsonValue& part : location.toArray()) {
        const QString text = part.isDouble() ? QString::number(part.toInteger()) : part.toString();
        if (!text.isEmpty() && parts.size() < mostParts)
            parts += text;
    }
    return parts.isEmpty() ? message : parts.join(u'.') + u": "_s + message;
}

QString messageIn(const QJsonObject& object, int depth)
{
    for (const auto key : {"error"_L1, "message"_L1, "detail"_L1, "error_description"_L1, "msg"_L1,
             "errors"_L1, "title"_L1}) {
        const QString message = messageIn(object.value(key), depth + 1);
        if (!message.isEmpty())
            return withLocation(message, object.value("loc"_L1));
    }
    return {};
}

QString messageIn(const QJsonValue& value, int depth)
{
    if (depth > deepest)
        return {};
    if (value.isString())
        return value.toString().simplified();
    if (value.isObject())
        return messageIn(value.toObject(), depth);
    QStringList parts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& part : array) {
        const QString message = messageIn(part, depth + 1);
        if (!message.isEmpty())
            parts += message;
        if (parts.size() == mostParts)
            break;
    }
    return parts.join(u"; "_s);
}

QString textOfHtml(const QString& html)
{
    static const QRegularExpression title(
        u"<title[^>]*>([^<]*)"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression unseen(u"<(script|style|head)\\b.*?</\\1\\s*>|<!--.*?-->"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tag(u"<[^>]*>?"_s);
    QString text = title.match(html).captured(1).simplified();
    if (text.isEmpty()) {
        text = html;
        text.replace(unseen, u" "_s).replace(tag, u" "_s);
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

} // namespace

QString serviceMessage(const QByteArray& body)
{
    const QByteArray head = body.trimmed();
    if (head.isEmpty())
        return {};
    if (head.startsWith('{') || head.startsWith('[')) {
        const QJsonDocument json = QJsonDocument::fromJson(head);
        const QString message =
            json.isObject() ? messageIn(json.object(), 0) : messageIn(QJsonValue(json.array()), 0);
        if (!message.isEmpty())
            return withoutControls(message);
    }
    // Anything with a NUL in it is not text.
    const QByteArray start = head.first(std::min(head.size(), mostBytes));
    if (start.contains('\0'))
        return {};
    QString text = QString::fromUtf8(start);
    const auto broken = text.count(QChar::ReplacementCharacter);
    if (broken > 1 + text.size() / 50)
        return {};
    text = head.startsWith('<') ? textOfHtml(text) : text.simplified();
    return withoutControls(text);
}

} // namespace seedbook
