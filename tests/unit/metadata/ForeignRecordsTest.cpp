#include "metadata/FoundRecord.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <limits>

namespace seedbook::foreignRecordsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

const QString prompt = u"一只橘猫, “cat” \\ 😀\non a red sofa"_s;
const QString negative = u"blurry, low quality"_s;

QString json(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

MetadataTexts pngOf(const QList<PngText>& png)
{
    MetadataTexts texts;
    texts.png = png;
    return texts;
}

MetadataTexts commentOf(const QString& userComment)
{
    MetadataTexts texts;
    texts.format = ImageFormat::Webp;
    texts.userComment = userComment;
    return texts;
}

QJsonObject node(const QString& type, const QJsonObject& inputs)
{
    return {{u"class_type"_s, type}, {u"inputs"_s, inputs}};
}

QJsonArray link(const QString& id, int output = 0)
{
    return {id, output};
}

// As ComfyUI's template for Qwen-Image exports it.
QJsonObject qwenGraph()
{
    return {
        {u"3"_s, node(u"KSampler"_s,
                     {{u"seed"_s, qint64(1125899906842624)}, {u"steps"_s, 20}, {u"cfg"_s, 2.5},
                         {u"sampler_name"_s, u"euler"_s}, {u"model"_s, link(u"66"_s)},
                         {u"positive"_s, link(u"6"_s)}, {u"negative"_s, link(u"7"_s)},
                         {u"latent_image"_s, link(u"58"_s)}})},
        {u"6"_s, node(u"CLIPTextEncode"_s, {{u"text"_s, prompt}, {u"clip"_s, link(u"38"_s)}})},
        {u"7"_s, node(u"CLIPTextEncode"_s, {{u"text"_s, negative}, {u"clip"_s, link(u"38"_s)}})},
        {u"37"_s, node(u"UNETLoader"_s, {{u"unet_name"_s, u"qwen_image_fp8.safetensors"_s}})},
        {u"58"_s, node(u"EmptySD3LatentImage"_s, {{u"width"_s, 1328}, {u"height"_s, 1328}})},
        {u"66"_s,
            node(u"ModelSamplingAuraFlow"_s, {{u"shift"_s, 3.1}, {u"model"_s, link(u"37"_s)}})},
    };
}

} // namespace

// A sample of every format, made from its program's documentation or source, gives the same things.
class ForeignRecordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatMadeIt_data();
    void tellsWhatMadeIt();
    void ownRecordComesFirst();
    void oldInvokeAiHasBrackets();
    void seedsKeepTheirDigits_data();
    void seedsKeepTheirDigits();
    void comfyFollowsLinks();
    void comfyAdvancedSampler();
    void comfyFirstPassCounts();
    void comfyWithoutGraphIsNotReadable();
    void comfyPrefersTheTextBeside();
    void pythonsNaN();
    void nothingIsNothing();
    void depthIsBounded();
    void valuesAreCounted();
    void cyclesEnd();
    void wideGraphsEnd();
    void wrongTypesAreLeftOut_data();
    void wrongTypesAreLeftOut();
    void largeTextsEnd();
};

