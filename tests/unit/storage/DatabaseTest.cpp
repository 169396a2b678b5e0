#include "storage/Database.h"

#include "storage/DatabaseThread.h"
#include "storage/SqlScript.h"
#include "support/Samples.h"
#include "support/SmallDisk.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QSqlDatabase>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace seedbook::databaseTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using test::await;

namespace {

const QString firstScript =
    u"CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL); -- a comment; with one\n"
    "CREATE TABLE part (thing INTEGER NOT NULL REFERENCES thing(id));"_s;
const QString secondScript = u"ALTER TABLE thing ADD COLUMN size INTEGER NOT NULL DEFAULT 7;"_s;

Result<qint64> number(Database& database, const QString& sql)
{
    qint64 value = -1;
    auto read = database.each(
        sql, {}, [&value](const QSqlQuery& query) { value = query.value(0).toLongLong(); });
    if (!read)
        return read.error();
    return value;
}

Result<void> insert(Database& database, const QString& name)
{
    auto done = database.run(u"INSERT INTO thing (name) VALUES (?)"_s, {name});
    return done ? Result<void>() : done.error();
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class DatabaseTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsScripts_data();
    void splitsScripts();
    void opensAndKeeps();
    void setsThePragmas();
    void migratesStepByStep();
    void failedMigrationLeavesNothing();
    void refusesANewerFile();
    void refusesADamagedFile();
    void rollsBack();
    void checksForeignKeys();
    void tellsAFolderThatCannotBeMade();
    void tellsAFullDisk();
    void tellsAReadOnlyDisk();
    void readsOnly();
    void readsOnlyBesideAWriter();
    void readsOnlyWhatIsThere();
    void readsOnlyFromAReadOnlyDisk();
    void twoConnectionsWaitForEachOther();
    void threadKeepsOrderAndThread();
    void waitingForAFutureDoesNotRunItHere();
    void threadOpensLaterIfItCouldNotAtFirst();
    void threadStartsAnew_data();
    void threadStartsAnew();
    void threadReports();
    void closesOnItsThread();

private:
    QString path() const { return m_folder.filePath(u"deep/er/test.sqlite"_s); }
    QTemporaryDir m_folder;
    void cleanFolder() { QDir(m_folder.filePath(u"deep"_s)).removeRecursively(); }

private Q_SLOTS:
    void init() { cleanFolder(); }
    void cleanup() { QCOMPARE(QSqlDatabase::connectionNames(), QStringList()); }
};

void DatabaseTest::splitsScripts_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("statements");
    QTest::newRow("empty") << u" \n -- nothing;\n /* ; */ ;"_s << QStringList();
    QTest::newRow("two") << u"a b;c;"_s << QStringList{u"a b;"_s, u"c;"_s};
    QTest::newRow("no last semicolon") << u"a;\nb"_s << QStringList{u"a;"_s, u"b"_s};
    QTest::newRow("quotes") << u"a 'it''s;' \"b;\" [c;] `d;`;e;"_s
                            << QStringList{u"a 'it''s;' \"b;\" [c;] `d;`;"_s, u"e;"_s};
    QTest::newRow("comments") << u"a -- x;'\n b;c /* ; ' */ d;"_s
                              << QStringList{u"a -- x;'\n b;"_s, u"c /* ; ' */ d;"_s};
    const QString trigger =
        u"CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = CASE WHEN c "
        "THEN 1 ELSE 2 END; DELETE FROM d; END;"_s;
    QTest::newRow("trigger") << trigger + u"b;"_s << QStringList{trigger, u"b;"_s};
    QTest::newRow("unclosed quote") << u"a 'b; c"_s << QStringList{u"a 'b; c"_s};
}

void DatabaseTest::splitsScripts()
{
    QFETCH(const QString, script);
    QTEST(sqlStatements(script), "statements");
}

