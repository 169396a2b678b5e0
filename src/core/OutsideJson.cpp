#include "core/OutsideJson.h"

#include <QRandomGenerator>

#include <limits>

namespace seedbook {

namespace {

constexpr qsizetype mostValues = 10'000;
constexpr int deepest = 64;
constexpr qsizetype largest = 4 << 20; // without the long texts
constexpr qsizetype longestInPlace = 64 << 10;

// What its texts' places begin with. Nobody outside can know it, and so name a long text again and
// again.
const QByteArray& placeMark()
{
    static const QByteArray mark =
        "long-text-" + QByteArray::number(QRandomGenerator::global()->generate64(), 16) + '-';
    return mark;
}

// Behind the closing quotation mark of the text that begins at `at`; null where there is none.
const char* behindText(const char* at, const char* end)
{
    for (; at != end; ++at) {
        if (*at == '"')
            return at + 1;
        if (*at == '\\' && ++at == end)
            break;
    }
    return nullptr;
}

struct Lean
{
    QByteArray text;
    QList<QByteArrayView> longTexts;
    QJsonParseError::ParseError fault = QJsonParseError::NoError;
};

Lean leanOf(QByteArrayView json, qsizetype longestText)
{
    Lean lean;
    int depth = 0;
    qsizetype values = 0;
    const char* const end = json.data() + json.size();
    const char* from = json.data(); // not copied yet
    const auto copyUntil = [&](const char* until) {
        if (lean.text.size() + (until - from) > largest)
            lean.fault = QJsonParseError::DocumentTooLarge;
        else
            lean.text.append(from, until - from);
        from = until;
    };
    for (const char* at = from; at != end && lean.fault == QJsonParseError::NoError;) {
        const char c = *at++;
        if (c == '"') {
            const char* behind = behindText(at, end);
            const qsizetype length = (behind ? behind - 1 : end) - at;
            if (length > longestText) {
                copyUntil(at);
                if (!behind) { // the parser sees that it does not end
                    from = end;
                    break;
                }
                lean.text += placeMark() + QByteArray::number(lean.longTexts.size());
                lean.longTexts.append(QByteArrayView(at, length));
                from = behind - 1;
            }
            at = behind ? behind : end;
        } else if (c == '[' || c == '{') {
            ++values;
            if (++depth > deepest)
                lean.fault = QJsonParseError::DeepNesting;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ',') {
            ++values;
        }
        if (values > mostValues)
            lean.fault = QJsonParseError::DocumentTooLarge;
    }
    if (lean.fault == QJsonParseError::NoError)
        copyUntil(end);
    return lean;
}

QJsonDocument parsed(const Lean& lean, QJsonParseError* fault)
{
    if (lean.fault == QJsonParseError::NoError)
        return QJsonDocument::fromJson(lean.text, fault);
    if (fault)
        *fault = {.offset = 0, .error = lean.fault};
    return {};
}

} // namespace

OutsideJson::OutsideJson(const QByteArray& bytes)
    : m_bytes(bytes)
{
    const Lean lean = leanOf(m_bytes, longestInPlace);
    m_longTexts = lean.longTexts;
    m_document = parsed(lean, &m_fault);
}

bool OutsideJson::isTooMuch() const
{
    return m_fault.error == QJsonParseError::DocumentTooLarge ||
           m_fault.error == QJsonParseError::DeepNesting;
}

bool OutsideJson::isCutShort() const
{
    return m_fault.error == QJsonParseError::UnterminatedObject ||
           m_fault.error == QJsonParseError::UnterminatedArray ||
           m_fault.error == QJsonParseError::UnterminatedString;
}

std::optional<QByteArrayView> OutsideJson::longText(const QString& word) const
{
    const QByteArray& mark = placeMark();
    if (m_longTexts.isEmpty() || !word.startsWith(QLatin1StringView(mark)))
        return std::nullopt;
    bool isNumber = false;
    const qsizetype at = QStringView(word).sliced(mark.size()).toLongLong(&isNumber);
    return isNumber && at >= 0 && at < m_longTexts.size() ? std::optional(m_longTexts.at(at))
                                                          : std::nullopt;
}

QJsonDocument readOutsideJson(const QByteArray& bytes, QJsonParseError* fault)
{
    return parsed(leanOf(bytes, std::numeric_limits<qsizetype>::max()), fault);
}

} // namespace seedbook
