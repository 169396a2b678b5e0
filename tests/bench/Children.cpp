#include "bench/Children.h"

#include "app/Session.h"
#include "app/Window.h"
#include "bench/Heartbeat.h"
#include "bench/Measure.h"
#include "bench/PaintWatch.h"
#include "library/PictureFile.h"
#include "support/Listing.h"
#include "support/Orders.h"
#include "support/RawServer.h"
#include "support/Samples.h"
#include "widgets/compose/ComposePanel.h"
#include "widgets/gallery/GalleryPage.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/live/PictureListModel.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QTimer>
#include <QtConcurrentRun>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace seedbook::bench {

namespace {

constexpr int arrivals = 6;

// Answers each request with a picture made beforehand, after the time a call of the load takes.
std::unique_ptr<test::RawServer> pictureServer(
    const QList<QByteArray>& pictures, std::chrono::milliseconds delay, std::atomic<double>* sent)
{
    return std::make_unique<test::RawServer>([=](test::RawServer::Peer& peer) {
        if (!peer.readRequest())
            return;
        const int number = peer.connection();
        std::this_thread::sleep_for(delay * (1 + (number - 1) % arrivals));
        peer.send(test::httpAnswer(200, pictures.at(number % pictures.size())));
        if (sent)
            *sent = monotonicMs();
    });
}

QList<QByteArray> preparedPictures()
{
    QList<QByteArray> pictures;
    for (int i = 0; i < 3; ++i)
        pictures.append(noisyPicture(i));
    return pictures;
}

QList<Request> requests(int count)
{
    QList<Request> list;
    for (int i = 0; i < count; ++i)
        list.append(test::sampleRequest(u"a lighthouse at dusk"_s, 1000 + i));
    return list;
}

WindowOptions optionsFor(const Endpoint& endpoint)
{
    WindowOptions options;
    options.common.endpoint = endpoint;
    return options;
}

// Six pictures arrive within two seconds; half a second of quiet before and after.
void runLoad(
    JobQueue& queue, const Endpoint& endpoint, QObject* context, const std::function<void()>& done)
{
    queue.setLimit(JobQueue::largestLimit);
    QTimer::singleShot(500, context, [&queue, endpoint, context, done] {
        test::submit(queue, requests(arrivals), endpoint);
        QObject::connect(&queue, &JobQueue::idle, context,
            [context, done] { QTimer::singleShot(500, context, done); });
    });
}

} // namespace

int emptyWindow(int argc, char** argv)
{
    QApplication application(argc, argv);
    QWidget window;
    window.resize(1360, 860);
    new PaintWatch(&window, [] {
        tell("usable", monotonicMs());
        QCoreApplication::exit();
    });
    window.show();
    return QCoreApplication::exec();
}

int seedbookWindow(int argc, char** argv)
{
    WindowOptions options;
    options.common.practice = true;
    return runWindow(
        argc, argv, ModelCatalog::builtIn(), options, [](MainWindow& window, Session&) {
            auto* ask = new QTimer(&window);
            auto painted = std::make_shared<bool>(false);
            new PaintWatch(window.centralWidget(), [painted] { *painted = true; });
            QObject::connect(ask, &QTimer::timeout, &window, [&window, painted] {
                if (!*painted || window.compose()->mode() == ComposePanel::Mode::KeyPending)
                    return;
                tell("usable", monotonicMs());
                QCoreApplication::exit();
            });
            ask->start(0);
        });
}

