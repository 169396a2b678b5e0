#include "support/ProgramBench.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QTest>

#include <sys/stat.h>

namespace seedbook::closedFilesTest {

using namespace Qt::StringLiterals;
using namespace seedbook::test;

namespace {

// "rights path" for each thing at and below a folder that has other rights than these.
QStringList others(const QString& folder, int folders, int files)
{
    QStringList found;
    const auto look = [&](const QString& path) {
        struct stat info = {};
        if (::lstat(QFile::encodeName(path).constData(), &info) != 0)
            return found.append(u"? "_s + path);
        const int rights = info.st_mode & 07777;
        if (!S_ISLNK(info.st_mode) && rights != (S_ISDIR(info.st_mode) ? folders : files))
            found.append(QString::number(rights, 8) + u' ' + path);
    };
    look(folder);
    QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (it.hasNext())
        look(it.next());
    return found;
}

} // namespace

// Nobody else on the machine reads a prompt, a sum or a thumbnail; the pictures are the person's,
// to share as they share their files.
class ClosedFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFile_data()
    {
        QTest::addColumn<QString>("mask");
        QTest::addColumn<int>("folders");
        QTest::addColumn<int>("files");
        QTest::newRow("who shares what they make") << u"022"_s << 0755 << 0644;
        QTest::newRow("with a group") << u"027"_s << 0750 << 0640;
        QTest::newRow("with nobody") << u"077"_s << 0700 << 0600;
    }
    void everyFile()
    {
        QFETCH(const QString, mask);
        QFETCH(const int, folders);
        QFETCH(const int, files);
        ProgramBench bench;
        const QStringList own{bench.dataFolder(), bench.path(u"XDG_CACHE_HOME/seedbook"_s),
            bench.path(u"XDG_CONFIG_HOME/seedbook"_s)};
        // What an earlier version left.
        for (const QString& folder : own) {
            for (const auto* name : {"seedbook.conf", "ledger.lock.old", "log/seedbook.log"}) {
                const QString path = folder + u'/' + QLatin1StringView(name);
                put(path, "");
                ::chmod(QFile::encodeName(path).constData(), 0666);
                ::chmod(QFile::encodeName(QFileInfo(path).path()).constData(), 0777);
            }
        }
        QFile::remove(own.at(1) + u"/log/seedbook.log"_s); // the cache's folders keep their own
        const Run run = bench.runShell(
            u"umask %1; exec \"$0\" generate --practice --practice-seconds 0 --prompt fox"_s.arg(
                mask));
        QVERIFY2(run.exitCode == 0, qPrintable(run.said));
        for (const QString& folder : own)
            QCOMPARE(others(folder, 0700, 0600), QStringList());
        QVERIFY(QFile::exists(own.at(0) + u"/ledger.sqlite"_s));
        QVERIFY(QFile::exists(own.at(1) + u"/index.sqlite"_s));
        const QString library = bench.path(u"XDG_PICTURES_DIR/Seedbook"_s);
        QCOMPARE(others(library, folders, files), QStringList());
        QCOMPARE(filesBelow(library).size(), 1); // beside its mark
    }
};

SEEDBOOK_TEST(ClosedFilesTest, QCoreApplication)

} // namespace seedbook::closedFilesTest

#include "ClosedFilesTest.moc"
