#include "widgets/picture/PicturePage.h"

#include "core/Text.h"
#include "widgets/picture/DetailsParts.h"
#include "widgets/picture/MarksBox.h"
#include "widgets/picture/PictureActions.h"
#include "widgets/picture/PictureFacts.h"
#include "widgets/picture/PreviewBox.h"

#include <QAction>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr int margin = 12;
constexpr qsizetype parentWords = 48;

QString timeAndPrice(const Picture& picture)
{
    const QString seconds =
        QLocale().toString(static_cast<double>(picture.duration.count()) / 1000.0, 'f', 1);
    if (picture.practice)
        return PicturePage::tr("practice, $0.00 · %1 s").arg(seconds);
    const QString price = (picture.priceTold ? QString() : u"≈"_s) + picture.price.text();
    return PicturePage::tr("%1 · %2 s").arg(price, seconds);
}

// The rows of a picture that another program made: what its file tells, and what it does not.
DetailRows foreignRows(const ModelCatalog& models, const Picture& picture)
{
    const QString unknown = PicturePage::tr("not known");
    const auto or_unknown = [&unknown](
                                const QString& text) { return text.isEmpty() ? unknown : text; };
    DetailRows rows{{PicturePage::tr("From"), or_unknown(picture.recordSource)},
        {PicturePage::tr("Model"), or_unknown(picture.modelId)}};
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

PicturePage::PicturePage(const ModelCatalog& models, PictureActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_models(models)
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* body = new QWidget(scroll);
    m_preview = new PreviewBox(body);
    m_marks = new MarksBox(actions, body);
    m_seed = new SeedRow(actions, body);
    m_prompt = new TextBlock(tr("Prompt of the picture"), 8, body);
    m_negativeLabel = heading(tr("Negative prompt"), body);
    m_negative = new TextBlock(tr("Negative prompt of the picture"), 4, body);
    m_parameters = new DetailsTable(body);
    m_parentsLabel = heading(tr("Made from"), body);
    m_parentsLabel->hide();
    m_parents = new QVBoxLayout;
    m_parents->setSpacing(2);
    m_facts = new DetailsTable(body);
    connect(m_preview, &PreviewBox::openRequested, actions.open(), &QAction::trigger);

    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(4);
    column->addWidget(m_preview);
    column->addSpacing(6);
    column->addWidget(m_marks);
    column->addSpacing(6);
    column->addWidget(m_seed);
    column->addSpacing(6);
    column->addWidget(heading(tr("Prompt"), body));
    column->addWidget(m_prompt);
    column->addSpacing(6);
    column->addWidget(m_negativeLabel);
    column->addWidget(m_negative);
    column->addSpacing(6);
    column->addWidget(m_parentsLabel);
    column->addLayout(m_parents);
    column->addSpacing(10);
    column->addWidget(m_parameters);
    column->addSpacing(10);
    column->addWidget(m_facts);
    column->addStretch(1);
    scroll->setWidget(body);

    auto* buttons = new QGridLayout;
    buttons->setContentsMargins(margin, 8, margin, margin);
    buttons->setSpacing(6);
    const QList<QAction*> grid{actions.useAll(), actions.remix(), actions.useSeed(),
        actions.runAgain(), actions.saveAs(), actions.exportClean(), actions.copyImage(),
        actions.copyClean()};
    for (int i = 0; i < grid.size(); ++i)
        buttons->addWidget(actionButton(grid.at(i), this), i / 2, i % 2);
    buttons->addWidget(actionButton(actions.reveal(), this), 4, 0, 1, 2);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);
}

void PicturePage::setPicture(const PicturePtr& picture, const QPixmap& thumbnail)
{
    m_preview->setPicture(picture, thumbnail);
    m_picture = picture;
    if (!picture)
        return;
    m_seed->setSeed(picture->seedText());
    m_seed->setBadge(picture->unclaimed  ? tr("unclaimed")
                     : picture->practice ? tr("practice")
                                         : QString());
    const bool foreign = isFromElsewhere(*picture);
    m_prompt->setText(foreign && picture->prompt.isEmpty() ? tr("not known") : picture->prompt);
    const QString negative = textOf(m_models, picture->modelId, picture->parameters,
        ParameterRole::NegativePrompt, u"negative_prompt"_s);
    m_negative->setText(negative);
    m_negative->setVisible(!negative.isEmpty());
    m_negativeLabel->setVisible(!negative.isEmpty());

    const ModelPtr model = m_models.find(picture->modelId);
    DetailRows rows{{tr("Model"), model ? model->title() : picture->modelId}};
    rows += parameterRows(m_models, picture->modelId, picture->parameters);
    m_parameters->setRows(foreign ? foreignRows(m_models, *picture) : rows);

    const QLocale locale;
    DetailRows facts;
    if (!foreign)
        facts.append({tr("Cost"), timeAndPrice(*picture)});
    facts.append({
        {tr("Pixels"), tr("%1 × %2").arg(picture->size.width()).arg(picture->size.height())},
        {tr("File"), tr("%1 · %2").arg(formatName(picture->format).toUpper(),
                         locale.formattedDataSize(picture->bytes, 1, QLocale::DataSizeSIFormat))},
        {tr("Made"), locale.toString(picture->created.toLocalTime(), QLocale::ShortFormat)},
        {tr("Name"), QFileInfo(picture->path).fileName()},
    });
    m_facts->setRows(facts);
}

void PicturePage::setMarked(const QList<PicturePtr>& pictures)
{
    m_marks->setPictures(m_picture, pictures);
}

void PicturePage::setParents(const QList<Parent>& parents)
{
    if (parents == m_shownParents)
        return;
    m_shownParents = parents;
    while (QLayoutItem* item = m_parents->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that was pressed
        delete item;
    }
    m_parentsLabel->setVisible(!parents.isEmpty());
    for (const Parent& parent : parents) {
        if (!parent.picture) {
            m_parents->addWidget(new QLabel(tr("a picture that is not here")));
            continue;
        }
        const QString words = tr("%1 · seed %2")
                                  .arg(elided(parent.picture->prompt.simplified(), parentWords),
                                      parent.picture->seedText());
        auto* link = new QPushButton(QString(words).replace(u'&', u"&&"_s));
        link->setAccessibleName(tr("Made from %1").arg(words));
        link->setToolTip(tr("Show this picture in the gallery"));
        link->setMinimumWidth(1); // a long prompt does not widen the panel
        connect(link, &QPushButton::clicked, this,
            [this, id = parent.id] { Q_EMIT parentRequested(id); });
        m_parents->addWidget(link);
    }
}

} // namespace seedbook
