#include "core/ModelSchema.h"

#include "core/Text.h"
#include "core/Words.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Beyond this a double no longer holds every integer.
constexpr double exactIntegers = 9007199254740992.0;

struct RoleName
{
    QLatin1StringView name;
    ParameterRole role;
};

// Also the order in which a form shows the parameters.
constexpr std::array roleNames{
    RoleName{"prompt"_L1, ParameterRole::Prompt},
    RoleName{"negativePrompt"_L1, ParameterRole::NegativePrompt},
    RoleName{"aspectRatio"_L1, ParameterRole::AspectRatio},
    RoleName{"steps"_L1, ParameterRole::Steps},
    RoleName{"guidance"_L1, ParameterRole::Guidance},
    RoleName{"seed"_L1, ParameterRole::Seed},
    RoleName{"imageFormat"_L1, ParameterRole::ImageFormat},
    RoleName{"quality"_L1, ParameterRole::Quality},
    RoleName{"base64"_L1, ParameterRole::Base64},
};

qsizetype rank(ParameterRole role)
{
    const auto* found = std::find_if(
        roleNames.begin(), roleNames.end(), [role](const RoleName& r) { return r.role == role; });
    return found - roleNames.begin();
}

Error invalidValue(const Parameter& parameter, const QString& detail)
{
    return {ErrorKind::InvalidValue, parameter.title, detail};
}

QString numberText(double number)
{
    return QString::number(number, 'g', 15);
}

// An empty prompt needs no more words than its kind has.
Error missing(const Parameter& parameter, const QString& detail)
{
    if (parameter.role == ParameterRole::Prompt)
        return {ErrorKind::EmptyPrompt, parameter.title, {}};
    return invalidValue(parameter, detail);
}

QString rangeText(const Parameter& parameter)
{
    const bool whole = parameter.type == ParameterType::Integer;
    if (parameter.minimum && parameter.maximum)
        return (whole ? Words::tr("It must be a whole number from %1 to %2.")
                      : Words::tr("It must be a number from %1 to %2."))
            .arg(numberText(*parameter.minimum), numberText(*parameter.maximum));
    if (parameter.minimum)
        return (whole ? Words::tr("It must be a whole number of at least %1.")
                      : Words::tr("It must be a number of at least %1."))
            .arg(numberText(*parameter.minimum));
    if (parameter.maximum)
        return (whole ? Words::tr("It must be a whole number of at most %1.")
                      : Words::tr("It must be a number of at most %1."))
            .arg(numberText(*parameter.maximum));
    return whole ? Words::tr("It must be a whole number.") : Words::tr("It must be a number.");
}

} // namespace

QString Parameter::optionName() const
{
    return QString(name).replace(u'_', u'-');
}

// Reads one file; keeps the first thing that is wrong.
class ModelSchema::Parser
{
public:
    Parser(const QJsonObject& root, const QString& source)
        : m_root(root)
        , m_source(source)
        , m_own(root["x-seedbook"_L1].toObject())
    {
    }

    Result<ModelPtr> run()
    {
        std::shared_ptr<ModelSchema> model(new ModelSchema);
        model->m_id = text(m_root, "$id"_L1, u"$id"_s);
        model->m_title = text(m_root, "title"_L1, u"title"_s);
        model->m_path = text(m_own["paths"_L1].toObject(), "v1"_L1, u"x-seedbook.paths.v1"_s);
        if (!m_error && !model->m_path.startsWith(u'/'))
            fail(Words::tr("“%1” must start with a slash.").arg(u"x-seedbook.paths.v1"_s));
        model->m_recoverablePath = m_own["paths"_L1]["v2"_L1].toString();
        if (!model->m_recoverablePath.isEmpty() && !model->m_recoverablePath.startsWith(u'/'))
            fail(Words::tr("“%1” must start with a slash.").arg(u"x-seedbook.paths.v2"_s));
        readPrice(*model);
        readSizes(*model);
        readParameters(*model);
        for (const auto& [role, name] : {std::pair{ParameterRole::Prompt, u"prompt"_s},
                 std::pair{ParameterRole::Seed, u"seed"_s}}) {
            if (!m_error && !model->parameter(role))
                fail(Words::tr("“x-seedbook.roles” does not define the role “%1”.").arg(name));
        }
        if (m_error)
            return *m_error;
        return ModelPtr(std::move(model));
    }

private:
    void fail(const QString& what)
    {
        if (!m_error)
            m_error = Error{ErrorKind::ModelFileInvalid, m_source, what};
    }

