#pragma once

#include "widgets/common/MessageLine.h"

#include <QHash>
#include <QWidget>

class QVBoxLayout;

namespace seedbook {

// What a person should know about this run, said in lines above the gallery that can be put away:
// never a dialog. A notice is known by its name; saying it again replaces it.
class NoticeBar final : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    // `action` is the text of a button at the line's end; empty: none. It sends actionTriggered().
    void say(const QString& name, MessageLine::Kind kind, const QString& text,
        const QString& action = {});
    void takeBack(const QString& name);
    [[nodiscard]] QStringList names() const { return m_notices.keys(); }

Q_SIGNALS:
    void actionTriggered(const QString& name);

private:
    QVBoxLayout* m_lines;
    QHash<QString, QWidget*> m_notices;
};

} // namespace seedbook
