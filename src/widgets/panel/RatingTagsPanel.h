#pragma once

#include "core/Picture.h"

#include <QWidget>

class QLabel;

namespace seedbook {

class PictureActions;
class StarRow;
class TagEditor;

// The rating and the tags of the pictures at hand, to see and to change.
class RatingTagsPanel final : public QWidget
{
    Q_OBJECT

public:
    RatingTagsPanel(PictureActions& actions, QWidget* parent);

    // `shown` is the one whose rating is seen; what is changed is changed in all of `pictures`.
    void setPictures(const PicturePtr& shown, const QList<PicturePtr>& pictures);
    [[nodiscard]] StarRow* stars() const { return m_stars; }
    [[nodiscard]] TagEditor* tags() const { return m_tags; }

private:
    StarRow* m_stars;
    TagEditor* m_tags;
    QLabel* m_many;
};

} // namespace seedbook
