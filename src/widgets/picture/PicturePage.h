#pragma once

#include "core/ModelSchema.h"
#include "core/Picture.h"

#include <QPixmap>
#include <QWidget>

namespace seedbook {

class DetailsTable;
class ElidedLabel;
class PictureActions;
class PreviewBox;
class SeedRow;
class TextBlock;

// What is known of a picture, below the picture itself.
class PicturePage final : public QWidget
{
    Q_OBJECT

public:
    PicturePage(const ModelCatalog& models, PictureActions& actions, QWidget* parent);

    void setPicture(const PicturePtr& picture, const QPixmap& thumbnail);
    [[nodiscard]] PreviewBox* preview() const { return m_preview; }

private:
    const ModelCatalog& m_models;
    PreviewBox* m_preview;
    SeedRow* m_seed;
    TextBlock* m_prompt;
    QWidget* m_negativeLabel;
    TextBlock* m_negative;
    DetailsTable* m_parameters;
    DetailsTable* m_facts;
};

} // namespace seedbook
