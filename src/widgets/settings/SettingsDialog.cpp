#include "widgets/settings/SettingsDialog.h"

#include "core/Endpoint.h"
#include "core/ErrorText.h"
#include "settings/KeyStore.h"
#include "settings/Settings.h"
#include "ui_SettingsDialog.h"

#include <QDir>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace seedbook {

SettingsDialog::SettingsDialog(Settings& settings, KeyStore& keys, KeyCheck keyCheck,
    const QString& currentFolder, QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_keys(keys)
    , m_keyCheck(std::move(keyCheck))
    , m_currentFolder(currentFolder)
    , m_ui(std::make_unique<Ui::SettingsDialog>())
{
    m_ui->setupUi(this);
    for (QLineEdit* edit : {m_ui->keyEdit, m_ui->folderEdit, m_ui->endpoint, m_ui->proxyHost})
        edit->setTextMargins(4, 0, 4, 0); // in line with the spin boxes
    buildKeyPage();
    buildLibraryPage();
    buildServicePage();
    buildMoneyPage();
    buildNetworkPage();
    m_ui->theme->setCurrentIndex(static_cast<int>(m_settings.theme()));
    connect(m_ui->theme, &QComboBox::activated, this,
        [this](int index) { m_settings.setTheme(static_cast<Theme>(index)); });
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::buildKeyPage()
{
    connect(m_ui->saveKey, &QPushButton::clicked, this, &SettingsDialog::saveKey);
    connect(m_ui->testKey, &QPushButton::clicked, this, &SettingsDialog::testKey);
    connect(m_ui->removeKey, &QPushButton::clicked, this, [this] {
        m_removing = true;
        m_ui->keyEdit->clear();
        keys().remove();
    });
    connect(m_ui->keyEdit, &QLineEdit::textChanged, this, &SettingsDialog::showKeyState);
    // Return in the field means Save, not Close.
    m_ui->saveKey->setDefault(true);
    follow(m_keys);
    showKeyState();
}

void SettingsDialog::follow(KeyStore& keys)
{
    connect(&keys, &KeyStore::keyChanged, this, &SettingsDialog::showKeyState);
    connect(&keys, &KeyStore::loaded, this, &SettingsDialog::showKeyState);
    connect(&keys, &KeyStore::saved, this, &SettingsDialog::showSaved);
}

QString SettingsDialog::writtenOrigin() const
{
    const auto written = Endpoint::parse(m_settings.endpoint());
    return (written ? *written : Endpoint::segmind()).origin();
}

KeyStore& SettingsDialog::keys()
{
    const QString origin = writtenOrigin();
    if (!m_settings.isEndpointPending() || origin == m_keys.origin())
        return m_keys;
    if (!m_nextKeys || m_nextKeys->origin() != origin) {
        m_nextKeys = std::make_unique<KeyStore>(origin, ApiKey());
        follow(*m_nextKeys);
        m_nextKeys->load();
    }
    return *m_nextKeys;
}

void SettingsDialog::buildLibraryPage()
{
    m_ui->folderEdit->setText(QDir::toNativeSeparators(m_settings.libraryFolder()));
    connect(m_ui->folderEdit, &QLineEdit::editingFinished, this,
        [this] { applyFolder(QDir::fromNativeSeparators(m_ui->folderEdit->text().trimmed())); });
    connect(m_ui->chooseFolder, &QPushButton::clicked, this, &SettingsDialog::chooseFolder);
}

void SettingsDialog::showKeyState()
{
    const bool entered = !m_ui->keyEdit->text().trimmed().isEmpty();
    const KeyStore& keys = this->keys();
    const bool isNext = &keys != &m_keys;
    const bool known = !keys.key().isEmpty();
    const bool fromEnvironment = keys.source() == KeyStore::Source::Environment;
    m_ui->saveKey->setEnabled(entered);
    // The service of this run is not to see it.
    m_ui->testKey->setEnabled((entered || known) && !isNext);
    m_ui->removeKey->setEnabled(known && !fromEnvironment);
    m_ui->keyEdit->setPlaceholderText(
        known ? tr("Key saved. Enter a new key to replace it.") : u"SG_…"_s);

    QString words;
    switch (keys.source()) {
    case KeyStore::Source::None:
        words = keys.isLoaded() ? tr("No key: practice mode, images are drawn on this computer.")
                                : tr("Waiting for the keychain…");
        if (keys.problem())
            words += u'\n' + sentence(*keys.problem());
        break;
    case KeyStore::Source::Environment:
        words = tr("Using the key from SEGMIND_API_KEY, which overrides the keychain.");
        break;
    case KeyStore::Source::Keychain:
        words = tr("The key is stored in the system keychain.");
        break;
    case KeyStore::Source::ThisRun:
        words = tr("The key is not saved; it works until you close Seedbook.");
        break;
    }
    if (isNext)
        words = tr("This key is for %1, which takes effect after a restart.").arg(keys.origin());
    else if (keys.origin() != writtenOrigin())
        words += u'\n' + (known ? tr("It is for %1, the endpoint of this session.")
                                : tr("A key you enter is for %1, the endpoint of this session."))
                             .arg(keys.origin());
    m_ui->keyState->setText(words);
}

void SettingsDialog::saveKey()
{
    m_removing = false;
    m_ui->keyMessage->clear();
    keys().save(ApiKey(m_ui->keyEdit->text().trimmed().toUtf8()));
    m_ui->keyEdit->clear();
}

void SettingsDialog::testKey()
{
    const QByteArray entered = m_ui->keyEdit->text().trimmed().toUtf8();
    m_ui->testKey->setEnabled(false);
    m_ui->keyMessage->say(MessageLine::Kind::Note, tr("Testing the key…"));
    m_keyCheck(entered.isEmpty() ? keys().key() : ApiKey(entered), this,
        [this](bool works, const QString& words) {
            m_ui->keyMessage->say(
                works ? MessageLine::Kind::Note : MessageLine::Kind::Problem, words);
            showKeyState();
        });
}

void SettingsDialog::showSaved(const std::optional<Error>& problem)
{
    if (problem)
        m_ui->keyMessage->say(MessageLine::Kind::Warning, sentence(*problem));
    else
        m_ui->keyMessage->say(MessageLine::Kind::Note,
            m_removing ? tr("Key removed.") : tr("Key saved in the keychain."));
    showKeyState();
}

void SettingsDialog::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Library folder"), m_settings.libraryFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &SettingsDialog::applyFolder);
    dialog->open();
}

void SettingsDialog::applyFolder(const QString& folder)
{
    if (folder.isEmpty() || !QDir::isAbsolutePath(folder)) {
        m_ui->folderMessage->say(
            MessageLine::Kind::Problem, tr("Enter a full path. The current folder stays in use."));
        return;
    }
    m_ui->folderEdit->setText(QDir::toNativeSeparators(folder));
    if (folder != m_settings.libraryFolder())
        m_settings.setLibraryFolder(folder);
    if (folder == m_currentFolder)
        m_ui->folderMessage->clear();
    else
        m_ui->folderMessage->say(MessageLine::Kind::Note, tr("Takes effect after a restart."));
}

} // namespace seedbook

#include "moc_SettingsDialog.cpp"
