#include "widgets/compose/ParameterEditor.h"

#include "core/Words.h"
#include "widgets/compose/CheckEditor.h"
#include "widgets/compose/ChoiceEditor.h"
#include "widgets/compose/LineEditor.h"
#include "widgets/compose/NumberEditor.h"
#include "widgets/compose/PromptEditor.h"

#include <algorithm>
#include <array>

namespace seedbook {

namespace {

using Make = ParameterEditor* (*)(const ModelSchema&, const Parameter&, QObject*);

template <typename Editor>
ParameterEditor* plain(const ModelSchema&, const Parameter& parameter, QObject* parent)
{
    return new Editor(parameter, parent);
}

ParameterEditor* ratio(const ModelSchema& model, const Parameter& parameter, QObject* parent)
{
    return new ChoiceEditor(parameter, ratioOptions(model, parameter), parent);
}

struct OfRole
{
    ParameterRole role;
    Make make;
};
constexpr std::array ofRoles{
    OfRole{ParameterRole::Prompt, &plain<PromptEditor>},
    OfRole{ParameterRole::NegativePrompt, &plain<PromptEditor>},
    OfRole{ParameterRole::AspectRatio, &ratio},
};

struct OfKind
{
    ParameterKind::Id kind;
    Make make;
};
constexpr std::array ofKinds{
    OfKind{ParameterKind::Id::Text, &plain<LineEditor>},
    OfKind{ParameterKind::Id::Choice, &plain<ChoiceEditor>},
    OfKind{ParameterKind::Id::Integer, &plain<NumberEditor>},
    OfKind{ParameterKind::Id::Number, &plain<NumberEditor>},
    OfKind{ParameterKind::Id::Boolean, &plain<CheckEditor>},
};

} // namespace

ParameterEditor* ParameterEditor::make(
    const ModelSchema& model, const Parameter& parameter, QObject* parent)
{
    const auto* ofRole = std::ranges::find(ofRoles, parameter.role, &OfRole::role);
    if (ofRole != ofRoles.end())
        return ofRole->make(model, parameter, parent);
    const auto* ofKind = std::ranges::find(ofKinds, kindOf(parameter).id(), &OfKind::kind);
    Q_ASSERT(ofKind != ofKinds.end());
    return ofKind->make(model, parameter, parent);
}

ParameterEditor::ParameterEditor(const Parameter& parameter, QObject* parent)
    : QObject(parent)
    , m_parameter(parameter)
{
}

QString ParameterEditor::title() const
{
    return Words::ofModel(m_parameter.title);
}

QString ParameterEditor::help() const
{
    return Words::ofModel(m_parameter.description);
}

} // namespace seedbook

#include "moc_ParameterEditor.cpp"
