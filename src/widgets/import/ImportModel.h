#pragma once

#include "widgets/common/Tables.h"
#include "widgets/import/ImportReading.h"

#include <QFutureWatcher>
#include <QSet>

#include <functional>
#include <memory>

namespace seedbook {

// The files that are looked at before they are imported, in the order they were given, each with
// what was found in a line. Reading is done on workers and tells of itself as it goes.
class ImportModel final : public TableModel
{
    Q_OBJECT

public:
    enum Column { File, MadeWith, Prompt, SeedColumn, State, ColumnCount };
    // Where a file stands with the library.
    enum class Place { Elsewhere, InLibrary, Adding, Added, Refused };
    // Whether the library has a picture of that id.
    using IsKnown = std::function<bool(const QUuid& id)>;

    ImportModel(const ModelCatalog& models, IsKnown isKnown, QObject* parent = nullptr);
    ~ImportModel() override;

    // Files and folders. Those that are listed already are passed over.
    void add(const QStringList& paths);
    [[nodiscard]] bool isReading() const { return m_walks > 0 || m_read < m_rows.size(); }
    [[nodiscard]] bool isSearching() const { return m_walks > 0; }
    [[nodiscard]] int readCount() const { return static_cast<int>(m_read); }
    // There were more files than are listed.
    [[nodiscard]] bool isCapped() const { return m_capped; }
    [[nodiscard]] int count(ImportSummary::Kind kind) const;
    [[nodiscard]] int incompatibleCount() const; // files with settings that do not all fit

    [[nodiscard]] const QString& path(int row) const { return m_rows.at(row).path; }
    [[nodiscard]] const ImportSummary& glance(int row) const { return m_rows.at(row).glance; }
    [[nodiscard]] Place place(int row) const { return m_rows.at(row).place; }
    // `error` is why, of a refused one.
    void setPlace(int row, Place place, const Error& error = {});

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void progressed();

private:
    [[nodiscard]] qsizetype rows() const override { return m_rows.size(); }
    struct Row
    {
        QString path;
        ImportSummary glance;
        Place place = Place::Elsewhere;
        Error placeError;
    };
    void read(const FilesToReview& files);
    void take(int row, const ImportSummary& glance);
    [[nodiscard]] QString stateText(const Row& row) const;

    ModelCatalog m_models;
    IsKnown m_isKnown;
    QList<Row> m_rows;
    QSet<QString> m_paths;
    QList<QFutureWatcher<ImportSummary>*> m_readings;
    std::shared_ptr<std::atomic_bool> m_stop; // a walk may outlive the model
    int m_walks = 0;
    qsizetype m_read = 0;
    bool m_capped = false;
};

} // namespace seedbook
