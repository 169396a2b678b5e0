#include "widgets/settings/SettingsDialog.h"

#include "settings/KeyStore.h"
#include "settings/Settings.h"
#include "support/TestProgram.h"
#include "widgets/common/MessageLine.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::settingsDialogTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

class SettingsDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:"); }
    void aKeyIsForTheEndpointThatIsWritten();
    void theKeyOfAnEndpointThatIsNotWritten();
    void plainHttpIsWarnedOf();
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

// As with --endpoint.
void SettingsDialogTest::theKeyOfAnEndpointThatIsNotWritten()
{
    QTemporaryDir folder;
    Settings settings(folder.filePath(u"seedbook.conf"_s));
    KeyStore keys(u"https://other.example"_s, ApiKey("SG_0000000000"));
    const SettingsDialog dialog(
        settings, keys, [](const ApiKey&, QObject*, const KeyTestAnswer&) {}, folder.path());
    const auto* state = dialog.findChild<QLabel*>(u"keyState"_s);
    QVERIFY(state);
    QVERIFY2(state->text().contains(u"https://other.example"_s), qPrintable(state->text()));
}

// While it is typed, when it is taken, and at the next start.
void SettingsDialogTest::plainHttpIsWarnedOf()
{
    QTemporaryDir folder;
    Settings settings(folder.filePath(u"seedbook.conf"_s));
    KeyStore keys(u"https://api.segmind.com"_s, {});
    const auto nothing = [](const ApiKey&, QObject*, const KeyTestAnswer&) {};
    const QString risk = u"whichever program listens there"_s;
    {
        SettingsDialog dialog(settings, keys, nothing, folder.path());
        auto* endpoint = dialog.findChild<QLineEdit*>(u"endpoint"_s);
        auto* message = dialog.findChild<MessageLine*>(u"endpointMessage"_s);
        QVERIFY(endpoint && message);
        QCOMPARE(message->text(), QString());
        endpoint->setText(u"https://localhost:8000"_s);
        Q_EMIT endpoint->textEdited(endpoint->text());
        QCOMPARE(message->text(), QString());
        endpoint->setText(u"http://localhost:8000"_s);
        Q_EMIT endpoint->textEdited(endpoint->text());
        QVERIFY(message->text().contains(risk));
        Q_EMIT endpoint->editingFinished();
        QVERIFY(message->text().contains(risk) && message->text().contains(u"next start"_s));
        Q_EMIT endpoint->editingFinished(); // once more, as when the dialog is left
        QVERIFY(message->text().contains(risk));
    }
    SettingsDialog dialog(settings, keys, nothing, folder.path());
    QVERIFY(dialog.findChild<MessageLine*>(u"endpointMessage"_s)->text().contains(risk));
}

SEEDBOOK_TEST(SettingsDialogTest, QApplication)

} // namespace seedbook::settingsDialogTest

#include "SettingsDialogTest.moc"
