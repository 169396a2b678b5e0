#include "widgets/settings/SettingsDialog.h"

#include "core/Endpoint.h"
#include "settings/KeyStore.h"
#include "settings/Settings.h"
#include "support/TestProgram.h"
#include "widgets/common/MessageLine.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace seedbook::settingsDialogTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

// The dialog on settings of its own, as it is opened.
struct Bench
{
    explicit Bench(const QByteArray& key = {})
        : keys(Endpoint::segmind().origin(), ApiKey(key))
    {
    }
    void open()
    {
        const auto test = [this](const ApiKey& tried, QObject*, const KeyCheckAnswer& answer) {
            tested.append(tried.reveal());
            answerTest = answer;
        };
        dialog = std::make_unique<SettingsDialog>(settings, keys, test, folder.path());
        dialog->show();
    }
    template <typename Widget>
    [[nodiscard]] Widget* part(const QString& name) const
    {
        auto* found = dialog->findChild<Widget*>(name);
        return found ? found : (qFatal("no %s", qPrintable(name)), nullptr);
    }
    [[nodiscard]] QLineEdit* edit(const QString& name) const { return part<QLineEdit>(name); }
    [[nodiscard]] QPushButton* button(const QString& name) const { return part<QPushButton>(name); }
    [[nodiscard]] QCheckBox* check(const QString& name) const { return part<QCheckBox>(name); }
    [[nodiscard]] QComboBox* choice(const QString& name) const { return part<QComboBox>(name); }
    [[nodiscard]] QString says(const QString& name) const
    {
        return part<MessageLine>(name)->text();
    }
    [[nodiscard]] QString keyState() const { return part<QLabel>(u"keyState"_s)->text(); }
    // Typed, and the field left.
    void enter(const QString& name, const QString& text) const
    {
        edit(name)->setText(text);
        Q_EMIT edit(name)->textEdited(text);
        Q_EMIT edit(name)->editingFinished();
    }
    // What the next start reads.
    [[nodiscard]] Settings* saved()
    {
        settings.flush();
        again = std::make_unique<Settings>(folder.filePath(u"seedbook.conf"_s));
        return again.get();
    }

    QTemporaryDir folder;
    Settings settings{folder.filePath(u"seedbook.conf"_s)};
    KeyStore keys;
    QByteArrayList tested;
    KeyCheckAnswer answerTest;
    std::unique_ptr<SettingsDialog> dialog;
    std::unique_ptr<Settings> again;
};

} // namespace

class SettingsDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:"); }
    void aKeyIsForTheEndpointThatIsWritten();
    void theKeyOfAnEndpointThatIsNotWritten();
    void plainHttpIsWarnedOf();
    void keyPageShowsWhereTheKeyIs();
    void keyPageSavesAndRemoves();
    void keyPageTests();
    void libraryPage();
    void servicePage();
    void endpointsThatAreRefused();
    void spendingPage();
    void networkPage();
    void appearancePage();
};

// The new address is written and used from the next start on; its key never meets the old host.
void SettingsDialogTest::aKeyIsForTheEndpointThatIsWritten()
{
    QTemporaryDir folder;
    Settings settings(folder.filePath(u"seedbook.conf"_s));
    KeyStore keys(u"https://old.example"_s, ApiKey("SG_0000000000"));
    int tested = 0;
    SettingsDialog dialog(
        settings, keys, [&tested](const ApiKey&, QObject*, const KeyCheckAnswer&) { ++tested; },
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
        settings, keys, [](const ApiKey&, QObject*, const KeyCheckAnswer&) {}, folder.path());
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
    const auto nothing = [](const ApiKey&, QObject*, const KeyCheckAnswer&) {};
    const QString risk = u"any app that listens there"_s;
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
        QVERIFY(message->text().contains(risk) && message->text().contains(u"restart"_s));
        Q_EMIT endpoint->editingFinished(); // once more, as when the dialog is left
        QVERIFY(message->text().contains(risk));
    }
    SettingsDialog dialog(settings, keys, nothing, folder.path());
    QVERIFY(dialog.findChild<MessageLine*>(u"endpointMessage"_s)->text().contains(risk));
}

