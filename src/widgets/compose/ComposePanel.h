#pragma once

#include "core/ModelSchema.h"
#include "core/Request.h"
#include "core/Seed.h"
#include "jobs/SendPlan.h"
#include "widgets/common/PressRest.h"
#include "widgets/compose/DraftParents.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QWidget>

#include <chrono>
#include <functional>
#include <optional>

class QComboBox;
class QScrollArea;

namespace seedbook {

class GenerateButton;
class MessageLine;
class ModelForm;
class CountBox;

// Where a request is written. The form comes from the chosen model's schema; the number of images,
// the price and the Generate button below it stay in sight when the form scrolls.
class ComposePanel final : public QWidget
{
    Q_OBJECT

public:
    enum class Mode {
        KeyPending, // the keychain has not answered yet: nothing can be sent
        Practice,   // pictures cost nothing
        Paid,
    };

    static constexpr int mostImages = 20;

    explicit ComposePanel(const ModelCatalog& models, QWidget* parent = nullptr);

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    // What one picture will probably cost; without it, what the model's file says.
    using PriceOf = std::function<Money(const Request&)>;
    void setPriceOf(PriceOf priceOf);
    // Prices are others now.
    void showPrice();
    // Why what was asked for was not sent; above the button, until something changes.
    void showProblem(const QString& text);

    // Everything in the panel, so that the next start shows it as it was: model, values, seed mode,
    // folds, number of images, cursor. What does not fit is passed over.
    [[nodiscard]] QJsonObject draft() const;
    void setDraft(const QJsonObject& draft);

    // A picture's parameters into the form: all, with its seed pinned; or all but the seed, which
    // becomes random. What the model does not know or allow is said above the button. `from` tells
    // where these settings are from; empty where they are from no picture.
    void useAll(const QString& modelId, const QJsonObject& parameters, const Provenance& from = {});
    void remix(const QString& modelId, const QJsonObject& parameters, const Provenance& from = {});
    void pinSeed(Seed seed, const QUuid& parent = {});
    // Values that fit their fields; fields that are not named stay as they are. A seed of −1 means
    // random.
    void useFound(const QString& modelId, const QJsonObject& values, const Provenance& from);
    // Where what is in the form was taken from, until the prompt is cleared or other settings are
    // taken.
    [[nodiscard]] Provenance provenance() const;

    // What the button does: checks the form, then generateRequested(), or a line beside what is
    // wrong. What is typed is what is sent, or nothing is.
    void generate();
    // The same by a key, or a menu: pressed once more within the time of a double click it is still
    // the same intent, as with the mouse.
    void generateOnce();
    void setPressClock(const PressClock& clock) { m_clock = clock; } // for tests
    void focusPrompt();

Q_SIGNALS:
    // One for each image, each with a seed of its own.
    void generateRequested(const QList<seedbook::Intent>& intents);
    void draftChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showModel(const ModelPtr& model, const QJsonObject& values);
    void orderTabs();
    void chooseModel(int index);
    void take(const QString& modelId, const QJsonObject& parameters, bool withSeed);
    void noteImages();
    [[nodiscard]] Money price() const; // of one picture as the form stands
    void noteChange();
    [[nodiscard]] Result<QList<Request>> requests(const QList<QJsonObject>& all) const;

    ModelCatalog m_models;
    QMap<QString, QJsonObject> m_values; // of the models that are not shown, by model
    Mode m_mode = Mode::KeyPending;
    PriceOf m_priceOf;
    DraftParents m_parents;
    PressClock m_clock = steadyPressClock();
    std::optional<std::chrono::milliseconds> m_lastSent;
    bool m_imagesWrong = false;
    bool m_loading = false; // several changes that are to be told as one
    QWidget* m_page;
    QComboBox* m_modelChoice;
    QScrollArea* m_scroll;
    ModelForm* m_form = nullptr; // null only if no model file could be read
    MessageLine* m_message;
    CountBox* m_images;
    GenerateButton* m_button;
};

} // namespace seedbook
