#include "library/FolderWatcher.h"

#include "library/FolderWalk.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QMutex>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

namespace seedbook::folderWatcherTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

void put(const QString& path, const QByteArray& bytes = "a picture")
{
    QFile file(path);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

// What the watcher told, until now.
class Told final
{
public:
    [[nodiscard]] FolderWatcher::Listener listener()
    {
        return {[this](const QStringList& paths) {
                    const QMutexLocker lock(&m_mutex);
                    for (const QString& path : paths)
                        m_paths.insert(path);
                },
            [this] {
                const QMutexLocker lock(&m_mutex);
                ++m_lost;
            }};
    }
    [[nodiscard]] int lost() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_lost;
    }
    [[nodiscard]] QSet<QString> paths() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_paths;
    }
    QSet<QString> take()
    {
        const QMutexLocker lock(&m_mutex);
        return std::exchange(m_paths, {});
    }

private:
    mutable QMutex m_mutex;
    QSet<QString> m_paths;
    int m_lost = 0;
};

} // namespace

class FolderWatcherTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->filePath(u"library"_s);
        QVERIFY(QDir().mkpath(m_folder));
    }

    void tellsOfEveryKindOfChange()
    {
        put(at(u"there.png"_s));
        put(at(u"day/below.jpg"_s));
        Told told;
        const FolderWatcher watcher(m_folder, told.listener());
        QTRY_COMPARE(told.lost(), 1); // it watches

        const auto step = [&](const QSet<QString>& expected) {
            QTRY_VERIFY_WITH_TIMEOUT(told.paths().contains(expected), 2000);
            const QSet<QString> all = told.take();
            QVERIFY2(all == expected, qPrintable(QStringList(all.values()).join(u", "_s)));
        };
        put(at(u"new.png"_s));
        step({u"new.png"_s});
        put(at(u"there.png"_s), "other");
        step({u"there.png"_s});
        QVERIFY(QFile::rename(at(u"there.png"_s), at(u"day/moved.WEBP"_s)));
        step({u"there.png"_s, u"day/moved.WEBP"_s});
        QVERIFY(QFile::remove(at(u"day/below.jpg"_s)));
        step({u"day/below.jpg"_s});
        put(at(u"new.png.xmp"_s));
        step({u"new.png.xmp"_s});
        QVERIFY(QFile::setPermissions(at(u"new.png"_s), QFile::ReadOwner));
        step({u"new.png"_s});
        // Neither of these is ever closed after it was written.
        QCOMPARE(::link(QFile::encodeName(at(u"new.png"_s)).constData(),
                     QFile::encodeName(at(u"second.png"_s)).constData()),
            0);
        QCOMPARE(::mkfifo(QFile::encodeName(at(u"pipe.png"_s)).constData(), 0600), 0);
        QTRY_VERIFY(told.paths().contains({u"second.png"_s, u"pipe.png"_s}));
        told.take();
        // Folders: new ones are watched, wherever they come from.
        QVERIFY(QDir().mkpath(at(u"deep/deeper"_s)));
        QTRY_VERIFY(told.paths().contains(u"deep"_s));
        told.take();
        put(at(u"deep/deeper/far.png"_s));
        step({u"deep/deeper/far.png"_s});
        QVERIFY(QDir().rename(at(u"deep"_s), at(u"renamed"_s)));
        step({u"deep"_s, u"renamed"_s});
        put(at(u"renamed/deeper/far.png"_s), "again");
        step({u"renamed/deeper/far.png"_s});
        // A folder that comes with all that is in it.
        put(m_temporary->filePath(u"outside/in/it.png"_s));
        QVERIFY(QDir().rename(m_temporary->filePath(u"outside"_s), at(u"inside"_s)));
        step({u"inside"_s});
        put(at(u"inside/in/it.png"_s), "again");
        step({u"inside/in/it.png"_s});
        // What has gone out of it is nobody's affair.
        QVERIFY(QDir().rename(at(u"inside"_s), m_temporary->filePath(u"outside"_s)));
        step({u"inside"_s});
        put(m_temporary->filePath(u"outside/in/it.png"_s), "outside");
        put(at(u"last.png"_s));
        step({u"last.png"_s});
        QCOMPARE(told.lost(), 1);
    }

    void passesOverWhatIsNoPicture()
    {
        Told told;
        const FolderWatcher watcher(m_folder, told.listener());
        QTRY_COMPARE(told.lost(), 1);
        put(at(u".seedbook-1.part"_s));
        put(at(u".hidden.png"_s));
        put(at(u"notes.txt"_s));
        put(at(u".thumbnails/x.png"_s));
        QFile half(at(u"half.png"_s)); // not closed
        QVERIFY(half.open(QIODevice::WriteOnly));
        QCOMPARE(half.write("half"), 4);
        QVERIFY(half.flush());
        put(at(u"whole.png"_s));
        QTRY_COMPARE(told.paths(), QSet<QString>{u"whole.png"_s});
        half.close();
        QTRY_COMPARE(told.paths(), (QSet<QString>{u"whole.png"_s, u"half.png"_s}));
    }

    void waitsForAFolderThatIsNotThere()
    {
        QVERIFY(QDir(m_folder).removeRecursively());
        Told told;
        FolderWatcher watcher(m_folder, told.listener());
        QTRY_COMPARE(told.lost(), 1);
        QVERIFY(QDir().mkpath(m_folder));
        QTRY_COMPARE(told.lost(), 2); // by itself
        put(at(u"first.png"_s));
        QTRY_VERIFY(told.paths().contains(u"first.png"_s));
        told.take();
        // Another folder in its place.
        QVERIFY(QDir().rename(m_folder, m_temporary->filePath(u"away"_s)));
        QTRY_VERIFY(told.lost() >= 3);
        const int before = told.lost();
        QVERIFY(QDir().mkpath(m_folder));
        watcher.check();
        QTRY_VERIFY(told.lost() > before);
        put(at(u"second.png"_s));
        QTRY_VERIFY(told.paths().contains(u"second.png"_s));
        told.take();
    }

    // Whatever happens in whatever order: who takes what is told ends with what is there.
    void neverMissesTheLastWord()
    {
        Told told;
        const FolderWatcher watcher(m_folder, told.listener());
        QTRY_COMPARE(told.lost(), 1);
        QRandomGenerator dice(7);
        QHash<QString, qint64> seen; // as somebody would keep it who follows what is told
        const std::atomic_bool stop = false;
        const auto follow = [&] {
            for (const QString& path : told.take()) {
                seen.removeIf([&path](const auto& entry) {
                    return entry.key() == path || entry.key().startsWith(path + u'/');
                });
                (void)walkBelow(m_folder, path, stop,
                    [&seen](const FoundFile& file) { seen.insert(file.path, file.state.bytes); });
            }
        };
        const auto name = [&dice] {
            return u"%1/%2.png"_s.arg(dice.bounded(12)).arg(dice.bounded(100));
        };
        for (int i = 0; i < 4000; ++i) {
            switch (dice.bounded(8)) {
            case 0:
                QDir().mkpath(at(QString::number(dice.bounded(12))));
                QDir().rename(
                    at(QString::number(dice.bounded(12))), at(QString::number(dice.bounded(12))));
                break;
            case 1:
                QFile::remove(at(name()));
                break;
            case 2: {
                const QString to = name();
                QDir().mkpath(at(to.section(u'/', 0, 0)));
                QFile::rename(at(name()), at(to));
                break;
            }
            default:
                put(at(name()), QByteArray(dice.bounded(1, 1000), 'x'));
            }
            if (i % 97 == 0)
                follow();
        }
        put(at(u"end.png"_s));
        QTRY_VERIFY(told.paths().contains(u"end.png"_s));
        follow();
        QHash<QString, qint64> there;
        (void)walkFolder(m_folder, stop,
            [&there](const FoundFile& file) { there.insert(file.path, file.state.bytes); });
        QVERIFY(there.size() > 100);
        QCOMPARE(seen, there);
        QCOMPARE(told.lost(), 1);
    }

private:
    [[nodiscard]] QString at(const QString& path) const { return m_folder + u'/' + path; }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
};

SEEDBOOK_TEST(FolderWatcherTest, QCoreApplication)

} // namespace seedbook::folderWatcherTest

#include "FolderWatcherTest.moc"
