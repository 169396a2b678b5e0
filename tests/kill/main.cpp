// Kills the program at a random moment while it works on 20 paid pictures, says the same command
// again, and compares what the service saw, what the ledger says, what is on disk and what the
// second run printed. Usage: kill_runs [RUNS] [SEED]. Of eight runs in a row four go by v2, four
// say
// --resume, and in four of them a practice run with --resume comes between, which must pay nothing.
// The seed is printed, so that a run can be repeated.
#include "metadata/PictureMetadata.h"
#include "support/Samples.h"
#include "support/SwiftService.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMutex>
#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QThreadPool>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

constexpr int pictures = 20;
constexpr qint64 firstSeed = 1000;
constexpr int longestRun = 60'000; // milliseconds

struct Row
{
    QString state;
    QString pictureId;
    bool hasRemoteId = false;
    QString path;
    bool practice = false;
};
using Rows = QMap<qint64, Row>; // by seed

struct Outcome
{
    QStringList faults;
    QMap<QString, int> atTheKill; // states
    QMap<QString, int> after;
    int killedAt = 0; // milliseconds; −1: it had ended before
};

// One run's folder and what is asked of it.
class Run
{
public:
    struct Kind
    {
        bool recoverable = false;
        bool resume = false;
        bool practiceBetween = false;
    };
    Run(const Kind& kind, quint32 seed)
        : m_kind(kind)
        , m_random(seed)
        , m_service({.delay = 40ms, .spread = 160ms, .pictureBytes = 60'000})
    {
    }

    Outcome go()
    {
        const QStringList command{
            u"--count"_s, QString::number(pictures), u"--seed"_s, QString::number(firstSeed)};
        QProcess first;
        start(first, paid() + command);
        // What a whole run takes, and a little more: by v2 a picture is asked after each second.
        const int moment = static_cast<int>(m_random.bounded(30, m_kind.recoverable ? 5000 : 700));
        m_outcome.killedAt = first.waitForFinished(moment) ? -1 : moment;
        first.kill(); // SIGKILL
        first.waitForFinished(longestRun);

        const Rows before = rows();
        const QHash<QString, QByteArray> kept = keptFiles();
        if (m_kind.practiceBetween)
            practise();
        QProcess second;
        start(second,
            paid() + command + (m_kind.resume ? QStringList{u"--resume"_s} : QStringList()));
        if (!second.waitForFinished(longestRun) || second.exitStatus() != QProcess::NormalExit)
            fault(u"the second run did not end: "_s +
                  QString::fromUtf8(second.readAllStandardError()));
        compare(before, kept, rows());
        checkLines(second, rows());
        checkDisk(rows());
        return m_outcome;
    }

private:
    [[nodiscard]] QString at(const QString& name) const { return m_folder.filePath(name); }
    void fault(const QString& text) { m_outcome.faults.append(text); }

    [[nodiscard]] QStringList paid() const
    {
        QStringList words{u"--endpoint"_s, m_service.address(), u"--jobs"_s, u"6"_s};
        if (m_kind.recoverable)
            words.append(u"--recoverable"_s);
        return words;
    }

    // What waits is not paid by it, whatever is resumed.
    void practise()
    {
        const qsizetype posts = m_service.posts().size();
        QProcess process;
        start(process, {u"--practice"_s, u"--practice-seconds"_s, u"0"_s, u"--resume"_s,
                           u"--count"_s, u"2"_s, u"--seed"_s, QString::number(firstSeed)});
        if (!process.waitForFinished(longestRun) || process.exitCode() != 0)
            fault(u"the practice run ended with %1: %2"_s.arg(process.exitCode())
                      .arg(QString::fromUtf8(process.readAllStandardError())));
        if (m_service.posts().size() != posts)
            fault(u"the practice run has paid"_s);
    }

    // One line of its own for each picture that was asked for, with what became of it.
    void checkLines(QProcess& process, const Rows& after)
    {
        QMap<qint64, QString> outcomes;
        for (const QByteArray& text : process.readAllStandardOutput().split('\n')) {
            const QJsonObject line = QJsonDocument::fromJson(text).object();
            if (line.isEmpty() || line[u"earlier"_s].toBool())
                continue;
            const qint64 seed = line[u"seed"_s].toInteger();
            if (outcomes.contains(seed))
                fault(u"seed %1 was told of twice"_s.arg(seed));
            outcomes.insert(seed, line[u"outcome"_s].toString());
        }
        bool anyUnknown = false;
        for (qint64 seed = firstSeed; seed < firstSeed + pictures; ++seed) {
            const QString state = after.value(seed).state;
            anyUnknown = anyUnknown || state == u"unknown"_s;
            if (outcomes.value(seed) != state)
                fault(u"seed %1 is %2 and was told as “%3”"_s.arg(seed).arg(
                    state, outcomes.value(seed)));
        }
        const int due = anyUnknown ? 3 : 0;
        if (process.exitCode() != due)
            fault(u"the second run ended with %1, not %2"_s.arg(process.exitCode()).arg(due));
    }

    void start(QProcess& process, const QStringList& arguments)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const auto& [name, folder] :
            {std::pair(u"XDG_DATA_HOME"_s, u"data"_s), std::pair(u"XDG_CACHE_HOME"_s, u"cache"_s),
                std::pair(u"XDG_CONFIG_HOME"_s, u"config"_s), std::pair(u"HOME"_s, u"home"_s)}) {
            QDir().mkpath(at(folder));
            environment.insert(name, at(folder));
        }
        environment.insert(u"SEGMIND_API_KEY"_s, u"SG_00000000000000aa"_s);
        process.setProcessEnvironment(environment);
        const QStringList all{u"generate"_s, u"--json"_s, u"--library"_s, at(u"library"_s),
            u"--prompt"_s, u"a lighthouse"_s};
        process.start(QStringLiteral(SEEDBOOK_PROGRAM), all + arguments);
    }

