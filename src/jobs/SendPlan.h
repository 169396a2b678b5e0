#pragma once

#include "core/Job.h"

#include <QList>

#include <algorithm>
#include <optional>

namespace seedbook {

// How a request that somebody wants stands to what there is already, at one endpoint.
enum class Standing {
    Fresh,    // nothing of it is there: it is what a plan sends
    There,    // the library has its picture
    Waiting,  // a job of it waits for its turn
    OnHold,   // one waits since an earlier run until a person lets it go on
    Out,      // one is at the service
    Received, // its picture is here and not filed yet
    Unknown,  // one was sent, and may have been paid
    Repeated, // another item of the same plan stands for it
};

// One picture that somebody wants.
struct Intent
{
    Request request;
    Provenance provenance;
    // The job that this is about: one that waits on hold and is to go on, or that has ended without
    // a picture and is to be sent again. 0: it is a new one.
    JobId job = 0;
    // Its seed was drawn for it just now, so no picture and no job can be of it.
    bool minted = false;
};

// What sending these would mean, as it was found. For one endpoint and mode; made by Sender, and
// void once requests go elsewhere. Sent whole and once, or not at all.
//
// It is true until control is back in the event loop: then a picture may have come that it does not
// know of. What a person wants anyway (Sender::anyway()) can be asked for later, too.
struct SendPlan
{
    struct Item
    {
        Intent intent;
        Standing standing = Standing::Fresh;
        PicturePtr picture; // There, or there as well
        JobId job = 0;      // the one that waits, is out, received, or unknown; 0 if it has no tile
        bool anyway = false; // Fresh, for a person wants it although it is not
        bool isAct = false;  // and pays for it a second time, perhaps: the ledger notes that
        // What intent.job was when it was looked at: sent as anything else it would be another act.
        std::optional<JobState> was = {};
    };

    QString endpoint; // Endpoint::name()
    bool practice = false;
    QList<Item> items; // in the order they were asked for
    Money price;       // of the fresh ones, estimated; nothing for practice
    // Why the fresh ones cannot be sent: a cap, a model that is gone, an index that cannot be read.
    std::optional<Error> objection;
    quint64 number = 0; // these three are Sender's
    quint64 question = 0;
    quint64 target = 0;

    [[nodiscard]] int count(Standing standing) const
    {
        return static_cast<int>(std::ranges::count(items, standing, &Item::standing));
    }
    [[nodiscard]] int fresh() const { return count(Standing::Fresh); }
};

} // namespace seedbook
