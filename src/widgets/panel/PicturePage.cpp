#include "widgets/panel/PicturePage.h"

#include "core/PictureFacts.h"
#include "core/Text.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/ActionButton.h"
#include "widgets/common/DetailsTable.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/live/PictureText.h"
#include "widgets/live/SeedText.h"
#include "widgets/panel/PreviewBox.h"
#include "widgets/panel/RatingTagsPanel.h"
#include "widgets/panel/SeedRow.h"

#include <QAction>
#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype parentWords = 48;

} // namespace

PicturePage::PicturePage(const ModelCatalog& models, PictureActions& actions, QWidget* parent)
    : PageFrame(parent)
    , m_models(models)
{
    QWidget* body = this->body();
    m_preview = new PreviewBox(body);
    m_ratingTags = new RatingTagsPanel(actions, body);
    m_seed = new SeedRow(actions, body);
    m_seedWarning = new MessageLine(body);
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

    QVBoxLayout* column = this->column();
    column->setSpacing(4);
    column->addWidget(m_preview);
    column->addSpacing(6);
    column->addWidget(m_ratingTags);
    column->addSpacing(6);
    column->addWidget(m_seed);
    column->addWidget(m_seedWarning);
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

    QGridLayout* buttons = this->buttons();
    const QList<QAction*> grid{actions.useAll(), actions.remix(), actions.useSeed(),
        actions.runAgain(), actions.saveAs(), actions.exportClean(), actions.copyImage(),
        actions.copyClean()};
    for (int i = 0; i < grid.size(); ++i)
        buttons->addWidget(actionButton(grid.at(i), this), i / 2, i % 2);
    buttons->addWidget(actionButton(actions.reveal(), this), 4, 0, 1, 2);
}

void PicturePage::setPicture(const PicturePtr& picture, const QPixmap& thumbnail)
{
    m_preview->setPicture(picture, thumbnail);
    m_picture = picture;
    if (!picture)
        return;
    m_seed->setSeed(seedWords(*picture));
    m_seedWarning->say(MessageLine::Kind::Warning, seedWarning(*picture));
    m_seed->setBadge(picture->unclaimed  ? tr("unclaimed")
                     : picture->practice ? tr("practice")
                                         : QString());
    const bool foreign = isForeign(*picture);
    m_prompt->setText(foreign && picture->prompt.isEmpty() ? tr("not known") : picture->prompt);
    const QString negative = negativePrompt(m_models, *picture);
    m_negative->setText(negative);
    m_negative->setVisible(!negative.isEmpty());
    m_negativeLabel->setVisible(!negative.isEmpty());

    m_parameters->setRows(makingRows(m_models, *picture));
    m_facts->setRows(fileRows(*picture));
}

void PicturePage::setChosen(const QList<PicturePtr>& pictures)
{
    m_ratingTags->setPictures(m_picture, pictures);
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
            m_parents->addWidget(new PlainLabel(tr("a picture that is not here")));
            continue;
        }
        const QString prompt = elided(parent.picture->prompt.simplified(), parentWords);
        const QString seed = parent.picture->seedText();
        const QString words = seed.isEmpty() ? prompt : tr("%1 · seed %2").arg(prompt, seed);
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

#include "moc_PicturePage.cpp"