void DatabaseTest::opensAndKeeps()
{
    {
        auto database = Database::open(path(), {firstScript}, Database::Durability::Full);
        QVERIFY(database);
        QVERIFY((*database)->isNew());
        QVERIFY(insert(**database, u"山水 🎨"_s));
    }
    auto database = Database::open(path(), {firstScript}, Database::Durability::Full);
    QVERIFY(database);
    QVERIFY(!(*database)->isNew());
    QStringList names;
    QVERIFY((*database)->each(u"SELECT name FROM thing"_s, {},
        [&names](const QSqlQuery& query) { names << query.value(0).toString(); }));
    QCOMPARE(names, QStringList{u"山水 🎨"_s});
}

void DatabaseTest::setsThePragmas()
{
    for (const auto& [durability, synchronous] :
        {std::pair(Database::Durability::Full, 2), std::pair(Database::Durability::Normal, 1)}) {
        auto database = Database::open(path(), {firstScript}, durability);
        QVERIFY(database);
        QCOMPARE(*number(**database, u"PRAGMA synchronous"_s), synchronous);
        QCOMPARE(*number(**database, u"PRAGMA foreign_keys"_s), 1);
        QCOMPARE(*number(**database, u"PRAGMA busy_timeout"_s), 5000);
        QString mode;
        QVERIFY((*database)->each(u"PRAGMA journal_mode"_s, {},
            [&mode](const QSqlQuery& query) { mode = query.value(0).toString(); }));
        QCOMPARE(mode, u"wal"_s);
    }
}

void DatabaseTest::migratesStepByStep()
{
    {
        auto database = Database::open(path(), {firstScript}, Database::Durability::Full);
        QVERIFY(database);
        QVERIFY(insert(**database, u"old"_s));
    }
    auto database = Database::open(path(), {firstScript, secondScript}, Database::Durability::Full);
    QVERIFY(database);
    QCOMPARE(*number(**database, u"PRAGMA user_version"_s), 2);
    QCOMPARE(*number(**database, u"SELECT size FROM thing WHERE name = 'old'"_s), 7);
}

void DatabaseTest::failedMigrationLeavesNothing()
{
    const QString broken = u"CREATE TABLE half (id); INSERT INTO nowhere VALUES (1);"_s;
    auto failed = Database::open(path(), {firstScript, broken}, Database::Durability::Full);
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::DatabaseError);
    QVERIFY2(failed.error().detail.contains(u"nowhere"_s), qPrintable(failed.error().detail));
    auto database = Database::open(path(), {firstScript}, Database::Durability::Full);
    QVERIFY(database);
    QCOMPARE(*number(**database, u"PRAGMA user_version"_s), 1);
    QCOMPARE(*number(**database, u"SELECT count(*) FROM sqlite_schema WHERE name = 'half'"_s), 0);
}

void DatabaseTest::refusesANewerFile()
{
    QVERIFY(Database::open(path(), {firstScript, secondScript}, Database::Durability::Full));
    bool damaged = false;
    auto refused = Database::open(path(), {firstScript}, Database::Durability::Full, &damaged);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::DatabaseTooNew);
    QCOMPARE(refused.error().subject, path());
    QVERIFY(damaged);
}

void DatabaseTest::refusesADamagedFile()
{
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    const QByteArray bytes(8192, 'x');
    write(path(), bytes);
    bool damaged = false;
    auto refused = Database::open(path(), {firstScript}, Database::Durability::Full, &damaged);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::DatabaseError);
    QVERIFY(!refused.error().detail.isEmpty());
    QVERIFY(damaged);
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
}

void DatabaseTest::rollsBack()
{
    auto opened = Database::open(path(), {firstScript}, Database::Durability::Full);
    QVERIFY(opened);
    Database& database = **opened;
    auto failed = database.transaction([&]() -> Result<void> {
        if (auto done = insert(database, u"a"_s); !done)
            return done;
        return Error{ErrorKind::InvalidValue, u"b"_s, {}};
    });
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::InvalidValue);
    QCOMPARE(*number(database, u"SELECT count(*) FROM thing"_s), 0);
    QVERIFY(database.transaction([&] { return insert(database, u"a"_s); }));
    QCOMPARE(*number(database, u"SELECT count(*) FROM thing"_s), 1);
}

