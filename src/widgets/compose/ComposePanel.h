#pragma once

#include "core/ModelSchema.h"
#include "core/Request.h"
#include "core/Seed.h"

#include <QJsonObject>
#include <QList>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QSpinBox;

namespace seedbook {

class MessageLine;
class ModelForm;

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
    ~ComposePanel() override;

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode);

    // Everything in the panel, so that the next start shows it as it was: model, values, seed mode,
    // folds, number of images, cursor. What does not fit is passed over.
    [[nodiscard]] QJsonObject draft() const;
    void setDraft(const QJsonObject& draft);

    // A picture's parameters into the form: all, with its seed pinned; or all but the seed, which
    // becomes random. What this model does not know or allow is said below the form.
    void useAll(const QString& modelId, const QJsonObject& parameters);
    void remix(const QString& modelId, const QJsonObject& parameters);
    void pinSeed(Seed seed);

    // What the button does: checks the form, then generateRequested(), or a line beside the field
    // that is wrong.
    void generate();
    void focusPrompt();

Q_SIGNALS:
    // One request for each image, each with a seed of its own.
    void generateRequested(const QList<seedbook::Request>& requests);
    void draftChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showModel(const ModelPtr& model);
    void chooseModel(int index);
    void take(const QString& modelId, const QJsonObject& parameters, bool withSeed);
    void showPrice();
    [[nodiscard]] QList<Request> requests();

    ModelCatalog m_models;
    ModelPtr m_model; // null only if no model file could be read
    QJsonObject m_stash; // the values of fields that the shown model does not have
    Mode m_mode = Mode::KeyPending;
    bool m_loading = false;
    QComboBox* m_modelChoice;
    QScrollArea* m_scroll;
    ModelForm* m_form = nullptr;
    MessageLine* m_message;
    QSpinBox* m_images;
    QPushButton* m_button;
};

} // namespace seedbook
