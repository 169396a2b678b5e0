#include "metadata/ForeignRecords.h"

#include "metadata/A1111Text.h"
#include "metadata/BoundedJson.h"
#include "metadata/ComfyGraph.h"
#include "metadata/RecordValues.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

using Names = std::initializer_list<QLatin1StringView>;

// What a program calls the things that all of them keep; of several names the first that is there.
struct FieldNames
{
    Names prompt;
    Names negative;
    Names seed;
    Names steps;
    Names guidance;
    Names width;
    Names height;
    Names model;
};

FoundRecord readFields(const QString& source, const QJsonObject& json, const FieldNames& names)
{
    FoundRecord record;
    record.source = source;
    addText(record.values, u"prompt"_s, firstOf(json, names.prompt));
    addText(record.values, u"negative_prompt"_s, firstOf(json, names.negative));
    addNumber(record.values, u"seed"_s, firstOf(json, names.seed));
    addNumber(record.values, u"steps"_s, firstOf(json, names.steps));
    addNumber(record.values, u"guidance"_s, firstOf(json, names.guidance));
    record.size = sizeFrom(firstOf(json, names.width), firstOf(json, names.height));
    record.model = firstOf(json, names.model).toString();
    return record;
}

std::optional<FoundRecord> unlessEmpty(FoundRecord record)
{
    if (record.values.isEmpty())
        return std::nullopt;
    return record;
}

QJsonObject jsonOr(const QString& text, const QJsonObject& fallback = {})
{
    return readBoundedJson(text).value_or(fallback);
}

// Old InvokeAI put what a picture must not show into the prompt, in square brackets.
void splitBrackets(QJsonObject& values, const QString& prompt)
{
    QString positive;
    QStringList negatives;
    qsizetype rest = 0;
    while (rest < prompt.size()) {
        const qsizetype open = prompt.indexOf(u'[', rest);
        const qsizetype close = open < 0 ? -1 : prompt.indexOf(u']', open);
        if (close < 0)
            break;
        positive += QStringView(prompt).sliced(rest, open - rest);
        negatives.append(prompt.sliced(open + 1, close - open - 1).trimmed());
        rest = close + 1;
        // The space before the bracket is enough.
        if (positive.endsWith(u' ') && rest < prompt.size() && prompt.at(rest) == u' ')
            ++rest;
    }
    positive += QStringView(prompt).sliced(rest);
    values.insert(u"prompt"_s, positive.trimmed());
    if (!negatives.isEmpty())
        values.insert(u"negative_prompt"_s, negatives.join(u", "_s));
}

std::optional<FoundRecord> readInvokeSdMetadata(const QString& text)
{
    const QJsonObject json = jsonOr(text);
    const QJsonObject image = json.value("image"_L1).toObject();
    if (image.isEmpty())
        return std::nullopt;
    FoundRecord record = readFields(u"InvokeAI"_s, image,
        {{}, {}, {"seed"_L1}, {"steps"_L1}, {"cfg_scale"_L1}, {"width"_L1}, {"height"_L1}, {}});
    record.model = json.value("model_weights"_L1).toString();
    // Either the words or a list of words with weights.
    QJsonValue prompt = image.value("prompt"_L1);
    if (prompt.isArray())
        prompt = prompt.toArray().at(0).toObject().value("prompt"_L1);
    if (prompt.isString())
        splitBrackets(record.values, prompt.toString());
    return unlessEmpty(std::move(record));
}

// The command that made it: "words [not these]" -s 50 -S 1234 -W 512 -H 768 -C 7.5 -A k_lms
std::optional<FoundRecord> readInvokeDream(const QString& text)
{
    if (!text.startsWith(u'"'))
        return std::nullopt;
    const qsizetype close = text.lastIndexOf(u'"');
    if (close < 1)
        return std::nullopt;
    FoundRecord record;
    record.source = u"InvokeAI"_s;
    QString prompt = text.sliced(1, close - 1);
    splitBrackets(record.values, prompt.replace(u"\\\""_s, u"\""_s));
    QJsonObject options;
    constexpr qsizetype longestCommand = 4096;
    static const QRegularExpression option(u"(?:^|\\s)-([sSCWH])\\s*([0-9.]+)"_s);
    auto found = option.globalMatch(
        text.sliced(close + 1, std::min(longestCommand, text.size() - close - 1)));
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        options.insert(match.captured(1), match.captured(2));
    }
    addNumber(record.values, u"steps"_s, options.value("s"_L1));
    addNumber(record.values, u"seed"_s, options.value("S"_L1));
    addNumber(record.values, u"guidance"_s, options.value("C"_L1));
    record.size = sizeFrom(options.value("W"_L1), options.value("H"_L1));
    return record;
}

