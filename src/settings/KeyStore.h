#pragma once

#include "core/ApiKey.h"
#include "core/Error.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace seedbook {

// The API key of one endpoint's origin: SEGMIND_API_KEY first, else the system's keychain, else what
// was entered for this run. Nothing here blocks, and no answer of the keychain is waited for longer
// than a few seconds.
class KeyStore final : public QObject
{
    Q_OBJECT

public:
    enum class Source {
        None,
        Environment, // SEGMIND_API_KEY; the keychain is not asked
        Keychain,
        ThisRun, // entered, and the keychain could not take it
    };
    Q_ENUM(Source)

    // `environmentKey` is SEGMIND_API_KEY's value (empty: not set).
    KeyStore(QString origin, ApiKey environmentKey, QObject* parent = nullptr);
    ~KeyStore() override;

    // Asks the keychain; loaded() follows, always, after 3 s at the latest.
    void load();
    [[nodiscard]] bool isLoaded() const;
    [[nodiscard]] const ApiKey& key() const;
    [[nodiscard]] Source source() const;
    // Why the keychain could not be used, or nothing.
    [[nodiscard]] std::optional<Error> problem() const;

    // Used from now on; the keychain is asked to keep it. saved() follows, with what went wrong.
    void save(const ApiKey& key);
    // Forgets it here and in the keychain; saved() follows.
    void remove();

Q_SIGNALS:
    void loaded();
    void saved(const std::optional<seedbook::Error>& problem);
    void keyChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace seedbook
