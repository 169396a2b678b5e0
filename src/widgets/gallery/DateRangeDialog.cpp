#include "widgets/gallery/DateRangeDialog.h"

#include "widgets/common/PlainLabel.h"

#include <QDateEdit>
#include <QDialogButtonBox>
#include <QGridLayout>
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
    auto* fields = new QGridLayout;
    const auto add = [this, fields](int row, const QString& text, QDateEdit* edit) {
        edit->setCalendarPopup(true);
        auto* label = new PlainLabel(text, this);
        label->setBuddy(edit);
        fields->addWidget(label, row, 0);
        fields->addWidget(edit, row, 1);
    };
    add(0, tr("&From"), m_from);
    add(1, tr("&Until"), m_until);
    fields->setColumnStretch(1, 1);
    m_from->setAccessibleName(tr("First day"));
    m_until->setAccessibleName(tr("Last day"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Show"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addLayout(fields);
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

#include "moc_DateRangeDialog.cpp"
