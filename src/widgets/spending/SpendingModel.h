#pragma once

#include "jobs/SpendingLog.h"
#include "widgets/common/Tables.h"

namespace seedbook {

// The ledger's rows, newest first, fetched in pages as the view asks for them.
class SpendingModel final : public TableModel
{
    Q_OBJECT

public:
    enum Column {
        Created,
        State,
        SeedColumn,
        Prompt,
        Price,
        Time,
        Attempts,
        Status,
        Service,
        Did,
        ColumnCount
    };

    SpendingModel(SpendingLog log, QObject* parent = nullptr);

    // Begins anew with these conditions.
    void setFilter(const SpendingFilter& filter);
    [[nodiscard]] const SpendingFilter& filter() const { return m_filter; }

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void failed(const seedbook::Error& error);

private:
    [[nodiscard]] qsizetype rows() const override { return m_rows.size(); }
    SpendingLog m_log;
    SpendingFilter m_filter;
    QList<SpendingRow> m_rows;
    int m_question = 0; // an answer to an older one is dropped
    bool m_fetching = false;
    bool m_whole = true;
};

} // namespace seedbook
