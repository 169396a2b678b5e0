#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QStringList>

class QTableView;

namespace seedbook {

// How every table here looks and behaves: whole rows are chosen, one line a row, Tab leaves it.
// `letters`: the columns' widths in average letters, as far as they are named. Once it has its
// model.
void setUpTable(QTableView* view, const QList<int>& letters);

// The columns with their headings; the rows are the deriving class's affair.
class TableModel : public QAbstractTableModel
{
public:
    // One heading a column.
    explicit TableModel(QStringList headings, QObject* parent = nullptr)
        : QAbstractTableModel(parent)
        , m_headings(std::move(headings))
    {
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(rows());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_headings.size());
    }
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final;

protected:
    [[nodiscard]] virtual qsizetype rows() const = 0;

private:
    QStringList m_headings;
};

} // namespace seedbook
