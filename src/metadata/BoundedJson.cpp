#include "metadata/BoundedJson.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype largestText = 4 << 20;
constexpr int deepest = 64;
constexpr qsizetype mostValues = 200'000; // a large graph has tens of thousands

bool isWordOrNumber(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '+' || c == '.';
}

// One number or word, as JSON's grammar and 64 bits can hold it.
QByteArray mended(const QByteArray& token)
{
    if (token == "NaN" || token == "Infinity" || token == "-Infinity")
        return "null"_ba;
    const QByteArray digits = token.startsWith('-') ? token.sliced(1) : token;
    const bool whole = !digits.isEmpty() && std::all_of(digits.begin(), digits.end(),
                                                [](char c) { return c >= '0' && c <= '9'; });
    if (!whole)
        return token;
    bool fits = false;
    static_cast<void>(token.toLongLong(&fits));
    return fits ? token : '"' + token + '"';
}

// The same text with its words and numbers mended; nothing where it is too deep, or too much.
std::optional<QByteArray> mendedJson(const QByteArray& json)
{
    QByteArray out;
    out.reserve(json.size() + 64);
    int depth = 0;
    qsizetype values = 0;
    for (qsizetype i = 0; i < json.size();) {
        const char c = json.at(i);
        const qsizetype begin = i;
        if (c == '"') {
            for (++i; i < json.size() && json.at(i) != '"'; ++i) {
                if (json.at(i) == '\\')
                    ++i;
            }
            i = std::min(i + 1, json.size());
            out.append(json.constData() + begin, i - begin);
        } else if (isWordOrNumber(c)) {
            while (i < json.size() && isWordOrNumber(json.at(i)))
                ++i;
            out += mended(json.sliced(begin, i - begin));
        } else {
            if (c == '{' || c == '[')
                ++depth;
            else if (c == '}' || c == ']')
                --depth;
            if (c == '{' || c == '[' || c == ',')
                ++values;
            if (depth > deepest || values > mostValues)
                return std::nullopt;
            out += c;
            ++i;
        }
    }
    return out;
}

} // namespace

std::optional<QJsonObject> readBoundedJson(const QString& text)
{
    if (text.size() > largestText)
        return std::nullopt;
    QStringView view = text;
    // Some writers count the NUL that ends a text in C.
    while (view.endsWith(QChar::Null))
        view.chop(1);
    view = view.trimmed();
    if (!view.startsWith(u'{'))
        return std::nullopt;
    const auto json = mendedJson(view.toUtf8());
    if (!json)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(*json);
    if (!document.isObject())
        return std::nullopt;
    return document.object();
}

} // namespace seedbook
