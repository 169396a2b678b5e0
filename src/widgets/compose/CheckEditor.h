#pragma once

#include "widgets/compose/ParameterEditor.h"

class QCheckBox;

namespace seedbook {

// Yes or no.
class CheckEditor final : public ParameterEditor
{
    Q_OBJECT

public:
    CheckEditor(const Parameter& parameter, QObject* parent);

    [[nodiscard]] QWidget* widget() const override;
    [[nodiscard]] QJsonValue value() const override;
    bool setValue(const QJsonValue& value, bool undoable) override;
    [[nodiscard]] bool bringsLabel() const override { return true; }

private:
    QCheckBox* m_check;
};

} // namespace seedbook
