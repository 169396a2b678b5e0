#pragma once

#include "core/ApiKey.h"
#include "core/Error.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace seedbook {

// The API key of one endpoint's origin: SEGMIND_API_KEY first where it is meant for it, else the
// system's keychain, else what was entered for this run. Nothing here blocks, and no answer of the
// keychain is waited for longer than a few seconds.
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

    // `environmentKey` is SEGMIND_API_KEY's value (empty: not set, or not for this origin).
    KeyStore(const QString& origin, ApiKey environmentKey, QObject* parent = nullptr);
    ~KeyStore() override;

    [[nodiscard]] const QString& origin() const { return m_origin; }

    // Asks the keychain; loaded() follows, always and once, after 3 s at the latest. A key that is
    // given or entered for this run is not replaced.
    void load();
    [[nodiscard]] bool isLoaded() const;
    [[nodiscard]] const ApiKey& key() const;
    [[nodiscard]] Source source() const;
    // Why the keychain could not be used, or nothing.
    [[nodiscard]] std::optional<Error> problem() const;

    // Used from now on, before the keychain has answered and whatever it answers. saved() follows,
    // after 10 s at the latest, with what went wrong. An empty key is a removal.
    void save(const ApiKey& key);
    // Forgets it here and in the keychain; saved() follows. SEGMIND_API_KEY comes back at the next
    // start. A save or removal that is still under way is replaced: one saved() tells of the
    // newest.
    void remove();

Q_SIGNALS:
    void loaded();
    void saved(const std::optional<seedbook::Error>& problem);
    void keyChanged();

private:
    class Private;
    QString m_origin;
    std::unique_ptr<Private> d;
};

} // namespace seedbook
