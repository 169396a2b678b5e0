#include "widgets/compose/ModelForm.h"

#include "core/ErrorText.h"
#include "core/ImageFormat.h"
#include "core/Words.h"
#include "widgets/common/CollapsibleSection.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/PlainLabel.h"
#include "widgets/common/PlainWords.h"
#include "widgets/compose/ParameterField.h"
#include "widgets/compose/PromptEdit.h"
#include "widgets/compose/SeedField.h"

#include <QAbstractSpinBox>
#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QLabel* labelFor(const ParameterField& field)
{
    auto* label = new PlainLabel(field.title().replace(u'&', u"&&"_s));
    label->setToolTip(field.editor()->toolTip());
    label->setBuddy(field.editor());
    return label;
}

QGridLayout* newGrid()
{
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    return grid;
}

// The controls of all parts begin at one line.
void alignLabels(const QList<QGridLayout*>& grids)
{
    int widest = 0;
    for (const QGridLayout* grid : grids) {
        for (int row = 0; row < grid->rowCount(); ++row) {
            // Asked of the label: the item of a widget that is not shown yet says nothing.
            const QLayoutItem* item = grid->itemAtPosition(row, 0);
            if (const auto* label = item ? qobject_cast<QLabel*>(item->widget()) : nullptr)
                widest = std::max(widest, label->sizeHint().width());
        }
    }
    for (QGridLayout* grid : grids)
        grid->setColumnMinimumWidth(0, widest);
}

QVBoxLayout* newColumn(QWidget* parent)
{
    auto* column = new QVBoxLayout(parent);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    return column;
}

} // namespace

ModelForm::ModelForm(ModelPtr model, QWidget* parent)
    : QWidget(parent)
    , m_model(std::move(model))
{
    auto* layout = newColumn(this);
    layout->setSpacing(10);
    auto* grid = newGrid();
    auto* outputGrid = newGrid();
    QList<QGridLayout*> grids{grid, outputGrid};
    for (const Parameter& parameter : m_model->parameters()) {
        if (parameter.role == ParameterRole::Seed) {
            // What follows the seed row goes into a new grid below it.
            layout->addLayout(grid);
            grid = newGrid();
            grids.append(grid);
            addSeed(parameter, layout);
            continue;
        }
        ParameterField* field = addField(parameter);
        switch (field->place()) {
        case ParameterEditor::Place::Row:
            addRow(field, parameter.output ? outputGrid : grid);
            break;
        case ParameterEditor::Place::Top:
            addPrompt(field, layout);
            break;
        case ParameterEditor::Place::Folded:
            addNegativePrompt(field, layout);
            break;
        }
    }
    layout->addLayout(grid);
    alignLabels(grids);
    if (outputGrid->count() > 0) {
        m_output = new CollapsibleSection(tr("Output"));
        auto* content = new QWidget;
        content->setLayout(outputGrid);
        outputGrid->setContentsMargins(0, 0, 0, 4);
        m_output->setContent(content);
        connect(m_output, &CollapsibleSection::openChanged, this, &ModelForm::changed);
        layout->addWidget(m_output);
    } else {
        delete outputGrid;
    }
    layout->addStretch(1);
    showNegativeState();
    showQualityHint();
}

QJsonObject ModelForm::values() const
{
    QJsonObject values;
    for (const ParameterField* field : m_fields) {
        const QJsonValue value = field->value();
        if (!value.isUndefined())
            values.insert(field->parameter().name, value);
    }
    return values;
}

QList<QJsonObject> ModelForm::takeValues(int count)
{
    const QJsonObject shown = values();
    if (!m_seed)
        return QList<QJsonObject>(count, shown);
    QList<QJsonObject> all;
    for (const Seed seed : m_seed->take(count)) {
        all.append(shown);
        all.last().insert(m_model->parameter(ParameterRole::Seed)->name, seed.number());
    }
    return all;
}

QJsonObject ModelForm::sampleValues() const
{
    QJsonObject sample = values();
    if (const Parameter* prompt = m_model->parameter(ParameterRole::Prompt))
        sample.insert(prompt->name, u"a"_s);
    if (const Parameter* seed = m_model->parameter(ParameterRole::Seed))
        sample.insert(seed->name, 1);
    return sample;
}

