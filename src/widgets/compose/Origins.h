#pragma once

#include "core/Seed.h"

#include <QJsonObject>
#include <QList>
#include <QUuid>

#include <optional>

namespace seedbook {

// The pictures that what stands in the form was taken from: the last ones whose settings were, and
// the one whose seed was, as long as that seed is pinned.
class Origins final
{
public:
    // Other settings: what was known of earlier ones is forgotten.
    void takeSettings(const QList<QUuid>& pictures);
    // A null id: the seed is no picture's.
    void takeSeed(Seed seed, const QUuid& picture);
    void clear();

    [[nodiscard]] QList<QUuid> parents(std::optional<Seed> pinned) const;

    [[nodiscard]] QJsonObject state() const;
    void setState(const QJsonObject& state);

private:
    QList<QUuid> m_settings;
    std::optional<Seed> m_seed;
    QUuid m_seedPicture; // null where there is none
};

} // namespace seedbook
