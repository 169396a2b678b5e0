#pragma once

#include <QString>

namespace seedbook {

// Where this run keeps what: from the XDG variables, so a test needs nothing else to be alone.
struct Folders
{
    QString data;     // ledger.sqlite, its lock, kept bytes, models/, the draft
    QString cache;    // index.sqlite, thumbnails
    QString config;   // seedbook.conf
    QString pictures; // the default library: Seedbook in the Pictures folder

    [[nodiscard]] static Folders standard();
};

} // namespace seedbook
