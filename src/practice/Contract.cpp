#include "practice/Contract.h"

#include "core/OutsideJson.h"
#include "practice/Signing.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace seedbook::practice {

namespace {

const auto creditsPath = "/v1/get-user-credits"_L1;
const auto requestsPath = "/v2/requests/"_L1;
const auto statusEnding = "/status"_L1;
// Of the practice service alone: where its finished pictures are.
const auto filesPath = "/files/"_L1;

std::optional<TicketQuestion> ticketQuestion(const QString& path)
{
    using About = TicketQuestion::About;
    if (path.startsWith(filesPath))
        return TicketQuestion{path.sliced(filesPath.size()).section(u'.', 0, 0), About::File};
    if (!path.startsWith(requestsPath))
        return std::nullopt;
    const QString rest = path.sliced(requestsPath.size());
    if (rest.endsWith(statusEnding))
        return TicketQuestion{rest.chopped(statusEnding.size()), About::Status};
    return TicketQuestion{rest, About::Result};
}

Refusal methodNotAllowed()
{
    return {405, "text/html; charset=utf-8",
        "<!doctype html>\n<html lang=en>\n<title>405 Method Not Allowed</title>\n"
        "<h1>Method Not Allowed</h1>\n"
        "<p>The method is not allowed for the requested URL.</p>\n"};
}

bool isJson(const QByteArray& contentType)
{
    return contentType.split(';').first().trimmed().compare(
               "application/json", Qt::CaseInsensitive) == 0;
}

// The schema's own details go through tr(); a service does not speak the person's language.
QString serviceMessage(const ModelSchema& model, const QJsonObject& body, const Error& error)
{
    if (error.kind == ErrorKind::UnknownParameter)
        return u"Unknown parameter '%1'"_s.arg(error.parameter);
    const Parameter* found = model.parameter(error.parameter);
    if (!found)
        return u"Invalid request"_s;
    if (!body.contains(found->name))
        return u"Missing parameter '%1'"_s.arg(found->name);
    if (error.kind == ErrorKind::InvalidText)
        return u"Parameter '%1' is not valid text"_s.arg(found->name);
    return u"Parameter '%1' %2"_s.arg(found->name, kindOf(*found).demand(*found));
}

} // namespace

Refusal Refusal::json(int status, const QString& message)
{
    return {status, "application/json",
        QJsonDocument(QJsonObject{{u"error"_s, message}}).toJson(QJsonDocument::Compact)};
}

Contract::Contract(QList<ModelPtr> models, ApiKey key)
    : m_models(std::move(models))
    , m_key(std::move(key))
{
}

Contract::Place Contract::modelAt(const QString& path) const
{
    for (const ModelPtr& model : m_models) {
        for (const Transport transport : {Transport::Blocking, Transport::Recoverable}) {
            if (model->path(transport) == path)
                return {model, transport};
        }
    }
    return {};
}

bool Contract::isModelPath(const QString& path) const
{
    return modelAt(path).model != nullptr;
}

bool Contract::isRightKey(const QByteArray& key) const
{
    return isSame(key, m_key.reveal());
}

Verdict Contract::judge(const Call& call) const
{
    const bool credits = call.path == creditsPath;
    const auto question = ticketQuestion(call.path);
    const auto [model, transport] = credits || question ? Place{} : modelAt(call.path);
    if (!credits && !question && !model)
        return Refusal::json(404, u"Model or endpoint not found"_s);
    if (call.method != (credits || question ? "GET" : "POST"))
        return methodNotAllowed();
    if (question && question->about == TicketQuestion::About::File)
        return *question; // like any picture on the web: without a key
    if (!isRightKey(call.key))
        return Refusal::json(401, u"Missing or invalid API key"_s);
    if (credits)
        return CreditsQuestion{};
    if (question)
        return *question;
    if (!isJson(call.contentType))
        return Refusal::json(406, u"Invalid content type"_s);

    QJsonParseError fault;
    const QJsonDocument document = readOutsideJson(call.body, &fault);
    if (fault.error != QJsonParseError::NoError)
        return Refusal::json(400, u"The body is not valid JSON: %1"_s.arg(fault.errorString()));
    if (!document.isObject())
        return Refusal::json(400, u"The body is not a JSON object"_s);
    const auto checked = model->checkBody(document.object());
    if (!checked)
        return Refusal::json(400, serviceMessage(*model, document.object(), checked.error()));

    QJsonObject values = *checked;
    const Parameter* seedField = model->parameter(ParameterRole::Seed);
    if (seedField &&
        values.value(seedField->name).toInteger(Seed::randomSentinel) == Seed::randomSentinel)
        values.insert(seedField->name, Seed::random(*QRandomGenerator::global()).number());
    auto request = Request::make(model, values);
    if (!request)
        return Refusal::json(400, serviceMessage(*model, values, request.error()));
    const bool base64 = request->value(ParameterRole::Base64).toBool();
    return Order{*std::move(request), base64, transport};
}

} // namespace seedbook::practice
