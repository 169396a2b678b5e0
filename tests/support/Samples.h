#pragma once

#include "core/ImageFormat.h"
#include "core/Request.h"

#include <QFuture>
#include <QTest>

namespace seedbook::test {

// The built-in models.
[[nodiscard]] const ModelCatalog& models();
// A sound qwen-image request; `values` go over the defaults.
[[nodiscard]] Request sampleRequest(const QString& prompt = QStringLiteral("a lighthouse at dusk"),
    qint64 seed = 1827364, const QJsonObject& values = {});
// A real, small picture in the format, the same bytes for the same arguments.
[[nodiscard]] QByteArray samplePicture(
    ImageFormat format = ImageFormat::Png, QSize size = {64, 36}, uint colour = 0xff3366aa);
// A PNG of so many bytes, with a chunk that nothing reads.
[[nodiscard]] QByteArray largePicture(qsizetype size);

// The bytes of a file; empty where it cannot be read.
[[nodiscard]] QByteArray contents(const QString& path);
// Writes a file, its folders too.
void put(const QString& path, const QByteArray& bytes);
// Every file below a folder, hidden ones too, by its path there; sorted.
[[nodiscard]] QStringList filesBelow(const QString& folder);
// Whether a file holds the very picture that `bytes` hold, whatever metadata each has.
[[nodiscard]] bool holdsPicture(const QString& path, const QByteArray& bytes);

// Waits for a future with the event loop running and takes its result.
template <typename T>
[[nodiscard]] T await(QFuture<T> future, int milliseconds = 10000)
{
    const bool done = QTest::qWaitFor([&future] { return future.isFinished(); }, milliseconds);
    if (!done)
        qFatal("a future did not finish in %d ms", milliseconds);
    return future.takeResult();
}

} // namespace seedbook::test
