#include "widgets/actions/PictureActions.h"

#include "core/PictureFacts.h"
#include "widgets/actions/PictureCopying.h"
#include "widgets/actions/PictureSaving.h"
#include "widgets/common/Commands.h"
#include "widgets/common/MenuGuard.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Stars.h"
#include "widgets/live/JobText.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Of the job at hand, or of all pictures that are selected.
void copyTexts(PictureActions& actions, const std::function<QString(const Job&)>& ofJob,
    const std::function<QString(const Picture&)>& ofPicture, const QString& between,
    const std::function<QString(int count)>& words)
{
    const auto copied = [&actions, between, words](const QStringList& texts) {
        QStringList known = texts;
        known.removeAll(QString());
        if (!known.isEmpty()) // what lies there is not lost for nothing
            QGuiApplication::clipboard()->setText(known.join(between));
        Q_EMIT actions.message(words(static_cast<int>(known.size())), false);
    };
    if (actions.job()) {
        copied({ofJob(*actions.job())});
        return;
    }
    actions.withPictures([copied, ofPicture](const QList<PicturePtr>& pictures) {
        QStringList texts;
        for (const PicturePtr& picture : pictures)
            texts.append(ofPicture(*picture));
        copied(texts);
    });
}

} // namespace

PictureActions::PictureActions(const ModelCatalog& models, QWidget* window)
    : QObject(window)
    , m_copying(new PictureCopying(this))
    , m_saving(new PictureSaving(window, this))
    , m_models(models)
    , m_window(window)
    , m_open(make(Command::Open))
    , m_useAll(make(Command::UseAll))
    , m_remix(make(Command::Remix))
    , m_useSeed(make(Command::UseSeed))
    , m_runAgain(make(Command::RunAgain))
    , m_saveAs(make(Command::SaveAs))
    , m_reveal(make(Command::Reveal))
    , m_exportClean(make(Command::ExportClean))
    , m_copyImage(make(Command::CopyImage))
    , m_copyClean(make(Command::CopyClean))
    , m_copyBase64(make(Command::CopyBase64))
    , m_copyDataUri(make(Command::CopyDataUri))
    , m_copySeed(make(Command::CopySeed))
    , m_copyPrompt(make(Command::CopyPrompt))
    , m_tryAgain(make(Command::Retry))
    , m_cancel(make(Command::Cancel))
    , m_dismiss(make(Command::Dismiss))
    , m_resumeQueue(make(Command::ResumeQueue))
    , m_editTags(make(Command::EditTags))
    , m_trash(make(Command::Trash))
    , m_moveTo(make(Command::MoveTo))
    , m_ratingMenu(new QMenu(tr("Rating"), window))
{
    for (std::size_t i = 0; i < m_ratings.size(); ++i) {
        const int rating = i == 6 ? -1 : static_cast<int>(i);
        QAction* action = rating < 0 ? make(Command::Reject) : make(Command::Rate, rating);
        if (rating >= 0)
            action->setText(rating == 0 ? tr("No rating") : ratingText(rating));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, rating] { rate(rating); });
        m_ratings.at(i) = action;
    }
    m_open->setShortcuts({}); // the gallery's own, which knows of more than a press
    makeInto(m_ratingMenu->menuAction(), Command::RateMenu);
    m_ratingMenu->addActions(ratings());
    m_ratingMenu->insertSeparator(m_ratings.back());
    connect(m_editTags, &QAction::triggered, this, &PictureActions::editTagsRequested);
    connect(m_trash, &QAction::triggered, this, [this] {
        withChosen([this](const QList<PicturePtr>& chosen) { Q_EMIT trashRequested(chosen); });
    });
    connect(m_moveTo, &QAction::triggered, this, &PictureActions::askWhereToMove);
    connect(m_open, &QAction::triggered, this, [this] { Q_EMIT openRequested(m_picture); });
    connect(m_useAll, &QAction::triggered, this, [this] { requestValues(true); });
    connect(m_remix, &QAction::triggered, this, [this] { requestValues(false); });
    connect(m_useSeed, &QAction::triggered, this, [this] {
        if (const auto seed = this->seed())
            Q_EMIT useSeedRequested(*seed, m_picture ? parentIdOf(*m_picture) : QUuid());
    });
    connect(m_runAgain, &QAction::triggered, this, [this] { Q_EMIT runAgainRequested(m_picture); });
    connect(m_saveAs, &QAction::triggered, this, [this] { askWhereToSave(false); });
    connect(m_exportClean, &QAction::triggered, this, [this] { askWhereToSave(true); });
    connect(m_reveal, &QAction::triggered, this, &PictureActions::revealFile);
    const auto copies = [this](QAction* action, auto copying) {
        connect(action, &QAction::triggered, this, [this, copying] {
            withPictures(
                [this, copying](const QList<PicturePtr>& all) { copying(*m_copying, all); });
        });
    };
    copies(m_copyImage, [](PictureCopying& to, const auto& all) { to.images(all); });
    copies(m_copyClean, [](PictureCopying& to, const auto& all) { to.clean(all); });
    copies(m_copyBase64, [](PictureCopying& to, const auto& all) { to.encoded(all, false); });
    copies(m_copyDataUri, [](PictureCopying& to, const auto& all) { to.encoded(all, true); });
    connect(m_copying, &PictureCopying::message, this, &PictureActions::message);
    connect(m_saving, &PictureSaving::message, this, &PictureActions::message);
    connect(m_saving, &PictureSaving::exportRequested, this, &PictureActions::exportRequested);
    connect(m_copySeed, &QAction::triggered, this, &PictureActions::copySeeds);
    connect(m_copyPrompt, &QAction::triggered, this, &PictureActions::copyPrompts);
    connect(m_tryAgain, &QAction::triggered, this, [this] { Q_EMIT tryAgainRequested(m_job->id); });
    connect(m_cancel, &QAction::triggered, this, [this] { Q_EMIT cancelRequested({m_job->id}); });
    connect(m_dismiss, &QAction::triggered, this, [this] { Q_EMIT dismissRequested({m_job->id}); });
    connect(m_resumeQueue, &QAction::triggered, this, &PictureActions::resumeQueueRequested);
    setSubject({}, {});
}

