#pragma once

#include "app/Session.h"

#include <QObject>
#include <QSet>

namespace seedbook {

// `seedbook generate`: the window's queue, ledger and library with no window. One line a picture on
// standard output; what is wrong goes to standard error.
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
    };

    Generate(Session& session, GenerateOptions options, QObject* parent = nullptr);
    // Ends with finished(), later.
    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void chooseEndpoint();
    void restore(const Endpoint& endpoint);
    void takeUpEarlier(const Endpoint& endpoint);
    void submit(const Endpoint& endpoint);
    void submitFresh(const QList<Request>& requests, const QList<JobQueue::Twin>& twins,
        const Endpoint& endpoint);
    void reportTwin(const Request& request, const QString& path);
    void sayWaiting();
    void take(const Job& job);
    void report(const Job& job);
    // What waits there (everywhere, if it names none) is not sent.
    void giveUpOn(const QString& endpoint, const Pause& pause);
    void endIdle();
    void end(int exitCode);
    void fail(const Error& error, int exitCode);

    Session& m_session;
    GenerateOptions m_options;
    QSet<JobId> m_own;
    QSet<JobId> m_reported;
    bool m_anyUnknown = false;
    bool m_anyNotFiled = false;
    bool m_ended = false;
    QDateTime m_saidUntil; // the last waiting time that was told
};

} // namespace seedbook
