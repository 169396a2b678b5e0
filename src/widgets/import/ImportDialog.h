#pragma once

#include "core/Picture.h"
#include "widgets/import/ImportModel.h"

#include <QDialog>
#include <QFuture>
#include <QList>

class QLabel;
class QPushButton;
class QTableView;

namespace seedbook {

class ElidedLabel;
class MappingModel;
class MessageLine;

// Shows what is in picture files before anything of it is used: which program made them, what they
// tell, and what of it does not fit here. Nothing is changed without being seen and chosen.
class ImportDialog final : public QDialog
{
    Q_OBJECT

public:
    // What the window knows that the review does not.
    struct Parts
    {
        const ModelCatalog& models;
        ImportModel::IsKnown isKnown;
        // Copies files into the library; one result for each, in order.
        std::function<QFuture<QList<Result<PicturePtr>>>(const QStringList& paths)> addToLibrary;
    };
    explicit ImportDialog(const Parts& parts, QWidget* parent = nullptr);

    void add(const QStringList& paths);
    [[nodiscard]] ImportModel* model() const { return m_model; }
    [[nodiscard]] MappingModel* mapping() const { return m_mapping; }
    [[nodiscard]] QTableView* list() const { return m_list; }

Q_SIGNALS:
    // Values that fit the model's fields. `from` names the picture if the library has it, or its
    // record is ours.
    void useRequested(
        const QString& modelId, const QJsonObject& values, const seedbook::Provenance& from);

private:
    QWidget* buildList();
    QWidget* buildDetail();
    void showProgress();
    void look();
    void showDetail(const Result<ImportDetail>& detail);
    void updateButtons();
    void use();
    void addToLibrary();
    // Rows that are selected, or all; those that can be added.
    [[nodiscard]] QList<int> rowsToAdd() const;
    [[nodiscard]] int currentRow() const; // −1: not exactly one is selected

    Parts m_parts;
    ImportModel* m_model;
    MappingModel* m_mapping;
    QTableView* m_list;
    QTableView* m_values;
    QLabel* m_progress;
    ElidedLabel* m_title;
    QLabel* m_about;
    MessageLine* m_message;
    QPushButton* m_use = nullptr;
    QPushButton* m_add = nullptr;
    std::optional<ImportDetail> m_detail;
    quint64 m_question = 0;
    bool m_first = true; // the first file is shown by itself
};

} // namespace seedbook