QJsonValue baseCaption(const QJsonObject& json, QLatin1StringView key)
{
    return json.value(key).toObject().value("caption"_L1).toObject().value("base_caption"_L1);
}

FoundRecord readNovelAiComment(const QJsonObject& json, const QString& description)
{
    FoundRecord record = readFields(u"NovelAI"_s, json,
        {{"prompt"_L1}, {"uc"_L1}, {"seed"_L1}, {"steps"_L1}, {"scale"_L1}, {"width"_L1},
            {"height"_L1}, {}});
    if (record.values.value("prompt"_L1).toString().isEmpty())
        addText(record.values, u"prompt"_s, baseCaption(json, "v4_prompt"_L1));
    if (!record.values.contains("prompt"_L1) && !description.isEmpty())
        record.values.insert(u"prompt"_s, description);
    if (record.values.value("negative_prompt"_L1).toString().isEmpty())
        addText(record.values, u"negative_prompt"_s, baseCaption(json, "v4_negative_prompt"_L1));
    return record;
}

// "prompt:{…}", as ComfyUI's WebP files have it in EXIF, and the bare JSON.
QJsonObject graphFrom(QStringView text)
{
    for (const QStringView prefix : {u"prompt:", u"Prompt:"}) {
        if (text.startsWith(prefix))
            text = text.sliced(prefix.size());
    }
    if (!text.startsWith(u'{'))
        return {};
    const QJsonObject json = jsonOr(text.toString());
    // Some savers put graph and workflow into one object.
    const QJsonValue inner = json.value("prompt"_L1);
    if (inner.isObject() && !inner.toObject().contains("class_type"_L1))
        return inner.toObject();
    return inner.isString() ? jsonOr(inner.toString(), json) : json;
}

std::optional<FoundRecord> withSource(std::optional<FoundRecord> record, const QString& source)
{
    if (record)
        record->source = source;
    return record;
}

} // namespace

RecordSources::RecordSources(const MetadataTexts& file)
    : texts(file)
    , parameters(jsonOr(file.pngText(u"parameters")))
    , userComment(jsonOr(file.userComment))
    , comment(jsonOr(file.pngText(u"Comment"), jsonOr(file.jpegComment)))
{
}

std::optional<FoundRecord> readOwnRecord(const RecordSources& sources)
{
    const QJsonObject json = jsonOr(sources.texts.xmp.ownRecord);
    const QJsonObject parameters = json.value("parameters"_L1).toObject();
    if (parameters.isEmpty())
        return std::nullopt;
    FoundRecord record;
    record.source = u"Seedbook"_s;
    record.values = parameters;
    // Of a model that has other names for them.
    if (!parameters.contains("prompt"_L1))
        addText(record.values, u"prompt"_s, json.value("prompt"_L1));
    if (!parameters.contains("seed"_L1))
        addNumber(record.values, u"seed"_s, json.value("seed"_L1));
    record.model = json.value("model"_L1).toString();
    record.size = sizeFrom(json.value("width"_L1), json.value("height"_L1));
    return record;
}

std::optional<FoundRecord> readInvokeAi(const RecordSources& sources)
{
    const MetadataTexts& texts = sources.texts;
    const QJsonObject json = jsonOr(texts.pngText(u"invokeai_metadata"));
    if (!json.isEmpty()) {
        FoundRecord record = readFields(u"InvokeAI"_s, json,
            {{"positive_prompt"_L1}, {"negative_prompt"_L1}, {"seed"_L1}, {"steps"_L1},
                {"cfg_scale"_L1, "guidance"_L1}, {"width"_L1}, {"height"_L1}, {}});
        const QJsonObject model = json.value("model"_L1).toObject();
        record.model = firstOf(model, {"name"_L1, "model_name"_L1}).toString();
        if (!record.values.isEmpty())
            return record;
    }
    if (auto record = readInvokeSdMetadata(texts.pngText(u"sd-metadata")))
        return record;
    return readInvokeDream(texts.pngText(u"Dream"));
}

