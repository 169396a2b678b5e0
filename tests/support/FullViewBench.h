#pragma once

#include "support/Samples.h"
#include "widgets/viewer/DecodedPictures.h"
#include "widgets/viewer/FullView.h"
#include "widgets/viewer/PictureViewer.h"

#include <QAction>

namespace seedbook::test {

// A full view and what it stands on.
struct FullViewBench
{
    FullViewBench(PictureSelection& selection, PictureActions& actions, QWidget* window)
        : view(new FullView({selection, actions, models(), decoded}, &second, window))
    {
    }
    ~FullViewBench() { delete view; }
    Q_DISABLE_COPY_MOVE(FullViewBench)

    DecodedPictures decoded;
    QAction second;
    QPointer<FullView> view; // the window may take it along
};

} // namespace seedbook::test