void PictureActions::setCleanFolder(const QString& folder)
{
    m_copying->setCleanFolder(folder);
}

QAction* PictureActions::make(Command command, int nth)
{
    return makeAction(command, this, nth);
}

PictureActions::PictureActions(const ModelCatalog& models, const LivePictures& pictures,
    PictureSelection& selection, QWidget* window)
    : PictureActions(models, window)
{
    m_selection = &selection;
    connect(&selection, &PictureSelection::refreshed, this, [this, &pictures, &selection] {
        const auto& [picture, job, isReading] = selection.subject();
        if (picture == m_picture && job == m_job)
            return;
        setCondition(pictures.condition());
        setSubject(picture, job);
    });
    // Others may be chosen beside the same subject.
    connect(&selection, &PictureSelection::changed, this, &PictureActions::showRating);
    connect(&pictures, &LivePictures::conditionChanged, this,
        [this, &pictures] { setCondition(pictures.condition()); });
    connect(&pictures, &LivePictures::ticked, this, [this, &pictures] {
        if (m_job)
            setCondition(pictures.condition());
    });
}

void PictureActions::setSubject(const PicturePtr& picture, const JobPtr& job)
{
    m_picture = picture;
    m_job = picture ? nullptr : job;
    for (QAction* action :
        {m_open, m_saveAs, m_exportClean, m_copyImage, m_copyClean, m_copyBase64, m_copyDataUri})
        action->setEnabled(m_picture != nullptr);
    m_runAgain->setEnabled(m_picture && !isForeign(*m_picture));
    // Their words may stay the same: a button's guard sees here that it is about something else.
    const QVariant subject = m_picture ? QVariant(m_picture->id)
                             : m_job   ? QVariant::fromValue(m_job->id)
                                       : QVariant();
    for (QAction* action : {m_runAgain, m_tryAgain, m_cancel, m_dismiss})
        action->setData(subject);
    showRating();
    for (QAction* action : {m_useAll, m_remix, m_copyPrompt})
        action->setEnabled(m_picture || m_job);
    m_useSeed->setEnabled(seed().has_value());
    m_copySeed->setEnabled(m_job ? seed().has_value() : m_picture != nullptr);
    m_reveal->setEnabled(m_picture || (m_job && !m_job->spoolPath.isEmpty()));
    showJobActions();
    Q_EMIT subjectChanged();
}

