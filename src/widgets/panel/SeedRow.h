#pragma once

#include <QString>
#include <QWidget>

class QLabel;

namespace seedbook {

class PictureActions;

// "Seed 1827364" with Copy and Pin.
class SeedRow final : public QWidget
{
    Q_OBJECT

public:
    SeedRow(PictureActions& actions, QWidget* parent);
    // In digits; empty where none is known.
    void setSeed(const QString& seed);
    void setBadge(const QString& text); // empty: none

private:
    QLabel* m_number;
    QLabel* m_badge;
};

} // namespace seedbook
