#pragma once

#include "widgets/common/Tables.h"
#include "widgets/import/ImportReading.h"

#include <QSet>

namespace seedbook {

// What one file tells, field by field: what was found, what would be used, and why not what was
// found. Nothing that does not fit is used unless its proposal is ticked.
class MappingModel final : public TableModel
{
    Q_OBJECT

public:
    enum Column { Field, Found, Used, Why, ColumnCount };

    explicit MappingModel(QObject* parent = nullptr);

    void show(const ImportDetail& detail);
    void clear();
    // The values that fit and the proposals that are ticked, by field name; for a seed that does
    // not fit Seed::randomSentinel.
    [[nodiscard]] QJsonObject chosen() const;
    // Whether there is anything that does not fit and has a proposal.
    [[nodiscard]] bool hasProposals() const;

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void chosenChanged();

private:
    [[nodiscard]] qsizetype rows() const override { return m_rows.size(); }
    struct Row
    {
        enum class Kind { Fits, IncompatibleValue, Random, Missing };
        Kind kind = Kind::Missing;
        QString field; // the contract's name
        QString title;
        QString found;
        QString why;
        QJsonValue use = QJsonValue::Undefined; // the value or its proposal
        bool ticked = false;
    };
    [[nodiscard]] QString usedWords(const Row& row) const;

    QList<Row> m_rows;
};

} // namespace seedbook
