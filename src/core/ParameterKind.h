#pragma once

#include "core/Result.h"

#include <QJsonValue>
#include <QLatin1StringView>
#include <QString>

namespace seedbook {

struct Parameter;

// What a parameter's values are, and all that is done with them: a form, the command line, the
// import and the practice service ask the kind, and none of them looks at types. A new kind is a
// class in ParameterKind.cpp, and an editor (widgets/compose/ParameterEditor).
class ParameterKind
{
public:
    enum class Id {
        Text,   // free text
        Choice, // one of several texts
        Integer,
        Number,
        Boolean,
    };

    ParameterKind(const ParameterKind&) = delete;
    ParameterKind& operator=(const ParameterKind&) = delete;
    virtual ~ParameterKind() = default;

    [[nodiscard]] static const ParameterKind& of(Id id);
    // For JSON Schema's "type", with an "enum" or without; null where there is none.
    [[nodiscard]] static const ParameterKind* find(const QString& jsonType, bool isEnum);
    // Of a value of which no schema tells.
    [[nodiscard]] static const ParameterKind& ofValue(const QJsonValue& value);

    [[nodiscard]] Id id() const { return m_id; }
    [[nodiscard]] QLatin1StringView jsonType() const { return m_jsonType; }

    // The value in the schema's type (the schema decides between 4 and 4.0, not the JSON), or
    // InvalidValue / InvalidText / TextTooLong / EmptyPrompt.
    [[nodiscard]] virtual Result<QJsonValue> check(
        const Parameter& parameter, const QJsonValue& value) const = 0;
    // What a person or another program wrote, as check() wants it: 30 for "30". As it is where it
    // is no such thing.
    [[nodiscard]] virtual QJsonValue parse(const QJsonValue& written) const { return written; }
    // The nearest to a value that the parameter does not take; Undefined where none is near.
    [[nodiscard]] virtual QJsonValue nearest(
        const Parameter& parameter, const QJsonValue& value) const;
    // For a person. Also of a value that is of another kind, as a file may hold it.
    [[nodiscard]] virtual QString show(const QJsonValue& value) const;
    // Which values there are, as short as help has it: "1 to 50"; empty where that tells nothing.
    [[nodiscard]] virtual QString range(const Parameter& parameter) const;
    // What a value must be like in the practice service's words: "must be an integer, at least 1".
    [[nodiscard]] virtual QString demand(const Parameter& parameter) const = 0;
    // A person's own words, too long to be repeated in a sentence.
    [[nodiscard]] virtual bool isProse() const { return false; }
    // Yes or no, so that the name alone says it on a command line.
    [[nodiscard]] virtual bool isFlag() const { return false; }

protected:
    ParameterKind(Id id, QLatin1StringView jsonType)
        : m_id(id)
        , m_jsonType(jsonType)
    {
    }

private:
    Id m_id;
    QLatin1StringView m_jsonType;
};

[[nodiscard]] const ParameterKind& kindOf(const Parameter& parameter);

// That a required parameter has no value.
[[nodiscard]] Error missingValue(const Parameter& parameter);

// Any value for a person, whatever it is of: numbers as the locale has them, yes and no; empty for
// lists and objects.
[[nodiscard]] QString shownValue(const QJsonValue& value);

} // namespace seedbook
