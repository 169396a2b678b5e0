#include "widgets/compose/ParameterField.h"

#include "core/Words.h"
#include "widgets/common/MessageLine.h"
#include "widgets/common/NumberBox.h"
#include "widgets/common/PlainWords.h"
#include "widgets/common/SliderField.h"
#include "widgets/common/WheelGuard.h"
#include "widgets/compose/PromptEdit.h"
#include "widgets/compose/RatioIcon.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Beyond this a double no longer holds every integer.
constexpr double exactIntegers = 9007199254740992.0;

bool isNumeric(const Parameter& parameter)
{
    return parameter.type == ParameterType::Integer || parameter.type == ParameterType::Number;
}

} // namespace

ParameterField::ParameterField(
    const ModelSchema& model, const Parameter& parameter, QObject* parent)
    : QObject(parent)
    , m_parameter(parameter)
    , m_message(new MessageLine)
{
    if (parameter.role == ParameterRole::Prompt || parameter.role == ParameterRole::NegativePrompt)
        makeText();
    else if (!parameter.allowed.isEmpty())
        makeChoice(model);
    else if (parameter.type == ParameterType::String)
        makeLine();
    else if (parameter.type == ParameterType::Boolean)
        makeCheck();
    else if (parameter.minimum && parameter.maximum)
        makeRanged();
    else
        makeNumber();

    const QString words = help();
    if (!words.isEmpty())
        m_editor->setToolTip(plainTip(words));
    m_editor->setAccessibleName(title());
    m_editor->setAccessibleDescription(words);
    if (!parameter.defaultValue.isUndefined())
        setValue(parameter.defaultValue);
    m_touched = false;
}

QString ParameterField::help() const
{
    return Words::ofModel(m_parameter.description);
}

QString ParameterField::title() const
{
    return Words::ofModel(m_parameter.title);
}

QJsonValue ParameterField::value() const
{
    const bool leaveOut =
        !m_touched && !m_parameter.required && m_parameter.defaultValue.isUndefined();
    return leaveOut ? QJsonValue(QJsonValue::Undefined) : m_read();
}

bool ParameterField::setValue(const QJsonValue& value, bool undoable)
{
    m_write(value, undoable);
    const QJsonValue now = m_read();
    if (isNumeric(m_parameter))
        return value.isDouble() && std::fabs(now.toDouble() - value.toDouble()) < 1e-9;
    return now == value;
}

void ParameterField::makeText()
{
    const bool main = m_parameter.role == ParameterRole::Prompt;
    auto* edit = main ? new PromptEdit(5, 14) : new PromptEdit(2, 8);
    edit->setPlaceholderText(
        main ? tr("A lighthouse on black rocks at dusk, one lit window, gulls in the wind …")
             : tr("Nothing is excluded"));
    m_editor = m_promptEdit = edit;
    m_read = [edit] { return QJsonValue(edit->text()); };
    m_write = [edit](const QJsonValue& value, bool undoable) {
        const QString text = value.toString();
        if (text == edit->text())
            return;
        if (undoable)
            edit->replaceText(text);
        else
            edit->setText(text);
    };
    connect(edit, &PromptEdit::textChanged, this, [this] {
        noteChange();
        showLength();
    });
    connect(edit, &PromptEdit::pasteRefused, this, [this](qsizetype size) {
        m_message->say(MessageLine::Kind::Problem,
            tr("Not pasted: with %L1 more characters the text would be longer than %L2.")
                .arg(size)
                .arg(PromptEdit::longest));
    });
}

void ParameterField::makeLine()
{
    auto* line = new QLineEdit;
    line->setMaxLength(m_parameter.maxLength);
    m_editor = line;
    m_read = [line] { return QJsonValue(line->text()); };
    m_write = [line](const QJsonValue& value, bool) { line->setText(value.toString()); };
    connect(line, &QLineEdit::textChanged, this, &ParameterField::noteChange);
}