std::optional<FoundRecord> readSwarmUi(const RecordSources& sources)
{
    constexpr QLatin1StringView mark = "sui_image_params"_L1;
    QJsonObject json;
    if (sources.parameters.contains(mark))
        json = sources.parameters;
    else if (sources.userComment.contains(mark))
        json = sources.userComment;
    else if (sources.texts.model.contains(mark)) // how it was before
        json = jsonOr(sources.texts.model);
    const QJsonObject params = json.value(mark).toObject();
    if (params.isEmpty())
        return std::nullopt;
    FoundRecord record = readFields(u"SwarmUI"_s, params,
        {{"prompt"_L1}, {"negativeprompt"_L1}, {"seed"_L1}, {"steps"_L1}, {"cfgscale"_L1},
            {"width"_L1}, {"height"_L1}, {"model"_L1}});
    // It is "Custom" where width and height were given.
    const QString ratio = params.value("aspectratio"_L1).toString();
    if (ratio.contains(u':'))
        record.values.insert(u"aspect_ratio"_s, ratio);
    return unlessEmpty(std::move(record));
}

std::optional<FoundRecord> readStabilityMatrix(const RecordSources& sources)
{
    const MetadataTexts& texts = sources.texts;
    for (const QString& text :
        {texts.pngText(u"parameters-json"), texts.imageDescription, texts.software}) {
        if (!text.contains("PositivePrompt"_L1))
            continue;
        const QJsonObject json = jsonOr(text);
        if (!json.contains("PositivePrompt"_L1))
            continue;
        return unlessEmpty(readFields(u"StabilityMatrix"_s, json,
            {{"PositivePrompt"_L1}, {"NegativePrompt"_L1}, {"Seed"_L1}, {"Steps"_L1},
                {"CfgScale"_L1}, {"Width"_L1}, {"Height"_L1}, {"ModelName"_L1}}));
    }
    return std::nullopt;
}

std::optional<FoundRecord> readFooocus(const RecordSources& sources)
{
    const bool named = sources.texts.pngText(u"fooocus_scheme") == "fooocus"_L1 ||
                       sources.texts.makerNote.startsWith("fooocus"_L1);
    for (const QJsonObject& json : {sources.parameters, sources.userComment, sources.comment}) {
        if (json.value("software"_L1).toString() == "RuinedFooocus"_L1)
            return unlessEmpty(readFields(u"RuinedFooocus"_s, json,
                {{"Prompt"_L1}, {"Negative"_L1}, {"seed"_L1}, {"steps"_L1}, {"cfg"_L1},
                    {"width"_L1}, {"height"_L1}, {"base_model_name"_L1}}));
        const QJsonValue model = firstOf(json, {"base_model"_L1, "Base Model"_L1});
        if (json.isEmpty() || (model.isUndefined() && !named))
            continue;
        FoundRecord record = readFields(u"Fooocus"_s, json,
            {{"prompt"_L1, "Prompt"_L1}, {"negative_prompt"_L1, "Negative Prompt"_L1},
                {"seed"_L1, "Seed"_L1}, {"steps"_L1, "Steps"_L1},
                {"guidance_scale"_L1, "Guidance Scale"_L1, "cfg"_L1}, {"width"_L1}, {"height"_L1},
                {}});
        record.model = model.toString();
        if (record.size.isEmpty())
            record.size = sizeFrom(firstOf(json, {"resolution"_L1, "Resolution"_L1}).toString());
        if (!record.values.isEmpty())
            return record;
    }
    return std::nullopt;
}

std::optional<FoundRecord> readNovelAi(const RecordSources& sources)
{
    const MetadataTexts& texts = sources.texts;
    if (texts.pngText(u"Software").startsWith("NovelAI"_L1))
        return unlessEmpty(
            readNovelAiComment(jsonOr(texts.pngText(u"Comment")), texts.pngText(u"Description")));
    // In WebP what were texts are an object, the one that matters a text in it.
    const QJsonObject& all = sources.userComment;
    const QJsonObject inner = jsonOr(all.value("Comment"_L1).toString());
    const bool named = all.value("Software"_L1).toString().startsWith("NovelAI"_L1);
    const QJsonObject& json = inner.isEmpty() ? all : inner;
    const bool known = named || json.contains("v4_prompt"_L1) || json.contains("uncond_scale"_L1) ||
                       json.contains("noise_schedule"_L1) ||
                       (!inner.isEmpty() && inner.contains("uc"_L1));
    if (!known)
        return std::nullopt;
    return unlessEmpty(readNovelAiComment(json, all.value("Description"_L1).toString()));
}

