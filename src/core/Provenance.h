#pragma once

#include <QJsonObject>
#include <QList>
#include <QUuid>

#include <optional>

namespace seedbook {

// Which of the pictures of one answer this is: 2 of 2.
struct Ordinal
{
    int place = 1; // from 1 on
    int count = 1;

    friend bool operator==(const Ordinal&, const Ordinal&) = default;
};

// All that travels with a request beside its parameters: through job, filing, record and index. It
// is never sent, and does not influence the picture.
struct Provenance
{
    QList<QUuid> parents; // the pictures that the parameters were taken from
    std::optional<Ordinal> ordinal;

    // {"parents": [id, …], "ordinal": [2, 2]}; what there is nothing of is left out.
    [[nodiscard]] QJsonObject toJson() const;
    // What makes no sense is passed over.
    [[nodiscard]] static Provenance fromJson(const QJsonObject& json);

    friend bool operator==(const Provenance&, const Provenance&) = default;
};

} // namespace seedbook