    QString text(const QJsonObject& object, QLatin1StringView key, const QString& where)
    {
        const QString value = object[key].toString();
        if (value.isEmpty())
            fail(Words::tr("“%1” is missing or is not a string.").arg(where));
        return value;
    }

    void readPrice(ModelSchema& model)
    {
        const QJsonValue price = m_own.value("price"_L1);
        if (!price.isUndefined() && (!price.isDouble() || price.toDouble() < 0))
            return fail(Words::tr("“%1” must not be negative.").arg(u"x-seedbook.price"_s));
        model.m_price = Money::fromUsd(price.toDouble());

        const QJsonValue seconds = m_own.value("expectedSeconds"_L1);
        if (seconds.isUndefined())
            return;
        if (!seconds.isDouble() || seconds.toDouble() <= 0 || seconds.toDouble() > 3600)
            return fail(Words::tr("“%1” must be a number above 0 and at most 3600.")
                            .arg(u"x-seedbook.expectedSeconds"_s));
        model.m_expectedTime = std::chrono::milliseconds(std::llround(seconds.toDouble() * 1000));
    }

    void readSizes(ModelSchema& model)
    {
        const QJsonObject sizes = m_own["sizes"_L1].toObject();
        for (auto it = sizes.begin(); it != sizes.end(); ++it) {
            const QJsonArray pair = it->toArray();
            const QSize size(pair.at(0).toInt(), pair.at(1).toInt());
            if (pair.size() != 2 || size.width() < 1 || size.height() < 1 || size.width() > 16384 ||
                size.height() > 16384)
                return fail(Words::tr("“%1” must be two whole numbers from 1 to 16384.")
                                .arg(u"x-seedbook.sizes."_s + it.key()));
            model.m_pixelSizes.insert(it.key(), size);
        }
    }

    void readParameters(ModelSchema& model)
    {
        const QJsonObject properties = m_root["properties"_L1].toObject();
        if (properties.isEmpty())
            return fail(Words::tr("“properties” is missing or empty."));

        QMap<QString, ParameterRole> roles;
        const QJsonObject named = m_own["roles"_L1].toObject();
        for (auto it = named.begin(); it != named.end(); ++it) {
            const auto* found = std::find_if(roleNames.begin(), roleNames.end(),
                [&it](const RoleName& r) { return r.name == it.key(); });
            if (found == roleNames.end())
                return fail(
                    Words::tr("“x-seedbook.roles” has an unknown role, “%1”.").arg(it.key()));
            if (!properties.contains(it->toString()))
                return fail(Words::tr(
                    "“x-seedbook.roles” assigns the role “%1” to a field that does not exist.")
                                .arg(it.key()));
            roles.insert(it->toString(), found->role);
        }
        QStringList required;
        for (const QJsonValue& name : m_root["required"_L1].toArray())
            required.append(name.toString());
        for (auto it = properties.begin(); it != properties.end() && !m_error; ++it) {
            Parameter parameter = readParameter(it.key(), it->toObject());
            parameter.role = roles.value(it.key(), ParameterRole::None);
            parameter.required = required.contains(it.key());
            checkRole(parameter);
            model.m_parameters.append(parameter);
        }
        std::stable_sort(model.m_parameters.begin(), model.m_parameters.end(),
            [](const Parameter& a, const Parameter& b) { return rank(a.role) < rank(b.role); });
        for (Parameter& parameter : model.m_parameters) {
            if (m_error || parameter.defaultValue.isUndefined())
                continue;
            const auto checked = model.check(parameter, parameter.defaultValue);
            if (!checked)
                return fail(Words::tr("The default of “%1” is outside its range. %2")
                                .arg(parameter.name, checked.error().detail));
            parameter.defaultValue = *checked;
        }
    }

