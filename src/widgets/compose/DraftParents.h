#pragma once

#include "core/Provenance.h"
#include "core/Seed.h"

#include <QJsonObject>
#include <QList>
#include <QUuid>

#include <optional>

namespace seedbook {

// Where what stands in the form was taken from: the last settings that were, and the picture whose
// seed was, as long as that seed is pinned.
class DraftParents final
{
public:
    // Other settings: what was known of earlier ones is forgotten.
    void takeSettings(const Provenance& from);
    // A null id: the seed is no picture's.
    void takeSeed(Seed seed, const QUuid& picture);
    void clear();

    // Of a request that is made of the form now.
    [[nodiscard]] Provenance provenance(std::optional<Seed> pinned) const;

    [[nodiscard]] QJsonObject state() const;
    void setState(const QJsonObject& state);

private:
    Provenance m_settings;
    std::optional<Seed> m_seed;
    QUuid m_seedPicture; // null where there is none
};

} // namespace seedbook
