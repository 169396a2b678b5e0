#include "widgets/compose/ComposePanel.h"

#include "core/ErrorText.h"
#include "core/Money.h"
#include "core/Text.h"
#include "widgets/common/ComboAccess.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/TypedBox.h"
#include "widgets/common/WheelGuard.h"
#include "widgets/compose/GenerateButton.h"
#include "widgets/compose/ModelForm.h"

#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// A foreign file can hold names of any length and number.
constexpr qsizetype longestName = 40;
constexpr qsizetype mostNames = 5;

QString listed(QStringList names)
{
    const bool more = names.size() > mostNames;
    names = names.first(std::min(names.size(), mostNames));
    for (QString& name : names)
        name = u"“%1”"_s.arg(elided(name, longestName));
    return more ? ComposePanel::tr("%1 and others").arg(names.join(u", "_s))
                : QLocale().createSeparatedList(names);
}

// Steps and guidance mean something else to each model, and a field without a role may, too.
bool carriesOver(ParameterRole role)
{
    return role != ParameterRole::None && role != ParameterRole::Steps &&
           role != ParameterRole::Guidance;
}

} // namespace

ComposePanel::ComposePanel(const ModelCatalog& models, QWidget* parent)
    : QWidget(parent)
    , m_models(models)
    , m_page(new QWidget)
    , m_modelChoice(new QComboBox)
    , m_scroll(new QScrollArea)
    , m_message(new MessageLine)
    , m_images(new CountBox)
    , m_button(new GenerateButton)
{
    nameCombosByLabel();
    for (const ModelPtr& model : m_models.models())
        m_modelChoice->addItem(model->title(), model->id());
    m_modelChoice->setAccessibleName(tr("Model"));
    m_modelChoice->setVisible(m_modelChoice->count() > 1);
    m_modelChoice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    WheelGuard::protect(m_modelChoice);

    auto* pageLayout = new QVBoxLayout(m_page);
    pageLayout->setContentsMargins(12, 12, 12, 12);
    pageLayout->setSpacing(10);
    if (m_modelChoice->count() > 1)
        pageLayout->addWidget(m_modelChoice);
    else
        m_modelChoice->setParent(this);
    m_scroll->setWidget(m_page);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);

    m_images->setRange(1, mostImages);
    m_images->setAccessibleName(tr("Images"));
    WheelGuard::protect(m_images);
    auto* imagesLabel = new PlainLabel(tr("Images"));
    imagesLabel->setBuddy(m_images);

    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Midlight);
    auto* imagesRow = new QHBoxLayout;
    imagesRow->addWidget(imagesLabel);
    imagesRow->addStretch(1);
    imagesRow->addWidget(m_images);
    auto* footer = new QVBoxLayout;
    footer->setContentsMargins(12, 10, 12, 12);
    footer->setSpacing(8);
    footer->addLayout(imagesRow);
    footer->addWidget(m_message);
    footer->addWidget(m_button);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(line);
    layout->addLayout(footer);

    connect(m_modelChoice, &QComboBox::currentIndexChanged, this, &ComposePanel::chooseModel);
    connect(m_images, &QSpinBox::valueChanged, this, [this] {
        showPrice();
        noteChange();
    });
    connect(m_images->line(), &QLineEdit::textChanged, this, &ComposePanel::noteImages);
    connect(m_button, &QPushButton::clicked, this, &ComposePanel::generate);

    ModelPtr first = m_models.standard();
    if (!first && !m_models.models().isEmpty())
        first = m_models.models().first();
    if (first)
        showModel(first, {});
    for (const Error& error : m_models.errors())
        m_message->say(MessageLine::Kind::Problem, sentence(error));
    showPrice();
}

void ComposePanel::setMode(Mode mode)
{
    m_mode = mode;
    showPrice();
}

QJsonObject ComposePanel::draft() const
{
    QJsonObject values;
    for (auto it = m_values.begin(); it != m_values.end(); ++it)
        values.insert(it.key(), *it);
    QJsonObject draft{{u"images"_s, m_images->value()}};
    if (m_form) {
        values.insert(m_form->model()->id(), m_form->values());
        draft.insert(u"model"_s, m_form->model()->id());
        draft.insert(u"seed"_s, m_form->seedState());
        draft.insert(u"form"_s, m_form->state());
    }
    draft.insert(u"values"_s, values);
    draft.insert(u"parents"_s, m_parents.state());
    return draft;
}

void ComposePanel::setDraft(const QJsonObject& draft)
{
    if (!m_form)
        return;
    {
        const QScopedValueRollback loading(m_loading, true);
        const QJsonObject values = draft["values"_L1].toObject();
        for (const ModelPtr& model : m_models.models()) {
            if (values.contains(model->id()))
                m_values.insert(model->id(), values[model->id()].toObject());
        }
        ModelPtr model = m_models.find(draft["model"_L1].toString());
        if (!model)
            model = m_form->model();
        showModel(model, m_values.value(model->id()));
        m_form->setSeedState(draft["seed"_L1].toObject());
        m_form->setState(draft["form"_L1].toObject());
        m_form->clearMessages();
        m_images->setValue(draft["images"_L1].toInt(1));
        m_parents.setState(draft["parents"_L1].toObject());
    }
    noteChange();
}