std::optional<Seed> ModelForm::pinnedSeed() const
{
    return m_seed && !m_seed->isRandom() ? m_seed->seed() : std::nullopt;
}

bool ModelForm::mintsSeeds() const
{
    return m_seed && m_seed->isRandom();
}

void ModelForm::pinSeed(Seed seed)
{
    if (m_seed)
        m_seed->pin(seed);
}

void ModelForm::setSeedRandom()
{
    if (m_seed)
        m_seed->setRandom();
}

bool ModelForm::useSeed(const QJsonObject& values)
{
    if (!m_seed)
        return true;
    const QString name = m_model->parameter(ParameterRole::Seed)->name;
    const auto seed = Seed::fromNumber(values.value(name).toInteger(Seed::randomSentinel));
    if (seed)
        m_seed->pin(*seed);
    else
        m_seed->setRandom();
    return seed.has_value();
}

QJsonObject ModelForm::seedState() const
{
    return m_seed ? m_seed->state() : m_seedState;
}

void ModelForm::setSeedState(const QJsonObject& state)
{
    if (m_seed)
        m_seed->setState(state);
    else
        m_seedState = state;
}

QStringList ModelForm::setValues(const QJsonObject& values, bool undoable)
{
    QStringList incompatible;
    for (ParameterField* field : std::as_const(m_fields)) {
        const auto value = values.constFind(field->parameter().name);
        if (value != values.constEnd() && !field->setValue(*value, undoable))
            incompatible.append(field->title());
    }
    return incompatible;
}

bool ModelForm::check()
{
    const auto boxes = findChildren<QAbstractSpinBox*>();
    for (QAbstractSpinBox* box : boxes) {
        if (box->hasAcceptableInput())
            box->interpretText();
    }
    for (ParameterField* field : std::as_const(m_fields)) {
        if (const auto words = field->wrong()) {
            showProblem(field, words->sentence);
            return false;
        }
        const QJsonValue value = field->value();
        if (value.isUndefined())
            continue;
        const auto checked = kindOf(field->parameter()).check(field->parameter(), value);
        if (checked)
            continue;
        Error error = checked.error();
        if (error.kind == ErrorKind::EmptyPrompt)
            error.detail.clear(); // it says the same again
        showProblem(field, sentence(error));
        return false;
    }
    if (const auto words = m_seed ? m_seed->wrong() : std::nullopt) {
        m_seedMessage->say(MessageLine::Kind::Problem, words->sentence);
        m_seed->focusNumber();
        Q_EMIT attentionAsked(m_seedMessage);
        return false;
    }
    return true;
}

void ModelForm::showProblem(ParameterField* field, const QString& text)
{
    field->message()->say(MessageLine::Kind::Problem, text);
    if (field->place() == ParameterEditor::Place::Folded)
        m_negative->setOpen(true);
    else if (field->parameter().output)
        m_output->setOpen(true);
    field->focusEditor();
    Q_EMIT attentionAsked(field->message());
}

std::optional<LimitWords> ModelForm::wrong() const
{
    for (const ParameterField* field : m_fields) {
        if (const auto words = field->wrong())
            return words;
    }
    return m_seed ? m_seed->wrong() : std::nullopt;
}

void ModelForm::clearMessages()
{
    for (const ParameterField* field : std::as_const(m_fields))
        field->message()->clear();
    if (m_seedMessage)
        m_seedMessage->clear();
}

void ModelForm::focusPrompt()
{
    if (const ParameterField* first = promptField() ? promptField() : m_fields.value(0))
        first->editor()->setFocus(Qt::OtherFocusReason);
}

QJsonObject ModelForm::state() const
{
    const ParameterField* prompt = promptField();
    const QTextCursor cursor = prompt ? prompt->promptEdit()->textCursor() : QTextCursor();
    return {{u"cursor"_s, std::max(0, cursor.position())},
        {u"anchor"_s, std::max(0, cursor.anchor())},
        {u"negativeOpen"_s, m_negative && m_negative->isOpen()},
        {u"outputOpen"_s, m_output && m_output->isOpen()}};
}

