#pragma once

#include "core/Job.h"
#include "support/Samples.h"

#include <QDateTime>
#include <QFile>

namespace seedbook::test {

// A moment that does not move; later numbers are later.
[[nodiscard]] inline QDateTime moment(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(1'800'000'000 + seconds, Qt::UTC);
}

// The job `id`, made `id` seconds after the others' beginning; its picture's id follows from it.
[[nodiscard]] inline Job sampleJob(JobId id, JobState state = JobState::Waiting,
    const Error& error = {}, const QString& prompt = QStringLiteral("a fox in the snow"))
{
    Job job{.id = id,
        .pictureId = QUuid::createUuidV5(QUuid(), QByteArray::number(id)),
        .request = sampleRequest(prompt, 1000 + id),
        .endpoint = QStringLiteral("https://api.example.org"),
        .practice = false,
        .state = state,
        .created = moment(id),
        .sent = {},
        .ended = {},
        .expected = std::chrono::milliseconds(28400),
        .price = Money::fromUsd(0.121),
        .error = error,
        .spoolPath = {},
        .serviceRequestId = {},
        .picture = {}};
    if (state != JobState::Waiting && state != JobState::Cancelled)
        job.sent = QDateTime::currentDateTimeUtc();
    return job;
}

// The picture that the job becomes. Its file is `path`, which need not be there.
[[nodiscard]] inline PicturePtr pictureOf(
    const Job& job, const QString& path = {}, QSize size = {64, 36})
{
    auto picture = std::make_shared<Picture>();
    picture->id = job.pictureId;
    picture->path = path;
    picture->modelId = job.request.model().id();
    picture->parameters = job.request.parameters();
    picture->prompt = job.request.prompt();
    picture->seed = job.request.seed();
    picture->size = size;
    picture->created = job.created;
    picture->sequence = job.id;
    picture->duration = std::chrono::milliseconds(27900);
    picture->price = job.price;
    picture->practice = job.practice;
    return picture;
}

[[nodiscard]] inline Job filed(Job job, const QString& path = {})
{
    job.state = JobState::Filed;
    job.picture = pictureOf(job, path);
    return job;
}

inline void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace seedbook::test
