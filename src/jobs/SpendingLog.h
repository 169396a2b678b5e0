#pragma once

#include "core/Money.h"
#include "core/Result.h"
#include "core/Seed.h"

#include <QDate>
#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace seedbook {

class Ledger;

// Which of the ledger's jobs are asked for; all conditions together.
struct SpendingFilter
{
    enum class Kind { All, Paid, Practice };
    QStringList states; // the ledger's words: "filed", "unknown" …; empty: any
    Kind kind = Kind::All;
    QDate from; // local days of making, both included; invalid: open
    QDate to;
    QString text; // anywhere in prompt, seed, endpoint or ids; case is ignored for Latin letters
    bool undismissed = false; // only those that were not dismissed

    friend bool operator==(const SpendingFilter&, const SpendingFilter&) = default;
};

struct SpendingRow
{
    qint64 id = 0;
    QDateTime created; // UTC, like the others; invalid where it did not happen
    QDateTime sent;
    QDateTime ended;
    QString state; // the ledger's word
    std::optional<Seed> seed;
    QString model;
    QString prompt;
    QString endpoint;
    QString transport;
    bool practice = false;
    bool unclaimed = false;
    bool dismissed = false;
    int attempts = 0;
    int httpStatus = 0;
    QString serviceRequestId;
    QString remoteId;
    Money expected;
    Money price; // told, else expected
    bool told = false;
    QString picturePath;
    QString spoolPath; // bytes that could not be filed or read
    QString actions;   // what the person did about it, in the ledger's words

    [[nodiscard]] QString seedText() const { return seed ? seed->text() : QString(); }
    // Nothing was charged for it, whatever it was expected to cost.
    [[nodiscard]] bool isFree() const;
};

struct SpendingSums
{
    qint64 jobs = 0;
    qint64 filed = 0;
    Money paid;    // filed
    Money unknown; // may have been paid: out, received, or outcome unknown
};

// The ledger as a table: read in pages and summed on its thread, exported beside it, however long
// it is. `ledger` must outlive the answers.
class SpendingLog final
{
public:
    explicit SpendingLog(Ledger& ledger)
        : m_ledger(ledger)
    {
    }

    // Newest first, at most `count`, older than the row `before` (0: from the newest on).
    [[nodiscard]] QFuture<Result<QList<SpendingRow>>> page(
        const SpendingFilter& filter, qint64 before, int count);
    [[nodiscard]] QFuture<Result<SpendingSums>> sums(const SpendingFilter& filter);
    // All of it as CSV (RFC 4180, UTF-8 with a byte order mark), oldest first; replaces the file as
    // a whole or not at all. Answers how many rows were written; DiskError.
    [[nodiscard]] QFuture<Result<qint64>> exportCsv(
        const SpendingFilter& filter, const QString& path);

private:
    Ledger& m_ledger;
};

// A cell of a CSV file: in quotation marks where it has to be, and with an apostrophe before what a
// spreadsheet would take for a formula.
[[nodiscard]] QByteArray csvCell(const QString& text);

} // namespace seedbook
