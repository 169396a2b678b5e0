#include "widgets/undo/PictureSteps.h"

#include "core/Async.h"
#include "core/Counts.h"
#include "core/ErrorText.h"
#include "core/Words.h"
#include "library/Library.h"

#include <QDir>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// The pictures as the library knows them now, null for those that are gone.
void findNow(const StepTools& tools, const QList<Tracked>& tracked, QObject* context,
    const UndoStep::End& end, const std::function<void(const QList<PicturePtr>&)>& act)
{
    QList<QUuid> ids;
    for (const Tracked& picture : tracked)
        ids.append(tools.tracks.isHere(picture) ? picture->id : QUuid());
    whenDone(tools.library.find(ids), context, [end, act](const Result<QList<PicturePtr>>& found) {
        if (found)
            act(*found);
        else
            end({StepEnd::Outcome::Stays, {}, sentence(found.error()), {}});
    });
}

StepEnd marksEnd(qsizetype gone, qsizetype all)
{
    if (gone == 0)
        return {};
    const QString words =
        Words::tr("%Ln image(s) are no longer in the library.", nullptr, pluralOf(gone));
    return {gone < all ? StepEnd::Outcome::Done : StepEnd::Outcome::Nothing, {}, words, {}};
}

// What a file that is not where it was moved to means, or how it went otherwise.
QString failureText(const QList<Error>& errors)
{
    if (errors.isEmpty())
        return {};
    if (errors.size() == 1)
        return sentence(errors.first());
    return Words::tr(
        "%Ln image(s) could not be moved. First error: %1", nullptr, pluralOf(errors.size()))
        .arg(sentence(errors.first()));
}

template <typename T, typename Handler>
void whenMoved(
    const QFuture<T>& future, const MoveStep::Progress& progress, QObject* context, Handler handler)
{
    if (progress) {
        auto* watcher = new QFutureWatcher<T>(context);
        QObject::connect(watcher, &QFutureWatcherBase::progressValueChanged, context,
            [watcher, progress](int value) { progress(value, watcher->progressMaximum()); });
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
        watcher->setFuture(future);
    }
    whenDone(future, context, std::move(handler));
}

} // namespace

RatingStep::RatingStep(const StepTools& tools, const QList<PicturePtr>& before, int rating)
    : m_tools(tools)
    , m_rating(rating)
{
    for (const PicturePtr& picture : before) {
        if (picture->rating != rating)
            m_before.append({tools.tracks.of(picture), picture->rating});
    }
}

StepNames RatingStep::names() const
{
    return {Words::tr("&Undo rating"), Words::tr("&Redo rating")};
}

void RatingStep::undo(QObject* context, const End& end)
{
    rate(context, true, end);
}

void RatingStep::redo(QObject* context, const End& end)
{
    rate(context, false, end);
}

void RatingStep::rate(QObject* context, bool back, const End& end)
{
    QList<Tracked> tracked;
    for (const auto& [picture, before] : std::as_const(m_before))
        tracked.append(picture);
    findNow(m_tools, tracked, context, end, [this, back, end](const QList<PicturePtr>& now) {
        std::map<int, QList<PicturePtr>> wanted;
        qsizetype gone = 0;
        for (qsizetype i = 0; i < now.size(); ++i) {
            if (now.at(i))
                wanted[back ? m_before.at(i).second : m_rating].append(now.at(i));
            else
                ++gone;
        }
        for (const auto& [rating, pictures] : wanted)
            m_tools.library.setRating(pictures, rating);
        end(marksEnd(gone, now.size()));
    });
}

TagsStep::TagsStep(const StepTools& tools, const QList<PicturePtr>& before,
    const QStringList& added, const QStringList& removed)
    : m_tools(tools)
{
    for (const PicturePtr& picture : before) {
        Change change;
        for (const QString& tag : added) {
            if (!picture->tags.contains(tag))
                change.added.append(tag);
        }
        for (const QString& tag : removed) {
            if (picture->tags.contains(tag) && !added.contains(tag))
                change.removed.append(tag);
        }
        if (change.added.isEmpty() && change.removed.isEmpty())
            continue;
        change.picture = tools.tracks.of(picture);
        m_changes.append(change);
    }
}

StepNames TagsStep::names() const
{
    return {Words::tr("&Undo tags"), Words::tr("&Redo tags")};
}

void TagsStep::undo(QObject* context, const End& end)
{
    change(context, true, end);
}

void TagsStep::redo(QObject* context, const End& end)
{
    change(context, false, end);
}

void TagsStep::change(QObject* context, bool back, const End& end)
{
    QList<Tracked> tracked;
    for (const Change& change : std::as_const(m_changes))
        tracked.append(change.picture);
    findNow(m_tools, tracked, context, end, [this, back, end](const QList<PicturePtr>& now) {
        std::map<std::pair<QStringList, QStringList>, QList<PicturePtr>> wanted;
        qsizetype gone = 0;
        for (qsizetype i = 0; i < now.size(); ++i) {
            const Change& change = m_changes.at(i);
            if (now.at(i))
                wanted[{change.added, change.removed}].append(now.at(i));
            else
                ++gone;
        }
        for (const auto& [tags, pictures] : wanted) {
            if (back)
                m_tools.library.changeTags(pictures, tags.second, tags.first);
            else
                m_tools.library.changeTags(pictures, tags.first, tags.second);
        }
        end(marksEnd(gone, now.size()));
    });
}

