#pragma once

#include "core/Job.h"
#include "widgets/gallery/TileLayout.h"

#include <QDateTime>
#include <QPalette>
#include <QRect>

class QPainter;

namespace seedbook {

// A job's tile in its box.
struct JobTile
{
    const Job& job;
    const TileLayout& layout;
    QRect cell;
    QPalette palette;
    const QueueCondition& condition;
    QDateTime now; // of the arc, which moves smoothly; figures count to the condition's
    TileButton hovered = TileButton::None;
    bool pressed = false; // the hovered one

    void paint(QPainter& painter) const;

private:
    void paintProblem(QPainter& painter) const;
    void paintProgress(QPainter& painter) const;
    void paintQuiet(QPainter& painter) const;
    void paintButtons(QPainter& painter) const;
    [[nodiscard]] QRect content() const;
};

} // namespace seedbook
