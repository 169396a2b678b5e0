#include "widgets/import/MappingModel.h"

#include "core/Seed.h"
#include "core/Text.h"
#include "core/Words.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Theme.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QPalette>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// A file can hold values of any length; a tool tip and a cell show the beginning.
constexpr qsizetype valueLimit = 2000;
constexpr qsizetype cellLimit = 120;
constexpr qsizetype mostRows = 200;

QString valueWords(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return elided(value.toString(), valueLimit);
    case QJsonValue::Bool:
        return value.toBool() ? MappingModel::tr("yes") : MappingModel::tr("no");
    case QJsonValue::Double: {
        const qint64 whole = value.toInteger();
        return static_cast<double>(whole) == value.toDouble()
                   ? QString::number(whole)
                   : QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    }
    case QJsonValue::Array:
        return elided(
            QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)),
            valueLimit);
    case QJsonValue::Object:
        return elided(
            QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)),
            valueLimit);
    default:
        return {};
    }
}

} // namespace

MappingModel::MappingModel(QObject* parent)
    : TableModel({tr("Parameter"), tr("In the file"), tr("Will use"), tr("Why it differs")}, parent)
{
}

void MappingModel::show(const ImportDetail& detail)
{
    beginResetModel();
    m_rows.clear();
    const QJsonObject found = detail.record ? detail.record->values : QJsonObject();
    const auto misfitOf = [&detail](const QString& field) {
        return std::find_if(detail.mapParameters.incompatible.begin(),
            detail.mapParameters.incompatible.end(),
            [&field](const IncompatibleValue& misfit) { return misfit.field == field; });
    };
    QSet<QString> known;
    for (const Parameter& parameter :
        detail.model ? detail.model->parameters() : QList<Parameter>()) {
        known.insert(parameter.name);
        Row row{.field = parameter.name, .title = Words::ofModel(parameter.title)};
        const auto misfit = misfitOf(parameter.name);
        if (misfit != detail.mapParameters.incompatible.end()) {
            row.kind = Row::Kind::IncompatibleValue;
            row.found = valueWords(misfit->found);
            row.why = elided(misfit->why, valueLimit);
            row.use = misfit->proposal;
            // A seed has no nearest one.
            if (parameter.role == ParameterRole::Seed &&
                (row.use.isUndefined() || row.use.isNull()))
                row.kind = Row::Kind::Random;
        } else if (detail.mapParameters.values.contains(parameter.name)) {
            row.kind = Row::Kind::Fits;
            // What the record said, if only to see "30.0" become 30.
            row.found = valueWords(found.contains(parameter.name)
                                       ? found.value(parameter.name)
                                       : detail.mapParameters.values.value(parameter.name));
            row.use = detail.mapParameters.values.value(parameter.name);
        } else if (parameter.output) {
            continue; // how the answer travels says nothing about the picture
        }
        m_rows.append(row);
    }
    for (const IncompatibleValue& misfit : detail.mapParameters.incompatible) {
        if (known.contains(misfit.field) || m_rows.size() >= mostRows)
            continue;
        m_rows.append({.kind = Row::Kind::IncompatibleValue,
            .field = misfit.field,
            .title = elided(misfit.field, valueLimit),
            .found = valueWords(misfit.found),
            .why = elided(misfit.why, valueLimit)});
    }
    endResetModel();
    Q_EMIT chosenChanged();
}

void MappingModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
    Q_EMIT chosenChanged();
}

QJsonObject MappingModel::chosen() const
{
    QJsonObject values;
    for (const Row& row : m_rows) {
        if (row.kind == Row::Kind::Fits || row.ticked)
            values.insert(row.field, row.use);
        else if (row.kind == Row::Kind::Random)
            values.insert(row.field, Seed::randomSentinel);
    }
    return values;
}

bool MappingModel::hasProposals() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row& row) {
        return row.kind == Row::Kind::IncompatibleValue && !row.use.isUndefined() &&
               !row.use.isNull();
    });
}

Qt::ItemFlags MappingModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = TableModel::flags(index);
    if (index.isValid() && index.data(Qt::CheckStateRole).isValid())
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant MappingModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows.at(index.row());
    const auto text = [&]() -> QString {
        switch (index.column()) {
        case Field:
            return row.title;
        case Found:
            return row.kind == Row::Kind::Missing ? tr("not in the file") : row.found;
        case Used:
            return usedWords(row);
        case Why:
            return row.why;
        default:
            return {};
        }
    };
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Why ? text().simplified() : elided(text().simplified(), cellLimit);
    case Qt::ToolTipRole: {
        const QString words = text();
        return words.isEmpty() ? QVariant() : plainTip(words);
    }
    case Qt::CheckStateRole:
        if (index.column() == Used && row.kind == Row::Kind::IncompatibleValue &&
            !row.use.isUndefined() && !row.use.isNull())
            return row.ticked ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::ForegroundRole: {
        const QPalette palette = QGuiApplication::palette();
        if (row.kind == Row::Kind::Missing && index.column() != Field)
            return subtleTextColour(palette);
        if (index.column() == Why)
            return warningColour(palette);
        return {};
    }
    default:
        return {};
    }
}

bool MappingModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !index.data(Qt::CheckStateRole).isValid())
        return false;
    m_rows[index.row()].ticked = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index);
    Q_EMIT chosenChanged();
    return true;
}

QString MappingModel::usedWords(const Row& row) const
{
    switch (row.kind) {
    case Row::Kind::Fits:
        return valueWords(row.use);
    case Row::Kind::IncompatibleValue:
        if (row.use.isUndefined() || row.use.isNull())
            return tr("Unchanged");
        return row.ticked ? tr("%1 (replacement)").arg(valueWords(row.use))
                          : tr("Use %1 instead").arg(valueWords(row.use));
    case Row::Kind::Random:
        return tr("Random");
    case Row::Kind::Missing:
        break;
    }
    return tr("Unchanged");
}

} // namespace seedbook

#include "moc_MappingModel.cpp"
