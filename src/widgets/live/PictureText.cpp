#include "widgets/live/PictureText.h"

#include "core/PictureFacts.h"
#include "core/Words.h"

#include <QFileInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// A value comes from a file; a table cell is no place for a novel.
constexpr qsizetype valueLimit = 500;

bool isShownElsewhere(ParameterRole role)
{
    return role == ParameterRole::Prompt || role == ParameterRole::NegativePrompt ||
           role == ParameterRole::Seed;
}

QString timeAndPrice(const Picture& picture)
{
    const QString price = picture.practice         ? Words::tr("practice, $0.00")
                          : picture.priceConfirmed ? picture.price.text()
                                                   : estimated(picture.price.text());
    if (picture.duration.count() == 0)
        return price; // how long it took is not known
    return Words::tr("%1 · %2 s")
        .arg(price,
            QLocale().toString(static_cast<double>(picture.duration.count()) / 1000.0, 'f', 1));
}

// The rows of a picture that another program made: what its file tells, and what it does not.
DetailRows foreignRows(const ModelCatalog& models, const Picture& picture)
{
    const QString unknown = Words::tr("not known");
    const auto or_unknown = [&unknown](
                                const QString& text) { return text.isEmpty() ? unknown : text; };
    DetailRows rows{{Words::tr("From"), or_unknown(picture.recordSource)},
        {Words::tr("Model"), or_unknown(picture.modelId)}};
    const ModelPtr standard = models.standard();
    if (!standard)
        return rows + parameterRows(models, {}, picture.parameters);
    // The fields go by the contract's names, which are the standard model's.
    QJsonObject told = picture.parameters;
    for (const Parameter& parameter : standard->parameters()) {
        if (!parameter.output && !told.contains(parameter.name))
            told.insert(parameter.name, unknown);
    }
    return rows + parameterRows(models, standard->id(), told);
}

} // namespace

DetailRows parameterRows(
    const ModelCatalog& models, const QString& modelId, const QJsonObject& values)
{
    DetailRows rows;
    const ModelPtr model = models.find(modelId);
    if (!model) {
        for (auto it = values.begin(); it != values.end(); ++it) {
            if (!isShownElsewhere(roleOfField(it.key())))
                rows.append({it.key(), shownValue(it.value()).left(valueLimit)});
        }
        return rows;
    }
    for (const Parameter& parameter : model->parameters()) {
        if (!isShownElsewhere(parameter.role) && values.contains(parameter.name)) {
            const QString text = kindOf(parameter).show(values.value(parameter.name));
            rows.append({Words::ofModel(parameter.title), text.left(valueLimit)});
        }
    }
    return rows;
}

QString textOf(const ModelCatalog& models, const QString& modelId, const QJsonObject& values,
    ParameterRole role, const QString& fallback)
{
    const ModelPtr model = models.find(modelId);
    const Parameter* parameter = model ? model->parameter(role) : nullptr;
    return values.value(parameter ? parameter->name : fallback).toString();
}

QString negativePrompt(const ModelCatalog& models, const Picture& picture)
{
    return textOf(models, picture.modelId, picture.parameters, ParameterRole::NegativePrompt,
        u"negative_prompt"_s);
}

DetailRows makingRows(const ModelCatalog& models, const Picture& picture)
{
    if (isForeign(picture))
        return foreignRows(models, picture);
    const ModelPtr model = models.find(picture.modelId);
    return DetailRows{{Words::tr("Model"), model ? model->title() : picture.modelId}} +
           parameterRows(models, picture.modelId, picture.parameters);
}

DetailRows fileRows(const Picture& picture)
{
    const QLocale locale;
    DetailRows rows;
    if (!isForeign(picture))
        rows.append({Words::tr("Cost"), timeAndPrice(picture)});
    rows.append({
        {Words::tr("Pixels"),
            Words::tr("%1 × %2").arg(picture.size.width()).arg(picture.size.height())},
        {Words::tr("File"),
            Words::tr("%1 · %2").arg(formatName(picture.format).toUpper(),
                locale.formattedDataSize(picture.bytes, 1, QLocale::DataSizeSIFormat))},
        {Words::tr("Made"), locale.toString(picture.created.toLocalTime(), QLocale::ShortFormat)},
        {Words::tr("Name"), QFileInfo(picture.path).fileName()},
    });
    return rows;
}

} // namespace seedbook
