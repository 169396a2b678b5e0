// Two hundred pictures in a row, six at once: how near the queue keeps to the time that the service
// itself takes, and what the window does meanwhile.
#include "app/Session.h"
#include "app/Window.h"
#include "bench/Children.h"
#include "bench/Heartbeat.h"
#include "bench/Memory.h"
#include "bench/Rounds.h"
#include "support/Orders.h"
#include "support/Samples.h"
#include "support/SwiftService.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>

#include <cstdlib>
#include <memory>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook::bench {

namespace {

constexpr int jobs = 200;

test::SwiftService::Options options()
{
    return {.delay = 500ms, .pictureBytes = 0, .balance = 1e6, .base = noisyPicture()};
}

// Submits once the queue is there; calls `done` half a second after the last picture is filed.
void rush(Session& session, const Endpoint& endpoint, QObject* context,
    const std::function<void()>& begin, const std::function<void()>& done)
{
    JobQueue& queue = session.queue();
    queue.setLimit(JobQueue::largestLimit);
    const auto filed = std::make_shared<int>(0);
    QObject::connect(&queue, &JobQueue::jobChanged, context, [=](const Job& job) {
        if (job.state != JobState::Filed)
            return;
        ++*filed;
        // Six pictures' buffers come and go: a moment of it says little.
        if (std::abs(*filed - 50) <= 10)
            tell("memory50", memoryOf(::getpid()).resident);
        else if (*filed > jobs - 20)
            tell("memory200", memoryOf(::getpid()).resident);
        if (*filed == jobs)
            QTimer::singleShot(500, context, done);
    });
    QObject::connect(&queue, &JobQueue::restored, context, [&queue, endpoint, context, begin] {
        QTimer::singleShot(500, context, [&queue, endpoint, begin] {
            QList<Request> requests;
            for (int i = 0; i < jobs; ++i)
                requests.append(test::sampleRequest(u"a lighthouse at dusk"_s, 1000 + i));
            begin();
            test::submit(queue, requests, endpoint);
        });
    });
}

void tellSeconds(const test::SwiftService& service)
{
    tell("seconds",
        std::chrono::duration<double>(service.lastAnswer() - service.posts().constFirst().at)
            .count());
}

} // namespace

int rushWindow(int argc, char** argv)
{
    const test::SwiftService service(options());
    WindowOptions window;
    window.common.endpoint = service.endpoint();
    return runWindow(argc, argv, ModelCatalog::builtIn(), window,
        [&service](MainWindow& shown, Session& session) {
            auto* heartbeat = new Heartbeat(&shown);
            auto rounds = std::make_shared<Rounds*>(nullptr);
            rush(
                session, service.endpoint(), &shown,
                [heartbeat, rounds, &shown] {
                    heartbeat->start();
                    *rounds = new Rounds(&shown);
                },
                [heartbeat, rounds, &service] {
                    heartbeat->tellAll();
                    (*rounds)->tellAll();
                    tellSeconds(service);
                    QCoreApplication::exit();
                });
        });
}

int rushAlone(int argc, char** argv)
{
    const test::SwiftService service(options());
    QGuiApplication application(argc, argv);
    CommonOptions common;
    common.endpoint = service.endpoint();
    Session session(Folders::standard(), ModelCatalog::builtIn(), common);
    session.keys().load();
    rush(
        session, service.endpoint(), &application, [] {},
        [&service] {
            tellSeconds(service);
            QCoreApplication::exit();
        });
    session.queue().restore(session.models());
    return QCoreApplication::exec();
}

int rushEmpty(int argc, char** argv)
{
    QApplication application(argc, argv);
    QWidget window;
    window.resize(1360, 860);
    window.show();
    Heartbeat heartbeat(&window);
    heartbeat.start();
    QTimer::singleShot(17s, &window, [&heartbeat] {
        heartbeat.tellAll();
        QCoreApplication::exit();
    });
    return QCoreApplication::exec();
}

} // namespace seedbook::bench
