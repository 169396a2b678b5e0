#include "widgets/picture/PicturePage.h"

#include "widgets/picture/DetailsParts.h"
#include "widgets/picture/PictureActions.h"
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

QString timeAndPrice(const Picture& picture)
{
    const QString seconds =
        QLocale().toString(static_cast<double>(picture.duration.count()) / 1000.0, 'f', 1);
    if (picture.practice)
        return PicturePage::tr("practice, $0.00 · %1 s").arg(seconds);
    const QString price = (picture.priceTold ? QString() : u"≈"_s) + picture.price.text();
    return PicturePage::tr("%1 · %2 s").arg(price, seconds);
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
    m_seed = new SeedRow(actions, body);
    m_prompt = new TextBlock(tr("Prompt of the picture"), 8, body);
    m_negativeLabel = heading(tr("Negative prompt"), body);
    m_negative = new TextBlock(tr("Negative prompt of the picture"), 4, body);
    m_parameters = new DetailsTable(body);
    m_facts = new DetailsTable(body);
    connect(m_preview, &PreviewBox::openRequested, actions.open(), &QAction::trigger);

    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(4);
    column->addWidget(m_preview);
    column->addSpacing(6);
    column->addWidget(m_seed);
    column->addSpacing(6);
    column->addWidget(heading(tr("Prompt"), body));
    column->addWidget(m_prompt);
    column->addSpacing(6);
    column->addWidget(m_negativeLabel);
    column->addWidget(m_negative);
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
        actions.runAgain(), actions.saveAs(), actions.reveal()};
    for (int i = 0; i < grid.size(); ++i)
        buttons->addWidget(actionButton(grid.at(i), this), i / 2, i % 2);
    buttons->addWidget(actionButton(actions.copyImage(), this), 3, 0, 1, 2);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);
}

void PicturePage::setPicture(const PicturePtr& picture, const QPixmap& thumbnail)
{
    m_preview->setPicture(picture, thumbnail);
    if (!picture)
        return;
    m_seed->setSeed(picture->seedText());
    m_seed->setBadge(picture->unclaimed  ? tr("unclaimed")
                     : picture->practice ? tr("practice")
                                         : QString());
    m_prompt->setText(picture->prompt);
    const QString negative = textOf(m_models, picture->modelId, picture->parameters,
        ParameterRole::NegativePrompt, u"negative_prompt"_s);
    m_negative->setText(negative);
    m_negative->setVisible(!negative.isEmpty());
    m_negativeLabel->setVisible(!negative.isEmpty());

    const ModelPtr model = m_models.find(picture->modelId);
    DetailRows rows{{tr("Model"), model ? model->title() : picture->modelId}};
    rows += parameterRows(m_models, picture->modelId, picture->parameters);
    m_parameters->setRows(rows);

    const QLocale locale;
    m_facts->setRows({
        {tr("Cost"), timeAndPrice(*picture)},
        {tr("Pixels"), tr("%1 × %2").arg(picture->size.width()).arg(picture->size.height())},
        {tr("File"), tr("%1 · %2").arg(formatName(picture->format).toUpper(),
                         locale.formattedDataSize(picture->bytes, 1, QLocale::DataSizeSIFormat))},
        {tr("Made"), locale.toString(picture->created.toLocalTime(), QLocale::ShortFormat)},
        {tr("Name"), QFileInfo(picture->path).fileName()},
    });
}

} // namespace seedbook
