#include "widgets/panel/PicturePanel.h"

#include "widgets/actions/PictureActions.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/panel/JobPage.h"
#include "widgets/panel/PicturePage.h"
#include "widgets/panel/RatingTagsPanel.h"
#include "widgets/panel/TagEditor.h"

#include <QLineEdit>
#include <QPointer>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace seedbook {

namespace {

// Long enough to read a path twice; a problem stays until there is something else to look at.
constexpr std::chrono::seconds messageTime{12};
// An index that is busy may answer late, or know a row that makes no sense.
constexpr std::chrono::milliseconds readingTime{400};
// Selections that follow one another as quickly as this are those of a key that is held down. Only
// where they rest is it worth looking.
constexpr std::chrono::milliseconds quickly{60};
constexpr std::chrono::milliseconds restTime{90};

} // namespace

PicturePanel::PicturePanel(const ModelCatalog& models, LivePictures& pictures,
    PictureSelection& selection, PictureActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_live(pictures)
    , m_selection(selection)
    , m_actions(actions)
    , m_pages(new QStackedWidget(this))
    , m_picturePage(new PicturePage(models, actions, m_pages))
    , m_jobPage(new JobPage(models, actions, m_pages))
    , m_nothing(new PlainLabel(
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
    connect(&m_selection, &PictureSelection::changed, this, &PicturePanel::noteHaste);
    connect(&m_selection, &PictureSelection::refreshed, this, &PicturePanel::follow);
    // One that arrives does not take away that for which a tag is being typed.
    m_selection.keepSubjectWhile([tags = QPointer(m_picturePage->ratingTags()->tags())] {
        return tags && tags->isTyping();
    });
    m_laterTimer.setSingleShot(true);
    connect(&m_laterTimer, &QTimer::timeout, this, &PicturePanel::showPage);
    m_ratingTagsTimer.setSingleShot(true);
    m_ratingTagsTimer.setInterval(0);
    connect(&m_ratingTagsTimer, &QTimer::timeout, this, &PicturePanel::updateRatingTags);
    connect(&m_live, &LivePictures::loaded, this, [this](const QList<QUuid>& ids) {
        if (m_shown.picture && std::ranges::any_of(m_shown.picture->provenance.parents,
                                   [&ids](const QUuid& id) { return ids.contains(id); }))
            showParents();
    });
    connect(&m_live, &LivePictures::conditionChanged, this, &PicturePanel::showCondition);
    connect(&m_live, &LivePictures::ticked, this, [this] {
        if (m_shown.job && m_jobPage->isVisible())
            showCondition();
    });
    connect(m_picturePage, &PicturePage::parentRequested, this, &PicturePanel::showRequested);
    // Later: what was typed has to be asked for first.
    connect(m_picturePage->ratingTags()->tags(), &TagEditor::typingEnded, &m_selection,
        &PictureSelection::refresh, Qt::QueuedConnection);
    follow();
}

void PicturePanel::showCondition()
{
    m_jobPage->setCondition(m_live.condition());
}

void PicturePanel::noteHaste()
{
    const bool quick = m_sinceSelection.isValid() && !m_sinceSelection.hasExpired(quickly.count());
    m_flying = quick && m_wasQuick;
    m_wasQuick = quick;
    m_sinceSelection.start();
}

void PicturePanel::follow()
{
    const PictureSelection::Subject now = m_selection.subject();
    if (now == m_shown) {
        if (!m_laterTimer.isActive()) {
            m_ratingTagsTimer.start();
            showParents(); // they may have come or gone
        }
        return;
    }
    // What was said of it stays while it is the same, in another state.
    const bool same = (now.job && m_shown.job && now.job->id == m_shown.job->id) ||
                      (now.picture && m_shown.picture && now.picture->id == m_shown.picture->id);
    m_shown = now;
    if (!same)
        m_message->clear();
    // What is shown stays until the next one is read, which is a matter of milliseconds, and while
    // the selection flies past.
    if (now.isReading || (m_flying && !same))
        m_laterTimer.start(now.isReading ? readingTime : restTime);
    else
        showPage();
}

void PicturePanel::showPage()
{
    m_laterTimer.stop();
    m_ratingTagsTimer.start();
    m_jobPage->setJob(m_shown.job, m_live.condition());
    const PicturePtr& picture = m_shown.picture;
    m_picturePage->setPicture(picture, picture ? m_live.thumbnail(picture->id) : QPixmap());
    showParents();
    m_pages->setCurrentWidget(picture       ? static_cast<QWidget*>(m_picturePage)
                              : m_shown.job ? static_cast<QWidget*>(m_jobPage)
                                            : m_nothing);
}

void PicturePanel::updateRatingTags()
{
    m_ratingTagsTimer.stop();
    if (m_laterTimer.isActive())
        return; // with the page that is shown then
    const int asked = ++m_ratingTagsAsked;
    if (m_actions.pictures().isEmpty())
        m_picturePage->setChosen({});
    m_actions.withPictures([this, asked](const QList<PicturePtr>& marked) {
        if (asked == m_ratingTagsAsked) // nothing else is selected by now
            m_picturePage->setChosen(marked);
    });
}

void PicturePanel::editTags()
{
    if (m_laterTimer.isActive())
        showPage();
    updateRatingTags(); // what is typed from now on is for these
    m_picturePage->ratingTags()->tags()->field()->setFocus(Qt::ShortcutFocusReason);
}

void PicturePanel::showParents()
{
    QList<PicturePage::Parent> parents;
    if (m_shown.picture) {
        for (const QUuid& id : m_shown.picture->provenance.parents)
            parents.append({id, m_live.picture(id)});
    }
    m_picturePage->setParents(parents);
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

#include "moc_PicturePanel.cpp"
