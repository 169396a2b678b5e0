#include "settings/DraftStore.h"

#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::draftStoreTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

class DraftStoreTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    static void put(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

private Q_SLOTS:
    void bringsBackTheLastOfMany()
    {
        const QString file = path(u"a/new/folder/draft.json"_s);
        {
            DraftStore store(file);
            QCOMPARE(store.load(), QJsonObject());
            for (int i = 0; i <= 2000; ++i)
                store.save({{u"prompt"_s, u"灯塔\u00a0👩‍🎨\n"_s}, {u"i"_s, i}});
        }
        DraftStore store(file);
        QCOMPARE(store.load(),
            (QJsonObject{{u"prompt"_s, u"灯塔\u00a0👩‍🎨\n"_s}, {u"i"_s, 2000}}));
        QCOMPARE(
            QDir(path(u"a/new/folder"_s)).entryList(QDir::Files), QStringList{u"draft.json"_s});
        QCOMPARE(
            QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void writesWithoutBeingAskedTwice()
    {
        const QString file = path(u"soon.json"_s);
        DraftStore store(file);
        store.save({{u"i"_s, 1}});
        QTRY_VERIFY(QFile::exists(file));
    }

    void keepsADamagedFileAside_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("torn") << QByteArray("{\"prompt\": \"half");
        QTest::newRow("not an object") << QByteArray("[1, 2]");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not text") << QByteArray("\x00\xff\xfe\x80", 4);
        QTest::newRow("deep") << QByteArray(100000, '[');
        QTest::newRow("too large")
            << "{\"a\": \"" + QByteArray(DraftStore::largestFile, 'x') + "\"}";
    }

    void keepsADamagedFileAside()
    {
        QFETCH(QByteArray, bytes);
        const QString file = path(u"damaged.json"_s);
        put(file, bytes);
        DraftStore store(file);
        QCOMPARE(store.load(), QJsonObject());
        QVERIFY(!QFile::exists(file));
        QFile aside(file + u".damaged"_s);
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), bytes);
    }

    void aPlaceThatCannotBeWrittenDoesNoHarm()
    {
        QTest::ignoreMessage(
            QtWarningMsg, QRegularExpression(u"The draft could not be written.*"_s));
        put(path(u"blocker"_s), "x");
        DraftStore blocked(path(u"blocker/draft.json"_s));
        QCOMPARE(blocked.load(), QJsonObject());
        blocked.save({{u"i"_s, 1}});
    }
};

SEEDBOOK_TEST(DraftStoreTest, QCoreApplication)

} // namespace seedbook::draftStoreTest

#include "DraftStoreTest.moc"
