#pragma once

#include "library/Library.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableView;

namespace seedbook {

class UnreadableModel;

// The library's files that could not be read, and why. Nothing happens to them.
class UnreadableDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit UnreadableDialog(QWidget* parent = nullptr);

    void setFiles(const QList<UnreadableFile>& files);
    [[nodiscard]] QTableView* list() const { return m_list; }

private:
    void reveal();

    UnreadableModel* m_model;
    QTableView* m_list;
    QLabel* m_count;
    QPushButton* m_reveal;
};

} // namespace seedbook
