#include "jobs/Arrivals.h"

#include "jobs/Endings.h"
#include "jobs/JobPrices.h"
#include "jobs/OpenJobs.h"
#include "jobs/PictureSaver.h"
#include "jobs/RowWriter.h"

#include <QSet>

#include <algorithm>

namespace seedbook {

namespace {

constexpr int mostFurther = 16; // as many as an answer's reader takes

} // namespace

Arrivals::Arrivals(PictureSaver& saver, OpenJobs& jobs, RowWriter& rows, JobPrices& prices,
    Endings& endings, QObject* parent)
    : QObject(parent)
    , m_saver(saver)
    , m_jobs(jobs)
    , m_rows(rows)
    , m_prices(prices)
    , m_endings(endings)
{
    connect(&m_saver, &PictureSaver::kept, this, &Arrivals::onKept);
    connect(&m_saver, &PictureSaver::filed, this, &Arrivals::onFiled);
    connect(&m_saver, &PictureSaver::unusable, this, &Arrivals::onUnusable);
    connect(&m_saver, &PictureSaver::failed, this, &Arrivals::onNotFiled);
    connect(&m_saver, &PictureSaver::unreadable, this, &Arrivals::onUnreadable);
    connect(&m_rows, &RowWriter::committed, this, &Arrivals::onCommitted);
}

QString Arrivals::nameOf(const QUuid& pictureId)
{
    return pictureId.toString(QUuid::WithoutBraces);
}

QUuid Arrivals::furtherId(const QUuid& first, int place)
{
    return place == 1 ? first : QUuid::createUuidV5(first, QByteArray::number(place));
}

void Arrivals::keep(Entry& entry, const QList<PictureBytes>& pictures)
{
    Job& job = entry.job;
    entry.bytes = pictures.first().bytes;
    entry.format = pictures.first().format;
    if (pictures.size() > 1)
        job.provenance.ordinal = Ordinal{1, static_cast<int>(pictures.size())};
    entry.busy = true;
    QList<SpoolFolder::Item> items;
    for (qsizetype i = 0; i < pictures.size(); ++i) {
        const PictureBytes& picture = pictures.at(i);
        items.append(
            {nameOf(furtherId(job.pictureId, int(i + 1))) + u'.' + fileExtension(picture.format),
                picture.bytes});
    }
    m_saver.keep(job.id, items, saveRequestOf(entry));
}

void Arrivals::keepAnswer(const Job& job, const QByteArray& bytes)
{
    m_saver.keep(job.id, {{nameOf(job.pictureId) + answerEnding, bytes}});
}

void Arrivals::fileKept(Entry& entry)
{
    SaveRequest filing = saveRequestOf(entry);
    filing.maybeThere = true;
    m_saver.file(entry.job.id, std::move(filing), entry.job.spoolPath);
}

SaveRequest Arrivals::saveRequestOf(const Entry& entry) const
{
    const Job& job = entry.job;
    Picture draft;
    draft.id = job.pictureId;
    draft.created = job.created;
    draft.sequence = job.id;
    // Of one that came while the program was not there nobody knows how long it took.
    if (job.sent.isValid() && !job.resumed)
        draft.duration =
            std::chrono::milliseconds(std::max<qint64>(0, job.sent.msecsTo(job.ended)));
    draft.price = job.price;
    draft.priceConfirmed = job.priceConfirmed;
    draft.practice = job.practice;
    draft.unclaimed = job.unclaimed;
    draft.endpoint = job.endpoint;
    draft.serviceRequestId = job.serviceRequestId;
    draft.provenance = job.provenance;
    draft.reportedSeed = job.reportedSeed;
    // Also of an earlier run that had no time to say so.
    return SaveRequest{job.request, entry.bytes, entry.format, draft, job.resumed};
}

void Arrivals::adoptFurther(const Job& first, QHash<QString, QString>& orphans)
{
    QSet<QUuid> known;
    for (const JobId id : m_jobs.table().ids())
        known.insert(m_jobs.table().job(id)->pictureId);
    QList<std::pair<int, QString>> found;
    for (int place = 2; place <= mostFurther; ++place) {
        const QUuid id = furtherId(first.pictureId, place);
        const QString path = known.contains(id) ? QString() : orphans.take(nameOf(id));
        if (!path.isEmpty() && !path.endsWith(answerEnding))
            found.append({place, path});
    }
    if (found.isEmpty())
        return;
    Entry& entry = *m_jobs.table().find(first.id);
    entry.job.provenance.ordinal = Ordinal{1, found.last().first};
    addFurther(entry.job, found);
}

void Arrivals::addFurther(const Job& first, const QList<std::pair<int, QString>>& spoolPaths)
{
    QList<Job> jobs;
    for (const auto& [place, path] : spoolPaths) {
        Job job = first;
        job.id = m_jobs.nextId();
        job.pictureId = furtherId(first.pictureId, place);
        job.provenance.ordinal = Ordinal{place, first.provenance.ordinal->count};
        job.firstOfAnswer = first.id;
        job.state = JobState::Received;
        job.position = m_jobs.nextPosition();
        job.spoolPath = path;
        job.price = job.expectedPrice = {};
        job.priceConfirmed = true; // it was paid for with the first
        job.balanceBefore = job.balanceAfter = {};
        job.remoteId.clear();
        job.accepted = {};
        job.error = {};
        if (!job.ended.isValid()) { // of an earlier run
            job.ended = QDateTime::currentDateTimeUtc();
            job.resumed = true;
        }
        m_jobs.table().add(Entry{.job = job, .busy = true});
        m_jobs.budget().count(job);
        jobs.append(job);
    }
    m_rows.commitWith(jobs, *m_jobs.table().find(first.id));
    m_jobs.reportAdded(jobs);
    for (const Job& job : std::as_const(jobs))
        m_saver.file(job.id, saveRequestOf(*m_jobs.table().find(job.id)), job.spoolPath);
}

void Arrivals::onKept(JobId id, const QStringList& paths)
{
    Entry* entry = m_jobs.table().find(id);
    if (!entry)
        return;
    entry->job.spoolPath = paths.first();
    if (paths.size() > 1) {
        QList<std::pair<int, QString>> further;
        for (qsizetype i = 1; i < paths.size(); ++i)
            further.append({static_cast<int>(i + 1), paths.at(i)});
        addFurther(entry->job, further);
    }
    m_rows.commit(*entry);
    m_rows.diskWorks();
    m_jobs.settle(); // the slot is free: the bytes are durable
    if (entry->job.state == JobState::Received) {
        m_saver.file(id, saveRequestOf(*entry), entry->job.spoolPath);
        entry->bytes.clear();
    } else {
        entry->busy = false;
    }
    m_jobs.changed(*entry);
    m_jobs.settle();
}

// The file is durable, so the picture is shown at once; the entry stays until the ledger says so
// too, and idle() with it. Where the ledger cannot be written the picture is there all the same.
void Arrivals::onFiled(JobId id, const PicturePtr& picture)
{
    Entry& entry = *m_jobs.table().find(id);
    entry.job.state = JobState::Filed;
    entry.job.error = {};
    entry.job.picture = picture;
    m_prices.awaitBalance(entry.job);
    m_rows.commit(entry); // onCommitted() clears up
    m_jobs.changed(entry);
    m_rows.diskWorks();
    m_jobs.settle();
}

void Arrivals::onUnusable(JobId id, const Error& error)
{
    Entry& entry = *m_jobs.table().find(id);
    entry.busy = false;
    m_endings.end(entry, JobState::Unknown, error);
    m_rows.diskWorks();
    m_jobs.settle();
}

void Arrivals::onNotFiled(JobId id, const Error& error)
{
    if (Entry* entry = m_jobs.table().find(id)) {
        if (entry->job.state == JobState::Received) {
            entry->job.error = error;
            // In the data folder it is safe: nothing waits for a library whose disk is gone.
            entry->busy = entry->job.spoolPath.isEmpty();
            m_rows.commit(*entry);
        }
        m_jobs.changed(*entry);
    }
    m_rows.diskFailed(error);
    m_jobs.settle();
}

// Nothing waits for it: what is sent meanwhile is kept and filed all the same.
void Arrivals::onUnreadable(JobId id, const Error& error)
{
    Entry& entry = *m_jobs.table().find(id);
    entry.job.error = error;
    entry.busy = false;
    m_jobs.changed(entry);
    m_rows.diskWorks(); // as far as it goes
    m_jobs.settle();
}

void Arrivals::onCommitted(JobId id, JobState state)
{
    if (state != JobState::Filed)
        return;
    m_saver.removeKept(m_jobs.table().find(id)->job.spoolPath);
    if (!m_prices.awaitsBalance(id))
        m_jobs.budget().forget(id);
    m_jobs.table().erase(id);
}

} // namespace seedbook

#include "moc_Arrivals.cpp"
