#pragma once

#include <QDate>
#include <QDialog>

class QDateEdit;

namespace seedbook {

// Asks for the days from which pictures are to be shown.
class DateRangeDialog final : public QDialog
{
    Q_OBJECT

public:
    DateRangeDialog(const QDate& from, const QDate& until, QWidget* parent);

    // The earlier and the later of the two, whichever field they stand in.
    [[nodiscard]] QDate from() const;
    [[nodiscard]] QDate until() const;

private:
    QDateEdit* m_from;
    QDateEdit* m_until;
};

} // namespace seedbook
