#pragma once

#include "widgets/live/PictureListModel.h"
#include "widgets/panel/PageFrame.h"

class QLabel;

namespace seedbook {

class DetailsTable;
class PictureActions;
class SeedRow;
class JobStatusIcon;
class TextBlock;

// What is known of a job that has no picture: where it stands, or what went wrong, why, and what to
// do about it.
class JobPage final : public PageFrame
{
    Q_OBJECT

public:
    JobPage(const ModelCatalog& models, PictureActions& actions, QWidget* parent);

    void setJob(const JobPtr& job, const QueueCondition& condition);
    // The moment, or why what waits is not sent, is another.
    void setCondition(const QueueCondition& condition);

private:
    const ModelCatalog& m_models;
    JobPtr m_job;
    JobStatusIcon* m_sign;
    QLabel* m_state;
    QLabel* m_time;
    QLabel* m_what;
    QLabel* m_why;
    QLabel* m_todo;
    QWidget* m_keptLabel;
    QLabel* m_kept;
    QWidget* m_reveal;
    SeedRow* m_seed;
    TextBlock* m_prompt;
    DetailsTable* m_parameters;
};

} // namespace seedbook
