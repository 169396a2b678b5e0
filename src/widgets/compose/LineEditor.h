#pragma once

#include "widgets/compose/ParameterEditor.h"

class QLineEdit;

namespace seedbook {

// Free text on one line.
class LineEditor final : public ParameterEditor
{
    Q_OBJECT

public:
    LineEditor(const Parameter& parameter, QObject* parent);

    [[nodiscard]] QWidget* widget() const override;
    [[nodiscard]] QJsonValue value() const override;
    bool setValue(const QJsonValue& value, bool undoable) override;

private:
    QLineEdit* m_line;
};

} // namespace seedbook
