#pragma once

#include <QWidget>

namespace seedbook {

// What the gallery shows while there is nothing in it: what will be here, and how to begin.
class EmptyGallery final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyGallery(QWidget* parent = nullptr);
};

} // namespace seedbook