void ForeignRecordsTest::tellsWhatMadeIt_data()
{
    QTest::addColumn<MetadataTexts>("texts");
    QTest::addColumn<QString>("source");
    QTest::addColumn<qint64>("seed");
    QTest::addColumn<double>("guidance");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QSize>("size");
    const QSize size(1328, 1328);

    QTest::newRow("InvokeAI")
        << pngOf({{u"invokeai_metadata"_s,
                      json({{u"app_version"_s, u"4.2.7"_s}, {u"generation_mode"_s, u"txt2img"_s},
                          {u"positive_prompt"_s, prompt}, {u"negative_prompt"_s, negative},
                          {u"width"_s, 1328}, {u"height"_s, 1328}, {u"seed"_s, 1234},
                          {u"cfg_scale"_s, 7.5}, {u"steps"_s, 30},
                          {u"model"_s, QJsonObject{{u"key"_s, u"x"_s}, {u"name"_s, u"m1"_s}}}})},
               {u"invokeai_graph"_s, u"{}"_s}})
        << u"InvokeAI"_s << qint64(1234) << 7.5 << u"m1"_s << size;
    QTest::newRow("InvokeAI 3")
        << pngOf({{u"invokeai_metadata"_s,
               json({{u"positive_prompt"_s, prompt}, {u"negative_prompt"_s, negative},
                   {u"width"_s, 1328}, {u"height"_s, 1328}, {u"seed"_s, u"1234"_s},
                   {u"cfg_scale"_s, u"7.5"_s}, {u"steps"_s, u"30"_s},
                   {u"model"_s, QJsonObject{{u"model_name"_s, u"m1"_s}}}})}})
        << u"InvokeAI"_s << qint64(1234) << 7.5 << u"m1"_s << size;

    const QJsonObject swarm{{u"sui_image_params"_s,
        QJsonObject{{u"prompt"_s, prompt}, {u"negativeprompt"_s, negative}, {u"model"_s, u"m2"_s},
            {u"seed"_s, u"77"_s}, {u"steps"_s, u"30"_s}, {u"cfgscale"_s, u"7.0"_s},
            {u"aspectratio"_s, u"1:1"_s}, {u"width"_s, u"1328"_s}, {u"height"_s, 1328},
            {u"swarm_version"_s, u"0.9.3.1"_s}}}};
    QTest::newRow("SwarmUI png") << pngOf({{u"parameters"_s, json(swarm)}}) << u"SwarmUI"_s
                                 << qint64(77) << 7.0 << u"m2"_s << size;
    QTest::newRow("SwarmUI jpeg") << commentOf(json(swarm)) << u"SwarmUI"_s << qint64(77) << 7.0
                                  << u"m2"_s << size;

    QTest::newRow("StabilityMatrix")
        << pngOf({{u"parameters"_s, u"other\nSteps: 1, Sampler: x, Seed: 5"_s},
               {u"parameters-json"_s,
                   json({{u"PositivePrompt"_s, prompt}, {u"NegativePrompt"_s, negative},
                       {u"Steps"_s, 30}, {u"CfgScale"_s, 5}, {u"Seed"_s, 4011}, {u"Width"_s, 1328},
                       {u"Height"_s, 1328}, {u"ModelName"_s, u"m3"_s}})},
               {u"smproj"_s, u"{}"_s}, {u"prompt"_s, json(qwenGraph())}})
        << u"StabilityMatrix"_s << qint64(4011) << 5.0 << u"m3"_s << size;

    const QJsonObject fooocus{{u"prompt"_s, prompt}, {u"negative_prompt"_s, negative},
        {u"seed"_s, u"900"_s}, {u"steps"_s, 30}, {u"guidance_scale"_s, 4},
        {u"resolution"_s, u"(1328, 1328)"_s}, {u"base_model"_s, u"juggernaut"_s},
        {u"full_prompt"_s, QJsonArray{prompt, u"cinematic"_s}}};
    QTest::newRow("Fooocus png") << pngOf({{u"parameters"_s, json(fooocus)},
                                        {u"fooocus_scheme"_s, u"fooocus"_s}})
                                 << u"Fooocus"_s << qint64(900) << 4.0 << u"juggernaut"_s << size;
    MetadataTexts fooocusJpeg = commentOf(json(fooocus));
    fooocusJpeg.makerNote = u"fooocus"_s;
    QTest::newRow("Fooocus jpeg") << fooocusJpeg << u"Fooocus"_s << qint64(900) << 4.0
                                  << u"juggernaut"_s << size;
    MetadataTexts fooocusCom;
    fooocusCom.jpegComment = json({{u"prompt"_s, prompt}, {u"negative_prompt"_s, negative},
        {u"seed"_s, 900}, {u"steps"_s, 30}, {u"cfg"_s, 4}, {u"width"_s, 1328}, {u"height"_s, 1328},
        {u"base_model"_s, u"juggernaut"_s}});
    QTest::newRow("Fooocus COM") << fooocusCom << u"Fooocus"_s << qint64(900) << 4.0
                                 << u"juggernaut"_s << size;
    QTest::newRow("Fooocus a1111")
        << pngOf({{u"fooocus_scheme"_s, u"a1111"_s},
               {u"parameters"_s, prompt + u"\nNegative prompt: "_s + negative +
                                     u"\nSteps: 30, Sampler: DPM++ 2M SDE Karras, Seed: 900, Size: "
                                     "1328x1328, CFG scale: 4.0, Sharpness: 2.0, ADM Guidance: "
                                     "\"(1.5, 0.8, 0.3)\", Model: juggernaut, Version: "
                                     "Fooocus v2.5.5"_s}})
        << u"Fooocus"_s << qint64(900) << 4.0 << u"juggernaut"_s << size;
    QTest::newRow("RuinedFooocus")
        << pngOf({{u"parameters"_s,
               json({{u"Prompt"_s, prompt}, {u"Negative"_s, negative}, {u"steps"_s, 30},
                   {u"cfg"_s, 4}, {u"width"_s, 1328}, {u"height"_s, 1328}, {u"seed"_s, 900},
                   {u"base_model_name"_s, u"crystal"_s}, {u"software"_s, u"RuinedFooocus"_s}})}})
        << u"RuinedFooocus"_s << qint64(900) << 4.0 << u"crystal"_s << size;

    const QJsonObject novel{{u"prompt"_s, prompt}, {u"uc"_s, negative}, {u"steps"_s, 30},
        {u"scale"_s, 5.0}, {u"seed"_s, 4242}, {u"width"_s, 1328}, {u"height"_s, 1328},
        {u"sampler"_s, u"k_euler"_s}, {u"noise_schedule"_s, u"karras"_s}};
    QTest::newRow("NovelAI png") << pngOf({{u"Title"_s, u"AI generated image"_s},
                                        {u"Description"_s, prompt}, {u"Software"_s, u"NovelAI"_s},
                                        {u"Source"_s, u"Stable Diffusion"_s},
                                        {u"Comment"_s, json(novel)}})
                                 << u"NovelAI"_s << qint64(4242) << 5.0 << QString() << size;
    QJsonObject novelOld = novel;
    novelOld.remove(u"prompt"_s);
    QTest::newRow("NovelAI old png")
        << pngOf({{u"Description"_s, prompt}, {u"Software"_s, u"NovelAI"_s},
               {u"Comment"_s, json(novelOld)}})
        << u"NovelAI"_s << qint64(4242) << 5.0 << QString() << size;
    QJsonObject novel4 = novelOld;
    novel4.remove(u"uc"_s);
    novel4.insert(
        u"v4_prompt"_s, QJsonObject{{u"caption"_s, QJsonObject{{u"base_caption"_s, prompt}}}});
    novel4.insert(u"v4_negative_prompt"_s,
        QJsonObject{{u"caption"_s, QJsonObject{{u"base_caption"_s, negative}}}});
    QTest::newRow("NovelAI 4 webp")
        << commentOf(json({{u"Comment"_s, json(novel4)}, {u"Software"_s, u"NovelAI"_s}}))
        << u"NovelAI"_s << qint64(4242) << 5.0 << QString() << size;

    MetadataTexts drawThings;
    drawThings.xmp.creatorTool = u"Draw Things"_s;
    drawThings.xmp.userComment = json({{u"c"_s, prompt}, {u"uc"_s, negative}, {u"seed"_s, 55},
        {u"steps"_s, 30}, {u"scale"_s, 3.5}, {u"size"_s, u"1328x1328"_s},
        {u"model"_s, u"qwen_image_q8p.ckpt"_s}, {u"sampler"_s, u"Euler A Trailing"_s}});
    QTest::newRow("Draw Things") << drawThings << u"Draw Things"_s << qint64(55) << 3.5
                                 << u"qwen_image_q8p.ckpt"_s << size;
    MetadataTexts drawThingsText;
    drawThingsText.xmp.creatorTool = u"Draw Things"_s;
    drawThingsText.xmp.description =
        prompt + u"\nNegative prompt: "_s + negative +
        u"\nSteps: 30, Sampler: Euler A, Guidance Scale: 3.5, Seed: 55, Size: 1328x1328, Model: m"_s;
    QTest::newRow("Draw Things description")
        << drawThingsText << u"Draw Things"_s << qint64(55) << 3.5 << u"m"_s << size;

    QTest::newRow("Easy Diffusion png")
        << pngOf({{u"prompt"_s, prompt}, {u"negative_prompt"_s, negative}, {u"seed"_s, u"3"_s},
               {u"num_inference_steps"_s, u"30"_s}, {u"guidance_scale"_s, u"7.5"_s},
               {u"width"_s, u"1328"_s}, {u"height"_s, u"1328"_s},
               {u"use_stable_diffusion_model"_s, u"sd-v1-5"_s}})
        << u"Easy Diffusion"_s << qint64(3) << 7.5 << u"sd-v1-5"_s << size;
    QTest::newRow("Easy Diffusion png, titles")
        << pngOf({{u"Prompt"_s, prompt}, {u"Negative Prompt"_s, negative}, {u"Seed"_s, u"3"_s},
               {u"Steps"_s, u"30"_s}, {u"Guidance Scale"_s, u"7.5"_s}, {u"Width"_s, u"1328"_s},
               {u"Height"_s, u"1328"_s}, {u"Stable Diffusion model"_s, u"sd-v1-5"_s}})
        << u"Easy Diffusion"_s << qint64(3) << 7.5 << u"sd-v1-5"_s << size;
    QTest::newRow("Easy Diffusion jpeg")
        << commentOf(json({{u"prompt"_s, prompt}, {u"negative_prompt"_s, negative}, {u"seed"_s, 3},
               {u"num_inference_steps"_s, 30}, {u"guidance_scale"_s, 7.5}, {u"width"_s, 1328},
               {u"height"_s, 1328}, {u"use_stable_diffusion_model"_s, u"sd-v1-5"_s}}))
        << u"Easy Diffusion"_s << qint64(3) << 7.5 << u"sd-v1-5"_s << size;

    QJsonObject graph = qwenGraph();
    QJsonObject sampler = graph[u"3"_s].toObject();
    QJsonObject inputs = sampler[u"inputs"_s].toObject();
    inputs.insert(u"steps"_s, 30);
    sampler.insert(u"inputs"_s, inputs);
    graph.insert(u"3"_s, sampler);
    const QString model = u"qwen_image_fp8.safetensors"_s;
    QTest::newRow("ComfyUI png") << pngOf({{u"prompt"_s, json(graph)}, {u"workflow"_s, u"{}"_s}})
                                 << u"ComfyUI"_s << qint64(1125899906842624) << 2.5 << model
                                 << size;
    MetadataTexts comfyWebp;
    comfyWebp.model = u"prompt:"_s + json(graph);
    comfyWebp.make = u"workflow:{}"_s;
    QTest::newRow("ComfyUI webp") << comfyWebp << u"ComfyUI"_s << qint64(1125899906842624) << 2.5
                                  << model << size;
    QTest::newRow("ComfyUI comment")
        << commentOf(json({{u"prompt"_s, json(graph)}, {u"workflow"_s, QJsonObject()}}))
        << u"ComfyUI"_s << qint64(1125899906842624) << 2.5 << model << size;

    const QString a1111 = prompt + u"\nNegative prompt: "_s + negative +
                          u"\nSteps: 30, Sampler: Euler a, Schedule type: Automatic, CFG scale: 7, "
                          "Seed: 99, Size: 1328x1328, Model hash: 6ce0161689, Model: m4, "
                          "Lora hashes: \"a: 1, Steps: 2\", Version: v1.10.1"_s;
    QTest::newRow("Automatic1111 png") << pngOf({{u"parameters"_s, a1111}}) << u"Automatic1111"_s
                                       << qint64(99) << 7.0 << u"m4"_s << size;
    QTest::newRow("Automatic1111 webp")
        << commentOf(u' ' + a1111) << u"Automatic1111"_s << qint64(99) << 7.0 << u"m4"_s << size;
    QTest::newRow("Civitai")
        << commentOf(prompt + u"\nNegative prompt: "_s + negative +
                     u"\nSteps: 30, Sampler: Euler a, CFG scale: 7, Seed: 99, Size: 1328x1328, "
                     "Clip skip: 2, Created Date: 2024-11-23T11:40:00.123Z, Model: m4, "
                     "Civitai resources: [{\"type\":\"checkpoint\",\"modelVersionId\":1}], "
                     "Civitai metadata: {}"_s)
        << u"Automatic1111"_s << qint64(99) << 7.0 << u"m4"_s << size;
    QTest::newRow("Forge")
        << pngOf({{u"parameters"_s,
               prompt + u"\nNegative prompt: "_s + negative +
                   u"\nSteps: 30, Sampler: Euler, Schedule type: Simple, CFG scale: 7, Distilled "
                   "CFG Scale: 3.5, Seed: 99, Size: 1328x1328, Model: m4, Version: "
                   "f2.0.1v1.10.1-previous, Module 1: ae"_s}})
        << u"Automatic1111"_s << qint64(99) << 7.0 << u"m4"_s << size;
    QTest::newRow("SD.Next") << pngOf({{u"parameters"_s,
                                    prompt + u"\nNegative prompt: "_s + negative +
                                        u"\nSteps: 30, Size: 1328x1328, Sampler: UniPC, Seed: 99, "
                                        "CFG scale: 7, App: SD.Next, Model: m4"_s}})
                             << u"Automatic1111"_s << qint64(99) << 7.0 << u"m4"_s << size;
}

