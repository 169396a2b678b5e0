#include "settings/Settings.h"

#include "settings/Folders.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

namespace seedbook::settingsTest {

using namespace seedbook;
using namespace Qt::StringLiterals;

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startsWithDefaults();
    void comesBack();
    void clampsWhatIsSet();
    void clampsWhatIsRead_data();
    void clampsWhatIsRead();
    void writesOnceForManyChanges();
    void tellsOfChangesOnly();
    void defaultFolderIsNotWritten();
    void survivesHostileFiles_data();
    void survivesHostileFiles();
    void neitherReadsAHugeFileNorLosesIt();
    void doesNotWaitOnAPipe();
    void foldersFollowTheEnvironment();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"config/seedbook.conf"_s); }
    void write(const QByteArray& text) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void SettingsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void SettingsTest::write(const QByteArray& text) const
{
    QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
    QFile out(file());
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(text), text.size());
}

void SettingsTest::startsWithDefaults()
{
    const Settings settings(file());
    QCOMPARE(settings.libraryFolder(), Folders::standard().pictures);
    QCOMPARE(settings.jobsAtOnce(), 2);
    QCOMPARE(settings.theme(), Theme::System);
    QVERIFY(settings.pageState(u"gallery"_s).isEmpty());
    QVERIFY(settings.windowGeometry().isEmpty());
    QVERIFY(settings.windowState().isEmpty());
    QVERIFY2(!QFile::exists(file()), "reading alone writes nothing");
}

void SettingsTest::comesBack()
{
    const QString folder = m_folder->filePath(u"绘画, = ; % \"Bilder\""_s);
    const QByteArray geometry("\x00\x01\xff=;\"\n[x]", 10);
    {
        Settings settings(file());
        settings.setLibraryFolder(folder);
        settings.setJobsAtOnce(6);
        settings.setTheme(Theme::Dark);
        settings.setPageState(u"gallery"_s, "333");
        settings.setPageState(u"another"_s, geometry);
        settings.setWindow(geometry, "state");
    }
    const Settings settings(file());
    QCOMPARE(settings.libraryFolder(), folder);
    QCOMPARE(settings.jobsAtOnce(), 6);
    QCOMPARE(settings.theme(), Theme::Dark);
    QCOMPARE(settings.pageState(u"gallery"_s), "333");
    QCOMPARE(settings.pageState(u"another"_s), geometry);
    QCOMPARE(settings.windowGeometry(), geometry);
    QCOMPARE(settings.windowState(), "state");
}

void SettingsTest::clampsWhatIsSet()
{
    Settings settings(file());
    settings.setJobsAtOnce(0);
    QCOMPARE(settings.jobsAtOnce(), 1);
    settings.setJobsAtOnce(std::numeric_limits<int>::max());
    QCOMPARE(settings.jobsAtOnce(), 6);
    settings.setLibraryFolder(u"relative/folder"_s);
    QCOMPARE(settings.libraryFolder(), Folders::standard().pictures);
}

void SettingsTest::clampsWhatIsRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("jobs");
    QTest::newRow("below") << QByteArray("0") << 1;
    QTest::newRow("negative") << QByteArray("-99999999999999999999") << 1;
    QTest::newRow("above") << QByteArray("7") << 6;
    QTest::newRow("beyond an int") << QByteArray("99999999999") << 6;
    QTest::newRow("exponent") << QByteArray("1e300") << 6;
    QTest::newRow("fraction") << QByteArray("3.9") << 3;
    QTest::newRow("not a number") << QByteArray("nan") << 2;
    QTest::newRow("infinite") << QByteArray("inf") << 2;
    QTest::newRow("words") << QByteArray("many") << 2;
    QTest::newRow("empty") << QByteArray() << 2;
    QTest::newRow("list") << QByteArray("1, 2, 3") << 2;
}

void SettingsTest::clampsWhatIsRead()
{
    QFETCH(QByteArray, text);
    write("[queue]\njobsAtOnce=" + text + "\n");
    QTEST(Settings(file()).jobsAtOnce(), "jobs");
}

void SettingsTest::writesOnceForManyChanges()
{
    Settings settings(file());
    for (int size = 100; size < 300; ++size) {
        settings.setPageState(u"gallery"_s, QByteArray::number(size));
        QCoreApplication::sendPostedEvents();
    }
    QVERIFY2(!QFile::exists(file()), "nothing is written while the slider moves");
    QTRY_VERIFY(QFile::exists(file()));
    QCOMPARE(Settings(file()).pageState(u"gallery"_s), "299");
}