void SettingsDialogTest::keyPageShowsWhereTheKeyIs()
{
    Bench none;
    none.open();
    QCOMPARE(none.keyState(), u"Waiting for the keychain…"_s);
    none.keys.load();
    QTRY_VERIFY(none.keys.isLoaded());
    QVERIFY2(
        none.keyState().startsWith(
            u"No key: practice mode, images are drawn on this computer.\nNo keychain found."_s),
        qPrintable(none.keyState()));
    QVERIFY(!none.button(u"saveKey"_s)->isEnabled());
    QVERIFY(!none.button(u"testKey"_s)->isEnabled());
    QVERIFY(!none.button(u"removeKey"_s)->isEnabled());
    QVERIFY(none.edit(u"keyEdit"_s)->placeholderText().startsWith(u"SG_"_s));

    Bench given("SG_0000000000");
    given.open();
    QCOMPARE(
        given.keyState(), u"Using the key from SEGMIND_API_KEY, which overrides the keychain."_s);
    QVERIFY(given.button(u"testKey"_s)->isEnabled());
    QVERIFY(!given.button(u"removeKey"_s)->isEnabled()); // it is not Seedbook's to remove
    QVERIFY(!given.edit(u"keyEdit"_s)->placeholderText().contains(u"SG_"_s));
    QVERIFY(given.edit(u"keyEdit"_s)->text().isEmpty());
}

// There is no keychain here: the key works, and it is said that it is not saved.
void SettingsDialogTest::keyPageSavesAndRemoves()
{
    Bench bench;
    bench.open();
    QSignalSpy saved(&bench.keys, &KeyStore::saved);
    bench.edit(u"keyEdit"_s)->setText(u" SG_1111111111 "_s);
    QVERIFY(bench.button(u"saveKey"_s)->isEnabled());
    bench.button(u"saveKey"_s)->click();
    QCOMPARE(bench.keys.key().reveal(), QByteArray("SG_1111111111"));
    QVERIFY(bench.edit(u"keyEdit"_s)->text().isEmpty()); // it stands nowhere on the screen
    QTRY_COMPARE(saved.size(), 1);
    QVERIFY2(bench.says(u"keyMessage"_s).startsWith(u"No keychain found."_s),
        qPrintable(bench.says(u"keyMessage"_s)));
    QCOMPARE(bench.keyState(), u"The key is not saved; it works until you close Seedbook."_s);
    QVERIFY(bench.button(u"removeKey"_s)->isEnabled());
    bench.edit(u"keyEdit"_s)->setText(u"SG_2"_s);
    bench.button(u"removeKey"_s)->click();
    QVERIFY(bench.keys.key().isEmpty());
    QVERIFY(bench.edit(u"keyEdit"_s)->text().isEmpty());
    QTRY_COMPARE(saved.size(), 2);
    QVERIFY(!bench.button(u"removeKey"_s)->isEnabled());
}

void SettingsDialogTest::keyPageTests()
{
    Bench bench("SG_0000000000");
    bench.open();
    bench.button(u"testKey"_s)->click();
    QCOMPARE(bench.tested, QByteArrayList{"SG_0000000000"});
    QCOMPARE(bench.says(u"keyMessage"_s), u"Testing the key…"_s);
    QVERIFY(!bench.button(u"testKey"_s)->isEnabled()); // one test at a time
    bench.answerTest(true, u"The key works. Balance: $9.25"_s);
    QCOMPARE(bench.says(u"keyMessage"_s), u"The key works. Balance: $9.25"_s);
    QVERIFY(bench.button(u"testKey"_s)->isEnabled());
    // What is entered goes before what is known, and stays.
    bench.edit(u"keyEdit"_s)->setText(u"SG_1111111111 "_s);
    bench.button(u"testKey"_s)->click();
    QCOMPARE(bench.tested.last(), QByteArray("SG_1111111111"));
    bench.answerTest(false, u"The service rejected the API key (401)"_s);
    QCOMPARE(bench.says(u"keyMessage"_s), u"The service rejected the API key (401)"_s);
    QCOMPARE(bench.edit(u"keyEdit"_s)->text(), u"SG_1111111111 "_s);
    QCOMPARE(bench.keys.key().reveal(), QByteArray("SG_0000000000"));
}