void ModelForm::setState(const QJsonObject& state)
{
    if (const ParameterField* prompt = promptField()) {
        PromptEdit* edit = prompt->promptEdit();
        const int end = edit->document()->characterCount() - 1;
        QTextCursor cursor = edit->textCursor();
        cursor.setPosition(std::clamp(state["anchor"_L1].toInt(), 0, end));
        cursor.setPosition(std::clamp(state["cursor"_L1].toInt(), 0, end), QTextCursor::KeepAnchor);
        edit->setTextCursor(cursor);
    }
    if (m_negative)
        m_negative->setOpen(state["negativeOpen"_L1].toBool());
    if (m_output)
        m_output->setOpen(state["outputOpen"_L1].toBool());
}

ParameterField* ModelForm::addField(const Parameter& parameter)
{
    auto* field = new ParameterField(*m_model, parameter, this);
    m_fields.append(field);
    connect(field, &ParameterField::changed, this, &ModelForm::changed);
    if (field->promptEdit())
        connect(field->promptEdit(), &PromptEdit::sendAsked, this, &ModelForm::sendAsked);
    if (parameter.role == ParameterRole::ImageFormat)
        connect(field, &ParameterField::changed, this, &ModelForm::showQualityHint);
    return field;
}

void ModelForm::addSeed(const Parameter& parameter, QVBoxLayout* layout)
{
    m_seed = new SeedField(Words::ofModel(parameter.title), Words::ofModel(parameter.description));
    m_seedMessage = new MessageLine;
    auto* column = newColumn(nullptr);
    column->addWidget(m_seed);
    column->addWidget(m_seedMessage);
    layout->addLayout(column);
    connect(m_seed, &SeedField::changed, this, [this] {
        m_seedMessage->clear();
        Q_EMIT changed();
    });
    connect(m_seed, &SeedField::refused, this, [this](const QString& words) {
        m_seedMessage->say(MessageLine::Kind::Problem, words);
        Q_EMIT attentionAsked(m_seedMessage);
    });
}

void ModelForm::addPrompt(ParameterField* field, QVBoxLayout* layout)
{
    auto* column = newColumn(nullptr);
    column->addWidget(labelFor(*field));
    column->addWidget(field->editor());
    column->addWidget(field->message());
    layout->addLayout(column);
}

void ModelForm::addNegativePrompt(ParameterField* field, QVBoxLayout* layout)
{
    m_negative = new CollapsibleSection(field->title());
    auto* content = new QWidget;
    auto* column = newColumn(content);
    column->addWidget(field->editor());
    column->addWidget(field->message());
    m_negative->setContent(content);
    layout->addWidget(m_negative);
    connect(field, &ParameterField::changed, this, &ModelForm::showNegativeState);
    connect(m_negative, &CollapsibleSection::openChanged, this, &ModelForm::changed);
}

void ModelForm::addRow(ParameterField* field, QGridLayout* grid)
{
    const int row = grid->rowCount();
    if (!field->bringsLabel())
        grid->addWidget(labelFor(*field), row, 0);
    grid->addWidget(field->editor(), row, 1);
    grid->addWidget(field->message(), row + 1, 0, 1, 2);
}

void ModelForm::showNegativeState()
{
    const ParameterField* negative = field(ParameterRole::NegativePrompt);
    if (!negative)
        return;
    const QString text = negative->value().toString();
    const QString normal = negative->parameter().defaultValue.toString();
    m_negative->setSummary(text.isEmpty()   ? tr("empty")
                           : text == normal ? tr("default")
                                            : tr("custom"));
}

// Quality stays usable with a lossless format: the value is sent all the same, and is still there
// when the format changes back.
void ModelForm::showQualityHint()
{
    const ParameterField* format = field(ParameterRole::ImageFormat);
    const ParameterField* quality = field(ParameterRole::Quality);
    if (!format || !quality)
        return;
    QString words = quality->help();
    if (imageFormatFromName(format->value().toString()) == ImageFormat::Png)
        words += u'\n' + tr("PNG keeps every pixel, so it makes little difference there.");
    quality->editor()->setToolTip(plainTip(words));
}

ParameterField* ModelForm::field(ParameterRole role) const
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(),
        [role](const ParameterField* field) { return field->parameter().role == role; });
    return found == m_fields.end() ? nullptr : *found;
}

} // namespace seedbook

#include "moc_ModelForm.cpp"
