#pragma once

#include <QWidget>

class QLabel;

namespace seedbook {

// A few words below what they are about; hidden while there is nothing to say.
class MessageLine final : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Note, Warning, Problem };

    explicit MessageLine(QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    void say(Kind kind, const QString& text);
    void clear();

protected:
    void changeEvent(QEvent* event) override;

private:
    void showColour();

    QLabel* m_label;
    Kind m_kind = Kind::Note;
};

} // namespace seedbook