void SettingsTest::tellsOfChangesOnly()
{
    Settings settings(file());
    QSignalSpy jobs(&settings, &Settings::jobsAtOnceChanged);
    QSignalSpy theme(&settings, &Settings::themeChanged);
    QSignalSpy folder(&settings, &Settings::libraryFolderChanged);
    settings.setJobsAtOnce(2);
    settings.setTheme(Theme::System);
    settings.setLibraryFolder(Folders::standard().pictures);
    QCOMPARE(jobs.size() + theme.size() + folder.size(), 0);
    settings.setJobsAtOnce(99);
    settings.setTheme(Theme::Light);
    settings.setLibraryFolder(m_folder->path());
    QCOMPARE(jobs.size(), 1);
    QCOMPARE(jobs.first().first().toInt(), 6);
    QCOMPARE(theme.size(), 1);
    QCOMPARE(folder.size(), 1);
    QCOMPARE(folder.first().first().toString(), m_folder->path());
}

void SettingsTest::defaultFolderIsNotWritten()
{
    Settings settings(file());
    settings.setLibraryFolder(m_folder->path());
    QVERIFY(settings.flush());
    settings.setLibraryFolder({});
    QVERIFY(settings.flush());
    QFile in(file());
    QVERIFY(in.open(QIODevice::ReadOnly));
    QVERIFY(!in.readAll().contains("folder"));
}

void SettingsTest::survivesHostileFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("binary") << QByteArray("\x00\xff\xfe[\x01=\x80\n=\n]\n[[[\n", 15);
    QTest::newRow("unclosed") << QByteArray("[library\nfolder=\"unclosed");
    QTest::newRow("relative") << QByteArray("[library]\nfolder=../../etc\n");
    QTest::newRow("NUL") << QByteArray("[library]\nfolder=\"/tmp/a\\x0/b\"\n");
    QTest::newRow("theme") << QByteArray("[window]\ntheme=99\n");
    QTest::newRow("blob") << "[window]\ngeometry=" + QByteArray(100000, 'x') + "\n";
    QTest::newRow("variant") << QByteArray(
        "[window]\ngeometry=@Variant(\\0\\0\\0\\f\\0\\x7f\\xff\\xff\\xff)\nstate=@Invalid()\n");
    QTest::newRow("other types") << QByteArray(
        "[library]\nfolder=@Size(1 2)\n[window]\ngeometry=@Rect(1 2 3 4)\ntheme=@Point(1 2)\n");
}

void SettingsTest::survivesHostileFiles()
{
    QFETCH(QByteArray, text);
    write(text);
    {
        Settings settings(file());
        QCOMPARE(settings.libraryFolder(), Folders::standard().pictures);
        QCOMPARE(settings.theme(), Theme::System);
        QVERIFY(settings.windowGeometry().size() < 1000);
        settings.setJobsAtOnce(3);
    }
    QCOMPARE(Settings(file()).jobsAtOnce(), 3);
}

void SettingsTest::neitherReadsAHugeFileNorLosesIt()
{
    write("[queue]\njobsAtOnce=5\n");
    QVERIFY(QFile::resize(file(), qint64(1) << 40)); // sparse
    QCOMPARE(Settings(file()).jobsAtOnce(), 2);
    QVERIFY(!QFile::exists(file()));
    QVERIFY(QFile::exists(file() + u".unusable"_s));
}

void SettingsTest::doesNotWaitOnAPipe()
{
    QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
    QCOMPARE(mkfifo(QFile::encodeName(file()).constData(), 0600), 0);
    Settings settings(file());
    settings.setJobsAtOnce(4);
    QVERIFY(settings.flush());
    QVERIFY(QFileInfo(file()).isFile());
}

void SettingsTest::foldersFollowTheEnvironment()
{
    for (const char* name : {"XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"})
        qputenv(name, QFile::encodeName(m_folder->filePath(QString::fromLatin1(name))));
    qputenv("XDG_PICTURES_DIR", QFile::encodeName(m_folder->filePath(u"shots/"_s)));
    const Folders folders = Folders::standard();
    QCOMPARE(folders.data, m_folder->filePath(u"XDG_DATA_HOME/seedbook"_s));
    QCOMPARE(folders.cache, m_folder->filePath(u"XDG_CACHE_HOME/seedbook"_s));
    QCOMPARE(folders.config, m_folder->filePath(u"XDG_CONFIG_HOME/seedbook"_s));
    QCOMPARE(folders.pictures, m_folder->filePath(u"shots/Seedbook"_s));

    qputenv("XDG_PICTURES_DIR", "not/absolute");
    QVERIFY(QDir::isAbsolutePath(Folders::standard().pictures));
    QVERIFY(Folders::standard().pictures.endsWith(u"/Seedbook"_s));
    QVERIFY(!Folders::standard().pictures.contains(u"not/absolute"_s));
}

SEEDBOOK_TEST(SettingsTest, QCoreApplication)

} // namespace seedbook::settingsTest

#include "SettingsTest.moc"