void ForeignRecordsTest::tellsWhatMadeIt()
{
    QFETCH(MetadataTexts, texts);
    QFETCH(QString, source);
    QFETCH(qint64, seed);
    QFETCH(double, guidance);
    QFETCH(QString, model);
    QFETCH(QSize, size);
    const auto record = findRecord(texts);
    QVERIFY(record);
    QCOMPARE(record->source, source);
    QVERIFY(record->readable);
    QCOMPARE(record->values[u"prompt"_s].toString(), prompt);
    QCOMPARE(record->values[u"negative_prompt"_s].toString(), negative);
    QVERIFY(record->values[u"seed"_s].isDouble());
    QCOMPARE(record->values[u"seed"_s].toInteger(), seed);
    QVERIFY(record->values[u"steps"_s].isDouble());
    QCOMPARE(record->values[u"steps"_s].toInt(), 30);
    QVERIFY(record->values[u"guidance"_s].isDouble());
    QCOMPARE(record->values[u"guidance"_s].toDouble(), guidance);
    QCOMPARE(record->model, model);
    QCOMPARE(record->size, size);
    QCOMPARE(record->values.value(u"aspect_ratio"_s).toString(),
        source == u"SwarmUI"_s ? u"1:1"_s : QString());
}

void ForeignRecordsTest::ownRecordComesFirst()
{
    const QJsonObject parameters{{u"prompt"_s, prompt}, {u"negative_prompt"_s, u""_s},
        {u"seed"_s, 2147483647}, {u"steps"_s, 50}, {u"guidance"_s, 3.5},
        {u"aspect_ratio"_s, u"16:9"_s}, {u"image_format"_s, u"webp"_s}, {u"quality"_s, 90},
        {u"base64"_s, true}};
    MetadataTexts texts = pngOf({{u"parameters"_s, u"cat\nSteps: 1, Sampler: x, Seed: 5"_s}});
    texts.xmp.ownRecord = json({{u"schema"_s, 1}, {u"model"_s, u"qwen-image"_s},
        {u"parameters"_s, parameters}, {u"price"_s, u"0.121"_s}});
    const auto record = findRecord(texts);
    QVERIFY(record);
    QCOMPARE(record->source, u"Seedbook"_s);
    QCOMPARE(record->model, u"qwen-image"_s);
    QCOMPARE(record->values, parameters);

    // Damaged, it leaves the word to the text beside it.
    texts.xmp.ownRecord.chop(1);
    QCOMPARE(findRecord(texts)->source, u"Automatic1111"_s);
}