void DatabaseTest::checksForeignKeys()
{
    auto opened = Database::open(path(), {firstScript}, Database::Durability::Full);
    QVERIFY(opened);
    auto refused = (*opened)->run(u"INSERT INTO part (thing) VALUES (12)"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::DatabaseError);
}

void DatabaseTest::tellsAFolderThatCannotBeMade()
{
    const QString file = m_folder.filePath(u"file"_s);
    write(file, "x");
    auto refused =
        Database::open(file + u"/sub/test.sqlite"_s, {firstScript}, Database::Durability::Full);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::FolderNotWritable);
    QCOMPARE(refused.error().subject, file + u"/sub"_s);
    QVERIFY(!refused.error().detail.isEmpty());

    QVERIFY(QDir().mkpath(path())); // a folder where the file should be
    refused = Database::open(path(), {firstScript}, Database::Durability::Full);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::DatabaseError);
}

void DatabaseTest::tellsAFullDisk()
{
    const QString disk = m_folder.filePath(u"small"_s);
    QVERIFY(QDir().mkpath(disk));
    const test::SmallDisk mounted(disk, "512k");
    if (!mounted)
        QSKIP("a small disk can only be mounted by root");
    {
        auto opened =
            Database::open(disk + u"/test.sqlite"_s, {firstScript}, Database::Durability::Full);
        QVERIFY(opened);
        Database& database = **opened;
        const QString name(20000, u'n');
        Result<void> last;
        int rows = 0;
        for (; last && rows < 100; ++rows)
            last = database.transaction([&] { return insert(database, name); });
        QVERIFY(!last);
        QCOMPARE(last.error().kind, ErrorKind::DiskFull);
        QCOMPARE(*number(database, u"SELECT count(*) FROM thing"_s), rows - 1);
    }
    {
        QFile filler(disk + u"/filler"_s);
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (filler.write(QByteArray(4096, 'f')) == 4096) {
        }
    }
    auto refused =
        Database::open(disk + u"/second.sqlite"_s, {firstScript}, Database::Durability::Full);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::DiskFull);
}

void DatabaseTest::tellsAReadOnlyDisk()
{
    const QString disk = m_folder.filePath(u"fixed"_s);
    QVERIFY(QDir().mkpath(disk));
    const test::SmallDisk mounted(disk, "512k");
    if (!mounted)
        QSKIP("a disk can only be mounted by root");
    const QString file = disk + u"/test.sqlite"_s;
    QVERIFY(Database::open(file, {}, Database::Durability::Full));
    QVERIFY(mounted.makeReadOnly());
    for (const QString& name : {file, disk + u"/other.sqlite"_s}) {
        auto refused = Database::open(name, {firstScript}, Database::Durability::Full);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::FolderNotWritable);
        QCOMPARE(refused.error().subject, disk);
    }
}

void DatabaseTest::readsOnly()
{
    {
        auto database = Database::open(path(), {firstScript}, Database::Durability::Full);
        QVERIFY(database);
        QVERIFY(insert(**database, u"a"_s));
    }
    const QByteArray before = test::contents(path());
    {
        auto database = Database::open(path(), {firstScript}, Database::Durability::ReadOnly);
        QVERIFY(database);
        QCOMPARE(*number(**database, u"SELECT count(*) FROM thing"_s), 1);
        QVERIFY(!insert(**database, u"b"_s));
        // Another one may write meanwhile.
        auto writer = Database::open(path(), {firstScript}, Database::Durability::Full);
        QVERIFY(writer);
    }
    QCOMPARE(test::contents(path()), before);
    QCOMPARE(QDir(QFileInfo(path()).path()).entryList(QDir::Files),
        QStringList{QFileInfo(path()).fileName()}); // nothing is left beside it
}