int durable(int argc, char** argv)
{
    QGuiApplication application(argc, argv);
    QTemporaryDir folder(QCoreApplication::applicationDirPath() + u"/bench-XXXXXX"_s);
    Library library(folder.filePath(u"library"_s), folder.filePath(u"cache"_s));
    (void)test::loadAll(library);
    const QByteArray bytes = noisyPicture();
    for (int i = 0; i < 40; ++i) {
        const double start = monotonicMs();
        QFile file(folder.filePath(u"floor-%1"_s.arg(i)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() ||
            !file.flush() || ::fsync(file.handle()) != 0)
            return 1;
        file.close();
        const double between = monotonicMs();
        const auto written = QtConcurrent::run([&] {
            return writePictureFile(folder.filePath(u"library"_s), QDate::currentDate(),
                u"a lighthouse"_s, QString::number(1000 + i), ImageFormat::Png, bytes);
        }).result();
        const double durable = monotonicMs();
        Picture draft;
        draft.id = QUuid::createUuid();
        draft.created = QDateTime::currentDateTimeUtc();
        draft.sequence = i;
        const auto filed = library
                               .file(SaveRequest{test::sampleRequest(u"a lighthouse"_s, i), bytes,
                                   ImageFormat::Png, draft})
                               .result();
        const double end = monotonicMs();
        if (!written || !filed)
            return 1;
        if (i < 5) // warm-up
            continue;
        tell("floor", between - start);
        tell("ours", durable - between);
        tell("filed", end - durable);
    }
    return 0;
}

int filed(int argc, char** argv)
{
    constexpr int rounds = 30;
    constexpr int warmUp = 4;
    QGuiApplication application(argc, argv);
    QTemporaryDir folder(QCoreApplication::applicationDirPath() + u"/bench-XXXXXX"_s);
    const QList<QByteArray> pictures = preparedPictures();
    std::atomic<double> sent = 0;
    const auto server = pictureServer(pictures, 0ms, &sent);
    const ModelCatalog models = ModelCatalog::builtIn();
    CommonOptions options;
    options.endpoint = server->endpoint();
    options.library = folder.filePath(u"library"_s);
    Session session(Folders::standard(), models, options);
    int round = 0;
    const auto next = [&] {
        const QByteArray& bytes = pictures.at(round % pictures.size());
        const double start = monotonicMs();
        for (int copy = 0; copy < 2; ++copy) {
            QFile file(folder.filePath(u"floor-%1-%2"_s.arg(round).arg(copy)));
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() ||
                !file.flush() || ::fsync(file.handle()) != 0)
                return QCoreApplication::exit(1);
        }
        (void)QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
        if (round >= warmUp)
            tell("floor", monotonicMs() - start);
        test::submit(session.queue(), {test::sampleRequest(u"a lighthouse"_s, 1000 + round)},
            server->endpoint());
    };
    QObject::connect(&session.queue(), &JobQueue::restored, &application, next);
    QObject::connect(&session.queue(), &JobQueue::jobChanged, &application, [&](const Job& job) {
        if (job.state == JobState::Filed && round >= warmUp)
            tell("ours", monotonicMs() - sent);
    });
    QObject::connect(&session.queue(), &JobQueue::idle, &application, [&] {
        if (++round < rounds)
            next();
        else
            QCoreApplication::exit();
    });
    session.queue().restore(models);
    return QCoreApplication::exec();
}

int pixels(int argc, char** argv)
{
    const QList<QByteArray> pictures = preparedPictures();
    std::atomic<double> sent = 0;
    const auto server = pictureServer(pictures, 0ms, &sent);
    for (int i = 0; i < 15; ++i) {
        const double start = monotonicMs();
        const QImage image = QImage::fromData(pictures.at(i % pictures.size()));
        if (image.isNull())
            return 1;
        tell("floor", monotonicMs() - start);
    }
    int arrived = 0;
    const auto hook = [&](MainWindow& window, Session& session) {
        QAbstractItemView* view = window.findChild<GalleryPage*>()->view();
        auto* model = qobject_cast<PictureListModel*>(view->model());
        auto current = std::make_shared<QUuid>();
        const auto next = [&session, &server] {
            test::submit(session.queue(), requests(1), server->endpoint());
        };
        QObject::connect(
            &session.queue(), &JobQueue::jobsAdded, &window, [current](const QList<Job>& jobs) {
                if (!jobs.isEmpty())
                    *current = jobs.first().pictureId;
            });
        QObject::connect(&session.queue(), &JobQueue::restored, &window, next);
        new PaintWatch(view->viewport(), [&, model, current, next] {
            if (current->isNull() || model->live().thumbnail(*current).isNull())
                return;
            tell("ours", monotonicMs() - sent);
            *current = {};
            if (++arrived == 15)
                QCoreApplication::exit();
            else
                QTimer::singleShot(200, model, next);
        });
    };
    return runWindow(argc, argv, ModelCatalog::builtIn(), optionsFor(server->endpoint()), hook);
}

int stallsOfEmpty(int argc, char** argv)
{
    QApplication application(argc, argv);
    QWidget window;
    window.resize(1360, 860);
    window.show();
    Heartbeat heartbeat(&window);
    heartbeat.start();
    QTimer::singleShot(3500, &window, [&heartbeat] {
        heartbeat.tellAll();
        QCoreApplication::exit();
    });
    return QCoreApplication::exec();
}

int stallsOfSeedbook(int argc, char** argv)
{
    const auto server = pictureServer(preparedPictures(), 250ms, nullptr);
    const auto hook = [&server](MainWindow& window, Session& session) {
        auto* heartbeat = new Heartbeat(&window);
        QObject::connect(&session.queue(), &JobQueue::restored, &window, [&, heartbeat] {
            QTimer::singleShot(500, &window, [heartbeat] { heartbeat->start(); });
            runLoad(session.queue(), server->endpoint(), &window, [heartbeat] {
                heartbeat->tellAll();
                QCoreApplication::exit();
            });
        });
    };
    return runWindow(argc, argv, ModelCatalog::builtIn(), optionsFor(server->endpoint()), hook);
}

int load(int argc, char** argv)
{
    const auto server = pictureServer(preparedPictures(), 250ms, nullptr);
    QGuiApplication application(argc, argv);
    CommonOptions options;
    options.endpoint = server->endpoint();
    Session session(Folders::standard(), ModelCatalog::builtIn(), options);
    session.keys().load();
    QObject::connect(&session.queue(), &JobQueue::restored, &application, [&] {
        runLoad(
            session.queue(), server->endpoint(), &application, [] { QCoreApplication::exit(); });
    });
    session.queue().restore(session.models());
    return QCoreApplication::exec();
}

} // namespace seedbook::bench
