#include "widgets/spending/SpendingDialog.h"

#include "core/Async.h"
#include "core/Counts.h"
#include "core/ErrorText.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/Tables.h"
#include "widgets/spending/SpendingModel.h"

#include <QComboBox>
#include <QDate>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableView>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr std::chrono::milliseconds typingPause{200};

enum Period { AnyTime, Today, ThisMonth, Chosen };

} // namespace

SpendingDialog::SpendingDialog(Ledger& ledger, QWidget* parent)
    : QDialog(parent)
    , m_log(ledger)
    , m_model(new SpendingModel(m_log, this))
    , m_states(new QComboBox)
    , m_kind(new QComboBox)
    , m_period(new QComboBox)
    , m_from(new QDateEdit)
    , m_to(new QDateEdit)
    , m_text(new QLineEdit)
    , m_view(new QTableView)
    , m_sums(new PlainLabel)
    , m_message(new MessageLine)
{
    setWindowTitle(tr("Spending log"));
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Spending log"));
    setUpTable(m_view, {24, 22, 14, 42, 12, 9, 11, 8, 32, 22});
    m_sums->setAccessibleName(tr("Totals"));
    m_sums->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* exported = buttons->addButton(tr("Export CSV…"), QDialogButtonBox::ActionRole);
    exported->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(exported, &QPushButton::clicked, this, &SpendingDialog::askWhereToExport);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_model, &SpendingModel::failed, this, [this](const Error& error) {
        m_message->say(MessageLine::Kind::Problem, sentence(error));
    });

    auto* column = new QVBoxLayout(this);
    column->addWidget(buildFilters());
    column->addWidget(m_view, 1);
    column->addWidget(m_sums);
    column->addWidget(m_message);
    column->addWidget(buttons);
    resize(1080, 560);

    m_later.setSingleShot(true);
    m_later.setInterval(typingPause);
    connect(&m_later, &QTimer::timeout, this, &SpendingDialog::applyFilter);
    applyFilter();
}

QWidget* SpendingDialog::buildFilters()
{
    auto* filters = new QWidget;
    auto* row = new QHBoxLayout(filters);
    row->setContentsMargins(0, 0, 0, 0);
    const auto name = [](QWidget* part, const QString& text) {
        part->setAccessibleName(text);
        part->setToolTip(plainTip(text));
    };
    name(m_states, tr("Status"));
    m_states->addItem(tr("All statuses"), QStringList());
    m_states->addItem(tr("Done"), QStringList{u"filed"_s});
    m_states->addItem(tr("Outcome unknown"), QStringList{u"unknown"_s});
    m_states->addItem(tr("Refused or failed"), QStringList{u"refused"_s, u"failed"_s});
    m_states->addItem(tr("Cancelled"), QStringList{u"cancelled"_s});
    m_states->addItem(tr("Waiting or running"),
        QStringList{u"waiting"_s, u"sending"_s, u"accepted"_s, u"received"_s});
    name(m_kind, tr("Type"));
    m_kind->addItems({tr("Paid and practice"), tr("Paid"), tr("Practice")});
    name(m_period, tr("Period"));
    m_period->addItems({tr("Any time"), tr("Today"), tr("This month"), tr("Custom range")});
    const QDate today = QDate::currentDate();
    for (QDateEdit* date : {m_from, m_to}) {
        date->setCalendarPopup(true);
        date->hide();
    }
    name(m_from, tr("From"));
    name(m_to, tr("To"));
    m_from->setDate(today.addMonths(-1));
    m_to->setDate(today);
    name(m_text, tr("Search the spending log"));
    m_text->setPlaceholderText(tr("Prompt, seed or ID"));
    m_text->setClearButtonEnabled(true);
    for (QWidget* part : std::initializer_list<QWidget*>{m_states, m_kind, m_period, m_from, m_to})
        row->addWidget(part);
    row->addWidget(m_text, 1);

    for (QComboBox* choice : {m_states, m_kind, m_period})
        connect(choice, &QComboBox::currentIndexChanged, this, &SpendingDialog::applyFilter);
    for (QDateEdit* date : {m_from, m_to})
        connect(date, &QDateEdit::dateChanged, this, &SpendingDialog::applyFilter);
    connect(m_text, &QLineEdit::textChanged, this, &SpendingDialog::refreshSoon);
    return filters;
}

void SpendingDialog::applyFilter()
{
    const int period = m_period->currentIndex();
    m_from->setVisible(period == Chosen);
    m_to->setVisible(period == Chosen);
    const QDate today = QDate::currentDate();
    SpendingFilter filter;
    filter.states = m_states->currentData().toStringList();
    filter.kind = static_cast<SpendingFilter::Kind>(m_kind->currentIndex());
    filter.text = m_text->text();
    if (period == Today)
        filter.from = filter.to = today;
    else if (period == ThisMonth)
        filter.from = QDate(today.year(), today.month(), 1);
    else if (period == Chosen) {
        filter.from = m_from->date();
        filter.to = m_to->date();
    }
    m_message->clear();
    m_model->setFilter(filter);
    const int question = ++m_question;
    whenDone(m_log.sums(filter), this, [this, question](const Result<SpendingSums>& sums) {
        if (question != m_question || !sums)
            return;
        QStringList parts{requestsText(sums->jobs), imagesText(sums->filed),
            tr("Charged %1").arg(sums->paid.text())};
        if (sums->unknown > Money())
            parts.append(tr("Running or unknown %1").arg(estimated(sums->unknown.text())));
        m_sums->setText(parts.join(u" · "_s));
    });
}

void SpendingDialog::askWhereToExport()
{
    auto* dialog = new QFileDialog(this, tr("Export spending log"),
        QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->setNameFilter(tr("Comma-separated values (*.csv)"));
    dialog->selectFile(
        tr("Seedbook spending %1.csv").arg(QDate::currentDate().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this, &SpendingDialog::exportTo);
    dialog->open();
}

void SpendingDialog::exportTo(const QString& path)
{
    m_message->say(MessageLine::Kind::Note, tr("Exporting…"));
    whenDone(
        m_log.exportCsv(m_model->filter(), path), this, [this, path](const Result<qint64>& rows) {
            if (rows)
                m_message->say(MessageLine::Kind::Note,
                    tr("Exported %Ln request(s) to %1.", nullptr, pluralOf(*rows))
                        .arg(QDir::toNativeSeparators(path)));
            else
                m_message->say(MessageLine::Kind::Problem, sentence(rows.error()));
        });
}

} // namespace seedbook

#include "moc_SpendingDialog.cpp"