    Parameter readParameter(const QString& name, const QJsonObject& object)
    {
        static const QMap<QString, ParameterType> types{
            {u"string"_s, ParameterType::String},
            {u"integer"_s, ParameterType::Integer},
            {u"number"_s, ParameterType::Number},
            {u"boolean"_s, ParameterType::Boolean},
        };
        Parameter parameter;
        parameter.name = name;
        const QString type = object["type"_L1].toString();
        if (!types.contains(type))
            fail(Words::tr("The field “%1” has the unsupported type “%2”. Use string, integer, "
                           "number or boolean.")
                     .arg(name, type));
        parameter.type = types.value(type);
        parameter.title = object["title"_L1].toString(name);
        parameter.description = object["description"_L1].toString();
        parameter.defaultValue = object.value("default"_L1);
        parameter.minimum = number(object, "minimum"_L1, name);
        parameter.maximum = number(object, "maximum"_L1, name);
        if (parameter.minimum && parameter.maximum && *parameter.minimum > *parameter.maximum)
            fail(Words::tr("The minimum of “%1” is above its maximum.").arg(name));
        parameter.minLength = object["minLength"_L1].toInt(0);
        parameter.maxLength = object["maxLength"_L1].toInt(parameter.maxLength);
        readEnum(parameter, object.value("enum"_L1));

        const QJsonObject own = object["x-seedbook"_L1].toObject();
        parameter.output = own["group"_L1].toString() == "output"_L1;
        parameter.step = number(own, "step"_L1, name).value_or(1);
        if (parameter.step <= 0)
            fail(Words::tr("The step of “%1” must be above 0.").arg(name));
        return parameter;
    }

    void readEnum(Parameter& parameter, const QJsonValue& values)
    {
        if (values.isUndefined())
            return;
        for (const QJsonValue& value : values.toArray()) {
            if (!value.isString() || value.toString().isEmpty())
                fail(Words::tr("The allowed values of “%1” must be strings.").arg(parameter.name));
            parameter.allowed.append(value.toString());
        }
        if (parameter.allowed.isEmpty() || parameter.type != ParameterType::String)
            fail(Words::tr("The allowed values of “%1” must be a list of strings.")
                     .arg(parameter.name));
    }

    void checkRole(const Parameter& parameter)
    {
        const auto mustBe = [this, &parameter](bool right, const QString& type) {
            if (!right)
                fail(Words::tr("The role of “%1” needs the type %2.").arg(parameter.name, type));
        };
        switch (parameter.role) {
        case ParameterRole::None:
            return;
        case ParameterRole::Prompt:
        case ParameterRole::NegativePrompt:
            return mustBe(parameter.type == ParameterType::String && parameter.allowed.isEmpty(),
                u"string"_s);
        case ParameterRole::AspectRatio:
        case ParameterRole::ImageFormat:
            return mustBe(!parameter.allowed.isEmpty(), u"string"_s);
        case ParameterRole::Steps:
        case ParameterRole::Quality:
            return mustBe(isRanged(parameter) && parameter.type == ParameterType::Integer,
                Words::tr("integer with a minimum and a maximum"));
        case ParameterRole::Seed:
            return mustBe(parameter.type == ParameterType::Integer, u"integer"_s);
        case ParameterRole::Guidance:
            return mustBe(isRanged(parameter), Words::tr("number with a minimum and a maximum"));
        case ParameterRole::Base64:
            return mustBe(parameter.type == ParameterType::Boolean, u"boolean"_s);
        }
    }

    static bool isRanged(const Parameter& parameter)
    {
        return parameter.minimum && parameter.maximum &&
               (parameter.type == ParameterType::Integer ||
                   parameter.type == ParameterType::Number);
    }