std::optional<FoundRecord> readDrawThings(const RecordSources& sources)
{
    const XmpTexts& xmp = sources.texts.xmp;
    if (!xmp.creatorTool.startsWith("Draw Things"_L1))
        return std::nullopt;
    const QJsonObject json = jsonOr(xmp.userComment, sources.userComment);
    FoundRecord record = readFields(u"Draw Things"_s, json,
        {{"c"_L1}, {"uc"_L1}, {"seed"_L1}, {"steps"_L1}, {"scale"_L1}, {}, {}, {"model"_L1}});
    record.size = sizeFrom(json.value("size"_L1).toString());
    if (!record.values.isEmpty())
        return record;
    return withSource(readA1111Text(xmp.description), u"Draw Things"_s);
}

std::optional<FoundRecord> readEasyDiffusion(const RecordSources& sources)
{
    QJsonObject json = sources.userComment;
    if (firstOf(json, {"prompt"_L1, "Prompt"_L1}).isUndefined()) {
        json = {};
        constexpr std::array keys{"prompt"_L1, "Prompt"_L1, "negative_prompt"_L1,
            "Negative Prompt"_L1, "seed"_L1, "Seed"_L1, "num_inference_steps"_L1, "Steps"_L1,
            "guidance_scale"_L1, "Guidance Scale"_L1, "width"_L1, "Width"_L1, "height"_L1,
            "Height"_L1, "use_stable_diffusion_model"_L1, "Stable Diffusion model"_L1};
        for (const PngText& entry : sources.texts.png) {
            const bool known = std::find(keys.begin(), keys.end(), entry.keyword) != keys.end();
            if (known && !json.contains(entry.keyword))
                json.insert(entry.keyword, entry.text);
        }
    }
    // ComfyUI has a "prompt" too, and it is JSON.
    const QString prompt = firstOf(json, {"prompt"_L1, "Prompt"_L1}).toString();
    const bool known = !firstOf(json,
        {"num_inference_steps"_L1, "guidance_scale"_L1, "negative_prompt"_L1, "Guidance Scale"_L1,
            "Negative Prompt"_L1, "use_stable_diffusion_model"_L1, "Stable Diffusion model"_L1})
                            .isUndefined();
    if (prompt.isEmpty() || prompt.startsWith(u'{') || !known)
        return std::nullopt;
    return readFields(u"Easy Diffusion"_s, json,
        {{"prompt"_L1, "Prompt"_L1}, {"negative_prompt"_L1, "Negative Prompt"_L1},
            {"seed"_L1, "Seed"_L1}, {"num_inference_steps"_L1, "Steps"_L1},
            {"guidance_scale"_L1, "Guidance Scale"_L1}, {"width"_L1, "Width"_L1},
            {"height"_L1, "Height"_L1},
            {"use_stable_diffusion_model"_L1, "Stable Diffusion model"_L1}});
}

std::optional<FoundRecord> readComfyUi(const RecordSources& sources)
{
    const MetadataTexts& texts = sources.texts;
    std::optional<FoundRecord> record;
    for (const QString& text : {texts.pngText(u"prompt"), texts.model, texts.make,
             texts.imageDescription, texts.userComment}) {
        record = readComfyGraph(graphFrom(text));
        if (record)
            break;
    }
    const bool workflow =
        !texts.pngText(u"workflow").isEmpty() || texts.make.startsWith("workflow:"_L1) ||
        texts.model.startsWith("workflow:"_L1) || texts.imageDescription.startsWith("Workflow:"_L1);
    if (!record && !workflow)
        return std::nullopt;
    // Some savers write both, and then the text is what they were told to keep.
    if (auto plain = readA1111(sources))
        return withSource(std::move(plain), u"ComfyUI"_s);
    if (record)
        return record;
    FoundRecord unreadable;
    unreadable.source = u"ComfyUI"_s;
    unreadable.readable = false;
    return unreadable;
}

std::optional<FoundRecord> readA1111(const RecordSources& sources)
{
    const MetadataTexts& texts = sources.texts;
    for (const QString& text : {texts.pngText(u"parameters"), texts.userComment,
             texts.pngText(u"user_comment"), texts.xmp.userComment}) {
        if (auto record = readA1111Text(text))
            return record;
    }
    return std::nullopt;
}

} // namespace seedbook