void PictureActions::setCondition(const QueueCondition& condition)
{
    m_condition = condition;
    showJobActions();
}

void PictureActions::showJobActions()
{
    // A hidden action is disabled too, and cannot be enabled.
    const bool resumesQueue = m_job && canResumeQueue(*m_job, m_condition);
    m_resumeQueue->setVisible(resumesQueue);
    m_tryAgain->setVisible(m_job && !resumesQueue && canTryAgain(*m_job, m_condition));
    m_cancel->setVisible(m_job && canCancel(*m_job));
    m_dismiss->setVisible(m_job && canDismiss(*m_job));
    if (!m_job)
        return;
    setWords(m_tryAgain, tryAgainText(*m_job, m_condition), tryAgainTip(*m_job, m_condition));
    setWords(m_cancel, cancelText(*m_job), cancelTip(*m_job));
    setWords(m_dismiss, dismissText(*m_job), dismissTip(*m_job));
    setWords(m_resumeQueue, resumeQueueText(m_condition), resumeQueueTip(m_condition));
}

void PictureActions::fill(QMenu& menu) const
{
    MenuGuard::protect(&menu);
    const QList<QList<QAction*>> groups =
        m_picture
            ? QList<QList<QAction*>>{{m_open}, {m_useAll, m_remix, m_useSeed, m_runAgain},
                  {m_saveAs, m_exportClean, m_reveal},
                  {m_copyImage, m_copyClean, m_copySeed, m_copyPrompt, m_copyBase64, m_copyDataUri},
                  {m_moveTo, m_trash}}
            : QList<QList<QAction*>>{{m_resumeQueue, m_tryAgain, m_cancel, m_dismiss},
                  {m_useAll, m_remix, m_useSeed}, {m_reveal}, {m_copySeed, m_copyPrompt}};
    for (const QList<QAction*>& group : groups) {
        if (!menu.isEmpty())
            menu.addSeparator();
        if (m_picture && group.contains(m_saveAs)) {
            menu.addMenu(m_ratingMenu);
            menu.addAction(m_editTags);
            menu.addSeparator();
        }
        for (QAction* action : group) {
            if (action->isVisible() && (action->isEnabled() || action != m_reveal))
                menu.addAction(action);
        }
    }
}

QList<QUuid> PictureActions::pictures() const
{
    QList<QUuid> chosen = m_selection ? m_selection->pictures() : QList<QUuid>();
    if (!m_picture)
        return m_job ? chosen : QList<QUuid>();
    return chosen.contains(m_picture->id) ? chosen : QList{m_picture->id};
}

void PictureActions::withPictures(const std::function<void(const QList<PicturePtr>&)>& act)
{
    const QList<QUuid> ids = pictures();
    if (m_picture && !m_selection) {
        act({m_picture});
    } else if (!ids.isEmpty() && m_selection) {
        m_selection->load(ids, this, [act](const QList<PicturePtr>& all) {
            if (!all.isEmpty())
                act(all);
        });
    }
}

void PictureActions::withChosen(const std::function<void(const QList<PicturePtr>&)>& act)
{
    if (m_selection && m_selection->pictures().isEmpty())
        Q_EMIT message(tr("Select the pictures first."), false);
    else
        withPictures(act);
}

void PictureActions::moveInto(const QString& folder)
{
    withChosen(
        [this, folder](const QList<PicturePtr>& chosen) { Q_EMIT moveRequested(chosen, folder); });
}