void ForeignRecordsTest::oldInvokeAiHasBrackets()
{
    const QJsonObject image{{u"seed"_s, 42}, {u"steps"_s, 50}, {u"cfg_scale"_s, 7.5},
        {u"width"_s, 512}, {u"height"_s, 768},
        {u"prompt"_s, QJsonArray{QJsonObject{
                          {u"prompt"_s, u"a horse [woman] at sea [boat]"_s}, {u"weight"_s, 1}}}}};
    const auto second = findRecord(pngOf({{u"sd-metadata"_s,
        json({{u"model_weights"_s, u"stable-diffusion-1.5"_s}, {u"image"_s, image}})}}));
    const auto first = findRecord(pngOf({{u"Dream"_s,
        u"\"a horse [woman] at sea [boat]\" -s 50 -S 42 -W 512 -H 768 -C 7.5 -A k_lms"_s}}));
    for (const auto& record : {first, second}) {
        QVERIFY(record);
        QCOMPARE(record->source, u"InvokeAI"_s);
        QCOMPARE(record->values[u"prompt"_s].toString(), u"a horse at sea"_s);
        QCOMPARE(record->values[u"negative_prompt"_s].toString(), u"woman, boat"_s);
        QCOMPARE(record->values[u"seed"_s].toInt(), 42);
        QCOMPARE(record->values[u"steps"_s].toInt(), 50);
        QCOMPARE(record->values[u"guidance"_s].toDouble(), 7.5);
        QCOMPARE(record->size, QSize(512, 768));
    }
    QCOMPARE(second->model, u"stable-diffusion-1.5"_s);
}