void SettingsDialogTest::libraryPage()
{
    Bench bench;
    bench.settings.setLibraryFolder(bench.folder.path());
    bench.open();
    QCOMPARE(bench.edit(u"folderEdit"_s)->text(), bench.folder.path());
    QCOMPARE(bench.says(u"folderMessage"_s), QString());
    for (const QString& wrong : {QString(), u"images"_s, u"./images"_s}) {
        bench.enter(u"folderEdit"_s, wrong);
        QCOMPARE(bench.says(u"folderMessage"_s),
            u"Enter a full path. The current folder stays in use."_s);
        QCOMPARE(bench.settings.libraryFolder(), bench.folder.path());
    }
    const QString other = bench.folder.filePath(u"other"_s);
    bench.enter(u"folderEdit"_s, u' ' + other + u' ');
    QCOMPARE(bench.edit(u"folderEdit"_s)->text(), other);
    QCOMPARE(bench.says(u"folderMessage"_s), u"Takes effect after a restart."_s);
    QCOMPARE(bench.saved()->libraryFolder(), other);
    bench.enter(u"folderEdit"_s, bench.folder.path()); // the one in use
    QCOMPARE(bench.says(u"folderMessage"_s), QString());
    QCOMPARE(bench.saved()->libraryFolder(), bench.folder.path());
}

void SettingsDialogTest::servicePage()
{
    Bench bench;
    bench.settings.setJobsAtOnce(4);
    bench.settings.setRequestsPerMinute(30);
    bench.settings.setRecoverable(true);
    bench.settings.setEndpoint(u"https://a.b"_s);
    bench.open();
    auto* atOnce = bench.part<QSpinBox>(u"jobsAtOnce"_s);
    auto* perMinute = bench.part<QSpinBox>(u"requestsPerMinute"_s);
    QCOMPARE(atOnce->value(), 4);
    QCOMPARE(perMinute->value(), 30);
    QVERIFY(bench.check(u"recoverable"_s)->isChecked());
    QCOMPARE(bench.edit(u"endpoint"_s)->text(), u"https://a.b"_s);
    atOnce->setValue(6);
    perMinute->setValue(0);
    QCOMPARE(perMinute->text(), u"No limit"_s);
    bench.check(u"recoverable"_s)->click();
    bench.enter(u"endpoint"_s, u" https://c.d/e "_s);
    QVERIFY(bench.says(u"endpointMessage"_s).startsWith(u"Takes effect after a restart"_s));
    const Settings* saved = bench.saved();
    QCOMPARE(saved->jobsAtOnce(), 6);
    QCOMPARE(saved->requestsPerMinute(), 0);
    QVERIFY(!saved->isRecoverable());
    QCOMPARE(saved->endpoint(), u"https://c.d/e"_s);
    bench.button(u"endpointReset"_s)->click();
    QCOMPARE(bench.edit(u"endpoint"_s)->text(), QString());
    QCOMPARE(bench.saved()->endpoint(), QString());
}

// Said while they are typed, and never taken.
void SettingsDialogTest::endpointsThatAreRefused()
{
    Bench bench;
    bench.settings.setEndpoint(u"https://a.b"_s);
    bench.open();
    for (const auto& [text, words] :
        {std::pair(u"ftp://a.b"_s, u"“ftp://a.b” is not a valid endpoint"_s),
            {u"https://me:pw@a.b"_s, u"“https://a.b” is not a valid endpoint"_s},
            {u"no address"_s, u"“no address” is not a valid endpoint"_s},
            {u"http://a.b"_s, u"The endpoint is not secure"_s}}) {
        bench.edit(u"endpoint"_s)->setText(text);
        Q_EMIT bench.edit(u"endpoint"_s)->textEdited(text);
        QVERIFY2(bench.says(u"endpointMessage"_s).startsWith(words),
            qPrintable(bench.says(u"endpointMessage"_s)));
        Q_EMIT bench.edit(u"endpoint"_s)->editingFinished();
        QVERIFY(bench.says(u"endpointMessage"_s).startsWith(words));
        QCOMPARE(bench.saved()->endpoint(), u"https://a.b"_s);
    }
    bench.enter(u"endpoint"_s, u"https://a.b"_s);
    QCOMPARE(bench.says(u"endpointMessage"_s), QString());
}

