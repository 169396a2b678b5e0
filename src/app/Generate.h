#pragma once

#include "app/Session.h"

#include <QObject>
#include <QSet>

namespace seedbook {

// `seedbook generate`: the window's queue, ledger and library with no window. One line a picture on
// standard output; what is wrong goes to standard error.
//
// Said again after a kill it goes on where it was: what equals a request of it and is on its way is
// waited for, what waits on hold is let go on, and what may have been paid is said and not sent.
class Generate final : public QObject
{
    Q_OBJECT

public:
    enum ExitCode {
        AllFiled = 0,
        SomeNotFiled = 1, // refused, failed or cancelled
        WrongUsage = 2,
        SomeUnknown = 3,
        CouldNotStart = 4,
        SomeKept = 5, // paid and on disk, and not in the library yet
    };

    Generate(Session& session, GenerateOptions options, QObject* parent = nullptr);
    // Ends with finished(), later.
    void start();
    // Sends nothing more, and ends once what is out is here.
    void stop();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void chooseEndpoint();
    void restore(const Endpoint& endpoint);
    void takeUpEarlier(const Endpoint& endpoint);
    void submit(const Endpoint& endpoint);
    // Sends what is not there, and says what is.
    void carryOut(const SendPlan& plan);
    void send(const SendPlan& plan);
    void reportThere(const Request& request, const PicturePtr& picture);
    void reportUnknown(const SendPlan::Item& item, bool practice);
    void reportNotSent(const Request& request, const Error& error);
    void sayHeld();
    void sayWaiting();
    void take(const Job& job);
    void report(const Job& job);
    [[nodiscard]] const Job* endedBefore(const QUuid& pictureId, JobId id) const;
    void reportEarlier();
    void adopt(JobId id); // is this run's from now on
    void put(const QString& line);
    void count(const Job& job);
    // What waits there (everywhere, if it names none) is not sent: this run's own is cancelled,
    // what an earlier run left is on hold again.
    void giveUpOn(const QString& endpoint, const Pause& pause);
    bool giveUpWaiting(const QString& endpoint); // true: there was something
    void endIdle();
    void end(int exitCode);
    void fail(const Error& error, int exitCode);

    Session& m_session;
    GenerateOptions m_options;
    QSet<JobId> m_own;      // that this run was asked for, whoever began them
    QSet<JobId> m_begun;    // those of them that it began
    QSet<JobId> m_reported; // in this run or before
    // Ended while this run's requests were still looked for: whose they are is not known yet.
    QList<Job> m_endedBefore;
    bool m_looking = true;
    bool m_anyUnknown = false;
    bool m_anyKept = false;
    bool m_anyNotFiled = false;
    bool m_stopping = false;
    bool m_saidMemory = false;
    bool m_ended = false;
    QDateTime m_saidUntil; // the last waiting time that was told
};

} // namespace seedbook
