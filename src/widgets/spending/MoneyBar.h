#pragma once

#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QToolButton;

namespace seedbook {

class Endpoint;
class JobQueue;

// The money in sight, for the status bar: balance, what today and this month cost, against the
// caps. What is not known is not shown.
class MoneyBar final : public QWidget
{
    Q_OBJECT

public:
    // `queue` must outlive it.
    explicit MoneyBar(JobQueue& queue, QWidget* parent = nullptr);

    // Whose balance is shown; practice has none.
    void setEndpoint(const Endpoint& endpoint);

Q_SIGNALS:
    void spendingRequested();

private:
    void refresh();

    JobQueue& m_queue;
    QString m_endpoint;
    bool m_practice = true;
    QLabel* m_balance;
    QLabel* m_today;
    QLabel* m_month;
    QToolButton* m_ask;
    QToolButton* m_open;
};

} // namespace seedbook
