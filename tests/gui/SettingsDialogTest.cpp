#include "widgets/settings/SettingsDialog.h"

#include "settings/KeyStore.h"
#include "settings/Settings.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace seedbook;

class SettingsDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:"); }
    void aKeyIsForTheEndpointThatIsWritten();
};

// The new address is written and used from the next start on; its key never meets the old host.
void SettingsDialogTest::aKeyIsForTheEndpointThatIsWritten()
{
    QTemporaryDir folder;
    Settings settings(folder.filePath(u"seedbook.conf"_s));
    KeyStore keys(u"https://old.example"_s, ApiKey("SG_0000000000"));
    int tested = 0;
    SettingsDialog dialog(
        settings, keys, [&tested](const ApiKey&, QObject*, const KeyTestAnswer&) { ++tested; },
        folder.path());
    dialog.show();
    auto* endpoint = dialog.findChild<QLineEdit*>(u"endpoint"_s);
    auto* key = dialog.findChild<QLineEdit*>(u"keyEdit"_s);
    auto* save = dialog.findChild<QPushButton*>(u"saveKey"_s);
    auto* test = dialog.findChild<QPushButton*>(u"testKey"_s);
    QVERIFY(endpoint && key && save && test);
    endpoint->setText(u"https://new.example"_s);
    Q_EMIT endpoint->editingFinished();
    QVERIFY(settings.isEndpointPending());
    key->setText(u"SG_1111111111"_s);
    QVERIFY(!test->isEnabled());
    save->click();
    QCOMPARE(keys.key().reveal(), QByteArray("SG_0000000000"));
    QCOMPARE(tested, 0);
    // Back to the one of this run: that one's key again.
    endpoint->setText(QString());
    Q_EMIT endpoint->editingFinished();
    key->setText(u"SG_2222222222"_s);
    save->click();
    QCOMPARE(keys.key().reveal(), QByteArray("SG_2222222222"));
}

QTEST_MAIN(SettingsDialogTest)
#include "SettingsDialogTest.moc"
