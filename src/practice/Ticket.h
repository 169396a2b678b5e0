#pragma once

#include "core/Request.h"

#include <QDateTime>

#include <optional>

namespace seedbook::practice {

// A job that was submitted. Its id carries all of it, so that a practice service that was started
// again with the same secret still answers for it. Signed: its picture is fetched without a key, so
// nobody else may make up an id, and what was not written here is not unpacked.
struct Ticket
{
    Request request;
    QDateTime submitted; // UTC, to the millisecond

    // Letters, digits, - and _. Empty where it would be too long to be part of an address.
    [[nodiscard]] QString id(const QByteArray& secret) const;
    // Nothing where it is no id of ours.
    [[nodiscard]] static std::optional<Ticket> fromId(
        const QList<ModelPtr>& models, const QString& id, const QByteArray& secret);
};

} // namespace seedbook::practice
