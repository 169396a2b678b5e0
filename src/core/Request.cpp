#include "core/Request.h"

#include "core/Words.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace seedbook {

QByteArray requestIdentity(
    const QString& modelId, QJsonObject parameters, const std::optional<Seed>& seed)
{
    if (!seed)
        return {};
    parameters.remove("base64"_L1);
    parameters.remove("base_64"_L1);
    // QJsonObject keeps its keys sorted, so that equal objects are equal text.
    const QByteArray text =
        QJsonDocument(QJsonObject{{u"model"_s, modelId}, {u"parameters"_s, parameters}})
            .toJson(QJsonDocument::Compact);
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex();
}

Request::Request(ModelPtr model, QJsonObject parameters, std::optional<Seed> seed)
    : m_model(std::move(model))
    , m_parameters(std::move(parameters))
    , m_seed(seed)
{
}

Result<Request> Request::make(ModelPtr model, const QJsonObject& values)
{
    QJsonObject whole = model->defaults();
    for (auto it = values.begin(); it != values.end(); ++it)
        whole.insert(it.key(), *it);
    auto checked = model->checkBody(whole);
    if (!checked)
        return checked.error();
    const Parameter* seedField = model->parameter(ParameterRole::Seed);
    if (!seedField)
        return Request(std::move(model), *std::move(checked), std::nullopt);
    const auto seed = Seed::fromNumber(checked->value(seedField->name).toInteger(-1));
    if (!seed)
        return Error{ErrorKind::InvalidValue, seedField->title,
            Words::tr("It must be a whole number from %1 to %2.")
                .arg(Seed::smallest)
                .arg(Seed::largest),
            0, seedField->name};
    return Request(std::move(model), *std::move(checked), seed);
}

Result<Request> Request::fromJson(const ModelCatalog& catalog, const QJsonObject& json)
{
    const QString id = json["model"_L1].toString();
    ModelPtr model = catalog.find(id);
    if (!model)
        return Error{ErrorKind::UnknownModel, id, {}};
    return make(std::move(model), json["parameters"_L1].toObject());
}

Request Request::asItWas(const ModelCatalog& catalog, const QString& modelId,
    const QJsonObject& parameters, const std::optional<Seed>& seed)
{
    const ModelPtr model = catalog.find(modelId);
    const Result<Request> fitting =
        model ? make(model, parameters) : Error{ErrorKind::UnknownModel, modelId, {}};
    // Without the defaults that a newer file may have added: they are not what was meant then.
    return Request(
        fitting ? model : ModelSchema::standIn(modelId, model, parameters, fitting.error()),
        parameters, seed);
}

QJsonValue Request::value(ParameterRole role) const
{
    const Parameter* parameter = m_model->parameter(role);
    return parameter ? m_parameters.value(parameter->name) : QJsonValue(QJsonValue::Undefined);
}

QSize Request::pixelSize() const
{
    return m_model->pixelSize(value(ParameterRole::AspectRatio).toString());
}

QByteArray Request::body() const
{
    return QJsonDocument(m_parameters).toJson(QJsonDocument::Compact);
}

QJsonObject Request::toJson() const
{
    return {{u"model"_s, m_model->id()}, {u"parameters"_s, m_parameters}};
}

} // namespace seedbook
