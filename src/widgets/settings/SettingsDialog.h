#pragma once

#include "core/Error.h"
#include "widgets/settings/KeyCheck.h"

#include <QDialog>

#include <memory>
#include <optional>

namespace Ui { // NOLINT(readability-identifier-naming): uic's name
class SettingsDialog;
}

namespace seedbook {

class KeyStore;
class Settings;

// The settings' pages. All but the key take effect as they are changed; the key by Save.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    // `currentFolder` is the library of this run, which may not be the settings' one.
    SettingsDialog(Settings& settings, KeyStore& keys, KeyCheck keyCheck,
        const QString& currentFolder, QWidget* parent = nullptr);
    ~SettingsDialog() override;

private:
    void buildKeyPage();
    void buildLibraryPage();
    void buildServicePage(); // this and the next: SettingsPages.cpp
    void buildMoneyPage();
    void buildNetworkPage();
    bool checkEndpoint();
    void applyEndpoint();
    [[nodiscard]] QString writtenOrigin() const;
    // Those of the endpoint that is written in the settings: a key that is entered is for that one,
    // also before it is used.
    [[nodiscard]] KeyStore& keys();
    void follow(KeyStore& keys);
    void showKeyState();
    void saveKey();
    void testKey();
    void showSaved(const std::optional<Error>& problem);
    void chooseFolder();
    void applyFolder(const QString& folder);

    Settings& m_settings;
    KeyStore& m_keys;
    std::unique_ptr<KeyStore> m_nextKeys; // of an endpoint that is used from the next start on
    KeyCheck m_keyCheck;
    QString m_currentFolder;
    std::unique_ptr<Ui::SettingsDialog> m_ui;
    bool m_removing = false;
};

} // namespace seedbook
