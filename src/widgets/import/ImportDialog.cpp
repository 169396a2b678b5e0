#include "widgets/import/ImportDialog.h"

#include "core/Async.h"
#include "core/Counts.h"
#include "core/ErrorText.h"
#include "core/Text.h"
#include "widgets/common/ElidedLabel.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/Tables.h"
#include "widgets/import/MappingModel.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype nameLimit = 80;
constexpr int buttonMargins = 28; // both sides of a button's text

// Rows of several lines keep the distance that those of one have.
class RoomyDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, 8);
    }
};

} // namespace

ImportDialog::ImportDialog(const Parts& parts, QWidget* parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_model(new ImportModel(parts.models, parts.isKnown, this))
    , m_mapping(new MappingModel(this))
    , m_list(new QTableView)
    , m_values(new QTableView)
    , m_progress(new PlainLabel)
    , m_title(new ElidedLabel)
    , m_about(new PlainLabel)
    , m_message(new MessageLine)
{
    setWindowTitle(tr("Import"));
    auto* halves = new QSplitter(Qt::Vertical);
    halves->addWidget(buildList());
    halves->addWidget(buildDetail());
    halves->setChildrenCollapsible(false);
    halves->setSizes({260, 300});

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_use = buttons->addButton(tr("Use parameters"), QDialogButtonBox::ActionRole);
    m_use->setToolTip(tr("Load compatible and ticked values into Compose"));
    m_add = buttons->addButton(tr("Add to library"), QDialogButtonBox::ActionRole);
    m_add->setToolTip(tr("Copy the selected files, or all if none are selected, into the library"));
    for (QPushButton* button : {m_use, m_add, buttons->button(QDialogButtonBox::Close)}) {
        button->setAutoDefault(false);
        button->setMinimumWidth(
            button->fontMetrics().horizontalAdvance(button->text()) + buttonMargins);
    }
    connect(m_use, &QPushButton::clicked, this, &ImportDialog::use);
    connect(m_add, &QPushButton::clicked, this, &ImportDialog::addToLibrary);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* column = new QVBoxLayout(this);
    column->addWidget(halves, 1);
    column->addWidget(m_message);
    column->addWidget(buttons);
    resize(980, 640);

    connect(m_model, &ImportModel::progressed, this, &ImportDialog::showProgress);
    connect(m_mapping, &MappingModel::chosenChanged, this, &ImportDialog::updateButtons);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &ImportDialog::look);
    // One that was being read when it was selected.
    connect(m_model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) {
            const int row = currentRow();
            if (row >= first.row() && row <= last.row() && !m_detail)
                look();
            else
                updateButtons();
        });
    showProgress();
    look();
}

QWidget* ImportDialog::buildList()
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 6);
    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("Files"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    setUpTable(m_list, {28, 18, 42, 16});
    m_list->horizontalHeader()->setStretchLastSection(true);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_list, 1);
    column->addWidget(m_progress);
    return part;
}

QWidget* ImportDialog::buildDetail()
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 6, 0, 0);
    QFont strong = m_title->font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_about->setWordWrap(true);
    m_values->setModel(m_mapping);
    m_values->setAccessibleName(tr("Parameters in the file"));
    m_values->setSelectionMode(QAbstractItemView::SingleSelection);
    m_values->setItemDelegate(new RoomyDelegate(m_values));
    setUpTable(m_values, {19, 33, 28});
    m_values->horizontalHeader()->setStretchLastSection(true);
    // The reasons are to be read; the rows are few.
    m_values->setWordWrap(true);
    m_values->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_values->verticalHeader()->setMinimumSectionSize(m_values->fontMetrics().height() + 8);
    column->addWidget(m_title);
    column->addWidget(m_about);
    column->addWidget(m_values, 1);
    return part;
}

void ImportDialog::add(const QStringList& paths)
{
    m_message->clear();
    m_model->add(paths);
}

void ImportDialog::showProgress()
{
    const QLocale locale;
    const int all = m_model->rowCount();
    QString words;
    if (m_model->isSearching() && all == 0)
        words = tr("Looking for images…");
    else if (m_model->isReading())
        words = tr("Reading %1 of %2…")
                    .arg(locale.toString(m_model->readCount()), locale.toString(all));
    else if (all == 0)
        words = tr("No images found.");
    else {
        const int incompatible = m_model->incompatibleCount();
        const int mapping = m_model->count(ImportSummary::Kind::Found) - incompatible;
        const int none = m_model->count(ImportSummary::Kind::Nothing) +
                         m_model->count(ImportSummary::Kind::NotReadable);
        const int unreadable = m_model->count(ImportSummary::Kind::CouldNotRead);
        QStringList parts{filesText(all)};
        if (mapping > 0)
            parts.append(tr("%Ln compatible", nullptr, mapping));
        if (incompatible > 0)
            parts.append(tr("%Ln with incompatible values", nullptr, incompatible));
        if (none > 0)
            parts.append(tr("%Ln without parameters", nullptr, none));
        if (unreadable > 0)
            parts.append(tr("%Ln unreadable", nullptr, unreadable));
        words = parts.join(u" · "_s);
    }
    if (m_model->isCapped())
        words += u'\n' + tr("Showing the first %Ln file(s) only.", nullptr, mostImportFiles);
    m_progress->setText(words);
    if (std::exchange(m_first, m_first && all == 0) && all > 0)
        m_list->selectRow(0);
    updateButtons();
}

