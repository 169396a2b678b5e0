#pragma once

#include "core/PictureFinder.h"
#include "jobs/JobQueue.h"
#include "jobs/SendPlan.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>
#include <memory>

namespace seedbook {

// The one door through which money leaves: whoever wants pictures (Generate, Run again, a tile's
// Send again, what waits on hold, the command line) has a plan made and sends it. Before anything
// is sent each request is looked for, by its identity and at that endpoint, in the library (the
// pictures' own records, PictureFinder), in the queue, and in the ledger among those whose outcome
// is not known. Nothing else calls JobQueue::submit(), release() or replace().
class Sender final : public QObject
{
    Q_OBJECT

public:
    // Both must outlive it.
    Sender(JobQueue& queue, PictureFinder& pictures, QObject* parent = nullptr);

    // Where new requests go. If that is elsewhere than before, every plan that was made is void,
    // for whichever endpoint.
    void setTarget(const std::optional<Endpoint>& target);
    [[nodiscard]] const std::optional<Endpoint>& target() const { return m_target; }

    using Answer = std::function<void(const SendPlan& plan)>;
    // For the target; nothing happens without one. `answer` comes later, unless `context` is gone
    // by then; what is to be sent of it without more questions is sent from inside.
    void plan(const QList<Intent>& intents, QObject* context, const Answer& answer);
    // For jobs of the queue, wherever they belong: those that wait on hold go on, those that ended
    // without a picture are sent again. One answer for each endpoint among them. What costs nothing
    // is done at once: filing again, and not waiting for the next attempt.
    void planAgain(const QList<JobId>& ids, QObject* context, const Answer& answer);
    // All that waits on hold at that endpoint.
    void planRelease(const QString& endpoint, QObject* context, const Answer& answer);

    // The same plan for a person who wants those of `standings` too, and pays for them: to be sent
    // at once, in the place of the other. What is on hold is let go on instead of being sent a
    // second time.
    [[nodiscard]] SendPlan anyway(const SendPlan& plan, const QSet<Standing>& standings);
    // The same without what is fresh: what is left to ask about once that is sent.
    [[nodiscard]] SendPlan rest(const SendPlan& plan);

    // Sends what is fresh in it, all or nothing, once; the jobs, in the plan's order.
    // TargetChanged: the plan is void, was sent, or no longer true. Else its objection, as of now.
    [[nodiscard]] Result<QList<JobId>> send(const SendPlan& plan);

    // Whether anybody waits for an answer.
    [[nodiscard]] bool isAsked() const { return m_questions > 0; }
    // What jobs of the queue would cost if they were sent again or let go on.
    [[nodiscard]] Money priceOfAgain(const QList<JobId>& ids) const;

Q_SIGNALS:
    // Plans that were made before are void.
    void targetChanged();
    // The first question is on its way, or the last one was answered.
    void askedChanged(bool isAsked);

private:
    struct Question;
    void ask(const QList<Intent>& intents, const QString& endpoint, bool practice, QObject* context,
        const Answer& answer);
    void settle(const std::shared_ptr<Question>& question);
    [[nodiscard]] SendPlan planOf(const Question& question);
    [[nodiscard]] SendPlan::Item find(const Intent& intent, const Question& question) const;
    // Counts its price, asks for an objection, and lets it be sent.
    void open(SendPlan& plan);
    [[nodiscard]] std::optional<Error> objectionTo(const SendPlan& plan) const;
    [[nodiscard]] bool isTrue(const SendPlan& plan) const;
    void remember(const Job& job);

    JobQueue& m_queue;
    PictureFinder& m_pictures;
    std::optional<Endpoint> m_target;
    quint64 m_lastNumber = 0;
    quint64 m_targetNumber = 0; // counts its changes
    quint64 m_answering = 0;    // the question whose answer is being given
    QSet<quint64> m_open;       // plans that can be sent, each once
    // What was filed, or ended in doubt, while a question that may not have seen it was on its way;
    // by identity and endpoint.
    QHash<QString, PicturePtr> m_justFiled;
    QSet<QString> m_justUnknown;
    int m_questions = 0; // on their way
};

} // namespace seedbook
