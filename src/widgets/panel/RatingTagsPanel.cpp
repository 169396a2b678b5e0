#include "widgets/panel/RatingTagsPanel.h"

#include "core/Counts.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/DetailsTable.h"
#include "widgets/common/StarRow.h"
#include "widgets/panel/TagEditor.h"

#include <QLabel>
#include <QVBoxLayout>

namespace seedbook {

RatingTagsPanel::RatingTagsPanel(PictureActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_stars(new StarRow(this))
    , m_tags(new TagEditor(this))
    , m_many(heading({}, this))
{
    m_many->setWordWrap(true);
    m_many->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_many);
    column->addWidget(m_stars, 0, Qt::AlignLeft);
    column->addWidget(m_tags);
    connect(m_stars, &StarRow::chosen, &actions, &PictureActions::rate);
    connect(m_tags, &TagEditor::changeRequested, &actions, &PictureActions::tagsRequested);
}

void RatingTagsPanel::setPictures(const PicturePtr& shown, const QList<PicturePtr>& pictures)
{
    m_stars->setRating(shown ? shown->rating : 0);
    m_tags->setPictures(pictures);
    m_many->setVisible(pictures.size() > 1);
    m_many->setText(tr("%Ln picture(s) are selected. Rating, tags, saving, copying and the trash "
                       "are for all of them.",
        nullptr, pluralOf(pictures.size())));
}

} // namespace seedbook

#include "moc_RatingTagsPanel.cpp"