    std::optional<double> number(
        const QJsonObject& object, QLatin1StringView key, const QString& name)
    {
        const QJsonValue value = object.value(key);
        if (value.isUndefined())
            return std::nullopt;
        if (!value.isDouble()) {
            fail(Words::tr("“%1” of the field “%2” must be a number.").arg(key, name));
            return std::nullopt;
        }
        return value.toDouble();
    }

    QJsonObject m_root;
    QString m_source;
    QJsonObject m_own;
    std::optional<Error> m_error;
};

Result<ModelPtr> ModelSchema::parse(const QByteArray& json, const QString& source)
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (!document.isObject()) {
        const QString what =
            parseError.error == QJsonParseError::NoError
                ? Words::tr("It is not a JSON object.")
                : Words::tr("It is not valid JSON (at byte %1: %2).")
                      .arg(QString::number(parseError.offset), parseError.errorString());
        return Error{ErrorKind::ModelFileInvalid, source, what};
    }
    return Parser(document.object(), source).run();
}

ModelPtr ModelSchema::standIn(
    const QString& id, const ModelPtr& like, const QJsonObject& values, Error fault)
{
    static const QMap<QString, ParameterRole> usual{
        {u"prompt"_s, ParameterRole::Prompt},
        {u"negative_prompt"_s, ParameterRole::NegativePrompt},
        {u"aspect_ratio"_s, ParameterRole::AspectRatio},
        {u"steps"_s, ParameterRole::Steps},
        {u"guidance"_s, ParameterRole::Guidance},
        {u"seed"_s, ParameterRole::Seed},
        {u"image_format"_s, ParameterRole::ImageFormat},
        {u"quality"_s, ParameterRole::Quality},
        {u"base64"_s, ParameterRole::Base64},
        {u"base_64"_s, ParameterRole::Base64},
    };
    std::shared_ptr<ModelSchema> model(new ModelSchema);
    model->m_id = id;
    model->m_title = like ? like->m_title : id;
    model->m_fault = std::move(fault);
    if (like) {
        model->m_price = like->m_price;
        model->m_expectedTime = like->m_expectedTime;
        model->m_pixelSizes = like->m_pixelSizes;
    }
    const auto add = [&model](const QString& name, ParameterRole role, ParameterType type) {
        Parameter parameter;
        parameter.name = name;
        parameter.title = name;
        parameter.role = role;
        parameter.type = type;
        model->m_parameters.append(parameter);
    };
    for (auto it = values.begin(); it != values.end(); ++it) {
        const Parameter* known = like ? like->parameter(it.key()) : nullptr;
        const ParameterRole role = known ? known->role : usual.value(it.key(), ParameterRole::None);
        const bool taken = role != ParameterRole::None && model->parameter(role);
        add(it.key(), taken ? ParameterRole::None : role,
            it->isString() ? ParameterType::String
            : it->isBool() ? ParameterType::Boolean
                           : ParameterType::Number);
        if (known)
            model->m_parameters.last().title = known->title;
    }
    for (const auto& [role, name, type] :
        {std::tuple{ParameterRole::Prompt, u"prompt"_s, ParameterType::String},
            std::tuple{ParameterRole::Seed, u"seed"_s, ParameterType::Integer}}) {
        if (!model->parameter(role))
            add(name, role, type);
    }
    std::stable_sort(model->m_parameters.begin(), model->m_parameters.end(),
        [](const Parameter& a, const Parameter& b) { return rank(a.role) < rank(b.role); });
    return model;
}

const Parameter* ModelSchema::parameter(const QString& name) const
{
    const auto found = std::find_if(m_parameters.begin(), m_parameters.end(),
        [&name](const Parameter& parameter) { return parameter.name == name; });
    return found == m_parameters.end() ? nullptr : &*found;
}

const Parameter* ModelSchema::parameter(ParameterRole role) const
{
    const auto found = std::find_if(m_parameters.begin(), m_parameters.end(),
        [role](const Parameter& parameter) { return parameter.role == role; });
    return found == m_parameters.end() ? nullptr : &*found;
}

