#pragma once

#include "widgets/common/MessageLine.h"

#include <QHash>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace seedbook {

// What a person should know about this run, said in lines above the gallery that can be put away:
// never a dialog. A notice is known by its name; saying it again replaces it.
class NoticeBar final : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    // A button at the line's end. What it does leaves the notice where it is.
    struct Action
    {
        QString text; // empty: there is none
        std::function<void()> act;
    };
    void say(const QString& name, MessageLine::Kind kind, const QString& text,
        const Action& action = {});
    void takeBack(const QString& name);
    [[nodiscard]] QStringList names() const { return m_notices.keys(); }

private:
    QVBoxLayout* m_lines;
    QHash<QString, QWidget*> m_notices;
};

} // namespace seedbook