MoveStep::MoveStep(const StepTools& tools, const QList<PicturePtr>& pictures, const QString& folder,
    StepNames names, Progress progress)
    : m_tools(tools)
    , m_folder(folder)
    , m_names(std::move(names))
    , m_progress(std::move(progress))
    , m_first(pictures)
{
    for (const PicturePtr& picture : pictures)
        m_parts.append({tools.tracks.of(picture), std::nullopt});
}

void MoveStep::redo(QObject* context, const End& end)
{
    QList<qsizetype> parts;
    QList<Tracked> tracked;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        if (m_parts.at(i).receipt)
            continue;
        parts.append(i);
        tracked.append(m_parts.at(i).picture);
    }
    if (!m_first.isEmpty()) {
        part(context, parts, std::exchange(m_first, {}), end);
        return;
    }
    findNow(
        m_tools, tracked, context, end, [this, context, parts, end](const QList<PicturePtr>& now) {
            QList<qsizetype> here;
            QList<PicturePtr> pictures;
            for (qsizetype i = 0; i < now.size(); ++i) {
                if (!now.at(i))
                    continue;
                here.append(parts.at(i));
                pictures.append(now.at(i));
            }
            if (here.isEmpty())
                end(marksEnd(now.size(), now.size()));
            else
                part(context, here, pictures, end);
        });
}

void MoveStep::part(
    QObject* context, const QList<qsizetype>& parts, QList<PicturePtr> pictures, const End& end)
{
    const auto moving = m_folder.isEmpty() ? m_tools.library.trash(std::move(pictures))
                                           : m_tools.library.moveTo(std::move(pictures), m_folder);
    whenMoved(
        moving, m_progress, context, [this, parts, end](const QList<Result<MoveReceipt>>& results) {
            end(finishMove(parts, results));
        });
}

StepEnd MoveStep::finishMove(
    const QList<qsizetype>& parts, const QList<Result<MoveReceipt>>& results)
{
    qsizetype moved = 0;
    qsizetype stayed = 0;
    QList<Error> errors;
    for (qsizetype i = 0; i < results.size(); ++i) {
        const auto& result = results.at(i);
        if (!result) {
            errors.append(result.error());
        } else if (result->file.from == result->file.to) {
            ++stayed;
        } else {
            m_parts[parts.at(i)].receipt = *result;
            ++moved;
        }
    }
    StepEnd end;
    end.problem = failureText(errors);
    const QString folder = QDir(m_folder).dirName();
    if (moved > 0)
        end.words =
            m_folder.isEmpty()
                ? Words::tr("Moved %Ln image(s) to the trash.", nullptr, pluralOf(moved))
                : Words::tr("Moved %Ln image(s) to “%1”.", nullptr, pluralOf(moved)).arg(folder);
    else if (stayed > 0)
        end.words =
            Words::tr("%Ln image(s) are already in “%1”.", nullptr, pluralOf(stayed)).arg(folder);
    end.outcome = moved > 0 ? StepEnd::Outcome::Done : StepEnd::Outcome::Nothing;
    return end;
}

void MoveStep::undo(QObject* context, const End& end)
{
    QList<qsizetype> parts;
    QList<MoveReceipt> receipts;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        if (!m_parts.at(i).receipt)
            continue;
        parts.append(i);
        receipts.append(*m_parts.at(i).receipt);
    }
    whenMoved(m_tools.library.restore(receipts), m_progress, context,
        [this, parts, end](
            const QList<Result<PicturePtr>>& results) { end(cameBack(parts, results)); });
}

StepEnd MoveStep::cameBack(const QList<qsizetype>& parts, const QList<Result<PicturePtr>>& results)
{
    StepEnd end;
    qsizetype gone = 0;
    QList<Error> errors;
    for (qsizetype i = 0; i < results.size(); ++i) {
        const auto& result = results.at(i);
        Part& part = m_parts[parts.at(i)];
        if (!result && result.error().kind != ErrorKind::PictureMissing) {
            errors.append(result.error()); // its receipt stays: it may be tried again
            continue;
        }
        part.receipt.reset();
        if (!result) {
            ++gone;
            continue;
        }
        m_tools.tracks.comeBack(part.picture, *result);
        end.pictures.append((*result)->id);
    }
    const qsizetype back = end.pictures.size();
    if (back > 0)
        end.words = Words::tr("Restored %Ln image(s).", nullptr, pluralOf(back));
    QStringList problems;
    if (gone > 0)
        problems.append(
            m_folder.isEmpty()
                ? Words::tr("%Ln image(s) could not be restored: no longer in the trash.", nullptr,
                      pluralOf(gone))
                : Words::tr("%Ln image(s) could not be moved back: no longer in that folder.",
                      nullptr, pluralOf(gone)));
    if (!errors.isEmpty())
        problems.append(failureText(errors));
    end.problem = problems.join(u' ');
    end.outcome = !errors.isEmpty() ? StepEnd::Outcome::Stays
                  : back > 0        ? StepEnd::Outcome::Done
                                    : StepEnd::Outcome::Nothing;
    return end;
}

} // namespace seedbook
