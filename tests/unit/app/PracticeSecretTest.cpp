#include "app/PracticeSecret.h"

#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

namespace seedbook::practiceSecretTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

// What signs the practice service's ids lies in the data folder, and is nobody else's to read.
class PracticeSecretTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keptAndClosed()
    {
        QTemporaryDir bench;
        const QString folder = bench.path();
        const mode_t before = ::umask(0);
        const QByteArray first = practiceSecret(folder);
        ::umask(before);
        QCOMPARE(first.size(), 32);
        QCOMPARE(practiceSecret(folder), first);
        const QByteArray name = QFile::encodeName(folder + u"/practice.secret"_s);
        struct stat info = {};
        QCOMPARE(::stat(name.constData(), &info), 0);
        QCOMPARE(info.st_mode & 07777, 0600u);
        ::chmod(name.constData(), 0644); // a copy of the folder
        QCOMPARE(practiceSecret(folder), first);
        QCOMPARE(::stat(name.constData(), &info), 0);
        QCOMPARE(info.st_mode & 07777, 0600u);
        put(QFile::decodeName(name), "short");
        const QByteArray again = practiceSecret(folder);
        QCOMPARE(again.size(), 32);
        QVERIFY(again != first);
        QVERIFY(practiceSecret(folder + u"/not there"_s).isEmpty());
    }
};

SEEDBOOK_TEST(PracticeSecretTest, QCoreApplication)

} // namespace seedbook::practiceSecretTest

#include "PracticeSecretTest.moc"
