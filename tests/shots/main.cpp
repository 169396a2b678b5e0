// Pictures of the window as people see it: shots --theme light|dark FOLDER. Each scene runs in a
// process of its own, on folders of its own, with the practice service.

#include "app/Session.h"
#include "app/Window.h"
#include "core/ErrorText.h"
#include "support/GallerySamples.h"
#include "support/Listing.h"
#include "support/Orders.h"
#include "widgets/compose/ComposePanel.h"
#include "widgets/gallery/DateRangeDialog.h"
#include "widgets/gallery/FilterBar.h"
#include "widgets/gallery/GalleryPage.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/import/DropHint.h"
#include "widgets/import/Importer.h"
#include "widgets/live/PictureListModel.h"
#include "widgets/queue/QueueModel.h"
#include "widgets/undo/UndoBar.h"
#include "widgets/undo/UndoController.h"
#include "widgets/viewer/FullView.h"
#include "widgets/viewer/ImageCanvas.h"
#include "widgets/viewer/PictureViewer.h"
#include "widgets/window/MainWindow.h"
#include "widgets/window/UnreadableDialog.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;

namespace {

const QStringList prompts{
    u"A mystical dragon hovering above a sparkling waterfall under a starry sky."_s,
    u"rustic mountain cabin in the first snow, smoke from the chimney"_s,
    u"灯塔在黄昏的黑色岩石上，海鸥"_s,
    u"an old sailing boat on a calm bay, morning mist"_s,
    u"desert dunes after rain, long shadows"_s,
};

struct Scene
{
    QString folder; // for the pictures
    MainWindow* window = nullptr;
    Session* session = nullptr;