void SettingsDialogTest::spendingPage()
{
    Bench bench;
    bench.settings.setCap(Cap::PerDay, Money::fromUsd(2.5));
    bench.open();
    const auto amount = [&bench](const QString& name) { return bench.part<QDoubleSpinBox>(name); };
    QVERIFY(!bench.check(u"capPerSendOn"_s)->isChecked());
    QVERIFY(!amount(u"capPerSend"_s)->isEnabled());
    QVERIFY(bench.check(u"capPerDayOn"_s)->isChecked());
    QCOMPARE(amount(u"capPerDay"_s)->value(), 2.5);
    QVERIFY(!bench.check(u"capPerMonthOn"_s)->isChecked());
    // What is offered is the cap as soon as it is switched on.
    bench.check(u"capPerSendOn"_s)->click();
    QVERIFY(amount(u"capPerSend"_s)->isEnabled());
    QCOMPARE(bench.saved()->cap(Cap::PerSend), Money::fromUsd(1));
    bench.check(u"capPerMonthOn"_s)->click();
    QCOMPARE(bench.saved()->cap(Cap::PerMonth), Money::fromUsd(50));
    // Whole cents, whatever a double makes of them.
    amount(u"capPerMonth"_s)->setValue(0.29);
    QCOMPARE(bench.saved()->cap(Cap::PerMonth)->micros(), 290'000);
    bench.check(u"capPerDayOn"_s)->click();
    QVERIFY(!amount(u"capPerDay"_s)->isEnabled());
    QCOMPARE(bench.saved()->cap(Cap::PerDay), std::nullopt);
    QCOMPARE(bench.settings.cap(Cap::PerSend), Money::fromUsd(1));
}

void SettingsDialogTest::networkPage()
{
    Bench bench;
    bench.settings.setProxy(
        {ProxyChoice::Mode::Manual, ProxyChoice::Type::Socks5, u"proxy.example"_s, 1080});
    bench.open();
    auto* port = bench.part<QSpinBox>(u"proxyPort"_s);
    QCOMPARE(bench.choice(u"proxyMode"_s)->currentText(), u"Manual"_s);
    QCOMPARE(bench.choice(u"proxyType"_s)->currentText(), u"SOCKS 5"_s);
    QCOMPARE(bench.edit(u"proxyHost"_s)->text(), u"proxy.example"_s);
    QCOMPARE(port->value(), 1080);
    QVERIFY(port->isEnabled());
    bench.choice(u"proxyType"_s)->setCurrentIndex(0);
    bench.enter(u"proxyHost"_s, u" other.example "_s);
    port->setValue(8123);
    const ProxyChoice manual{
        ProxyChoice::Mode::Manual, ProxyChoice::Type::Http, u"other.example"_s, 8123};
    QCOMPARE(bench.saved()->proxy(), manual);
    // The others need no address; what was entered stays for when it does.
    for (const int mode : {0, 1}) {
        bench.choice(u"proxyMode"_s)->setCurrentIndex(mode);
        QVERIFY(!port->isEnabled() && !bench.edit(u"proxyHost"_s)->isEnabled() &&
                !bench.choice(u"proxyType"_s)->isEnabled());
        ProxyChoice choice = manual;
        choice.mode = static_cast<ProxyChoice::Mode>(mode);
        QCOMPARE(bench.saved()->proxy(), choice);
    }
}

void SettingsDialogTest::appearancePage()
{
    Bench bench;
    bench.settings.setTheme(Theme::Light);
    bench.open();
    auto* theme = bench.choice(u"theme"_s);
    QCOMPARE(theme->currentText(), u"Light"_s);
    bench.part<QTabWidget>(u"pages"_s)->setCurrentIndex(5);
    QTest::keyClick(theme, Qt::Key_Down);
    QCOMPARE(theme->currentText(), u"Dark"_s);
    QCOMPARE(bench.saved()->theme(), Theme::Dark);
    QTest::keyClick(theme, Qt::Key_Home);
    QCOMPARE(bench.saved()->theme(), Theme::System);
}

SEEDBOOK_TEST(SettingsDialogTest, QApplication)

} // namespace seedbook::settingsDialogTest

#include "SettingsDialogTest.moc"