    // Runs SQL on a database and hands over each row. False if it could not.
    template <typename Take>
    bool query(const QString& file, const QString& sql, Take take)
    {
        bool done = false;
        const QString name = u"look %1"_s.arg(m_looks++) + m_folder.path();
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
            database.setDatabaseName(file);
            if (database.open()) {
                QSqlQuery rows(database);
                done = rows.exec(sql);
                while (done && rows.next())
                    take(rows);
            }
        }
        QSqlDatabase::removeDatabase(name);
        return done;
    }

    Rows rows()
    {
        Rows found;
        const QString ledger = at(u"data/seedbook/ledger.sqlite"_s);
        if (!QFile::exists(ledger))
            return found;
        (void)query(ledger,
            u"SELECT seed, state, picture_id, remote_id, picture_path, practice FROM jobs"_s,
            [this, &found](const QSqlQuery& row) {
                const qint64 seed = row.value(0).toLongLong();
                const Row entry{row.value(1).toString(), row.value(2).toString(),
                    !row.value(3).toString().isEmpty(), row.value(4).toString(),
                    row.value(5).toBool()};
                if (entry.practice) {
                    m_practised.insert(entry.path);
                    return;
                }
                if (found.contains(seed))
                    fault(u"seed %1 has two rows"_s.arg(seed));
                found.insert(seed, entry);
            });
        return found;
    }

    QHash<QString, QByteArray> keptFiles()
    {
        QHash<QString, QByteArray> kept;
        const QDir folder(at(u"data/seedbook/kept"_s));
        for (const QFileInfo& info : folder.entryInfoList({u"*.png"_s}, QDir::Files)) {
            QFile file(info.filePath());
            if (file.open(QIODevice::ReadOnly))
                kept.insert(info.completeBaseName(), file.readAll());
        }
        return kept;
    }

    void compare(const Rows& before, const QHash<QString, QByteArray>& kept, const Rows& after)
    {
        const auto posts = m_service.postsBySeed();
        for (auto it = posts.begin(); it != posts.end(); ++it) {
            if (it.value() > 1)
                fault(u"seed %1 was posted %2 times"_s.arg(it.key()).arg(it.value()));
            if (!after.contains(it.key()))
                fault(u"seed %1 was posted and is in no ledger"_s.arg(it.key()));
        }
        for (auto it = before.begin(); it != before.end(); ++it) {
            ++m_outcome.atTheKill[it->state];
            const QString now = after.value(it.key()).state;
            const bool isKept = kept.contains(it->pictureId);
            if (isKept && kept.value(it->pictureId) != m_service.picture(it.key()))
                fault(u"seed %1 was kept torn"_s.arg(it.key()));
            const QString due = it->state == u"sending"_s && !isKept ? u"unknown"_s : u"filed"_s;
            if (now != due)
                fault(u"seed %1 was %2%3 and is %4, not %5"_s.arg(it.key()).arg(
                    it->state, isKept ? u" (kept)"_s : QString(), now, due));
            if (it->hasRemoteId && now != u"filed"_s)
                fault(u"seed %1 had an id and is %2"_s.arg(it.key()).arg(now));
        }
        for (const Row& row : after)
            ++m_outcome.after[row.state];
    }

    void checkDisk(const Rows& after)
    {
        QSet<QString> paths;
        for (auto it = after.begin(); it != after.end(); ++it) {
            if (it->state != u"filed"_s)
                continue;
            if (!QFile::exists(it->path))
                fault(u"seed %1 is filed and not on disk"_s.arg(it.key()));
            else if (!holdsPicture(it->path, m_service.picture(it.key())))
                fault(u"seed %1 is another picture than was sent"_s.arg(it.key()));
            else if (!readPictureMetadata(it->path)->own)
                fault(u"seed %1 does not tell what made it"_s.arg(it.key()));
            paths.insert(it->path);
        }
        QDirIterator files(
            at(u"library"_s), {u"*.png"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            if (!paths.remove(path) && !m_practised.contains(path))
                fault(u"in the library and not in the ledger: "_s + path);
        }
        // Nothing is left but what came of a picture that says unknown.
        QSet<QString> unknown;
        for (const Row& row : after) {
            if (row.state == u"unknown"_s)
                unknown.insert(row.pictureId);
        }
        const QDir spoolFolder(at(u"data/seedbook/kept"_s));
        for (const QFileInfo& info : spoolFolder.entryInfoList(QDir::Files | QDir::Hidden)) {
            if (info.suffix() != u"answer"_s || !unknown.contains(info.completeBaseName()))
                fault(u"left over: "_s + info.fileName());
        }
        for (const QString& database :
            {u"data/seedbook/ledger.sqlite"_s, u"cache/seedbook/index.sqlite"_s}) {
            QString verdict;
            const bool done = query(at(database), u"PRAGMA integrity_check"_s,
                [&verdict](const QSqlQuery& row) { verdict += row.value(0).toString(); });
            if (!done || verdict != u"ok"_s)
                fault(database + u": "_s + verdict);
        }
    }

    Kind m_kind;
    QSet<QString> m_practised; // the practice run's pictures
    QRandomGenerator m_random;
    SwiftService m_service;
    QTemporaryDir m_folder;
    Outcome m_outcome;
    int m_looks = 0;
};