QSize ModelSchema::pixelSize(const QString& aspectRatio) const
{
    return m_pixelSizes.value(aspectRatio);
}

Result<QJsonValue> ModelSchema::check(const Parameter& parameter, const QJsonValue& value) const
{
    switch (parameter.type) {
    case ParameterType::Boolean:
        if (!value.isBool())
            return invalidValue(parameter, Words::tr("It must be true or false."));
        return value;
    case ParameterType::Integer:
    case ParameterType::Number: {
        const bool whole = parameter.type == ParameterType::Integer;
        const double number = value.toDouble();
        if (!value.isDouble() || !std::isfinite(number) ||
            (whole && (std::fabs(number) > exactIntegers || std::floor(number) != number)) ||
            (parameter.minimum && number < *parameter.minimum) ||
            (parameter.maximum && number > *parameter.maximum))
            return invalidValue(parameter, rangeText(parameter));
        return whole ? QJsonValue(static_cast<qint64>(number)) : QJsonValue(number);
    }
    case ParameterType::String:
        break;
    }
    if (!value.isString())
        return invalidValue(parameter, Words::tr("It must be text."));
    const QString text = value.toString();
    if (!parameter.allowed.isEmpty()) {
        if (!parameter.allowed.contains(text))
            return invalidValue(
                parameter, Words::tr("It must be one of %1.")
                               .arg(QLocale().createSeparatedList(parameter.allowed)));
        return value;
    }
    if (text.size() > parameter.maxLength)
        return Error{ErrorKind::TextTooLong, parameter.title,
            Words::tr("It has %L1 characters; the limit is %L2.")
                .arg(text.size())
                .arg(parameter.maxLength)};
    if (const auto fault = findUnsendable(text))
        return Error{ErrorKind::InvalidText, parameter.title, *fault};
    if (parameter.minLength > 0 && text.trimmed().size() < parameter.minLength)
        return missing(parameter, Words::tr("It is empty."));
    return value;
}

Result<QJsonObject> ModelSchema::checkBody(const QJsonObject& body) const
{
    QJsonObject checked;
    for (auto it = body.begin(); it != body.end(); ++it) {
        const Parameter* known = parameter(it.key());
        if (!known)
            return Error{ErrorKind::UnknownParameter, it.key(), {}};
        const auto value = check(*known, *it);
        if (!value)
            return value.error();
        checked.insert(it.key(), *value);
    }
    for (const Parameter& known : m_parameters) {
        if (known.required && !body.contains(known.name))
            return missing(known, Words::tr("It is missing."));
    }
    return checked;
}

QJsonObject ModelSchema::defaults() const
{
    QJsonObject values;
    for (const Parameter& parameter : m_parameters) {
        if (!parameter.defaultValue.isUndefined())
            values.insert(parameter.name, parameter.defaultValue);
    }
    return values;
}

ModelCatalog ModelCatalog::builtIn()
{
    ModelCatalog catalog;
    const QDir resources(u":/models"_s);
    for (const QString& name : resources.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        const QString path = resources.filePath(name);
        QFile file(path);
        (void)file.open(QIODevice::ReadOnly); // within the program
        catalog.add(ModelSchema::parse(file.readAll(), path), path);
    }
    return catalog;
}

void ModelCatalog::add(const Result<ModelPtr>& model, const QString& source)
{
    if (!model)
        m_errors.append(model.error());
    else if (find((*model)->id()))
        m_errors.append(Error{ErrorKind::ModelFileInvalid, source,
            Words::tr("Another model already has the ID “%1”.").arg((*model)->id())});
    else
        add(*model);
}

void ModelCatalog::add(ModelPtr model)
{
    m_models.append(std::move(model));
}

ModelPtr ModelCatalog::find(const QString& id) const
{
    const auto found = std::find_if(m_models.begin(), m_models.end(),
        [&id](const ModelPtr& model) { return model->id() == id; });
    return found == m_models.end() ? nullptr : *found;
}

ModelPtr ModelCatalog::standard() const
{
    return find(u"qwen-image"_s);
}

} // namespace seedbook