void ComposePanel::useAll(
    const QString& modelId, const QJsonObject& parameters, const Provenance& from)
{
    m_parents.takeSettings(from);
    take(modelId, parameters, true);
}

void ComposePanel::remix(
    const QString& modelId, const QJsonObject& parameters, const Provenance& from)
{
    m_parents.takeSettings(from);
    take(modelId, parameters, false);
}

void ComposePanel::pinSeed(Seed seed, const QUuid& parent)
{
    if (!m_form)
        return;
    m_parents.takeSeed(seed, parent);
    m_form->pinSeed(seed);
    noteChange(); // also where that seed was pinned already
    if (!m_form->model()->parameter(ParameterRole::Seed))
        showProblem(tr("%1 takes no seed.").arg(m_form->model()->title()));
}

void ComposePanel::useFound(
    const QString& modelId, const QJsonObject& values, const Provenance& from)
{
    if (!m_form)
        return;
    {
        const QScopedValueRollback loading(m_loading, true);
        m_parents.takeSettings(from);
        const ModelPtr model = m_models.find(modelId);
        if (model && model != m_form->model()) {
            m_values.insert(m_form->model()->id(), m_form->values());
            showModel(model, m_values.value(modelId));
        }
        m_form->setValues(values, true);
        m_form->clearMessages();
        const Parameter* seed = m_form->model()->parameter(ParameterRole::Seed);
        if (seed && values.contains(seed->name))
            m_form->useSeed(values);
    }
    noteChange();
}

Provenance ComposePanel::provenance() const
{
    return m_parents.provenance(m_form ? m_form->pinnedSeed() : std::nullopt);
}

void ComposePanel::generate()
{
    if (!m_form || m_mode == Mode::KeyPending)
        return;
    if (!m_form->check())
        return;
    if (const auto wrong = m_images->wrong(m_images->accessibleName())) {
        m_message->say(MessageLine::Kind::Problem, wrong->sentence);
        m_images->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_images->interpretText();
    const Provenance from = provenance(); // while the seed is the one that was pinned
    const bool minted = m_form->mintsSeeds();
    const auto made = requests(m_form->takeValues(m_images->value()));
    if (!made) {
        m_message->say(MessageLine::Kind::Problem, sentence(made.error()));
        return;
    }
    m_message->clear();
    m_lastSent = m_clock();
    QList<Intent> intents;
    for (const Request& request : *made)
        intents.append({request, from, 0, minted});
    Q_EMIT generateRequested(intents);
}

void ComposePanel::generateOnce()
{
    const std::chrono::milliseconds now = m_clock();
    if (m_lastSent && now - *m_lastSent < doublePressTime())
        m_lastSent = now;
    else
        generate();
}

void ComposePanel::focusPrompt()
{
    if (m_form)
        m_form->focusPrompt();
}

void ComposePanel::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && (event->modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier) {
        // Holding the keys down is one intent.
        if (!event->isAutoRepeat())
            generateOnce();
        event->accept();
        return;
    }
    QWidget::keyPressEvent(event);
}

// `values` go over the model's defaults.
void ComposePanel::showModel(const ModelPtr& model, const QJsonObject& values)
{
    m_values.remove(model->id());
    if (!m_form || m_form->model() != model) {
        auto* form = new ModelForm(model);
        if (m_form) {
            form->setSeedState(m_form->seedState());
            form->setState(m_form->state());
            delete m_form;
        }
        m_form = form;
        m_page->layout()->addWidget(m_form);
        m_form->show(); // the layout would only do it once control is back in the event loop
        connect(m_form, &ModelForm::changed, this, &ComposePanel::noteChange);
        connect(m_form, &ModelForm::sendAsked, this, &ComposePanel::generateOnce);
        connect(m_form, &ModelForm::attentionAsked, this, [this](QWidget* place) {
            // The line may have just appeared; its place is known once the layout has run.
            m_page->layout()->activate();
            m_scroll->ensureWidgetVisible(place, 0, 12);
        });
        orderTabs();
    }
    const int index = m_modelChoice->findData(model->id());
    const QScopedValueRollback loading(m_loading, true);
    m_modelChoice->setCurrentIndex(index);
    m_form->setValues(values, false);
    if (model->parameter(ParameterRole::Seed))
        m_images->setToolTip(
            tr("How many pictures to make, each with a seed of its own. A pinned seed "
               "is followed by the numbers after it."));
    else
        m_images->setToolTip(tr("How many pictures to make."));
    showPrice();
}

// A new form comes last in the window's focus chain; its place is between the model and the images.
void ComposePanel::orderTabs()
{
    QList<QWidget*> stops{m_modelChoice};
    const auto parts = m_form->findChildren<QWidget*>();
    for (QWidget* part : parts) {
        // A combo box's list is a window of its own.
        if ((part->focusPolicy() & Qt::TabFocus) && !part->focusProxy() &&
            part->window() == m_form->window())
            stops.append(part);
    }
    stops.append({m_images, m_button});
    for (qsizetype i = 1; i < stops.size(); ++i)
        setTabOrder(stops[i - 1], stops[i]);
}

