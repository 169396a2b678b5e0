#include "app/Generate.h"

#include "core/Async.h"
#include "core/ErrorWords.h"
#include "library/ImageDecoder.h"

#include <QJsonDocument>
#include <QMap>
#include <QRandomGenerator>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

void printLine(FILE* stream, const QString& line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
    std::fflush(stream);
}

QString outcomeName(JobState state)
{
    switch (state) {
    case JobState::Filed:
        return u"filed"_s;
    case JobState::Refused:
        return u"refused"_s;
    case JobState::Cancelled:
        return u"cancelled"_s;
    case JobState::Unknown:
        return u"unknown"_s;
    case JobState::Waiting:
    case JobState::Sending:
    case JobState::Accepted:
    case JobState::Received: // could not be filed; the bytes are kept
    case JobState::Failed:
        break;
    }
    return u"failed"_s;
}

bool isOver(const Job& job)
{
    return isEnded(job.state) || (job.state == JobState::Received && job.error != Error{});
}

QString errorWords(const Job& job)
{
    if (job.error == Error{})
        return {};
    QString words = sentence(job.error);
    if (!job.keptPath.isEmpty())
        words += u' ' + Generate::tr("What came is kept in %1.").arg(job.keptPath);
    return words;
}

double secondsOf(const Job& job)
{
    return job.sent.isValid() && job.ended.isValid()
               ? static_cast<double>(job.sent.msecsTo(job.ended)) / 1000
               : 0;
}

QString jsonLine(const Job& job)
{
    const bool filed = job.state == JobState::Filed && job.picture;
    const QString error = errorWords(job);
    const QJsonObject line{
        {u"path"_s, filed ? QJsonValue(job.picture->path) : QJsonValue()},
        {u"seed"_s, job.request.seed().number()},
        {u"outcome"_s, outcomeName(job.state)},
        {u"width"_s, filed ? QJsonValue(job.picture->size.width()) : QJsonValue()},
        {u"height"_s, filed ? QJsonValue(job.picture->size.height()) : QJsonValue()},
        {u"seconds"_s, secondsOf(job)},
        {u"cost"_s, filed ? QJsonValue(job.price.usd()) : QJsonValue()},
        {u"error"_s, error.isEmpty() ? QJsonValue() : QJsonValue(error)},
    };
    return QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact));
}

QString plainLine(const Job& job)
{
    const QString seed = Generate::tr("seed %1").arg(job.request.seed().text());
    if (job.state == JobState::Cancelled)
        return Generate::tr("cancelled: %1, not sent").arg(seed);
    if (job.state != JobState::Filed || !job.picture)
        return u"%1: %2. %3"_s.arg(outcomeName(job.state), seed, errorWords(job));
    const QSize size = job.picture->size;
    const QString price = job.practice    ? Generate::tr("practice")
                          : job.priceTold ? job.price.text()
                                          : u'≈' + job.price.text();
    return u"%1  %2  %3×%4  %5 s  %6"_s.arg(job.picture->path, seed, QString::number(size.width()),
        QString::number(size.height()), QString::number(secondsOf(job), 'f', 1), price);
}

} // namespace

