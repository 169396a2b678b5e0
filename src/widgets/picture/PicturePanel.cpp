#include "widgets/picture/PicturePanel.h"

#include "widgets/common/MessageLine.h"
#include "widgets/picture/JobPage.h"
#include "widgets/picture/PictureActions.h"
#include "widgets/picture/PicturePage.h"

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

namespace seedbook {

namespace {

// Long enough to read a path twice; a problem stays until there is something else to look at.
constexpr std::chrono::seconds messageTime{12};

} // namespace

PicturePanel::PicturePanel(
    const ModelCatalog& models, GalleryModel& gallery, PictureActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_gallery(gallery)
    , m_actions(actions)
    , m_pages(new QStackedWidget(this))
    , m_picturePage(new PicturePage(models, actions, m_pages))
    , m_jobPage(new JobPage(models, actions, m_pages))
    , m_nothing(new QLabel(
          tr("The selected picture is shown here, with everything that made it."), m_pages))
    , m_message(new MessageLine(this))
{
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(24);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(m_picturePage);
    m_pages->addWidget(m_jobPage);
    auto* messageBox = new QVBoxLayout;
    messageBox->setContentsMargins(12, 0, 12, 10);
    messageBox->addWidget(m_message);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pages, 1);
    layout->addLayout(messageBox);
    setMinimumWidth(250);

    connect(&m_actions, &PictureActions::message, this, &PicturePanel::showMessage);
    m_messageTimer.setSingleShot(true);
    m_messageTimer.setInterval(messageTime);
    connect(&m_messageTimer, &QTimer::timeout, m_message, &MessageLine::clear);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_gallery, signal, this, &PicturePanel::follow);
    connect(&m_gallery, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
            if (roles.isEmpty()) // not for a thumbnail
                follow();
        });
    follow();
}

void PicturePanel::setSelection(const QModelIndex& index)
{
    m_selection = index;
    follow();
}

// Cheap where nothing changed: pictures and jobs are immutable, so the pointers tell.
void PicturePanel::follow()
{
    const QModelIndex index =
        m_selection.isValid() ? QModelIndex(m_selection) : m_gallery.newestPicture();
    const PicturePtr picture = m_gallery.picture(index);
    const JobPtr job = m_gallery.job(index);
    if (picture == m_picture && job == m_job)
        return;
    const bool sameJob = job && m_job && job->id == m_job->id;
    m_picture = picture;
    m_job = job;
    if (!sameJob)
        m_message->clear();
    m_actions.setSubject(picture, job);
    m_jobPage->setJob(job);
    m_picturePage->setPicture(picture, picture ? m_gallery.thumbnail(picture->id) : QPixmap());
    m_pages->setCurrentWidget(picture ? static_cast<QWidget*>(m_picturePage)
                              : job   ? static_cast<QWidget*>(m_jobPage)
                                      : m_nothing);
}

void PicturePanel::showMessage(const QString& text, bool isError)
{
    m_message->say(isError ? MessageLine::Kind::Problem : MessageLine::Kind::Note, text);
    if (isError)
        m_messageTimer.stop();
    else
        m_messageTimer.start();
}

} // namespace seedbook