    void take(const QString& name, QWidget* widget = nullptr) const
    {
        const QPixmap picture = (widget ? widget : window)->grab();
        if (!picture.save(folder + u'/' + name + u".png"_s))
            qFatal("%s could not be written", qPrintable(name));
    }
    void later(std::chrono::milliseconds time, const std::function<void()>& step) const
    {
        QTimer::singleShot(time, window, step);
    }
    void onceIdle(const std::function<void()>& step) const
    {
        QObject::connect(
            &session->queue(), &JobQueue::idle, window, step, Qt::SingleShotConnection);
    }
};

GalleryPage* galleryOf(const Scene& scene)
{
    return scene.window->findChild<GalleryPage*>();
}

Request request(qsizetype number)
{
    static const QStringList ratios{u"16:9"_s, u"16:9"_s, u"1:1"_s, u"3:2"_s, u"9:16"_s, u"4:3"_s};
    return test::sampleRequest(prompts.at(number % prompts.size()), 90317 + 7919 * number,
        {{u"aspect_ratio"_s, ratios.at(number % ratios.size())}});
}

void firstStart(const Scene& scene)
{
    scene.later(1500ms, [scene] {
        scene.take(u"first-start"_s);
        scene.window->compose()->generate();
        scene.later(300ms, [scene] {
            scene.take(u"empty-prompt"_s);
            QCoreApplication::exit();
        });
    });
}

void openSettings(const Scene& scene)
{
    for (QAction* action : scene.window->menuBar()->actions().first()->menu()->actions()) {
        if (action->menuRole() == QAction::PreferencesRole)
            action->trigger();
    }
    scene.later(500ms, [scene] {
        scene.take(u"settings"_s, scene.window->findChild<QDialog*>());
        QCoreApplication::exit();
    });
}

void fullView(const Scene& scene)
{
    auto* view = galleryOf(scene)->view();
    const auto* model = qobject_cast<PictureListModel*>(view->model());
    scene.window->fullView()->open(model->index(1, 0));
    scene.later(1500ms, [scene] {
        scene.take(u"full-view"_s);
        scene.window->fullView()->viewer()->setInfoShown(true);
        scene.later(200ms, [scene] {
            scene.take(u"full-view-information"_s);
            scene.window->fullView()->viewer()->setInfoShown(false);
            scene.window->fullView()->canvas()->actualSize();
            scene.later(500ms, [scene] {
                scene.take(u"full-view-100"_s);
                QTest::keyClick(scene.window->fullView(), Qt::Key_Delete);
                scene.later(1000ms, [scene] {
                    scene.take(u"full-view-parted"_s);
                    scene.window->fullView()->leave();
                    openSettings(scene);
                });
            });
        });
    });
}

// Some go to the trash and come back; then the rejected ones are told of.
void undoBar(const Scene& scene)
{
    auto* view = galleryOf(scene)->view();
    const auto select = [view](int first, int last) {
        const auto* model = view->model();
        view->selectionModel()->setCurrentIndex(
            model->index(first, 0), QItemSelectionModel::ClearAndSelect);
        view->selectionModel()->select(
            {model->index(first, 0), model->index(last, 0)}, QItemSelectionModel::Select);
    };
    const auto trigger = [window = scene.window](const QString& text) {
        for (QAction* action : window->findChildren<QAction*>()) {
            if (action->text() == text)
                action->trigger();
        }
    };
    select(3, 5);
    trigger(u"Move to trash"_s);
    scene.later(800ms, [scene, select, trigger] {
        scene.take(u"undo-bar"_s);
        scene.window->undo()->undo()->trigger();
        scene.later(800ms, [scene, select, trigger] {
            scene.take(u"undone"_s);
            select(7, 10);
            trigger(u"Reject"_s);
            scene.window->undo()->emptyRejected()->trigger();
            scene.later(800ms, [scene] {
                scene.take(u"empty-rejected"_s);
                scene.window->undo()->bar()->putAway();
                scene.window->undo()->undo()->trigger();
                fullView(scene);
            });
        });
    });
}

void gallery(const Scene& scene)
{
    JobQueue& queue = scene.session->queue();
    queue.setLimit(JobQueue::largestLimit);
    QList<Request> requests;
    for (int i = 0; i < 14; ++i)
        requests.append(request(i));
    const Endpoint endpoint = *scene.session->startPractice();
    test::submit(queue, requests, endpoint);
    scene.onceIdle([scene, endpoint] {
        scene.window->compose()->useAll(request(0).model().id(), request(0).parameters());
        scene.session->queue().setLimit(2);
        test::submit(scene.session->queue(), {request(20), request(21), request(22)}, endpoint);
        scene.later(900ms, [scene] { scene.take(u"queue"_s); });
        scene.onceIdle([scene] {
            scene.later(1500ms, [scene] {
                scene.take(u"gallery"_s);
                undoBar(scene);
            });
        });
    });
}

// Pictures as other programs leave them, for the import's review.
void writeForeign(const QString& folder)
{
    QDir().mkpath(folder);
    const auto write = [&folder](const QString& name, const QString& key, const QString& text) {
        QImage image(64, 64, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        if (!key.isEmpty())
            image.setText(key, text);
        image.save(folder + u'/' + name);
    };
    const QString parameters =
        u"%1\nNegative prompt: blurry\nSteps: %2, Sampler: Euler a, CFG scale: %3, Seed: %4, "
        "Size: 1664x928, Model: sd_xl_base_1.0"_s;
    write(u"00012-1827364.png"_s, u"parameters"_s,
        parameters.arg(prompts.at(1)).arg(30).arg(4.5).arg(1827364));
    write(u"00013-4294967295.png"_s, u"parameters"_s,
        parameters.arg(prompts.at(3)).arg(400).arg(31).arg(4294967295));
    write(u"3f0c1e.png"_s, u"invokeai_metadata"_s,
        u"{\"positive_prompt\":\"%1\",\"negative_prompt\":\"\",\"seed\":48211,\"steps\":28,"
        "\"cfg_scale\":7.5,\"width\":1024,\"height\":768,\"model\":{\"name\":\"juggernaut\"}}"_s
            .arg(prompts.at(4)));
    write(u"holiday.png"_s, {}, {});
    test::writeFile(folder + u"/torn.png"_s, test::samplePicture().left(20));
}

void importReview(const Scene& scene)
{
    const QString folder = scene.session->folders().cache + u"/elsewhere"_s;
    writeForeign(folder);
    scene.window->importer()->review({folder});
    scene.later(1200ms, [scene] {
        ImportDialog* dialog = scene.window->importer()->dialog();
        scene.take(u"import"_s, dialog);
        dialog->list()->selectRow(1);
        scene.later(600ms, [scene, dialog] {
            scene.take(u"import-misfit"_s, dialog);
            dialog->close();
            auto* unreadable = new UnreadableDialog(scene.window);
            unreadable->setFiles({{u"/home/mina/Pictures/Seedbook/2026-03-01/a torn one 5.png"_s,
                                      {ErrorKind::PictureUndecodable, {},
                                          u"The beginning of the file is damaged."_s}},
                {u"/home/mina/Pictures/Seedbook/2026-03-02/locked.jpg"_s,
                    {ErrorKind::FileUnreadable, {}, u"Permission denied"_s}}});
            unreadable->show();
            scene.later(400ms, [scene, unreadable] {
                scene.take(u"unreadable"_s, unreadable);
                QCoreApplication::exit();
            });
        });
    });
}

void dropHint(const Scene& scene)
{
    auto* hint = scene.window->findChild<DropHint*>();
    hint->setGeometry(scene.window->rect());
    hint->raise();
    hint->show();
    scene.later(300ms, [scene, hint] {
        scene.take(u"drop-hint"_s);
        hint->hide();
        importReview(scene);
    });
}

void filterMenus(const Scene& scene, FilterBar* filters, const std::function<void()>& then)
{
    QMenu* tags = filters->findChild<QToolButton*>(u"Tags"_s)->menu();
    QMenu* dates = filters->findChild<QToolButton*>(u"Date"_s)->menu();
    tags->popup(filters->mapToGlobal(QPoint(200, 40)));
    tags->setActiveAction(tags->actions().at(1));
    scene.later(400ms, [scene, filters, tags, dates, then] {
        scene.take(u"tags-menu"_s, tags);
        tags->close();
        dates->popup(filters->mapToGlobal(QPoint(200, 40)));
        scene.later(400ms, [scene, filters, dates, then] {
            scene.take(u"date-menu"_s, dates);
            dates->close();
            const auto actions = dates->actions();
            const auto asks = std::find_if(actions.cbegin(), actions.cend(),
                [](const QAction* action) { return action->text().startsWith(u"From"_s); });
            (*asks)->trigger();
            scene.later(500ms, [scene, filters, then] {
                auto* asked = filters->findChild<DateRangeDialog*>();
                scene.take(u"date-range"_s, asked);
                asked->close();
                filters->setFilter({.text = u"zeppelin"_s});
                scene.later(500ms, [scene, filters, then] {
                    scene.take(u"none-found"_s);
                    filters->setFilter({});
                    scene.later(500ms, then);
                });
            });
        });
    });
}

// By a filter, with its menu, and with nothing found.
void finding(const Scene& scene, const std::function<void()>& then)
{
    FilterBar* filters = galleryOf(scene)->filters();
    filters->setFilter({.rating = RatingFilter::AtLeast2, .tags = {u"night"_s}});
    scene.later(700ms, [scene, filters, then] {
        scene.take(u"filtered"_s);
        QMenu* menu = filters->findChild<QToolButton*>(u"Rating"_s)->menu();
        menu->popup(filters->mapToGlobal(QPoint(200, 40)));
        scene.later(400ms, [scene, filters, menu, then] {
            scene.take(u"filter-menu"_s, menu);
            menu->close();
            filterMenus(scene, filters, then);
        });
    });
}

// The pictures that are there once more, as a person has rated and tagged them.
void showRated(const Scene& scene)
{
    const auto* model = galleryOf(scene)->view()->model();
    const QList<int> ratings{3, 0, 5, -1, 1, 4, 0, 2};
    QList<PicturePtr> rated;
    for (int row = 0; row < ratings.size(); ++row) {
        auto picture = std::make_shared<Picture>(
            *model->index(row, 0).data(PictureListModel::PictureRole).value<PicturePtr>());
        picture->provenance.parents = {picture->id};
        picture->id = QUuid::createUuid();
        picture->created = picture->created.addSecs(600);
        picture->rating = ratings.at(row);
        picture->practice = row % 3 == 0;
        picture->tags = {u"night"_s, u"for the book"_s, u"灯塔"_s};
        if (row % 2 == 0)
            picture->tags.append({u"print"_s, u"cover candidate"_s});
        rated.append(picture);
    }
    auto foreign = std::make_shared<Picture>(*rated.last());
    foreign->id = QUuid::createUuid();
    foreign->created = foreign->created.addSecs(-1);
    foreign->practice = false;
    foreign->modelId = u"sd_xl_base_1.0"_s;
    foreign->recordSource = u"InvokeAI"_s;
    foreign->provenance.parents.clear();
    foreign->tags.clear();
    foreign->rating = 0;
    foreign->parameters = {{u"prompt"_s, foreign->prompt}, {u"steps"_s, 28}};
    rated.append(foreign);
    scene.window->showListing(test::listingOf(rated));
}

void ratingTags(const Scene& scene)
{
    JobQueue& queue = scene.session->queue();
    queue.setLimit(JobQueue::largestLimit);
    QList<Request> requests;
    for (int i = 0; i < 8; ++i)
        requests.append(request(i));
    test::submit(queue, requests, *scene.session->startPractice());
    scene.onceIdle([scene] {
        showRated(scene);
        auto* view = galleryOf(scene)->view();
        scene.window->selection()->select(view->model()->index(0, 0));
        Q_EMIT scene.session->library().scanning(1234, 10000);
        scene.later(1500ms, [scene, view] {
            scene.take(u"marks"_s);
            for (const int row : {2, 4, 5})
                view->selectionModel()->select(
                    view->model()->index(row, 0), QItemSelectionModel::Select);
            scene.later(400ms, [scene, view] {
                scene.take(u"marks-many"_s);
                scene.window->selection()->select(view->model()->index(8, 0));
                galleryOf(scene)->restoreState("96");
                scene.later(600ms, [scene] {
                    scene.take(u"from-elsewhere"_s);
                    finding(scene, [scene] { dropHint(scene); });
                });
            });
        });
    });
}

// Before the window opens, the ledger gets a job for every way a call can end badly.
void writeFailures(const Folders& folders)
{
    Ledger ledger(folders.data + u"/ledger.sqlite"_s);
    (void)test::await(ledger.load(test::models()));
    const auto status = [](ErrorKind kind) {
        const QString what = describe(Error{kind, {}, {}, 0}).what;
        const qsizetype bracket = what.indexOf(u'(');
        return bracket < 0 ? 0 : what.sliced(bracket + 1, 3).toInt();
    };
    QList<Job> jobs;
    for (int i = 0; i <= static_cast<int>(ErrorKind::Stopped); ++i) {
        const auto kind = static_cast<ErrorKind>(i);
        Job job{.request = request(i)};
        job.id = i + 1;
        job.pictureId = QUuid::createUuid();
        job.endpoint = Endpoint::segmind().name();
        job.created = QDateTime::currentDateTimeUtc();
        job.expected = 28400ms;
        job.price = job.request.model().price();
        jobs.append(job);
        Job& ended = jobs.last();
        ended.sent = job.created.addSecs(-30);
        ended.ended = job.created;
        ended.error = Error{kind, u"api.segmind.com"_s, {}, status(kind)};
        if (kind == ErrorKind::UnexpectedStatus)
            ended.error.httpStatus = 418;
        if (ended.error.httpStatus == 406)
            ended.error.detail = u"Insufficient credits: balance $0.02, need $0.12"_s;
        ended.state = kind <= ErrorKind::Redirected ? JobState::Refused : JobState::Failed;
        if ((kind >= ErrorKind::ErrorInAnswer && kind <= ErrorKind::PictureFetchFailed) ||
            kind >= ErrorKind::ConnectionLost)
            ended.state = JobState::Unknown;
    }
    (void)test::await(ledger.insert(jobs));
    for (const Job& job : jobs)
        (void)test::await(ledger.update(job));
}

void errors(const Scene& scene)
{
    auto* view = galleryOf(scene)->view();
    scene.later(1200ms, [scene, view] {
        scene.window->selection()->select(view->model()->index(2, 0));
        scene.later(300ms, [scene, view] {
            scene.take(u"errors-1"_s);
            QScrollBar* bar = view->verticalScrollBar();
            bar->setValue(bar->maximum() / 2);
            scene.later(300ms, [scene, view, bar] {
                scene.take(u"errors-2"_s);
                bar->setValue(bar->maximum());
                scene.window->selection()->select(
                    view->model()->index(view->model()->rowCount() - 6, 0));
                scene.later(300ms, [scene] {
                    scene.take(u"errors-3"_s);
                    QCoreApplication::exit();
                });
            });
        });
    });
}

// A tile for every state before the picture, as if the queue had said so: wide and narrow, then
// with the queue paused.
void tiles(const Scene& scene)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<Job> jobs;
    const auto add = [&](JobState state, const std::function<void(Job&)>& change) {
        Job job = test::sampleJob(jobs.size() + 1, state, {}, prompts.at(jobs.size() % 5));
        job.created = now.addSecs(-jobs.size());
        job.position = static_cast<double>(job.id);
        job.sent = {};
        change(job);
        jobs.append(job);
    };
    const auto out = [&](CallPhase phase, int seconds) {
        add(JobState::Sending, [&](Job& job) {
            job.phase = phase;
            job.sent = now.addSecs(-seconds);
        });
    };
    out(CallPhase::Connecting, 1);
    out(CallPhase::Generating, 12);
    out(CallPhase::Generating, 41);
    out(CallPhase::Downloading, 29);
    add(JobState::Received, [&](Job& job) { job.sent = now.addSecs(-29); });
    add(JobState::Sending, [&](Job& job) {
        job.sent = now.addSecs(-9);
        job.unclaimed = true;
    });
    add(JobState::Waiting, [](Job&) {});
    add(JobState::Waiting, [](Job& job) { job.onHold = true; });
    add(JobState::Waiting, [](Job& job) { job.practice = job.onHold = true; });
    add(JobState::Waiting, [&](Job& job) {
        job.notBefore = now.addSecs(600);
        job.error = {ErrorKind::HostNotFound, u"api.segmind.com"_s, {}};
    });
    add(JobState::Waiting, [&](Job& job) {
        job.notBefore = now.addSecs(600);
        job.error = {ErrorKind::BadGateway, u"api.segmind.com"_s, {}, 502};
    });
    add(JobState::Unknown, [&](Job& job) {
        job.sent = now.addSecs(-300);
        job.ended = now;
        job.error = {ErrorKind::TimedOut, u"api.segmind.com"_s, {}};
    });
    auto* gallery = galleryOf(scene);
    auto* model = gallery->list();
    model->live().addJobs(jobs);
    scene.window->findChild<QueueModel*>()->addJobs(jobs);
    const auto showJob = [scene, model](JobId id) {
        scene.window->selection()->select(model->indexOfJob(id));
    };
    showJob(2);
    scene.later(600ms, [scene, gallery, showJob] {
        scene.take(u"cards"_s);
        gallery->restoreState("96");
        showJob(10);
        scene.later(600ms, [scene, gallery, showJob] {
            scene.take(u"cards-narrow"_s);
            scene.session->queue().pauseAll();
            showJob(7);
            scene.later(600ms, [scene, gallery] {
                scene.take(u"cards-narrow-paused"_s);
                gallery->restoreState("200");
                scene.later(600ms, [scene] {
                    scene.take(u"cards-paused"_s);
                    for (QDockWidget* dock : scene.window->findChildren<QDockWidget*>())
                        dock->show();
                    scene.later(600ms, [scene] {
                        scene.take(u"queue-paused"_s);
                        QCoreApplication::exit();
                    });
                });
            });
        });
    });
}

int playScene(
    int argc, char** argv, const QString& name, const QString& theme, const QString& folder)
{
    const Folders folders = Folders::standard();
    {
        QCoreApplication before(argc, argv); // the settings and the ledger use timers
        Settings settings(folders.config + u"/seedbook.conf"_s);
        settings.setTheme(theme == u"dark"_s ? Theme::Dark : Theme::Light);
        if (name == u"errors"_s)
            writeFailures(folders);
    }
    WindowOptions options;
    options.common.practice = name != u"errors"_s;
    options.common.practiceTime = 1500ms;
    return runWindow(
        argc, argv, ModelCatalog::builtIn(), options, [&](MainWindow& window, Session& session) {
            window.resize(1360, 860);
            const Scene scene{folder, &window, &session};
            QObject::connect(&session.queue(), &JobQueue::restored, &window, [scene, name] {
                // The window's own slots go first.
                scene.later(200ms, [scene, name] {
                    if (name == u"first-start"_s)
                        firstStart(scene);
                    else if (name == u"gallery"_s)
                        gallery(scene);
                    else if (name == u"marks"_s)
                        ratingTags(scene);
                    else if (name == u"cards"_s)
                        tiles(scene);
                    else
                        errors(scene);
                });
            });
        });
}

int playAll(int argc, char** argv, const QString& theme, const QString& folder)
{
    QCoreApplication application(argc, argv);
    for (const QString& scene :
        {u"first-start"_s, u"gallery"_s, u"marks"_s, u"cards"_s, u"errors"_s}) {
        QTemporaryDir home;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString& variable :
            {u"XDG_DATA_HOME"_s, u"XDG_CACHE_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_PICTURES_DIR"_s})
            environment.insert(variable, home.filePath(variable));
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
        environment.remove(u"SEGMIND_API_KEY"_s);
        if (scene == u"errors"_s)
            environment.insert(u"SEGMIND_API_KEY"_s, u"a-key-that-is-never-sent"_s);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(QCoreApplication::applicationFilePath(),
            {u"--scene"_s, scene, theme, QDir(folder).absolutePath()});
        if (!process.waitForFinished(120000) || process.exitCode() != 0)
            return 1;
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    if (words.size() == 5 && words[1] == u"--scene"_s)
        return playScene(argc, argv, words[2], words[3], words[4]);
    if (words.size() == 4 && words[1] == u"--theme"_s)
        return playAll(argc, argv, words[2], words[3]);
    qCritical("usage: shots --theme light|dark FOLDER");
    return 2;
}
