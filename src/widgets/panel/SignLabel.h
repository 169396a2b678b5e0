#pragma once

#include "widgets/live/PictureListModel.h"

#include <QWidget>

namespace seedbook {

// The sign that a job's card bears, for beside a line of text; nothing where it bears none.
class SignLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit SignLabel(QWidget* parent);
    void setJob(const JobPtr& job);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    JobPtr m_job;
};

} // namespace seedbook