void ForeignRecordsTest::seedsKeepTheirDigits_data()
{
    QTest::addColumn<QString>("written"); // as it stands in the JSON
    QTest::addColumn<QJsonValue>("seed");
    QTest::newRow("zero") << u"0"_s << QJsonValue(0);
    QTest::newRow("minus one") << u"-1"_s << QJsonValue(-1);
    QTest::newRow("beyond a double")
        << u"9007199254740993"_s << QJsonValue(qint64(9007199254740993));
    QTest::newRow("largest") << u"9223372036854775807"_s
                             << QJsonValue(std::numeric_limits<qint64>::max());
    QTest::newRow("beyond 64 bits")
        << u"18446744073709551615"_s << QJsonValue(u"18446744073709551615"_s);
    QTest::newRow("beyond 64 bits, a text")
        << u"\"18446744073709551615\""_s << QJsonValue(u"18446744073709551615"_s);
    QTest::newRow("a text") << u"\" 12 \""_s << QJsonValue(12);
    QTest::newRow("a whole double") << u"12.0"_s << QJsonValue(12);
}

void ForeignRecordsTest::seedsKeepTheirDigits()
{
    QFETCH(QString, written);
    QFETCH(QJsonValue, seed);
    const auto record = findRecord(pngOf({{u"invokeai_metadata"_s,
        u"{\"positive_prompt\":\"18446744073709551615\",\"seed\":"_s + written + u'}'}}));
    QVERIFY(record);
    QCOMPARE(record->values[u"seed"_s], seed);
    QCOMPARE(record->values[u"prompt"_s].toString(), u"18446744073709551615"_s);
}

void ForeignRecordsTest::comfyFollowsLinks()
{
    QJsonObject graph = qwenGraph();
    // Through a control net, which hands both sides on, a text of its own and a seed node.
    graph.insert(
        u"3"_s, node(u"KSamplerAdvanced"_s,
                    {{u"noise_seed"_s, link(u"90"_s)}, {u"steps"_s, link(u"91"_s)}, {u"cfg"_s, 4},
                        {u"positive"_s, link(u"80"_s, 0)}, {u"negative"_s, link(u"80"_s, 1)}}));
    graph.insert(u"80"_s, node(u"ControlNetApplyAdvanced"_s,
                              {{u"positive"_s, link(u"81"_s)}, {u"negative"_s, link(u"82"_s)}}));
    graph.insert(u"81"_s,
        node(u"FluxGuidance"_s, {{u"guidance"_s, 3.5}, {u"conditioning"_s, link(u"6"_s)}}));
    graph.insert(u"82"_s, node(u"TextEncodeQwenImageEdit"_s, {{u"prompt"_s, negative}}));
    graph.insert(u"6"_s, node(u"CLIPTextEncode"_s, {{u"text"_s, link(u"83"_s)}}));
    graph.insert(u"83"_s, node(u"PrimitiveStringMultiline"_s, {{u"value"_s, prompt}}));
    graph.insert(u"90"_s, node(u"Seed (rgthree)"_s, {{u"seed"_s, 8}}));
    graph.insert(u"91"_s, node(u"PrimitiveInt"_s, {{u"value"_s, 12}}));
    const auto record = findRecord(pngOf({{u"prompt"_s, json(graph)}}));
    QVERIFY(record && record->readable);
    QCOMPARE(record->values[u"prompt"_s].toString(), prompt);
    QCOMPARE(record->values[u"negative_prompt"_s].toString(), negative);
    QCOMPARE(record->values[u"seed"_s].toInt(), 8);
    QCOMPARE(record->values[u"steps"_s].toInt(), 12);
    QCOMPARE(record->values[u"guidance"_s].toDouble(), 4.0);
}

