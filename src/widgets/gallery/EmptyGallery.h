#pragma once

#include <QWidget>

class QLabel;

namespace seedbook {

// What the gallery shows while there is nothing in it: what will be here, and how to begin.
class EmptyGallery final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyGallery(QWidget* parent = nullptr);

    // There are pictures, but none that is looked for.
    void setNoneFound(bool noneFound);

private:
    QLabel* m_title;
    QLabel* m_words;
};

} // namespace seedbook