void DatabaseTest::readsOnlyBesideAWriter()
{
    auto writer = Database::open(path(), {firstScript}, Database::Durability::Full);
    QVERIFY(writer);
    QVERIFY(insert(**writer, u"a"_s));
    {
        auto reader = Database::open(path(), {firstScript}, Database::Durability::ReadOnly);
        QVERIFY(reader);
        QCOMPARE(*number(**reader, u"SELECT count(*) FROM thing"_s), 1);
        QVERIFY(!insert(**reader, u"b"_s));
        QVERIFY(insert(**writer, u"c"_s));
        QCOMPARE(*number(**reader, u"SELECT count(*) FROM thing"_s), 2);
    }
    QVERIFY(QFile::exists(path() + u"-wal"_s)); // it is the writer's
    QVERIFY(insert(**writer, u"d"_s));
    QCOMPARE(*number(**writer, u"SELECT count(*) FROM thing"_s), 3);
}

void DatabaseTest::readsOnlyWhatIsThere()
{
    auto none = Database::open(path(), {firstScript}, Database::Durability::ReadOnly);
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::FileUnreadable);
    QVERIFY(!QFileInfo::exists(QFileInfo(path()).path()));

    QVERIFY(Database::open(path(), {firstScript}, Database::Durability::Full));
    auto older =
        Database::open(path(), {firstScript, secondScript}, Database::Durability::ReadOnly);
    QVERIFY(!older);
    QCOMPARE(older.error().kind, ErrorKind::DatabaseTooOld);
    QCOMPARE(older.error().subject, path());
    auto newer = Database::open(path(), {}, Database::Durability::ReadOnly);
    QVERIFY(!newer);
    QCOMPARE(newer.error().kind, ErrorKind::DatabaseTooNew);
    auto database = Database::open(path(), {firstScript}, Database::Durability::ReadOnly);
    QVERIFY(database);
    QCOMPARE(*number(**database, u"PRAGMA user_version"_s), 1);
}

void DatabaseTest::readsOnlyFromAReadOnlyDisk()
{
    const QString disk = m_folder.filePath(u"fixed 100%?#"_s);
    QVERIFY(QDir().mkpath(disk));
    const test::SmallDisk mounted(disk, "512k");
    if (!mounted)
        QSKIP("a disk can only be mounted by root");
    const QString file = disk + u"/test.sqlite"_s;
    QVERIFY(Database::open(file, {firstScript}, Database::Durability::Full));
    QVERIFY(mounted.makeReadOnly());
    auto database = Database::open(file, {firstScript}, Database::Durability::ReadOnly);
    QVERIFY2(database, database ? "" : qPrintable(database.error().detail));
    QCOMPARE(*number(**database, u"SELECT count(*) FROM thing"_s), 0);
}

void DatabaseTest::twoConnectionsWaitForEachOther()
{
    constexpr int rows = 20;
    for (int round = 0; round < 20; ++round) { // each makes the file anew, both at once
        const QString file = m_folder.filePath(u"deep/shared-%1.sqlite"_s.arg(round));
        DatabaseThread one(file, {firstScript, secondScript}, Database::Durability::Normal);
        DatabaseThread two(file, {firstScript, secondScript}, Database::Durability::Normal);
        QList<QFuture<Result<void>>> done;
        for (int i = 0; i < rows; ++i) {
            for (DatabaseThread* thread : {&one, &two}) {
                done.append(thread->run([](Database& database) {
                    return database.transaction([&] { return insert(database, u"x"_s); });
                }));
            }
        }
        for (const auto& future : std::as_const(done)) {
            const auto result = await(future);
            QVERIFY2(result, qPrintable(result ? QString() : result.error().detail));
        }
        const auto count = await(one.run(
            [](Database& database) { return number(database, u"SELECT count(*) FROM thing"_s); }));
        QCOMPARE(*count, 2 * rows);
    }
}

void DatabaseTest::threadKeepsOrderAndThread()
{
    DatabaseThread thread(path(), {firstScript}, Database::Durability::Normal);
    QList<int> order;
    QSet<QThread*> threads;
    for (int i = 0; i < 100; ++i) {
        (void)thread.run([&, i](Database&) {
            order.append(i);
            threads.insert(QThread::currentThread());
            return Result<void>();
        });
        if (i % 10 == 0)
            thread.wait();
    }
    thread.wait();
    QCOMPARE(order.size(), 100);
    QVERIFY(std::is_sorted(order.cbegin(), order.cend()));
    QCOMPARE(threads.size(), 1);
    QVERIFY(!threads.contains(QThread::currentThread()));
}

