#pragma once

#include "core/ModelSchema.h"
#include "core/Seed.h"
#include "widgets/common/TypedBox.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>
#include <QWidget>

#include <optional>

class QGridLayout;
class QVBoxLayout;

namespace seedbook {

class CollapsibleSection;
class MessageLine;
class ParameterField;
class SeedField;

// The form of one model: every parameter of its schema in the schema's order, each with a label,
// its control and a line for what is wrong with it. The negative prompt and the output part fold
// away. What a model has none of (a seed, a prompt), its form has none of.
class ModelForm final : public QWidget
{
    Q_OBJECT

public:
    explicit ModelForm(ModelPtr model, QWidget* parent = nullptr);

    [[nodiscard]] const ModelPtr& model() const { return m_model; }

    // By field name, without the seed. Texts are as typed, not checked.
    [[nodiscard]] QJsonObject values() const;
    // Likewise what the next `count` requests are made from, each with a seed of its own (see
    // SeedField::take()).
    [[nodiscard]] QList<QJsonObject> takeValues(int count);
    // Those of some request with these values, though the prompt is not written yet and the seed
    // not drawn.
    [[nodiscard]] QJsonObject sampleValues() const;

    [[nodiscard]] std::optional<Seed> pinnedSeed() const;
    // The next requests' seeds will be drawn for them.
    [[nodiscard]] bool mintsSeeds() const;
    void pinSeed(Seed seed);
    void setSeedRandom();
    // The seed that `values` name, or a random one; false where they name none. Without a seed in
    // the form nothing happens, and nothing is missing.
    bool useSeed(const QJsonObject& values);
    // Kept for the next form where this one has no seed.
    [[nodiscard]] QJsonObject seedState() const;
    void setSeedState(const QJsonObject& state);

    // Fields that `values` does not name are left as they are. Returns the titles of the fields
    // that could not take their value as it was.
    QStringList setValues(const QJsonObject& values, bool undoable);
    // What is typed is no number for its field, in the first of those where that is so.
    [[nodiscard]] std::optional<LimitWords> wrong() const;
    // Takes in what is typed but not finished, then checks all. On a fault it is said beside its
    // field, which gets the focus, and the answer is false.
    bool check();
    void clearMessages();
    void focusPrompt();

    // What is no value: the cursor and what is folded.
    [[nodiscard]] QJsonObject state() const;
    void setState(const QJsonObject& state);

Q_SIGNALS:
    void changed();
    void sendAsked();
    // Something in the form has to be seen.
    void attentionAsked(QWidget* place);

private:
    ParameterField* addField(const Parameter& parameter);
    void addSeed(const Parameter& parameter, QVBoxLayout* layout);
    void addPrompt(ParameterField* field, QVBoxLayout* layout);
    void addNegativePrompt(ParameterField* field, QVBoxLayout* layout);
    void addRow(ParameterField* field, QGridLayout* grid);
    void showProblem(ParameterField* field, const QString& text);
    void showNegativeState();
    void showQualityHint();
    [[nodiscard]] ParameterField* field(ParameterRole role) const;
    [[nodiscard]] ParameterField* promptField() const { return field(ParameterRole::Prompt); }

    ModelPtr m_model;
    QList<ParameterField*> m_fields;
    SeedField* m_seed = nullptr;
    MessageLine* m_seedMessage = nullptr;
    QJsonObject m_seedState; // another form's, where this one has no seed
    CollapsibleSection* m_negative = nullptr;
    CollapsibleSection* m_output = nullptr;
};

} // namespace seedbook
