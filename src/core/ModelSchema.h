#pragma once

#include "core/Money.h"
#include "core/ParameterKind.h"
#include "core/ParameterRole.h"
#include "core/Result.h"
#include "core/Transport.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QMap>
#include <QSize>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace seedbook {

// Beyond this a double no longer holds every integer.
inline constexpr double exactIntegers = 9007199254740992.0;

// One property of a model's JSON Schema.
struct Parameter
{
    QString name; // the field in the request's JSON
    const ParameterKind* kind = &ParameterKind::of(ParameterKind::Id::Text); // see kindOf()
    ParameterRole role = ParameterRole::None;
    bool required = false;
    QString title;       // the visible label, untranslated
    QString description; // the service's own help text, untranslated
    QJsonValue defaultValue = QJsonValue::Undefined;
    std::optional<double> minimum; // inclusive
    std::optional<double> maximum; // inclusive
    int minLength = 0;             // in UTF-16 units, strings only
    int maxLength = 20000;
    QStringList allowed; // an enum's values in the file's order; empty: free text
    double step = 1;     // how far one notch of a control goes
    bool output = false; // belongs to the folded "Output" part of a form

    // "--aspect-ratio" is written with the dashes a command line wants.
    [[nodiscard]] QString optionName() const;
    [[nodiscard]] bool isRanged() const { return minimum && maximum; }
};

// A model described as data: a file in JSON Schema's own words (type, minimum, maximum, default,
// enum, required, title, description), with what JSON Schema has no word for under "x-seedbook".
// Form, validation, command line, request and the practice service's checks all come from it.
// Immutable once parsed; shared by everything that speaks of the model.
class ModelSchema final
{
public:
    // `source` names the file in errors. ModelFileInvalid says what is wrong and where.
    [[nodiscard]] static Result<std::shared_ptr<const ModelSchema>> parse(
        const QByteArray& json, const QString& source);
    // In the place of a model whose file is gone, or that no longer takes these values: its
    // parameters are those that there are values of, with the roles that `like` (may be null) or
    // their usual names give them.
    [[nodiscard]] static std::shared_ptr<const ModelSchema> standIn(const QString& id,
        const std::shared_ptr<const ModelSchema>& like, const QJsonObject& values, Error fault);

    [[nodiscard]] const QString& id() const { return m_id; }
    [[nodiscard]] const QString& title() const { return m_title; }
    // By role, in the order a form shows them; those without a role last.
    [[nodiscard]] const QList<Parameter>& parameters() const { return m_parameters; }
    [[nodiscard]] const Parameter* parameter(const QString& name) const;
    [[nodiscard]] const Parameter* parameter(ParameterRole role) const;
    // The path below the endpoint, e.g. "/v1/qwen-image"; empty where the file names none for v2.
    [[nodiscard]] const QString& path(Transport transport = Transport::Blocking) const
    {
        return transport == Transport::Blocking ? m_path : m_recoverablePath;
    }
    // Why requests of it cannot be sent: only a stand-in has one.
    [[nodiscard]] const std::optional<Error>& fault() const { return m_fault; }
    [[nodiscard]] Money price() const { return m_price; }
    [[nodiscard]] std::chrono::milliseconds expectedTime() const { return m_expectedTime; }
    // The model's native pixel size for an aspect ratio; empty where the file names none.
    [[nodiscard]] QSize pixelSize(const QString& aspectRatio) const;

    // A whole body: unknown fields, missing required fields, every value. Leaves absent optional
    // fields absent. This is what the service itself would check.
    [[nodiscard]] Result<QJsonObject> checkBody(const QJsonObject& body) const;
    [[nodiscard]] QJsonObject defaults() const;

private:
    ModelSchema() = default;
    class Parser;

    QString m_id;
    QString m_title;
    QList<Parameter> m_parameters;
    QString m_path;
    QString m_recoverablePath;
    Money m_price;
    std::chrono::milliseconds m_expectedTime{28400};
    QMap<QString, QSize> m_pixelSizes;
    std::optional<Error> m_fault;
};

using ModelPtr = std::shared_ptr<const ModelSchema>;

// The models this run knows: the built-in files, then the person's own (settings/ModelFolder), in
// the order of their names. A file that cannot be used is listed, not silently passed over.
class ModelCatalog final
{
public:
    [[nodiscard]] static ModelCatalog builtIn();

    void add(ModelPtr model);
    // Or the error, of a file that was read; also where there is one with its id. `source` names
    // it.
    void add(const Result<ModelPtr>& model, const QString& source);
    [[nodiscard]] const QList<ModelPtr>& models() const { return m_models; }
    [[nodiscard]] const QList<Error>& errors() const { return m_errors; }
    // Null where there is none.
    [[nodiscard]] ModelPtr find(const QString& id) const;
    // qwen-image; null only if the built-in file is broken.
    [[nodiscard]] ModelPtr standard() const;

private:
    QList<ModelPtr> m_models;
    QList<Error> m_errors;
};

} // namespace seedbook
