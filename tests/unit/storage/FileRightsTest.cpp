#include "storage/FileRights.h"

#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

namespace seedbook::fileRightsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

int rightsOf(const QString& path)
{
    struct stat info = {};
    return ::lstat(QFile::encodeName(path).constData(), &info) == 0 ? int(info.st_mode & 07777)
                                                                    : -1;
}

void give(const QString& path, mode_t rights)
{
    if (::chmod(QFile::encodeName(path).constData(), rights) != 0)
        qFatal("chmod");
}

} // namespace

class FileRightsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsThereIsClosed()
    {
        QTemporaryDir folder;
        const QString top = folder.filePath(u"top"_s);
        for (const auto* name : {"a", ".hidden", "below/b", "below/deep/c"})
            put(top + u'/' + QLatin1StringView(name), "x");
        put(folder.filePath(u"elsewhere"_s), "x");
        QVERIFY(QFile::link(folder.filePath(u"elsewhere"_s), top + u"/link"_s));
        const QStringList all{u""_s, u"/a"_s, u"/.hidden"_s, u"/below"_s, u"/below/b"_s,
            u"/below/deep"_s, u"/below/deep/c"_s};
        for (const QString& path : all)
            give(top + path, path.endsWith(u'a') ? 0666 : 0755);
        give(top + u"/below/b"_s, 0444);
        give(folder.filePath(u"elsewhere"_s), 0644);
        closeToOthers(top, 1);
        QCOMPARE(rightsOf(top), 0700);
        QCOMPARE(rightsOf(top + u"/a"_s), 0600);
        QCOMPARE(rightsOf(top + u"/.hidden"_s), 0700); // it could be run
        QCOMPARE(rightsOf(top + u"/below"_s), 0700);
        QCOMPARE(rightsOf(top + u"/below/deep"_s), 0755); // not that deep
        closeToOthers(top, 8);
        for (const QString& path : all)
            QCOMPARE(rightsOf(top + path) & 077, 0);
        QCOMPARE(rightsOf(top + u"/below/b"_s), 0400);
        QCOMPARE(rightsOf(folder.filePath(u"elsewhere"_s)), 0644);
        // A library that somebody put there is theirs.
        put(top + u"/below/deep/.seedbook-library"_s, "{}");
        give(top + u"/below/deep"_s, 0755);
        give(top + u"/below/deep/c"_s, 0644);
        closeToOthers(top, 8);
        QCOMPARE(rightsOf(top + u"/below/deep"_s), 0755);
        QCOMPARE(rightsOf(top + u"/below/deep/c"_s), 0644);
        give(top, 0755);
        QVERIFY(QFile::link(top, folder.filePath(u"moved"_s)));
        closeToOthers(folder.filePath(u"moved"_s));
        QCOMPARE(rightsOf(top), 0700);
        closeToOthers(folder.filePath(u"none"_s), 8);
        QVERIFY(!QFileInfo::exists(folder.filePath(u"none"_s)));
    }

    void whatIsMadeIsClosedButForThePersonsOwn()
    {
        const mode_t before = ::umask(027);
        const auto back = qScopeGuard([before] { ::umask(before); });
        QTemporaryDir folder;
        int number = 0;
        const auto made = [&] {
            const QString path = folder.filePath(QString::number(++number));
            put(path, "x");
            return rightsOf(path);
        };
        QCOMPARE(made(), 0640);
        closeFilesToOthers();
        QCOMPARE(made(), 0600);
        {
            const PersonsFiles one;
            QCOMPARE(made(), 0640);
            {
                const PersonsFiles other;
                QCOMPARE(made(), 0640);
            }
            QCOMPARE(made(), 0640);
        }
        QCOMPARE(made(), 0600);
        closeFilesToOthers(); // the person's are not forgotten
        const PersonsFiles again;
        QCOMPARE(made(), 0640);
    }
};

SEEDBOOK_TEST(FileRightsTest, QCoreApplication)

} // namespace seedbook::fileRightsTest

#include "FileRightsTest.moc"
