#pragma once

#include <QCoreApplication>

namespace seedbook {

// For what people read of functions and classes that are no QObject and have no context of their
// own: Words::tr("…"). lupdate finds it by this class wherever the call stands.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(seedbook::Words)

public:
    // A title or description that stands in a model's file. For translators, a generated source
    // lists them.
    [[nodiscard]] static QString ofModel(const QString& text)
    {
        return text.isEmpty() ? text
                              : QCoreApplication::translate("models", text.toUtf8().constData());
    }
};

} // namespace seedbook
