#pragma once

#include "widgets/common/MessageLine.h"

#include <QStringList>
#include <QWidget>

namespace seedbook::test {

// The first below `root` with this accessible name, as a person or a program that drives the window
// finds it; null where there is none.
template <typename T>
[[nodiscard]] T* named(const QWidget& root, const QString& name)
{
    for (T* child : root.findChildren<T*>()) {
        if (child->accessibleName() == name)
            return child;
    }
    return nullptr;
}

// The same by its text.
template <typename T>
[[nodiscard]] T* withText(const QWidget& root, const QString& text)
{
    for (T* child : root.findChildren<T*>()) {
        if (child->text() == text)
            return child;
    }
    return nullptr;
}

// What the lines below `root` say now.
[[nodiscard]] inline QStringList messages(const QWidget& root)
{
    QStringList texts;
    for (const MessageLine* line : root.findChildren<MessageLine*>()) {
        if (!line->isHidden())
            texts.append(line->text());
    }
    return texts;
}

} // namespace seedbook::test
