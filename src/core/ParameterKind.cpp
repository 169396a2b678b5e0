#include "core/ParameterKind.h"

#include "core/ModelSchema.h"
#include "core/NumberText.h"
#include "core/Text.h"
#include "core/Words.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Beyond this many letters nobody means one of a parameter's few words.
constexpr qsizetype longestWord = 40;

Error invalid(const Parameter& parameter, const QString& detail)
{
    return {ErrorKind::InvalidValue, parameter.title, detail, 0, parameter.name};
}

// An empty prompt needs no more words than its kind has.
Error missing(const Parameter& parameter, const QString& detail)
{
    if (parameter.role == ParameterRole::Prompt)
        return {ErrorKind::EmptyPrompt, parameter.title, {}, 0, parameter.name};
    return invalid(parameter, detail);
}

class TextKind final : public ParameterKind
{
public:
    TextKind()
        : ParameterKind(Id::Text, "string"_L1)
    {
    }

    [[nodiscard]] Result<QJsonValue> check(
        const Parameter& parameter, const QJsonValue& value) const override
    {
        if (!value.isString())
            return invalid(parameter, Words::tr("It must be text."));
        const QString text = value.toString();
        if (text.size() > parameter.maxLength)
            return Error{ErrorKind::TextTooLong, parameter.title,
                Words::tr("It has %L1 characters; the limit is %L2.")
                    .arg(text.size())
                    .arg(parameter.maxLength),
                0, parameter.name};
        if (const auto fault = findUnsendable(text))
            return Error{ErrorKind::InvalidText, parameter.title, *fault, 0, parameter.name};
        if (parameter.minLength > 0 && text.trimmed().size() < parameter.minLength)
            return missing(parameter, Words::tr("It is empty."));
        return value;
    }

    // Without what no request can carry, and no longer than one can be; nothing if that is not
    // enough.
    [[nodiscard]] QJsonValue nearest(
        const Parameter& parameter, const QJsonValue& value) const override
    {
        if (!value.isString())
            return QJsonValue::Undefined;
        const QString text = value.toString();
        QString sound;
        sound.reserve(std::min<qsizetype>(text.size(), parameter.maxLength));
        for (qsizetype i = 0; i < text.size(); ++i) {
            const QChar c = text.at(i);
            const bool pair =
                c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
            if (c.isNull() || (c.isSurrogate() && !pair))
                continue;
            if (sound.size() + (pair ? 2 : 1) > parameter.maxLength)
                break;
            sound += c;
            if (pair)
                sound += text.at(++i);
        }
        return check(parameter, sound) ? QJsonValue(sound) : QJsonValue(QJsonValue::Undefined);
    }

    [[nodiscard]] QString demand(const Parameter& parameter) const override
    {
        return u"must be a text of %1 to %2 characters"_s.arg(parameter.minLength)
            .arg(parameter.maxLength);
    }

    [[nodiscard]] bool isProse() const override { return true; }
};

class ChoiceKind final : public ParameterKind
{
public:
    ChoiceKind()
        : ParameterKind(Id::Choice, "string"_L1)
    {
    }

    [[nodiscard]] Result<QJsonValue> check(
        const Parameter& parameter, const QJsonValue& value) const override
    {
        if (!value.isString())
            return invalid(parameter, Words::tr("It must be text."));
        if (!parameter.allowed.contains(value.toString()))
            return invalid(parameter, Words::tr("It must be one of %1.")
                                          .arg(QLocale().createSeparatedList(parameter.allowed)));
        return value;
    }

    // "PNG" and "jpg" are meant for "png" and "jpeg".
    [[nodiscard]] QJsonValue nearest(
        const Parameter& parameter, const QJsonValue& value) const override
    {
        const QString plain = value.toString().trimmed().left(longestWord).toLower();
        for (const QString& allowed : parameter.allowed) {
            if (allowed.toLower() == plain || (allowed == "jpeg"_L1 && plain == "jpg"_L1))
                return allowed;
        }
        return QJsonValue::Undefined;
    }

    [[nodiscard]] QString range(const Parameter& parameter) const override
    {
        return parameter.allowed.join(u", "_s);
    }

    [[nodiscard]] QString demand(const Parameter& parameter) const override
    {
        return u"must be one of "_s + range(parameter);
    }
};

class NumericKind : public ParameterKind
{
public:
    using ParameterKind::ParameterKind;

    [[nodiscard]] Result<QJsonValue> check(
        const Parameter& parameter, const QJsonValue& value) const final
    {
        const double number = value.toDouble();
        if (!value.isDouble() || !std::isfinite(number) || !has(number) ||
            (parameter.minimum && number < *parameter.minimum) ||
            (parameter.maximum && number > *parameter.maximum))
            return invalid(parameter, need(parameter));
        return stored(number);
    }

    [[nodiscard]] QJsonValue parse(const QJsonValue& written) const final
    {
        const QJsonValue number = numberFrom(written);
        if (number.isString()) // beyond 64 bits
            return number.toString().toDouble();
        return number.isUndefined() ? written : number;
    }

    [[nodiscard]] QJsonValue nearest(
        const Parameter& parameter, const QJsonValue& value) const final
    {
        if (!value.isDouble())
            return QJsonValue::Undefined;
        double number = rounded(value.toDouble());
        if (parameter.minimum)
            number = std::max(number, *parameter.minimum);
        if (parameter.maximum)
            number = std::min(number, *parameter.maximum);
        return number;
    }

    [[nodiscard]] QString range(const Parameter& parameter) const final
    {
        return parameter.isRanged()
                   ? Words::tr("%1 to %2")
                         .arg(numberText(*parameter.minimum), numberText(*parameter.maximum))
                   : QString();
    }