int ImportDialog::currentRow() const
{
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    return rows.size() == 1 ? rows.constFirst().row() : -1;
}

void ImportDialog::look()
{
    const quint64 question = ++m_question;
    m_detail.reset();
    m_mapping->clear();
    const int row = currentRow();
    if (row < 0 || m_model->glance(row).kind == ImportSummary::Kind::Waiting) {
        m_title->setText({});
        m_about->setText(row < 0 ? tr("Select a file to see its parameters.") : tr("Reading…"));
        return;
    }
    const QString path = m_model->path(row);
    m_title->setText(QFileInfo(path).fileName());
    const auto reading = QtConcurrent::run(
        &importPool(), [path, models = m_parts.models] { return inspectFile(path, models); });
    whenDone(reading, this, [this, question](const Result<ImportDetail>& detail) {
        if (question == m_question)
            showDetail(detail);
    });
}

void ImportDialog::showDetail(const Result<ImportDetail>& detail)
{
    if (!detail) {
        m_about->setText(sentence(detail.error()));
        return;
    }
    m_detail = *detail;
    const auto& record = detail->record;
    QStringList about;
    if (!record)
        about.append(tr("This file contains no generation parameters."));
    else if (!record->readable)
        about.append(tr("Made with %1. Its metadata cannot be read.")
                         .arg(elided(record->source, nameLimit)));
    else if (record->model.isEmpty())
        about.append(tr("Made with %1.").arg(elided(record->source, nameLimit)));
    else
        about.append(tr("Made with %1, model %2.")
                         .arg(elided(record->source, nameLimit), elided(record->model, nameLimit)));
    if (!detail->size.isEmpty())
        about.append(tr("%1 × %2 pixels.").arg(detail->size.width()).arg(detail->size.height()));
    if (record && record->readable)
        m_mapping->show(*detail);
    if (m_mapping->hasProposals())
        about.append(tr("Tick the replacements you want to use."));
    m_about->setText(about.join(u' '));
    updateButtons();
}

void ImportDialog::updateButtons()
{
    m_use->setEnabled(m_detail && !m_mapping->chosen().isEmpty());
    m_add->setEnabled(!rowsToAdd().isEmpty());
}

void ImportDialog::use()
{
    if (!m_detail || !m_detail->model)
        return;
    Provenance from;
    if (m_detail->own || m_parts.isKnown(m_detail->id))
        from.parents.append(m_detail->id);
    Q_EMIT useRequested(m_detail->model->id(), m_mapping->chosen(), from);
    m_message->say(MessageLine::Kind::Note, tr("Parameters loaded into Compose."));
}

QList<int> ImportDialog::rowsToAdd() const
{
    QList<int> rows;
    const auto consider = [&](int row) {
        const ImportSummary::Kind kind = m_model->glance(row).kind;
        const ImportModel::Place place = m_model->place(row);
        if (kind != ImportSummary::Kind::Waiting && kind != ImportSummary::Kind::CouldNotRead &&
            (place == ImportModel::Place::Elsewhere || place == ImportModel::Place::Refused))
            rows.append(row);
    };
    const QModelIndexList selected = m_list->selectionModel()->selectedRows();
    for (const QModelIndex& index : selected)
        consider(index.row());
    for (int row = 0; selected.isEmpty() && row < m_model->rowCount(); ++row)
        consider(row);
    return rows;
}

void ImportDialog::addToLibrary()
{
    const QList<int> rows = rowsToAdd();
    QStringList paths;
    for (const int row : rows) {
        paths.append(m_model->path(row));
        m_model->setPlace(row, ImportModel::Place::Adding);
    }
    m_message->say(
        MessageLine::Kind::Note, tr("Adding %Ln file(s)…", nullptr, static_cast<int>(rows.size())));
    whenDone(
        m_parts.addToLibrary(paths), this, [this, rows](const QList<Result<PicturePtr>>& results) {
            int added = 0;
            for (qsizetype i = 0; i < rows.size(); ++i) {
                // An answer that is missing is no success.
                const Error error = i >= results.size() ? Error{}
                                    : results.at(i)     ? Error{}
                                                        : results.at(i).error();
                const bool done = i < results.size() && results.at(i).has_value();
                added += done ? 1 : 0;
                m_model->setPlace(rows.at(i),
                    done ? ImportModel::Place::Added : ImportModel::Place::Refused, error);
            }
            const auto refused = static_cast<int>(rows.size()) - added;
            QString words = tr("Added %Ln file(s) to the library.", nullptr, added);
            if (refused > 0)
                words += u'\n' + tr("%Ln file(s) could not be added; see the list for the reasons.",
                                     nullptr, refused);
            m_message->say(
                refused > 0 ? MessageLine::Kind::Problem : MessageLine::Kind::Note, words);
        });
}

} // namespace seedbook

#include "moc_ImportDialog.cpp"