QString words(const QMap<QString, int>& counts)
{
    QStringList parts;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        parts.append(u"%1 %2"_s.arg(it.value()).arg(it.key()));
    return parts.join(u", "_s);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int runs = arguments.size() > 1 ? arguments.at(1).toInt() : 400;
    const quint32 seed =
        arguments.size() > 2 ? arguments.at(2).toUInt() : QRandomGenerator::system()->generate();
    std::printf("%d runs of %d pictures, seed %u\n", runs, pictures, seed);
    QMutex mutex;
    int bad = 0;
    QMap<QString, int> atTheKill;
    QMap<QString, int> after;
    QThreadPool pool;
    pool.setMaxThreadCount(2);
    for (int i = 0; i < runs; ++i) {
        pool.start([&, i] {
            const Run::Kind kind{i % 2 == 1, i / 2 % 2 == 1, i / 4 % 2 == 1};
            const Outcome outcome = Run(kind, seed + static_cast<quint32>(i)).go();
            const QMutexLocker lock(&mutex);
            bad += outcome.faults.isEmpty() ? 0 : 1;
            for (auto it = outcome.atTheKill.begin(); it != outcome.atTheKill.end(); ++it)
                atTheKill[it.key()] += it.value();
            for (auto it = outcome.after.begin(); it != outcome.after.end(); ++it)
                after[it.key()] += it.value();
            std::printf("%3d %s%s%s killed at %3d ms: %s -> %s%s\n", i + 1,
                kind.recoverable ? "v2" : "v1", kind.resume ? " --resume" : "",
                kind.practiceBetween ? " after practice" : "", outcome.killedAt,
                qPrintable(words(outcome.atTheKill)), qPrintable(words(outcome.after)),
                outcome.faults.isEmpty() ? "" : "  FAULT");
            for (const QString& fault : outcome.faults)
                std::printf("      %s\n", qPrintable(fault));
            std::fflush(stdout);
        });
    }
    pool.waitForDone();
    std::printf("at the kill: %s\nafterwards:  %s\n%d of %d runs with faults\n",
        qPrintable(words(atTheKill)), qPrintable(words(after)), bad, runs);
    return bad == 0 ? 0 : 1;
}
