// Ten thousand rated and tagged pictures whose index is gone: how soon all is as before, and what
// the window does meanwhile.
#include "app/Session.h"
#include "app/Window.h"
#include "bench/Children.h"
#include "bench/Heartbeat.h"
#include "metadata/PictureMetadata.h"
#include "support/PictureFolder.h"
#include "widgets/window/MainWindow.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QImage>
#include <QRandomGenerator>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace seedbook::bench {

namespace {

constexpr int pictures = 10'000;

// Of about 20 KB: noise that no codec makes smaller.
QByteArray smallPicture(int number)
{
    QRandomGenerator noise(static_cast<quint32>(number));
    QImage image(84, 80, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        noise.fillRange(reinterpret_cast<quint32*>(image.scanLine(y)), image.width());
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "png");
    return embedRecord(bytes, test::sampleRecord(number), u"Qwen-Image"_s).file;
}

void makePictures(const QString& folder)
{
    for (int i = 0; i < pictures; ++i)
        test::put(u"%1/day %2/picture %3.png"_s.arg(folder).arg(i / 100).arg(i), smallPicture(i));
}

} // namespace

int rebuild(int argc, char** argv)
{
    test::PictureFolder* library = nullptr;
    QString folder;
    QString cache;
    {
        const QCoreApplication application(argc, argv);
        library = new test::PictureFolder;
        folder = library->folder;
        makePictures(folder);
        const double start = monotonicMs();
        if (!library->scan() || library->known.size() != pictures)
            qFatal("%lld of the pictures are known", static_cast<long long>(library->known.size()));
        tell("each", (monotonicMs() - start) / pictures);
        const QString before = library->dump();
        if (!library->rebuild())
            qFatal("the rebuild does not end");
        tell("same", before == library->dump() && before.size() > pictures ? 1 : 0);
        library->close();
    }
    WindowOptions options;
    options.common.practice = true;
    options.common.library = folder;
    const auto hook = [](MainWindow& window, Session& session) {
        auto* heartbeat = new Heartbeat(&window);
        heartbeat->start();
        QObject::connect(&session.library(), &Library::scanned, &window, [heartbeat] {
            heartbeat->tellAll();
            QCoreApplication::exit();
        });
    };
    const int code = runWindow(argc, argv, ModelCatalog::builtIn(), options, hook);
    delete library;
    return code;
}

} // namespace seedbook::bench
