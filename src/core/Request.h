#pragma once

#include "core/ModelSchema.h"
#include "core/Seed.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace seedbook {

// The same for requests that make the same picture: a SHA-256 in hexadecimal over model and
// parameters, without how the answer travels (the fields "base64" and "base_64"). Needs no model's
// file, so that a picture's own record tells it on every computer.
//
// Empty where there is no seed, which is never looked for: what such a request makes is left to
// chance, so no picture there is, and none on its way, is the one that it would make.
[[nodiscard]] QByteArray requestIdentity(
    const QString& modelId, QJsonObject parameters, const std::optional<Seed>& seed);

// Everything that makes one picture, and nothing else: one immutable value. Its seed is always
// concrete, where its model has one. Where and how it is sent is the job's affair.
class Request final
{
public:
    // Checks `values` against the model and fills absent fields with the model's defaults. The seed
    // of a model that has one must be concrete: a missing one or −1 is InvalidValue (mint one
    // before).
    [[nodiscard]] static Result<Request> make(ModelPtr model, const QJsonObject& values);
    // What toJson() wrote. UnknownModel if the catalog has no such model.
    [[nodiscard]] static Result<Request> fromJson(
        const ModelCatalog& catalog, const QJsonObject& json);
    // One that was made earlier, as it was, whatever became of its model's file since: where that
    // is gone, or the values no longer fit it, the request stands on a stand-in
    // (ModelSchema::fault()) and can be asked after, filed, counted and shown, but not sent. `seed`
    // is told beside them.
    [[nodiscard]] static Request asItWas(const ModelCatalog& catalog, const QString& modelId,
        const QJsonObject& parameters, const std::optional<Seed>& seed);

    [[nodiscard]] const ModelSchema& model() const { return *m_model; }
    [[nodiscard]] const ModelPtr& modelPtr() const { return m_model; }
    // Every parameter of the model, by its field name.
    [[nodiscard]] const QJsonObject& parameters() const { return m_parameters; }
    // Undefined where the model has no such parameter.
    [[nodiscard]] QJsonValue value(ParameterRole role) const;
    [[nodiscard]] QString prompt() const { return value(ParameterRole::Prompt).toString(); }
    // None where the model has no such parameter.
    [[nodiscard]] std::optional<Seed> seed() const { return m_seed; }
    [[nodiscard]] QString seedText() const { return m_seed ? m_seed->text() : QString(); }
    // The model's native size for the request's aspect ratio; empty if not known.
    [[nodiscard]] QSize pixelSize() const;

    // The JSON body of the call: exactly the contract's fields and types.
    [[nodiscard]] QByteArray body() const;
    // {"model": id, "parameters": {…}}, for files and databases.
    [[nodiscard]] QJsonObject toJson() const;

    // requestIdentity() of this one.
    [[nodiscard]] QByteArray identity() const
    {
        return requestIdentity(m_model->id(), m_parameters, m_seed);
    }

    friend bool operator==(const Request& a, const Request& b)
    {
        return a.m_model->id() == b.m_model->id() && a.m_parameters == b.m_parameters;
    }

private:
    Request(ModelPtr model, QJsonObject parameters, std::optional<Seed> seed);

    ModelPtr m_model;
    QJsonObject m_parameters;
    std::optional<Seed> m_seed;
};

} // namespace seedbook