void ForeignRecordsTest::comfyAdvancedSampler()
{
    QJsonObject graph = qwenGraph();
    graph.insert(u"3"_s, node(u"SamplerCustomAdvanced"_s,
                             {{u"noise"_s, link(u"25"_s)}, {u"guider"_s, link(u"22"_s)},
                                 {u"sampler"_s, link(u"16"_s)}, {u"sigmas"_s, link(u"17"_s)},
                                 {u"latent_image"_s, link(u"58"_s)}}));
    graph.insert(u"16"_s, node(u"KSamplerSelect"_s, {{u"sampler_name"_s, u"euler"_s}}));
    graph.insert(u"17"_s, node(u"BasicScheduler"_s, {{u"steps"_s, 28}}));
    graph.insert(u"22"_s,
        node(u"CFGGuider"_s, {{u"cfg"_s, 1.5}, {u"model"_s, link(u"66"_s)},
                                 {u"positive"_s, link(u"6"_s)}, {u"negative"_s, link(u"40"_s)}}));
    graph.insert(u"25"_s, node(u"RandomNoise"_s, {{u"noise_seed"_s, 31337}}));
    // Its words are the prompt's, of which it leaves nothing.
    graph.insert(u"40"_s, node(u"ConditioningZeroOut"_s, {{u"conditioning"_s, link(u"6"_s)}}));
    const auto record = findRecord(pngOf({{u"prompt"_s, json(graph)}}));
    QVERIFY(record && record->readable);
    QCOMPARE(record->values, (QJsonObject{{u"prompt"_s, prompt}, {u"negative_prompt"_s, u""_s},
                                 {u"seed"_s, 31337}, {u"steps"_s, 28}, {u"guidance"_s, 1.5}}));
    QCOMPARE(record->size, QSize(1328, 1328));
    QCOMPARE(record->model, u"qwen_image_fp8.safetensors"_s);
}

void ForeignRecordsTest::comfyFirstPassCounts()
{
    QJsonObject graph = qwenGraph();
    // Its number is smaller, yet it works on what the other made.
    graph.insert(
        u"2"_s, node(u"KSampler"_s,
                    {{u"seed"_s, 5}, {u"steps"_s, 3}, {u"cfg"_s, 1}, {u"positive"_s, link(u"7"_s)},
                        {u"negative"_s, link(u"6"_s)}, {u"latent_image"_s, link(u"70"_s)}}));
    graph.insert(u"70"_s, node(u"LatentUpscaleBy"_s, {{u"samples"_s, link(u"3"_s)}}));
    const auto record = findRecord(pngOf({{u"prompt"_s, json(graph)}}));
    QVERIFY(record);
    QCOMPARE(record->values[u"prompt"_s].toString(), prompt);
    QCOMPARE(record->values[u"steps"_s].toInt(), 20);
}

void ForeignRecordsTest::comfyWithoutGraphIsNotReadable()
{
    const auto workflow =
        findRecord(pngOf({{u"workflow"_s, u"{\"nodes\":[{\"type\":\"KSampler\"}]}"_s}}));
    QVERIFY(workflow);
    QCOMPARE(workflow->source, u"ComfyUI"_s);
    QVERIFY(!workflow->readable);
    QVERIFY(workflow->values.isEmpty());
    const auto noSampler = findRecord(
        pngOf({{u"prompt"_s, json({{u"1"_s, node(u"LoadImage"_s, {{u"image"_s, u"a"_s}})}})}}));
    QVERIFY(noSampler && !noSampler->readable);
}

void ForeignRecordsTest::comfyPrefersTheTextBeside()
{
    const auto record = findRecord(pngOf({{u"prompt"_s, json(qwenGraph())},
        {u"parameters"_s, u"a dog\nSteps: 9, Sampler: euler, CFG scale: 1, Seed: 4"_s}}));
    QVERIFY(record && record->readable);
    QCOMPARE(record->source, u"ComfyUI"_s);
    QCOMPARE(record->values[u"prompt"_s].toString(), u"a dog"_s);
    QCOMPARE(record->values[u"steps"_s].toInt(), 9);
}

