#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonParseError>
#include <QList>
#include <QString>

#include <optional>

namespace seedbook {

// JSON that anybody may have written. Qt's parser makes sixty times its size of "[1,1,1,…", so the
// bytes are gone through first, once: more than 10,000 values, 64 levels or 4 MiB never come to the
// parser. Long texts, as pictures in base64 are, do not count: they are left where they are in the
// bytes, and a short word stands in their place. A real answer has fewer than a thousand values.
class OutsideJson final
{
public:
    explicit OutsideJson(const QByteArray& bytes);

    // Null where it is no JSON, or too much of it.
    [[nodiscard]] const QJsonDocument& document() const { return m_document; }
    [[nodiscard]] bool isTooMuch() const;
    // It may be the beginning of JSON.
    [[nodiscard]] bool isCutShort() const;
    // For a text of the document in whose place a word stands: what was between its quotation
    // marks, escapes and all, more than 64 KiB. Of this object's bytes.
    [[nodiscard]] std::optional<QByteArrayView> longText(const QString& word) const;

private:
    QByteArray m_bytes;
    QList<QByteArrayView> m_longTexts;
    QJsonDocument m_document;
    QJsonParseError m_fault;
};

// The same with all of its texts, long ones too, for what holds no pictures.
[[nodiscard]] QJsonDocument readOutsideJson(
    const QByteArray& bytes, QJsonParseError* fault = nullptr);

} // namespace seedbook
