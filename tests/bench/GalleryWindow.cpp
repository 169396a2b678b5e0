// The real window on a folder of the benchmark's pictures, which its index knows.
#include "app/Session.h"
#include "app/Window.h"
#include "bench/Children.h"
#include "bench/Scrolling.h"
#include "bench/Searching.h"
#include "support/Samples.h"
#include "widgets/gallery/GalleryPage.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/window/MainWindow.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace seedbook::bench {

namespace {

// Calls `ready` once the window shows the library and index and folder agree.
int withLibrary(int argc, char** argv, const std::function<void(MainWindow&)>& ready)
{
    WindowOptions options;
    options.common.practice = true;
    options.common.library = QString::fromLocal8Bit(argv[3]);
    const auto hook = [&ready](MainWindow& window, Session& session) {
        QObject::connect(
            &session.library(), &Library::scanned, &window, [&ready, &window] { ready(window); },
            Qt::SingleShotConnection);
    };
    return runWindow(argc, argv, ModelCatalog::builtIn(), options, hook);
}

} // namespace

int galleryIndex(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    Library library(QString::fromLocal8Bit(argv[3]), Folders::standard().cache);
    QObject::connect(
        &library, &Library::scanned, &application, [] { QCoreApplication::exit(); },
        Qt::QueuedConnection);
    const double start = monotonicMs();
    library.rescan();
    const int code = QCoreApplication::exec();
    tell("seconds", (monotonicMs() - start) / 1000);
    return code;
}

int scrollOfSeedbook(int argc, char** argv)
{
    return withLibrary(argc, argv, [](MainWindow& window) {
        auto* scrolling = new Scrolling(*window.findChild<GalleryPage*>()->view());
        scrolling->startSoon();
    });
}

int searchInSeedbook(int argc, char** argv)
{
    return withLibrary(argc, argv, [argv](MainWindow& window) {
        auto* field = window.findChild<GalleryPage*>()->findChild<QLineEdit*>(u"search"_s);
        if (!field) {
            tell("no-field", 1);
            QCoreApplication::exit();
            return;
        }
        auto* searching = new Searching(*field, *window.findChild<GalleryPage*>()->view(),
            QString::fromLocal8Bit(argv[4]).toInt());
        searching->startSoon();
    });
}

} // namespace seedbook::bench
