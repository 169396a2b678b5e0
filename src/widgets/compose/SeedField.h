#pragma once

#include "core/Seed.h"
#include "widgets/common/TypedBox.h"

#include <QJsonObject>
#include <QList>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QToolButton;

namespace seedbook {

class SeedBox;

// The seed row. Random: every picture gets a seed of its own, and the row shows the last one in
// grey. Pinned: the number stays. Touching the number pins it; −1 means random.
class SeedField final : public QWidget
{
    Q_OBJECT

public:
    SeedField(const QString& title, const QString& help, QWidget* parent = nullptr);

    [[nodiscard]] bool isRandom() const { return m_random; }
    // What is typed is no seed.
    [[nodiscard]] std::optional<LimitWords> wrong() const;
    void focusNumber();
    // Pinned: the seed. Random: the last one used, if any.
    [[nodiscard]] std::optional<Seed> seed() const;
    void pin(Seed seed);
    void setRandom();
    // The seeds of the next `count` pictures: the pinned one and those after it, or newly minted
    // ones, all different. The last minted one is then shown.
    [[nodiscard]] QList<Seed> take(int count);

    [[nodiscard]] QJsonObject state() const;
    void setState(const QJsonObject& state);

Q_SIGNALS:
    void changed();
    // What was pasted or typed is no seed.
    void refused(const QString& words);

protected:
    void changeEvent(QEvent* event) override;

private:
    void takeNumber(int number);
    void takeMode(bool random);
    void noteTyped();
    void roll();
    void copy();
    void paste();
    void show(bool random, std::optional<Seed> seed);
    void showColour();
    QToolButton* addButton(const QString& icon, const QString& name, const QString& help);

    QLabel* m_label;
    QComboBox* m_mode;
    SeedBox* m_box;
    QToolButton* m_copy;
    bool m_random = true;
    bool m_showing = false;
    bool m_wasWrong = false; // what was typed last
};

} // namespace seedbook