void DatabaseTest::waitingForAFutureDoesNotRunItHere()
{
    DatabaseThread thread(path(), {firstScript}, Database::Durability::Normal);
    auto worker = [](Database&) { return Result<QThread*>(QThread::currentThread()); };
    // The second is still waiting its turn when it is waited for.
    auto first = thread.run(worker);
    auto second = thread.run(worker);
    QVERIFY(*second.result() != QThread::currentThread());
    QCOMPARE(*second.result(), *first.result());
}

void DatabaseTest::threadOpensLaterIfItCouldNotAtFirst()
{
    const QString blocker = m_folder.filePath(u"deep"_s);
    write(blocker, "x");
    DatabaseThread thread(path(), {firstScript}, Database::Durability::Normal);
    auto count = [](Database& database) {
        return number(database, u"SELECT count(*) FROM thing"_s);
    };
    const auto refused = await(thread.run(count));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::FolderNotWritable);
    QVERIFY(QFile::remove(blocker));
    QVERIFY(await(thread.run(count)));
}

void DatabaseTest::threadStartsAnew_data()
{
    QTest::addColumn<QString>("damage");
    QTest::newRow("not a database") << u"text"_s;
    QTest::newRow("newer") << u"newer"_s;
    QTest::newRow("a page in the middle") << u"page"_s;
}

void DatabaseTest::threadStartsAnew()
{
    QFETCH(const QString, damage);
    {
        auto database = Database::open(path(), {firstScript}, Database::Durability::Normal);
        QVERIFY(database);
        for (int i = 0; i < 200; ++i)
            QVERIFY(insert(**database, QString(500, u'n')));
        if (damage == u"newer")
            QVERIFY((*database)->run(u"PRAGMA user_version=99"_s));
    }
    QByteArray bytes;
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (damage == u"text") {
            QVERIFY(file.resize(0));
            file.write("this is no database at all, whatever its name says");
        } else if (damage == u"page") {
            // The rows' pages; the schema on the first page stays sound.
            QVERIFY(file.seek(4096));
            file.write(QByteArray(static_cast<qsizetype>(file.size() - 4096), '\xee'));
        }
        QVERIFY(file.seek(0));
        bytes = file.readAll();
    }
    DatabaseThread thread(
        path(), {firstScript}, Database::Durability::Normal, DatabaseThread::Damage::StartAnew);
    const auto count = await(thread.run([](Database& database) {
        return number(database, u"SELECT count(*) FROM thing WHERE name > ''"_s);
    }));
    QVERIFY2(count, qPrintable(count ? QString() : count.error().detail));
    QCOMPARE(*count, 0);
    QVERIFY(
        *await(thread.run([](Database& database) -> Result<bool> { return database.isNew(); })));
    QFile aside(path() + u".set-aside"_s);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), bytes);
}

void DatabaseTest::threadReports()
{
    QVERIFY(Database::open(path(), {firstScript, secondScript}, Database::Durability::Full));
    DatabaseThread thread(path(), {firstScript}, Database::Durability::Full);
    const auto refused = await(thread.run([](Database&) { return Result<void>(); }));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::DatabaseTooNew);
    QVERIFY(QFile::exists(path()));
}

void DatabaseTest::closesOnItsThread()
{
    QList<QFuture<Result<void>>> done;
    {
        DatabaseThread thread(path(), {firstScript}, Database::Durability::Normal);
        for (int i = 0; i < 50; ++i)
            done.append(thread.run([](Database& database) { return insert(database, u"x"_s); }));
    }
    for (const auto& future : std::as_const(done))
        QVERIFY(future.isFinished() && future.result());
    QVERIFY(!QFile::exists(path() + u"-wal"_s)); // a closed file has taken its journal in
}

SEEDBOOK_TEST(DatabaseTest, QCoreApplication)

} // namespace seedbook::databaseTest

#include "DatabaseTest.moc"