void PictureActions::askWhereToMove()
{
    withChosen([this](const QList<PicturePtr>& chosen) {
        auto* dialog =
            new QFileDialog(m_window, tr("Move to a folder of the library"), m_libraryFolder);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        dialog->setLabelText(QFileDialog::Accept, tr("Move"));
        // For these, whatever is selected by then.
        connect(dialog, &QFileDialog::fileSelected, this,
            [this, chosen](const QString& folder) { Q_EMIT moveRequested(chosen, folder); });
        dialog->open();
    });
}

void PictureActions::rate(int rating)
{
    withPictures([this, rating](const QList<PicturePtr>& rated) {
        const bool allRejected = std::all_of(rated.cbegin(), rated.cend(),
            [](const PicturePtr& picture) { return picture->rating < 0; });
        // The same key again takes a rejection back.
        Q_EMIT ratingRequested(rated, rating < 0 && allRejected ? 0 : rating);
    });
    showRating(); // a menu has checked its item already
}

void PictureActions::showRating()
{
    const bool any = m_picture || (m_job && !pictures().isEmpty());
    const int rating = m_picture ? m_picture->rating : 0;
    const std::size_t place = rating < 0 ? 6 : static_cast<std::size_t>(std::min(rating, 5));
    for (std::size_t i = 0; i < m_ratings.size(); ++i) {
        m_ratings.at(i)->setEnabled(any);
        m_ratings.at(i)->setChecked(m_picture && i == place);
    }
    m_editTags->setEnabled(m_picture != nullptr);
    m_trash->setEnabled(any);
    m_moveTo->setEnabled(any);
}

std::optional<Seed> PictureActions::seed() const
{
    return m_picture ? m_picture->seed : m_job ? m_job->request.seed() : std::nullopt;
}

void PictureActions::requestValues(bool withSeed)
{
    if (m_picture && isForeign(*m_picture)) {
        Q_EMIT fileShowRequested(m_picture);
        return;
    }
    // A job that is used anew hands its own on: it has no picture yet.
    const Provenance from = m_picture ? madeFrom(*m_picture) : m_job->provenance;
    const QString modelId = m_picture ? m_picture->modelId : m_job->request.model().id();
    QJsonObject values = m_picture ? m_picture->parameters : m_job->request.parameters();
    if (withSeed) {
        Q_EMIT useAllRequested(modelId, values, from);
        return;
    }
    const ModelPtr model = m_models.find(modelId);
    const Parameter* seed = model ? model->parameter(ParameterRole::Seed) : nullptr;
    values.remove(seed ? seed->name : u"seed"_s);
    Q_EMIT remixRequested(modelId, values, from);
}

void PictureActions::askWhereToSave(bool clean)
{
    // The selection may move on while the dialog is open.
    if (pictures().size() > 1)
        withPictures([this, clean](const QList<PicturePtr>& several) {
            m_saving->askForFolder(several, clean);
        });
    else
        m_saving->ask(m_picture, clean);
}

void PictureActions::saveTo(const QString& target)
{
    if (m_picture)
        m_saving->save(m_picture, target, false);
}

void PictureActions::exportCleanTo(const QString& target)
{
    if (m_picture)
        m_saving->save(m_picture, target, true);
}

void PictureActions::revealFile()
{
    if (m_job) {
        m_saving->reveal({m_job->spoolPath});
        return;
    }
    withPictures([this](const QList<PicturePtr>& pictures) {
        QStringList paths;
        for (const PicturePtr& picture : pictures)
            paths.append(picture->path);
        m_saving->reveal(paths);
    });
}

void PictureActions::copySeeds()
{
    copyTexts(
        *this, [](const Job& job) { return job.request.seedText(); }, &Picture::seedText, u"\n"_s,
        [](int count) {
            return tr("%Ln seed(s) are on the clipboard, each on a line.", nullptr, count);
        });
}

void PictureActions::copyPrompts()
{
    copyTexts(
        *this, [](const Job& job) { return job.request.prompt(); }, &Picture::prompt, u"\n\n"_s,
        [](int count) {
            return tr("%Ln prompt(s) are on the clipboard, with an empty line between them.",
                nullptr, count);
        });
}

} // namespace seedbook

#include "moc_PictureActions.cpp"