void ParameterField::makeChoice(const ModelSchema& model)
{
    auto* choice = new QComboBox;
    if (!m_parameter.required && m_parameter.defaultValue.isUndefined())
        choice->addItem(tr("not set"));
    for (const QString& value : m_parameter.allowed) {
        QString words = value;
        QIcon icon;
        if (m_parameter.role == ParameterRole::AspectRatio) {
            icon = ratioIcon(value);
            const QSize size = model.pixelSize(value);
            if (!size.isEmpty())
                words = u"%1 · %2×%3"_s.arg(value).arg(size.width()).arg(size.height());
        }
        choice->addItem(icon, words, value);
    }
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(6);
    choice->setIconSize({18, 16});
    WheelGuard::protect(choice);
    m_editor = choice;
    m_read = [choice] {
        const QVariant data = choice->currentData();
        return data.isValid() ? QJsonValue(data.toString()) : QJsonValue(QJsonValue::Undefined);
    };
    m_write = [choice](const QJsonValue& value, bool) {
        const int index = choice->findData(value.toString());
        if (value.isString() && index >= 0)
            choice->setCurrentIndex(index);
    };
    connect(choice, &QComboBox::currentIndexChanged, this, &ParameterField::noteChange);
}

void ParameterField::makeRanged()
{
    auto* field = new SliderField({*m_parameter.minimum, *m_parameter.maximum, m_parameter.step,
        m_parameter.type == ParameterType::Integer});
    field->setFieldName(title(), help());
    field->setDefaultValue(m_parameter.defaultValue.toDouble(*m_parameter.minimum));
    m_editor = field;
    m_read = [this, field] { return number(field->value()); };
    m_write = [field](const QJsonValue& value, bool) {
        if (value.isDouble())
            field->setValue(value.toDouble());
    };
    connect(field, &SliderField::valueChanged, this, &ParameterField::noteChange);
    follow(field->box());
}

void ParameterField::makeNumber()
{
    const bool whole = m_parameter.type == ParameterType::Integer;
    auto* box = new NumberBox(m_parameter.step, whole);
    box->setRange(
        m_parameter.minimum.value_or(-exactIntegers), m_parameter.maximum.value_or(exactIntegers));
    m_editor = box;
    m_read = [this, box] { return number(box->value()); };
    m_write = [box](const QJsonValue& value, bool) {
        if (value.isDouble())
            box->setValue(value.toDouble());
    };
    connect(box, &NumberBox::valueChanged, this, &ParameterField::noteChange);
    follow(box);
}

void ParameterField::makeCheck()
{
    auto* check = new QCheckBox(title().replace(u'&', u"&&"_s));
    m_editor = check;
    m_read = [check] { return QJsonValue(check->isChecked()); };
    m_write = [check](const QJsonValue& value, bool) {
        if (value.isBool())
            check->setChecked(value.toBool());
    };
    connect(check, &QCheckBox::toggled, this, &ParameterField::noteChange);
}

void ParameterField::follow(NumberBox* box)
{
    m_box = box;
    connect(box->line(), &QLineEdit::textChanged, this, &ParameterField::noteTyped);
}

void ParameterField::noteTyped()
{
    const bool isWrong = wrong().has_value();
    if (!isWrong && !m_wasWrong)
        return; // told of as a value
    m_wasWrong = isWrong;
    noteChange();
    if (const auto words = m_box->wrongSoFar(title()))
        m_message->say(MessageLine::Kind::Problem, words->sentence);
}

std::optional<LimitWords> ParameterField::wrong() const
{
    return m_box ? m_box->wrong(title()) : std::nullopt;
}

void ParameterField::focusEditor()
{
    QWidget* place = wrong() ? m_box : m_editor;
    place->setFocus(Qt::OtherFocusReason);
}

void ParameterField::noteChange()
{
    m_touched = true;
    m_message->clear();
    Q_EMIT changed();
}

// Quiet until the end is near.
void ParameterField::showLength()
{
    const auto length = m_promptEdit->document()->characterCount() - 1;
    const int most = m_parameter.maxLength;
    if (length <= most - most / 10)
        return;
    m_message->say(length > most ? MessageLine::Kind::Problem : MessageLine::Kind::Note,
        tr("%L1 of %L2 characters").arg(length).arg(most));
}

QJsonValue ParameterField::number(double value) const
{
    return m_parameter.type == ParameterType::Integer ? QJsonValue(static_cast<qint64>(value))
                                                      : QJsonValue(value);
}

} // namespace seedbook

#include "moc_ParameterField.cpp"
