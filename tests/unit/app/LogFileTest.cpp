#include "app/LogFile.h"

#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sys/stat.h>

namespace seedbook::logFileTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

Q_LOGGING_CATEGORY(calls, "seedbook.calls")

// Stands where standard error would be.
QStringList shown;

void show(QtMsgType, const QMessageLogContext&, const QString& message)
{
    shown.append(message);
}

// Which file it is, whatever it is called by now; 0 where there is none.
ino_t inodeOf(const QString& path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_ino : 0;
}

} // namespace

class LogFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        shown.clear();
        qunsetenv("QT_LOGGING_RULES");
        m_folder = std::make_unique<QTemporaryDir>();
        m_before = qInstallMessageHandler(&show);
    }
    void cleanup() { qInstallMessageHandler(m_before); }
    void writesALineEach();
    void showsWarningsAlone();
    void showsAllWhereItIsAskedFor();
    void keepsSecretsOut();
    void oneLineEach();
    void staysSmall();
    void worksWithoutAFolder();
    void opensNothingByItself();

private:
    // Of what `say` has said while there was a log: written when that ends.
    template <typename Saying>
    QList<QByteArray> logOf(const Saying& say)
    {
        {
            const LogFile log;
            LogFile::open(folder());
            say();
        }
        QFile file(folder() + u"/seedbook.log"_s);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QList<QByteArray> lines = file.readAll().split('\n');
        lines.removeLast(); // behind the last line's end
        return lines;
    }
    [[nodiscard]] QString folder() const { return m_folder->filePath(u"data/log"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QtMessageHandler m_before = nullptr;
};

void LogFileTest::writesALineEach()
{
    const auto lines = logOf([] {
        qCInfo(calls, "POST /v1/qwen-image 200");
        qWarning("the disk is slow");
        qCCritical(calls, "no way on");
    });
    QCOMPARE(lines.size(), 3);
    // The moment with its zone, how grave it is, the category.
    static const QRegularExpression form(
        u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d (.*)$"_s);
    const auto rest = [](const QByteArray& line) {
        return form.match(QString::fromUtf8(line)).captured(1);
    };
    QCOMPARE(rest(lines.at(0)), u"I seedbook.calls POST /v1/qwen-image 200"_s);
    QCOMPARE(rest(lines.at(1)), u"W default the disk is slow"_s);
    QCOMPARE(rest(lines.at(2)), u"E seedbook.calls no way on"_s);
}

void LogFileTest::showsWarningsAlone()
{
    logOf([] {
        qCInfo(calls, "quiet");
        qWarning("loud");
    });
    QCOMPARE(shown, QStringList{u"loud"_s});
    qWarning("later"); // its handler is back
    QCOMPARE(shown, (QStringList{u"loud"_s, u"later"_s}));
}

void LogFileTest::showsAllWhereItIsAskedFor()
{
    qputenv("QT_LOGGING_RULES", "seedbook.*=true");
    logOf([] { qCInfo(calls, "quiet"); });
    QCOMPARE(shown, QStringList{u"quiet"_s});
}

// In the file and on standard error.
void LogFileTest::keepsSecretsOut()
{
    const auto lines = logOf([] { qWarning("the key SG_0123456789abcdef was sent"); });
    QCOMPARE(lines.size(), 1);
    QVERIFY2(!lines.first().contains("0123456789abcdef"), lines.first().constData());
    QVERIFY(lines.first().contains("the key SG_… was sent"));
    QCOMPARE(shown, QStringList{u"the key SG_… was sent"_s});
}

// What a service sends can neither begin a line of its own nor steer a terminal.
void LogFileTest::oneLineEach()
{
    const auto lines = logOf([] {
        qWarning("a\n2026-01-01 W forged \x1b[31m");
        qWarning("%s", QByteArray(5000, 'x').constData());
    });
    QCOMPARE(lines.size(), 2);
    QVERIFY2(
        lines.at(0).endsWith("a 2026-01-01 W forged \xef\xbf\xbd[31m"), lines.at(0).constData());
    QVERIFY(lines.at(1).size() < 2100 && lines.at(1).endsWith("…"));
}

// 1 MiB, and two older ones. Lines that come faster than they are written may be left out.
void LogFileTest::staysSmall()
{
    const QByteArray line(1900, 'x');
    const auto older = [this] { return QFileInfo(folder() + u"/seedbook.2.log"_s); };
    logOf([&] {
        const auto sayMore = [&] {
            for (int i = 0; i < 100; ++i)
                qCInfo(calls, "%s", line.constData());
        };
        QTRY_VERIFY_WITH_TIMEOUT((sayMore(), older().exists()), 60000);
        const ino_t oldest = inodeOf(older().filePath());
        QTRY_VERIFY_WITH_TIMEOUT((sayMore(), inodeOf(older().filePath()) != oldest), 60000);
    });
    const auto files = QDir(folder()).entryInfoList(QDir::Files);
    QCOMPARE(files.size(), 3);
    for (const QFileInfo& file : files)
        QVERIFY2(file.size() <= 1 << 20, qPrintable(file.fileName()));
}

void LogFileTest::worksWithoutAFolder()
{
    QFile inTheWay(m_folder->filePath(u"data"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QVERIFY(logOf([] { qWarning("said all the same"); }).isEmpty());
    QCOMPARE(shown, QStringList{u"said all the same"_s});
}

void LogFileTest::opensNothingByItself()
{
    LogFile::open(folder());
    qWarning("nobody writes this");
    QVERIFY(!QFile::exists(folder()));
}

SEEDBOOK_TEST(LogFileTest, QCoreApplication)

} // namespace seedbook::logFileTest

#include "LogFileTest.moc"
