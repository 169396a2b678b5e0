#pragma once

#include "widgets/live/PictureListModel.h"

#include <QWidget>

namespace seedbook {

// The sign that a job's tile bears, for beside a line of text; nothing where it bears none.
class JobStatusIcon final : public QWidget
{
    Q_OBJECT

public:
    explicit JobStatusIcon(QWidget* parent);
    void setJob(const JobPtr& job);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    JobPtr m_job;
};

} // namespace seedbook