void ForeignRecordsTest::pythonsNaN()
{
    QString graph = json(qwenGraph());
    graph.chop(1);
    graph += u",\"99\":{\"class_type\":\"Note\",\"inputs\":{\"text\":\"NaN\"},"
             "\"is_changed\":[NaN, Infinity, -Infinity]}}"_s;
    graph += QChar::Null;
    const auto record = findRecord(pngOf({{u"prompt"_s, graph}}));
    QVERIFY(record && record->readable);
    QCOMPARE(record->values[u"steps"_s].toInt(), 20);
}

void ForeignRecordsTest::nothingIsNothing()
{
    QVERIFY(!findRecord({}));
    QVERIFY(!findRecord(pngOf({{u"Software"_s, u"GIMP"_s}, {u"Comment"_s, u"{}"_s},
        {u"parameters"_s, u"a recipe"_s}, {u"prompt"_s, u"words"_s}, {u"Dream"_s, u"of"_s}})));
    QVERIFY(!findRecord(commentOf(u"{\"AIGC\":{\"Label\":\"1\"}}"_s)));
    MetadataTexts camera = commentOf(u"ASCII holiday"_s);
    camera.make = u"Canon"_s;
    camera.model = u"EOS 5D"_s;
    camera.software = u"1.0"_s;
    camera.imageDescription = u"{\"a\":1}"_s;
    QVERIFY(!findRecord(camera));
}

void ForeignRecordsTest::depthIsBounded()
{
    const QString deep = u"{\"sui_image_params\":"_s + QString(u"{\"a\":"_s).repeated(10000) +
                         u'1' + QString(10001, u'}');
    const QString deepArray =
        u"{\"positive_prompt\":\"x\",\"a\":"_s + QString(10000, u'[') + QString(10000, u']') + u'}';
    const QString open = u"{\"a\":"_s + QString(10000, u'[');
    for (const QString& text : {deep, deepArray, open}) {
        MetadataTexts texts = commentOf(text);
        texts.png = {{u"parameters"_s, text}, {u"invokeai_metadata"_s, text},
            {u"sd-metadata"_s, text}, {u"parameters-json"_s, text}, {u"prompt"_s, text},
            {u"Comment"_s, text}, {u"Software"_s, u"NovelAI"_s}};
        texts.xmp.ownRecord = text;
        texts.xmp.creatorTool = u"Draw Things"_s;
        texts.xmp.userComment = text;
        QVERIFY(!findRecord(texts));
    }
    // What is as deep as programs go is read: brackets inside of texts are no depth.
    const auto record = findRecord(pngOf({{u"invokeai_metadata"_s,
        u"{\"positive_prompt\":\""_s + QString(1000, u'[') + u"\\\"\",\"a\":"_s +
            QString(60, u'[') + QString(60, u']') + u'}'}}));
    QVERIFY(record);
    QCOMPARE(record->values[u"prompt"_s].toString(), QString(1000, u'[') + u'"');
}

