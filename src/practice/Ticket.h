#pragma once

#include "core/Request.h"

#include <QDateTime>

#include <optional>

namespace seedbook::practice {

// A job that was submitted. Its id carries all of it, so that a practice service that was started
// again still answers for it.
struct Ticket
{
    Request request;
    QDateTime submitted; // UTC, to the millisecond

    // Letters, digits, - and _. Empty where it would be too long to be part of an address.
    [[nodiscard]] QString id() const;
    // Nothing where it is no id of ours.
    [[nodiscard]] static std::optional<Ticket> fromId(
        const QList<ModelPtr>& models, const QString& id);
};

} // namespace seedbook::practice
