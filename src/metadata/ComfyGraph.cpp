#include "metadata/ComfyGraph.h"

#include "core/NumberText.h"
#include "metadata/RecordValues.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int deepestLink = 64;
// Of a graph with more samplers only these are looked at.
constexpr qsizetype mostSamplers = 32;

struct Node
{
    QString type;
    QJsonObject inputs;
};

bool isSampler(const QString& type)
{
    return type.startsWith("SamplerCustom"_L1) ||
           (type.contains("KSampler"_L1) && !type.contains("KSamplerSelect"_L1));
}

class Graph
{
public:
    explicit Graph(const QJsonObject& nodes)
        : m_nodes(nodes)
    {
    }

    [[nodiscard]] std::optional<Node> node(const QString& id) const
    {
        const QJsonObject object = m_nodes.value(id).toObject();
        const QString type = object.value("class_type"_L1).toString();
        if (type.isEmpty())
            return std::nullopt;
        return Node{type, object.value("inputs"_L1).toObject()};
    }

    // A link is [id, number of the output]; null where the value is none.
    [[nodiscard]] static QString linkedId(const QJsonValue& value)
    {
        const QJsonArray link = value.toArray();
        if (link.size() != 2 || !link.at(1).isDouble())
            return {};
        return link.at(0).isDouble() ? QString::number(link.at(0).toInteger(-1))
                                     : link.at(0).toString();
    }

    [[nodiscard]] std::optional<Node> linked(const QJsonValue& value) const
    {
        const QString id = linkedId(value);
        return id.isEmpty() ? std::nullopt : node(id);
    }

    [[nodiscard]] bool isGraph() const
    {
        return std::any_of(m_nodes.begin(), m_nodes.end(), [](const QJsonValue& value) {
            return value.toObject().value("class_type"_L1).isString();
        });
    }

    // By their numbers; "2" comes before "10".
    [[nodiscard]] QStringList samplers() const
    {
        QStringList ids;
        for (auto it = m_nodes.begin(); it != m_nodes.end(); ++it) {
            if (isSampler(it->toObject().value("class_type"_L1).toString()))
                ids.append(it.key());
        }
        std::stable_sort(ids.begin(), ids.end(), [](const QString& a, const QString& b) {
            return a.size() != b.size() ? a.size() < b.size() : a < b;
        });
        return ids.mid(0, mostSamplers);
    }

    // The first node that `wanted` takes, from a link on through inputs of the names given.
    template <typename Wanted>
    [[nodiscard]] std::optional<Node> follow(
        QJsonValue link, const QList<QLatin1StringView>& names, const Wanted& wanted) const
    {
        for (int depth = 0; depth < deepestLink; ++depth) {
            const auto next = linked(link);
            if (!next)
                return std::nullopt;
            if (wanted(*next))
                return next;
            link = QJsonValue::Undefined;
            for (const QLatin1StringView name : names) {
                if (!linkedId(next->inputs.value(name)).isEmpty()) {
                    link = next->inputs.value(name);
                    break;
                }
            }
        }
        return std::nullopt;
    }

    // A number that stands there or that a node linked there holds.
    [[nodiscard]] QJsonValue number(
        const QJsonValue& value, const QList<QLatin1StringView>& names, int depth = 0) const
    {
        const QJsonValue plain = numberFrom(value);
        if (!plain.isUndefined() || depth >= deepestLink)
            return plain;
        const auto source = linked(value);
        if (!source)
            return QJsonValue::Undefined;
        for (const QLatin1StringView name : names) {
            if (source->inputs.contains(name))
                return number(source->inputs.value(name), names, depth + 1);
        }
        return QJsonValue::Undefined;
    }

private:
    QJsonObject m_nodes;
};

const QList<QLatin1StringView> seedNames{
    "noise_seed"_L1, "seed"_L1, "value"_L1, "Value"_L1, "int"_L1, "number"_L1};
const QList<QLatin1StringView> stepsNames{
    "steps"_L1, "sigmas"_L1, "value"_L1, "Value"_L1, "int"_L1, "number"_L1};
const QList<QLatin1StringView> cfgNames{"cfg"_L1, "value"_L1, "Value"_L1, "float"_L1, "number"_L1};
const QList<QLatin1StringView> latentNames{"latent_image"_L1, "samples"_L1, "latent"_L1,
    "optional_latent_image"_L1, "pixels"_L1, "image"_L1, "images"_L1};

// Looks for the words of one side of a sampler. Every node is seen once, so a graph with cycles or
// many branches costs no more than its size.
class TextSearch
{
public:
    TextSearch(const Graph& graph, QLatin1StringView side)
        : m_graph(graph)
        , m_side(side)
    {
    }

