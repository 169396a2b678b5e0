#include "core/ModelSchema.h"

#include "core/Words.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

bool comesBefore(const Parameter& a, const Parameter& b)
{
    return rank(a.role) < rank(b.role);
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
        // A forgotten role is not taken for a model that has no such thing.
        for (const ParameterRole role : {ParameterRole::Prompt, ParameterRole::Seed}) {
            const QString field = usualField(role);
            if (!model->parameter(role) && !m_own["roles"_L1].toObject().value(field).isNull())
                fail(Words::tr("“x-seedbook.roles” does not define the role “%1”. If the model has "
                               "none, write null.")
                         .arg(field));
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
            const auto role = roleFromName(it.key());
            if (!role)
                return fail(
                    Words::tr("“x-seedbook.roles” has an unknown role, “%1”.").arg(it.key()));
            if (it->isNull())
                continue; // it has no such thing, and says so
            if (!properties.contains(it->toString()))
                return fail(Words::tr(
                    "“x-seedbook.roles” assigns the role “%1” to a field that does not exist.")
                                .arg(it.key()));
            roles.insert(it->toString(), *role);
        }
        QStringList required;
        for (const QJsonValue& name : m_root["required"_L1].toArray())
            required.append(name.toString());
        for (auto it = properties.begin(); it != properties.end() && !m_error; ++it) {
            Parameter parameter = readParameter(it.key(), it->toObject());
            parameter.role = roles.value(it.key(), ParameterRole::None);
            parameter.required = required.contains(it.key());
            if (const auto type = wrongTypeForRole(parameter))
                fail(Words::tr("The role of “%1” needs the type %2.").arg(parameter.name, *type));
            model.m_parameters.append(parameter);
        }
        std::stable_sort(model.m_parameters.begin(), model.m_parameters.end(), comesBefore);
        for (Parameter& parameter : model.m_parameters) {
            if (m_error || parameter.defaultValue.isUndefined())
                continue;
            const auto checked = kindOf(parameter).check(parameter, parameter.defaultValue);
            if (!checked)
                return fail(Words::tr("The default of “%1” is outside its range. %2")
                                .arg(parameter.name, checked.error().detail));
            parameter.defaultValue = *checked;
        }
    }

    Parameter readParameter(const QString& name, const QJsonObject& object)
    {
        Parameter parameter;
        parameter.name = name;
        const QString type = object["type"_L1].toString();
        if (const ParameterKind* kind = ParameterKind::find(type, false))
            parameter.kind = kind;
        else
            fail(Words::tr("The field “%1” has the unsupported type “%2”. Use string, integer, "
                           "number or boolean.")
                     .arg(name, type));
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
        const ParameterKind* kind = ParameterKind::find(kindOf(parameter).jsonType(), true);
        if (kind && !parameter.allowed.isEmpty())
            parameter.kind = kind;
        else
            fail(Words::tr("The allowed values of “%1” must be a list of strings.")
                     .arg(parameter.name));
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
    std::shared_ptr<ModelSchema> model(new ModelSchema);
    model->m_id = id;
    model->m_title = like ? like->m_title : id;
    model->m_fault = std::move(fault);
    if (like) {
        model->m_price = like->m_price;
        model->m_expectedTime = like->m_expectedTime;
        model->m_pixelSizes = like->m_pixelSizes;
    }
    for (auto it = values.begin(); it != values.end(); ++it) {
        const Parameter* known = like ? like->parameter(it.key()) : nullptr;
        const ParameterRole role = known ? known->role : roleOfField(it.key());
        const bool taken = role != ParameterRole::None && model->parameter(role);
        Parameter parameter;
        parameter.name = it.key();
        parameter.title = known ? known->title : it.key();
        parameter.role = taken ? ParameterRole::None : role;
        parameter.kind = &ParameterKind::ofValue(*it);
        model->m_parameters.append(parameter);
    }
    std::stable_sort(model->m_parameters.begin(), model->m_parameters.end(), comesBefore);
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

Result<QJsonObject> ModelSchema::checkBody(const QJsonObject& body) const
{
    QJsonObject checked;
    for (auto it = body.begin(); it != body.end(); ++it) {
        const Parameter* known = parameter(it.key());
        if (!known)
            return Error{ErrorKind::UnknownParameter, it.key(), {}, 0, it.key()};
        const auto value = kindOf(*known).check(*known, *it);
        if (!value)
            return value.error();
        checked.insert(it.key(), *value);
    }
    for (const Parameter& known : m_parameters) {
        if (known.required && !body.contains(known.name))
            return missingValue(known);
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