    [[nodiscard]] QString demand(const Parameter& parameter) const final
    {
        QString text = u"must be "_s + noun();
        if (parameter.minimum)
            text += u", at least "_s + numberText(*parameter.minimum);
        if (parameter.maximum)
            text += u", at most "_s + numberText(*parameter.maximum);
        return text;
    }

protected:
    [[nodiscard]] virtual bool has(double number) const = 0;
    [[nodiscard]] virtual QJsonValue stored(double number) const = 0;
    [[nodiscard]] virtual double rounded(double number) const = 0;
    [[nodiscard]] virtual bool isWhole() const = 0;
    [[nodiscard]] virtual QString noun() const = 0; // in the service's words

private:
    [[nodiscard]] QString need(const Parameter& parameter) const
    {
        if (parameter.isRanged())
            return (isWhole() ? Words::tr("It must be a whole number from %1 to %2.")
                              : Words::tr("It must be a number from %1 to %2."))
                .arg(numberText(*parameter.minimum), numberText(*parameter.maximum));
        if (parameter.minimum)
            return (isWhole() ? Words::tr("It must be a whole number of at least %1.")
                              : Words::tr("It must be a number of at least %1."))
                .arg(numberText(*parameter.minimum));
        if (parameter.maximum)
            return (isWhole() ? Words::tr("It must be a whole number of at most %1.")
                              : Words::tr("It must be a number of at most %1."))
                .arg(numberText(*parameter.maximum));
        return isWhole() ? Words::tr("It must be a whole number.")
                         : Words::tr("It must be a number.");
    }
};

class IntegerKind final : public NumericKind
{
public:
    IntegerKind()
        : NumericKind(Id::Integer, "integer"_L1)
    {
    }

private:
    [[nodiscard]] bool has(double number) const override
    {
        return std::fabs(number) <= exactIntegers && std::floor(number) == number;
    }
    [[nodiscard]] QJsonValue stored(double number) const override
    {
        return static_cast<qint64>(number);
    }
    [[nodiscard]] double rounded(double number) const override { return std::round(number); }
    [[nodiscard]] bool isWhole() const override { return true; }
    [[nodiscard]] QString noun() const override { return u"an integer"_s; }
};

class NumberKind final : public NumericKind
{
public:
    NumberKind()
        : NumericKind(Id::Number, "number"_L1)
    {
    }

private:
    [[nodiscard]] bool has(double) const override { return true; }
    [[nodiscard]] QJsonValue stored(double number) const override { return number; }
    [[nodiscard]] double rounded(double number) const override { return number; }
    [[nodiscard]] bool isWhole() const override { return false; }
    [[nodiscard]] QString noun() const override { return u"a number"_s; }
};

class BooleanKind final : public ParameterKind
{
public:
    BooleanKind()
        : ParameterKind(Id::Boolean, "boolean"_L1)
    {
    }

    [[nodiscard]] Result<QJsonValue> check(
        const Parameter& parameter, const QJsonValue& value) const override
    {
        if (!value.isBool())
            return invalid(parameter, Words::tr("It must be true or false."));
        return value;
    }

    [[nodiscard]] QJsonValue parse(const QJsonValue& written) const override
    {
        const QString word = written.toString().trimmed().toLower();
        if (word == "true"_L1 || word == "false"_L1)
            return word == "true"_L1;
        return written;
    }

    [[nodiscard]] QString demand(const Parameter&) const override { return u"must be a boolean"_s; }
    [[nodiscard]] bool isFlag() const override { return true; }
};

const std::array<const ParameterKind*, 5>& allKinds()
{
    static const TextKind text;
    static const ChoiceKind choice;
    static const IntegerKind integer;
    static const NumberKind number;
    static const BooleanKind boolean;
    static const std::array<const ParameterKind*, 5> kinds{
        &text, &choice, &integer, &number, &boolean};
    return kinds;
}

} // namespace

const ParameterKind& ParameterKind::of(Id id)
{
    return **std::ranges::find(allKinds(), id, &ParameterKind::id);
}

const ParameterKind* ParameterKind::find(const QString& jsonType, bool isEnum)
{
    const auto found = std::ranges::find_if(allKinds(), [&](const ParameterKind* kind) {
        return kind->jsonType() == jsonType && (kind->id() == Id::Choice) == isEnum;
    });
    return found == allKinds().end() ? nullptr : *found;
}

const ParameterKind& ParameterKind::ofValue(const QJsonValue& value)
{
    return of(value.isString() ? Id::Text : value.isBool() ? Id::Boolean : Id::Number);
}

QJsonValue ParameterKind::nearest(const Parameter&, const QJsonValue&) const
{
    return QJsonValue::Undefined;
}

QString ParameterKind::show(const QJsonValue& value) const
{
    return shownValue(value);
}

QString ParameterKind::range(const Parameter&) const
{
    return {};
}

const ParameterKind& kindOf(const Parameter& parameter)
{
    return *parameter.kind;
}

Error missingValue(const Parameter& parameter)
{
    return missing(parameter, Words::tr("It is missing."));
}

QString shownValue(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? Words::tr("yes") : Words::tr("no");
    case QJsonValue::Double: {
        const double number = value.toDouble();
        const qint64 whole = value.toInteger();
        return static_cast<double>(whole) == number
                   ? QString::number(whole)
                   : QLocale().toString(number, 'g', QLocale::FloatingPointShortest);
    }
    case QJsonValue::String:
        return value.toString();
    default:
        return {};
    }
}

} // namespace seedbook
