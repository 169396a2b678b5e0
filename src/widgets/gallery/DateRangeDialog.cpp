#include "widgets/gallery/DateRangeDialog.h"

#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace seedbook {

DateRangeDialog::DateRangeDialog(const QDate& from, const QDate& until, QWidget* parent)
    : QDialog(parent)
    , m_from(new QDateEdit(from, this))
    , m_until(new QDateEdit(until, this))
{
    setWindowTitle(tr("Pictures from these days"));
    auto* form = new QFormLayout;
    form->addRow(tr("&From"), m_from);
    form->addRow(tr("&To"), m_until);
    for (QDateEdit* edit : {m_from, m_until})
        edit->setCalendarPopup(true);
    m_from->setAccessibleName(tr("First day"));
    m_until->setAccessibleName(tr("Last day"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Show"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);
}

QDate DateRangeDialog::from() const
{
    return std::min(m_from->date(), m_until->date());
}

QDate DateRangeDialog::until() const
{
    return std::max(m_from->date(), m_until->date());
}

} // namespace seedbook