    [[nodiscard]] std::optional<QString> find(const QJsonValue& link, int depth = 0)
    {
        const QString id = Graph::linkedId(link);
        if (id.isEmpty() || depth > deepestLink || m_seen.contains(id))
            return std::nullopt;
        m_seen.insert(id);
        const auto node = m_graph.node(id);
        if (!node || node->type == "TextGenerate"_L1) // the words that came out are not kept
            return std::nullopt;
        // Made from the other side's words, of which nothing is left.
        if (node->type.contains("ZeroOut"_L1))
            return QString();
        if (m_guidance.isUndefined())
            m_guidance = numberFrom(node->inputs.value("guidance"_L1));
        return findIn(*node, depth);
    }

    // What a node on the way told (FluxGuidance); Undefined where none did.
    [[nodiscard]] QJsonValue guidance() const { return m_guidance; }

private:
    [[nodiscard]] std::optional<QString> findIn(const Node& node, int depth)
    {
        static constexpr std::array words{"text"_L1, "prompt"_L1, "Text"_L1, "prompt_text"_L1,
            "populated_text"_L1, "text_g"_L1, "t5xxl"_L1, "clip_l"_L1, "string"_L1, "value"_L1};
        if (node.inputs.value(m_side).isString()) // loaders that hold both sides
            return node.inputs.value(m_side).toString();
        for (const QLatin1StringView name : words) {
            const QJsonValue value = node.inputs.value(name);
            if (value.isString())
                return value.toString();
            if (const auto found = find(value, depth + 1))
                return found;
        }
        const std::array ways{m_side, "conditioning"_L1, "conditioning_1"_L1, "conditioning_to"_L1,
            "conditioning_from"_L1, "conditioning_2"_L1, "cond"_L1, "source"_L1, "any"_L1,
            "on_true"_L1, "on_false"_L1};
        for (const QLatin1StringView name : ways) {
            if (const auto found = find(node.inputs.value(name), depth + 1))
                return found;
        }
        return std::nullopt;
    }

    const Graph& m_graph;
    QLatin1StringView m_side;
    QSet<QString> m_seen;
    QJsonValue m_guidance = QJsonValue::Undefined;
};

bool isSecondPass(const Graph& graph, const Node& sampler)
{
    return graph
        .follow(sampler.inputs.value("latent_image"_L1), latentNames,
            [](const Node& node) { return isSampler(node.type); })
        .has_value();
}

FoundRecord readSampler(const Graph& graph, const Node& sampler)
{
    FoundRecord record;
    record.source = u"ComfyUI"_s;
    const auto guider = graph.linked(sampler.inputs.value("guider"_L1));
    const QJsonObject sides = guider ? guider->inputs : sampler.inputs;

    TextSearch positive(graph, "positive"_L1);
    if (const auto text = positive.find(firstOf(sides, {"positive"_L1, "conditioning"_L1})))
        record.values.insert(u"prompt"_s, *text);
    TextSearch negative(graph, "negative"_L1);
    if (const auto text = negative.find(sides.value("negative"_L1)))
        record.values.insert(u"negative_prompt"_s, *text);

    addNumber(record.values, u"seed"_s,
        graph.number(firstOf(sampler.inputs, {"seed"_L1, "noise_seed"_L1, "noise"_L1}), seedNames));
    addNumber(record.values, u"steps"_s,
        graph.number(firstOf(sampler.inputs, {"steps"_L1, "sigmas"_L1}), stepsNames));
    const QJsonValue cfg = graph.number(sides.value("cfg"_L1), cfgNames);
    addNumber(record.values, u"guidance"_s, cfg.isUndefined() ? positive.guidance() : cfg);

    const auto latent =
        graph.follow(sampler.inputs.value("latent_image"_L1), latentNames, [](const Node& node) {
            return !sizeFrom(node.inputs.value("width"_L1), node.inputs.value("height"_L1))
                        .isEmpty();
        });
    if (latent)
        record.size = sizeFrom(latent->inputs.value("width"_L1), latent->inputs.value("height"_L1));
    const auto modelName = [](const Node& node) {
        return firstOf(node.inputs, {"ckpt_name"_L1, "unet_name"_L1, "model_name"_L1}).toString();
    };
    const auto loader = graph.follow(sides.value("model"_L1), {"model"_L1},
        [&modelName](const Node& node) { return !modelName(node).isEmpty(); });
    if (loader)
        record.model = modelName(*loader);
    return record;
}

} // namespace

std::optional<FoundRecord> readComfyGraph(const QJsonObject& object)
{
    const Graph graph(object);
    if (!graph.isGraph())
        return std::nullopt;
    // A picture that was enlarged passed a second sampler, whose settings are not the picture's.
    std::optional<FoundRecord> best;
    bool bestIsFirstPass = false;
    for (const QString& id : graph.samplers()) {
        const Node sampler = *graph.node(id);
        const bool firstPass = !isSecondPass(graph, sampler);
        if (best && (bestIsFirstPass || !firstPass))
            continue;
        FoundRecord record = readSampler(graph, sampler);
        if (record.values.isEmpty())
            continue;
        best = std::move(record);
        bestIsFirstPass = firstPass;
    }
    if (best)
        return best;
    FoundRecord unreadable;
    unreadable.source = u"ComfyUI"_s;
    unreadable.readable = false;
    return unreadable;
}

} // namespace seedbook