// Sixty times its size in memory is what a parser makes of the smallest ones.
void ForeignRecordsTest::valuesAreCounted()
{
    const auto recordWith = [](int count) {
        return findRecord(
            pngOf({{u"invokeai_metadata"_s, u"{\"positive_prompt\":\"x\",\"a\":["_s +
                                                QString(u"1,"_s).repeated(count) + u"1]}"_s}}));
    };
    QVERIFY(recordWith(150'000));
    QVERIFY(!recordWith(2'000'000));
}

void ForeignRecordsTest::cyclesEnd()
{
    QJsonObject graph;
    graph.insert(u"1"_s,
        node(u"KSampler"_s, {{u"seed"_s, link(u"1"_s)}, {u"steps"_s, link(u"2"_s)}, {u"cfg"_s, 3},
                                {u"positive"_s, link(u"2"_s)}, {u"negative"_s, link(u"1"_s)},
                                {u"latent_image"_s, link(u"1"_s)}, {u"model"_s, link(u"3"_s)}}));
    graph.insert(
        u"2"_s, node(u"A"_s, {{u"positive"_s, link(u"3"_s)}, {u"conditioning"_s, link(u"2"_s)},
                                 {u"value"_s, link(u"2"_s)}, {u"samples"_s, link(u"2"_s)}}));
    graph.insert(u"3"_s, node(u"B"_s, {{u"positive"_s, link(u"2"_s)}, {u"text"_s, link(u"3"_s)},
                                          {u"model"_s, link(u"3"_s)}}));
    const auto record = findRecord(pngOf({{u"prompt"_s, json(graph)}}));
    QVERIFY(record);
    QCOMPARE(record->values, (QJsonObject{{u"guidance"_s, 3}}));
}

// Here and below, what is exponential or quadratic would run into the test's time limit.
void ForeignRecordsTest::wideGraphsEnd()
{
    // Each node leads to the next by every way there is: 2^n paths for who goes them all.
    QJsonObject graph;
    const int count = 2000;
    graph.insert(u"s"_s, node(u"KSampler"_s, {{u"steps"_s, 1}, {u"positive"_s, link(u"0"_s)},
                                                 {u"negative"_s, link(u"0"_s)}}));
    for (int i = 0; i < count; ++i) {
        const QJsonArray next = link(QString::number(i + 1));
        graph.insert(QString::number(i),
            node(u"Combine"_s, {{u"conditioning_1"_s, next}, {u"conditioning_2"_s, next},
                                   {u"text"_s, next}, {u"positive"_s, next}}));
    }
    for (int i = 0; i < 200; ++i)
        graph.insert(u"k%1"_s.arg(i), node(u"KSampler"_s, {{u"positive"_s, link(u"0"_s)}}));
    const auto record = findRecord(pngOf({{u"prompt"_s, json(graph)}}));
    QVERIFY(record);
    QCOMPARE(record->values, (QJsonObject{{u"steps"_s, 1}}));
}

void ForeignRecordsTest::wrongTypesAreLeftOut_data()
{
    QTest::addColumn<QJsonValue>("wrong");
    QTest::newRow("object") << QJsonValue(QJsonObject{{u"x"_s, u"y"_s}, {u"class_type"_s, 1}});
    QTest::newRow("array") << QJsonValue(QJsonArray{u"x"_s, 1});
    QTest::newRow("null") << QJsonValue();
    QTest::newRow("boolean") << QJsonValue(true);
}

void ForeignRecordsTest::wrongTypesAreLeftOut()
{
    QFETCH(QJsonValue, wrong);
    const QStringList names{u"positive_prompt"_s, u"negative_prompt"_s, u"seed"_s, u"steps"_s,
        u"cfg_scale"_s, u"width"_s, u"height"_s, u"model"_s, u"image"_s, u"sui_image_params"_s,
        u"PositivePrompt"_s, u"prompt"_s, u"base_model"_s, u"resolution"_s, u"software"_s,
        u"Comment"_s, u"uc"_s, u"v4_prompt"_s, u"c"_s, u"size"_s, u"num_inference_steps"_s,
        u"class_type"_s, u"inputs"_s, u"parameters"_s, u"aspectratio"_s};
    QJsonObject all;
    QJsonObject nested;
    for (const QString& name : names)
        all.insert(name, wrong);
    nested.insert(u"sui_image_params"_s, all);
    nested.insert(u"image"_s, all);
    nested.insert(u"1"_s, node(u"KSampler"_s, {{u"positive"_s, wrong}, {u"seed"_s, wrong},
                                                  {u"model"_s, wrong}, {u"guider"_s, wrong}}));
    for (const QString& text : {json(all), json(nested)}) {
        MetadataTexts texts = commentOf(text);
        texts.png = {{u"invokeai_metadata"_s, text}, {u"sd-metadata"_s, text},
            {u"parameters"_s, text}, {u"parameters-json"_s, text}, {u"prompt"_s, text},
            {u"Comment"_s, text}, {u"Software"_s, u"NovelAI"_s},
            {u"fooocus_scheme"_s, u"fooocus"_s}};
        texts.xmp.creatorTool = u"Draw Things"_s;
        texts.xmp.userComment = text;
        const auto record = findRecord(texts);
        if (!record)
            continue;
        // Only the graph's sampler could be told; nothing in it was of use.
        QCOMPARE(record->source, u"ComfyUI"_s);
        QVERIFY(!record->readable);
        QVERIFY(record->values.isEmpty());
        QVERIFY(record->size.isEmpty());
    }
}

void ForeignRecordsTest::largeTextsEnd()
{
    const qsizetype four = 4 << 20;
    const QStringList texts{QString(four, u'a'), QString(four, u':'), QString(four, u'"'),
        QString(four, u'{'), QString(four, u'['), QString(four, u'\n'), QString(four, u'\\'),
        u"Steps: "_s + QString(four, u'a'), u"Steps: 1, "_s + QString(u"a:\""_s).repeated(four / 3),
        QString(u"Steps: x\n"_s).repeated(four / 9),
        QString(u"Negative prompt:\n"_s).repeated(four / 17),
        u"Steps: 1, "_s + QString(u"k: \"v\\\", "_s).repeated(four / 8),
        u'"' + QString(four, u'[') + u"\" -s 5"_s, u"\"x\" "_s + QString(four, u'-'),
        u"{\"prompt\":\""_s + QString(four, u'a') + u"\"}"_s,
        u"{\"positive_prompt\":\""_s + QString(four - 100, u'a') + u"\"}"_s};
    for (const QString& text : texts) {
        MetadataTexts file = commentOf(text);
        for (const auto* key : {u"parameters", u"invokeai_metadata", u"sd-metadata", u"Dream",
                 u"parameters-json", u"prompt", u"workflow", u"Comment"})
            file.png.append({QString::fromUtf16(key), text});
        file.xmp.ownRecord = text;
        file.xmp.description = text;
        file.xmp.creatorTool = u"Draw Things"_s;
        const auto record = findRecord(file);
        if (record)
            QVERIFY(!record->source.isEmpty());
    }
}

SEEDBOOK_TEST(ForeignRecordsTest, QCoreApplication)

} // namespace seedbook::foreignRecordsTest

#include "ForeignRecordsTest.moc"
