#pragma once

#include "jobs/SpendingLog.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QTableView;

namespace seedbook {

class MessageLine;
class SpendingModel;

// The ledger: every request, filtered, with sums, and as CSV.
class SpendingDialog final : public QDialog
{
    Q_OBJECT

public:
    // `ledger` must outlive the dialog.
    explicit SpendingDialog(Ledger& ledger, QWidget* parent = nullptr);

    [[nodiscard]] SpendingModel* model() const { return m_model; }
    // For the file dialog and for tests.
    void exportTo(const QString& path);
    // Asks anew, a moment after the last call.
    void refreshSoon() { m_later.start(); }

private:
    QWidget* buildFilters();
    void applyFilter();
    void askWhereToExport();

    SpendingLog m_log;
    SpendingModel* m_model;
    QComboBox* m_states;
    QComboBox* m_kind;
    QComboBox* m_period;
    QDateEdit* m_from;
    QDateEdit* m_to;
    QLineEdit* m_text;
    QTableView* m_view;
    QLabel* m_sums;
    MessageLine* m_message;
    QTimer m_later;
    int m_question = 0;
};

} // namespace seedbook
