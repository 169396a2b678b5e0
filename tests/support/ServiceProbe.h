#pragma once

#include "core/ImageService.h"

#include <QSignalSpy>
#include <QStringList>

#include <memory>

namespace seedbook::test {

// One call watched from its making to its end, and what a person would be told of it.
class ServiceProbe final
{
public:
    explicit ServiceProbe(ImageCall* call);

    [[nodiscard]] ImageCall* call() const { return m_call.get(); }
    // A v2 call waits to be told that its id is written down: it is told at once.
    void proceedOnceAccepted();
    // Waits with the event loop running; false when it did not end in time.
    [[nodiscard]] bool wait(int milliseconds = 15000);
    // How often it has ended. Goes once more round the event loop first.
    [[nodiscard]] qsizetype ends();
    [[nodiscard]] const CallResult& result() const { return m_result; }
    [[nodiscard]] bool hasPicture() const { return std::holds_alternative<Answer>(m_result); }
    // Each ends the test where it is the other of the two.
    [[nodiscard]] const Answer& answer() const;
    [[nodiscard]] const CallFailure& failure() const;
    [[nodiscard]] const QList<CallPhase>& phases() const { return m_phases; }
    // Every text of the result that can be shown, stored or logged.
    [[nodiscard]] QString words() const;
    // Ends the connection; nothing can be sent after it.
    void drop() { m_call.reset(); }

private:
    std::unique_ptr<ImageCall> m_call;
    QSignalSpy m_finished;
    CallResult m_result;
    QList<CallPhase> m_phases;
};

// The call that a request begins where its body is nothing but its parameters.
[[nodiscard]] inline ImageCall* postOf(ImageService& service, const Request& request)
{
    return service.generate(request, request.body(), nullptr);
}

[[nodiscard]] QString reachName(CallFailure::Reach reach);

// All that the program logs from its making on, shown on its way through.
class LogCapture final
{
public:
    LogCapture();
    ~LogCapture();
    LogCapture(const LogCapture&) = delete;
    LogCapture& operator=(const LogCapture&) = delete;
    [[nodiscard]] QString text() const;
};

} // namespace seedbook::test
