#pragma once

#include <QString>

namespace seedbook {

// What the program says of its work, in a file beside the ledger, for when something went wrong:
// log/seedbook.log, at most 1 MiB, with two older ones. One line for each call to the service (id,
// verb, path, status, milliseconds, bytes) and for each warning; never a key or a body.
// Written on a thread of its own. Standard error keeps what it would have shown without it.
//
// Takes the place of Qt's message handler for as long as it lives.
class LogFile final
{
public:
    LogFile();
    ~LogFile();
    // Where it is written, from now on: once the data folder is this program's alone. Does nothing
    // where there is no LogFile.
    static void open(const QString& folder);
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;
};

} // namespace seedbook
