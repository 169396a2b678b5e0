#pragma once

#include "core/ModelSchema.h"
#include "core/Picture.h"
#include "widgets/panel/PageFrame.h"

#include <QPixmap>
#include <QUuid>

class QVBoxLayout;

namespace seedbook {

class DetailsTable;
class RatingTagsPanel;
class MessageLine;
class PictureActions;
class PreviewBox;
class SeedRow;
class TextBlock;

// What is known of a picture, below the picture itself.
class PicturePage final : public PageFrame
{
    Q_OBJECT

public:
    PicturePage(const ModelCatalog& models, PictureActions& actions, QWidget* parent);

    void setPicture(const PicturePtr& picture, const QPixmap& thumbnail);
    // All that rating and tags are for.
    void setChosen(const QList<PicturePtr>& pictures);
    // The parents of the picture that is shown, in the order of its record.
    struct Parent
    {
        QUuid id;
        PicturePtr picture; // null where it is not here
        friend bool operator==(const Parent&, const Parent&) = default;
    };
    void setParents(const QList<Parent>& parents);
    [[nodiscard]] PreviewBox* preview() const { return m_preview; }
    [[nodiscard]] RatingTagsPanel* ratingTags() const { return m_ratingTags; }

Q_SIGNALS:
    void parentRequested(const QUuid& id);

private:
    const ModelCatalog& m_models;
    PicturePtr m_picture;
    PreviewBox* m_preview;
    RatingTagsPanel* m_ratingTags;
    QWidget* m_parentsLabel;
    QVBoxLayout* m_parents;
    QList<Parent> m_shownParents;
    SeedRow* m_seed;
    MessageLine* m_seedWarning;
    TextBlock* m_prompt;
    QWidget* m_negativeLabel;
    TextBlock* m_negative;
    DetailsTable* m_parameters;
    DetailsTable* m_facts;
};

} // namespace seedbook