Generate::Generate(Session& session, GenerateOptions options, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_options(std::move(options))
{
    JobQueue& queue = m_session.queue();
    queue.setLimit(m_options.jobs);
    if (m_options.recoverable)
        queue.setTransport(Transport::Recoverable);
    connect(&queue, &JobQueue::jobChanged, this, &Generate::take);
    connect(&queue, &JobQueue::lanesChanged, this, &Generate::sayWaiting);
    connect(&queue, &JobQueue::paused, this,
        [this](const QString& name, const Pause& pause) { giveUpOn(name, pause); });
}

void Generate::start()
{
    const QString warning = missingFormatsWarning();
    if (!warning.isEmpty())
        printLine(stderr, warning);
    for (const Error& error : m_session.models().errors())
        printLine(stderr, sentence(error));
    whenDone(m_session.library().checkFolder(), this, [this](const Result<void>& checked) {
        if (checked)
            chooseEndpoint();
        else
            fail(checked.error(), CouldNotStart);
    });
}

void Generate::chooseEndpoint()
{
    if (m_options.common.practice) {
        const auto endpoint = m_session.startPractice();
        if (endpoint)
            restore(*endpoint);
        else
            fail(endpoint.error(), CouldNotStart);
        return;
    }
    KeyStore& keys = m_session.keys();
    connect(&keys, &KeyStore::loaded, this, [this] {
        if (m_session.keys().key().isEmpty())
            fail(Error{ErrorKind::MissingKey, {}, {}}, WrongUsage);
        else
            restore(m_session.paidEndpoint());
    });
    keys.load();
}

void Generate::restore(const Endpoint& endpoint)
{
    JobQueue& queue = m_session.queue();
    connect(&queue, &JobQueue::restored, this, [this, endpoint] { takeUpEarlier(endpoint); });
    connect(&queue, &JobQueue::restoreFailed, this,
        [this](const Error& error) { fail(error, CouldNotStart); });
    queue.restore(m_session.models());
}

// What the service still has of an earlier run is fetched with its own key, in a practice run too.
void Generate::takeUpEarlier(const Endpoint& endpoint)
{
    const QList<Job> jobs = m_session.queue().jobs();
    const bool paid = std::ranges::any_of(
        jobs, [](const Job& job) { return job.state == JobState::Accepted && !job.practice; });
    if (paid)
        m_session.whenKeysAnswered(this, [this, endpoint] { submit(endpoint); });
    else
        submit(endpoint);
}

void Generate::submit(const Endpoint& endpoint)
{
    JobQueue& queue = m_session.queue();
    const QString seedField = m_options.model->parameter(ParameterRole::Seed)->name;
    const auto given =
        Seed::fromNumber(m_options.values.value(seedField).toInteger(Seed::randomSentinel));
    QList<Request> requests;
    for (int i = 0; i < m_options.count; ++i) {
        const Seed seed = given ? given->next(i) : Seed::mint(*QRandomGenerator::system());
        QJsonObject values = m_options.values;
        values.insert(seedField, seed.number());
        const auto request = Request::make(m_options.model, values);
        if (!request) {
            fail(request.error(), WrongUsage);
            return;
        }
        requests.append(*request);
    }
    if (m_options.resume)
        queue.releaseHeld();
    // A command is meant as it stands; only money is not spent twice on the same picture.
    if (m_options.runAnyway || endpoint.isPractice()) {
        submitFresh(requests, {}, endpoint);
        return;
    }
    queue.findTwins(
        requests, endpoint, this, [this, requests, endpoint](const QList<JobQueue::Twin>& twins) {
            submitFresh(requests, twins, endpoint);
        });
}

void Generate::submitFresh(
    const QList<Request>& requests, const QList<JobQueue::Twin>& twins, const Endpoint& endpoint)
{
    JobQueue& queue = m_session.queue();
    QMap<qsizetype, QString> there;
    for (const JobQueue::Twin& twin : twins) {
        if (twin.there)
            there.insert(twin.request, twin.path);
    }
    QList<Request> fresh;
    for (qsizetype i = 0; i < requests.size(); ++i) {
        if (there.contains(i))
            reportTwin(requests.at(i), there.value(i));
        else
            fresh.append(requests.at(i));
    }
    if (!there.isEmpty())
        printLine(stderr, tr("%n picture(s) you have already, made by the same request: $0.00. "
                             "--run-anyway makes them again.",
                              nullptr, static_cast<int>(there.size())));
    if (const auto objection = queue.objection(fresh, endpoint)) {
        fail(*objection, SomeNotFiled);
        return;
    }
    const QList<JobId> ids = queue.submit(fresh, endpoint);
    m_own = {ids.begin(), ids.end()};
    connect(&queue, &JobQueue::idle, this, &Generate::endIdle);
}

void Generate::reportTwin(const Request& request, const QString& path)
{
    const auto size = readPictureSize(path);
    const QSize pixels = size ? *size : QSize();
    if (m_options.json) {
        printLine(stdout, QString::fromUtf8(QJsonDocument(
                              QJsonObject{{u"path"_s, path}, {u"seed"_s, request.seed().number()},
                                  {u"outcome"_s, u"filed"_s}, {u"width"_s, pixels.width()},
                                  {u"height"_s, pixels.height()}, {u"seconds"_s, 0}, {u"cost"_s, 0},
                                  {u"error"_s, QJsonValue()}})
                                                .toJson(QJsonDocument::Compact)));
        return;
    }
    printLine(stdout, u"%1  %2  %3×%4  %5"_s.arg(path, tr("seed %1").arg(request.seed().text()),
                          QString::number(pixels.width()), QString::number(pixels.height()),
                          tr("have it already, $0.00")));
}

// A waiting time that somebody who watches should know of.
void Generate::sayWaiting()
{
    for (const JobQueue::LaneState& lane : m_session.queue().blockedLanes()) {
        if (lane.pause || !lane.heldUntil.isValid() || lane.heldUntil == m_saidUntil)
            continue;
        m_saidUntil = lane.heldUntil;
        printLine(stderr, tr("The service asks to wait: nothing is sent before %1.")
                              .arg(lane.heldUntil.toLocalTime().toString(u"HH:mm:ss"_s)));
    }
}

void Generate::take(const Job& job)
{
    if (job.state == JobState::Waiting && job.notBefore.isValid() && m_own.contains(job.id) &&
        job.error.kind != ErrorKind::RateLimited)
        printLine(stderr,
            tr("%1 Trying again at %2.")
                .arg(sentence(job.error), job.notBefore.toLocalTime().toString(u"HH:mm:ss"_s)));
    if (!isOver(job) || m_reported.contains(job.id))
        return;
    m_reported.insert(job.id);
    report(job);
    if (!m_own.contains(job.id))
        return;
    if (job.state == JobState::Unknown)
        m_anyUnknown = true;
    else if (job.state != JobState::Filed)
        m_anyNotFiled = true;
}

void Generate::report(const Job& job)
{
    printLine(stdout, m_options.json ? jsonLine(job) : plainLine(job));
}

// What pauses a window's queue ends the run: nobody is here to mend it.
void Generate::giveUpOn(const QString& endpoint, const Pause& pause)
{
    QList<JobId> waiting;
    for (const Job& job : m_session.queue().jobs()) {
        if (job.state == JobState::Waiting && m_own.contains(job.id) &&
            (endpoint.isEmpty() || job.endpoint == endpoint))
            waiting.append(job.id);
    }
    if (!waiting.isEmpty())
        printLine(stderr, tr("The rest is not sent: %1").arg(sentence(pause.error)));
    m_session.queue().cancel(waiting);
}

void Generate::endIdle()
{
    if (m_ended)
        return;
    JobQueue& queue = m_session.queue();
    // Those that a pause met while their row was on its way to the ledger.
    for (const JobQueue::LaneState& lane : queue.blockedLanes()) {
        if (lane.pause)
            giveUpOn(lane.endpoint, *lane.pause);
    }
    int later = 0;
    for (const Job& job : queue.jobs()) {
        later += job.state == JobState::Accepted ? 1 : 0;
        if (m_own.contains(job.id) && !m_reported.contains(job.id))
            m_anyNotFiled = true;
    }
    if (later > 0)
        printLine(stderr, tr("%n picture(s) that the service has taken on cannot be asked after "
                             "now: there is no key for them. They stay for a later run.",
                              nullptr, later));
    end(m_anyUnknown ? SomeUnknown : m_anyNotFiled ? SomeNotFiled : AllFiled);
}

void Generate::end(int exitCode)
{
    if (std::exchange(m_ended, true))
        return;
    Q_EMIT finished(exitCode);
}

void Generate::fail(const Error& error, int exitCode)
{
    printLine(stderr, sentence(error));
    end(exitCode);
}

} // namespace seedbook