void ComposePanel::chooseModel(int index)
{
    const ModelPtr model = m_models.find(m_modelChoice->itemData(index).toString());
    if (m_loading || !model || !m_form || model == m_form->model())
        return;
    const ModelPtr before = m_form->model();
    const QJsonObject shown = m_form->values();
    QJsonObject values = m_values.value(model->id());
    for (const Parameter& parameter : before->parameters()) {
        const Parameter* same =
            carriesOver(parameter.role) ? model->parameter(parameter.role) : nullptr;
        if (same && shown.contains(parameter.name))
            values.insert(same->name, shown.value(parameter.name));
    }
    m_values.insert(before->id(), shown);
    showModel(model, values);
    m_message->clear();
    noteChange();
}

void ComposePanel::take(const QString& modelId, const QJsonObject& parameters, bool withSeed)
{
    if (!m_form)
        return;
    QStringList notes;
    const ModelPtr model = m_models.find(modelId);
    {
        const QScopedValueRollback loading(m_loading, true);
        if (!model)
            notes.append(tr(
                "The picture's model, %1, is not known here: what “%2” has in common with it was "
                "taken over.")
                             .arg(listed({modelId}), m_form->model()->title()));
        else if (model != m_form->model()) {
            m_values.insert(m_form->model()->id(), m_form->values());
            showModel(model, {});
        }

        QStringList unknown;
        for (auto it = parameters.begin(); it != parameters.end(); ++it) {
            if (!m_form->model()->parameter(it.key()))
                unknown.append(it.key());
        }
        // A field that the picture's record does not name had the model's default.
        QJsonObject values = m_form->model()->defaults();
        for (auto it = parameters.begin(); it != parameters.end(); ++it)
            values.insert(it.key(), *it);
        const QStringList incompatible = m_form->setValues(values, true);
        m_form->clearMessages();
        if (!incompatible.isEmpty())
            notes.append(tr("Out of range here and changed to fit: %1.").arg(listed(incompatible)));
        if (!unknown.isEmpty())
            notes.append(tr("Unknown to this model and left out: %1.").arg(listed(unknown)));

        if (!withSeed)
            m_form->setSeedRandom();
        else if (!m_form->useSeed(parameters))
            notes.append(tr("Its seed is not known, so it cannot be made again exactly."));
    }
    noteChange();
    if (!notes.isEmpty())
        m_message->say(MessageLine::Kind::Warning, notes.join(u' '));
}

void ComposePanel::showPrice()
{
    if (!m_form)
        return m_button->showReason(tr("There is no model to work with"));
    if (m_mode == Mode::KeyPending)
        return m_button->showReason(tr("Looking for the API key…"));
    // A price would be that of another number than the one that is read.
    auto wrong = m_form->wrong();
    if (!wrong)
        wrong = m_images->wrong(m_images->accessibleName());
    if (wrong)
        return m_button->showReason(wrong->label);
    const int count = m_images->value();
    const Money cost = price() * count;
    switch (m_mode) {
    case Mode::KeyPending:
        break;
    case Mode::Practice:
        return m_button->showOffer(count, tr("practice"));
    case Mode::Paid:
        return m_button->showOffer(count, cost > Money() ? estimated(cost.shortText()) : QString());
    }
}

// What is typed and is no value is told of by no signal of the box.
void ComposePanel::noteImages()
{
    const bool wasWrong = std::exchange(m_imagesWrong, !m_images->hasAcceptableInput());
    if (wasWrong || m_imagesWrong)
        noteChange();
}

Money ComposePanel::price() const
{
    const ModelPtr& model = m_form->model();
    if (!m_priceOf)
        return model->price();
    // The price hangs on neither prompt nor seed, which may not be there yet.
    const auto request = Request::make(model, m_form->sampleValues());
    return request ? m_priceOf(*request) : model->price();
}

void ComposePanel::setPriceOf(PriceOf priceOf)
{
    m_priceOf = std::move(priceOf);
    showPrice();
}

void ComposePanel::showProblem(const QString& text)
{
    m_message->say(MessageLine::Kind::Problem, text);
}

void ComposePanel::noteChange()
{
    if (m_loading)
        return;
    m_message->clear();
    if (const auto wrong = m_images->wrongSoFar(m_images->accessibleName()))
        m_message->say(MessageLine::Kind::Problem, wrong->sentence);
    const Parameter* prompt = m_form ? m_form->model()->parameter(ParameterRole::Prompt) : nullptr;
    if (prompt && m_form->values().value(prompt->name).toString().isEmpty())
        m_parents.clear(); // a new beginning
    showPrice();
    Q_EMIT draftChanged();
}

Result<QList<Request>> ComposePanel::requests(const QList<QJsonObject>& all) const
{
    QList<Request> made;
    for (const QJsonObject& values : all) {
        auto request = Request::make(m_form->model(), values);
        if (!request)
            return request.error();
        made.append(*request);
    }
    return made;
}

} // namespace seedbook

#include "moc_ComposePanel.cpp"
