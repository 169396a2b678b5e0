#include "widgets/window/UnreadableDialog.h"

#include "core/Counts.h"
#include "core/ErrorText.h"
#include "core/Text.h"
#include "widgets/actions/FileManager.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Tables.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype reasonLimit = 300;

QString reasonOf(const Error& error)
{
    return elided(error.detail.isEmpty() ? describe(error).what : error.detail, reasonLimit);
}

} // namespace

class UnreadableModel final : public TableModel
{
    Q_OBJECT

public:
    explicit UnreadableModel(QObject* parent)
        : TableModel({tr("File"), tr("Reason")}, parent)
    {
    }

    void setFiles(const QList<UnreadableFile>& files)
    {
        beginResetModel();
        m_files = files;
        endResetModel();
    }
    [[nodiscard]] const QString& path(int row) const { return m_files.at(row).path; }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
            return {};
        const UnreadableFile& file = m_files.at(index.row());
        const QString text =
            index.column() == 0 ? QDir::toNativeSeparators(file.path) : reasonOf(file.error);
        return role == Qt::DisplayRole ? QString(text).replace(u'\n', u' ') : plainTip(text);
    }

private:
    [[nodiscard]] qsizetype rows() const override { return m_files.size(); }

    QList<UnreadableFile> m_files;
};

UnreadableDialog::UnreadableDialog(QWidget* parent)
    : QDialog(parent)
    , m_model(new UnreadableModel(this))
    , m_list(new QTableView)
    , m_count(new PlainLabel)
{
    setWindowTitle(tr("Unreadable files"));
    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("Files that could not be read"));
    setUpTable(m_list, {56});
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->horizontalHeader()->setStretchLastSection(true);
    m_count->setWordWrap(true);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_reveal = buttons->addButton(tr("Show in folder"), QDialogButtonBox::ActionRole);
    m_reveal->setToolTip(tr("Open the file manager at this file"));
    m_reveal->setAutoDefault(false);
    m_reveal->setEnabled(false);
    m_reveal->setMinimumWidth(m_reveal->fontMetrics().horizontalAdvance(m_reveal->text()) + 28);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(m_reveal, &QPushButton::clicked, this, &UnreadableDialog::reveal);
    connect(m_list, &QAbstractItemView::activated, this, &UnreadableDialog::reveal);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const auto follow = [this] { m_reveal->setEnabled(m_list->selectionModel()->hasSelection()); };
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, follow);
    connect(m_model, &QAbstractItemModel::modelReset, this, follow);

    auto* column = new QVBoxLayout(this);
    column->addWidget(m_count);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    resize(820, 380);
}

void UnreadableDialog::setFiles(const QList<UnreadableFile>& files)
{
    m_model->setFiles(files);
    m_count->setText(tr("%Ln file(s) in the library could not be read. Seedbook leaves them "
                        "unchanged and tries again when they change.",
        nullptr, pluralOf(files.size())));
}

void UnreadableDialog::reveal()
{
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    if (!rows.isEmpty())
        revealInFileManager({m_model->path(rows.constFirst().row())}, this);
}

} // namespace seedbook

#include "UnreadableDialog.moc"
#include "moc_UnreadableDialog.cpp"
