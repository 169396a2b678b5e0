#pragma once

#include <QDoubleSpinBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QString>

#include <algorithm>
#include <cmath>
#include <optional>

namespace seedbook {

// Why what is typed cannot be used.
struct LimitWords
{
    QString sentence; // "Images: use 1 to 20."
    QString label;    // the same on a button
};

struct NumberLimits
{
    double least = 0;
    double most = 0;
    int decimals = 0;
};

// `typed` is the number that was typed, if it is one.
[[nodiscard]] LimitWords limitWords(
    const QString& field, const NumberLimits& limits, std::optional<double> typed);
// In the locale's way of writing numbers, or with a point or comma where `loosely`.
[[nodiscard]] std::optional<double> numberTyped(
    const QString& text, const QLocale& locale, bool loosely = true);

// A spin box in which everything that is typed stays as it is typed. Qt's own drop a digit that
// would leave the range without a word, so that 60 becomes 6. `wrong()` says why what stands there
// cannot be used; whoever uses value() asks that first, for value() is then an older number.
//
// Where the box is left, what cannot be used stays too, unless setCorrects() was said: then the
// nearest number that can takes its place. An empty box takes its number back.
template <typename Box>
class TypedBox : public Box
{
public:
    explicit TypedBox(QWidget* parent = nullptr)
        : Box(parent)
    {
    }

    void setCorrects() { m_corrects = true; }

    // For its textChanged(): no signal of the box tells of what cannot be used.
    [[nodiscard]] QLineEdit* line() const { return Box::lineEdit(); }
    [[nodiscard]] std::optional<LimitWords> wrong(const QString& field) const
    {
        if (Box::hasAcceptableInput())
            return std::nullopt;
        return limitWords(field, limits(), numberTyped(Box::cleanText(), Box::locale()));
    }
    // The same while something stands there: who has cleared the box is about to type.
    [[nodiscard]] std::optional<LimitWords> wrongSoFar(const QString& field) const
    {
        return Box::cleanText().isEmpty() ? std::nullopt : wrong(field);
    }

    [[nodiscard]] QValidator::State validate(QString& text, int& position) const override
    {
        const QValidator::State state = Box::validate(text, position);
        if (state == QValidator::Invalid)
            return text.size() <= longestTyped ? QValidator::Intermediate : state;
        // To Qt 1,5 is 15 where a comma may part thousands.
        if (state == QValidator::Acceptable && std::is_same_v<Value, int> &&
            text.contains(Box::locale().groupSeparator()) &&
            !numberTyped(text, Box::locale(), false))
            return QValidator::Intermediate;
        return state;
    }

    void fixup(QString& text) const override
    {
        if (!m_corrects)
            return; // Qt's own takes commas away
        QString number = text;
        if (number.startsWith(Box::prefix()))
            number.remove(0, Box::prefix().size());
        const auto typed = numberTyped(number, Box::locale());
        if (!typed)
            return;
        const double scale = std::pow(10, limits().decimals);
        const double nearest =
            std::clamp(std::round(*typed * scale) / scale, limits().least, limits().most);
        text = Box::prefix() + Box::textFromValue(static_cast<Value>(nearest)) + Box::suffix();
    }

protected:
    [[nodiscard]] virtual NumberLimits limits() const
    {
        NumberLimits limits{double(Box::minimum()), double(Box::maximum()), 0};
        if constexpr (std::is_same_v<Value, double>)
            limits.decimals = Box::decimals();
        return limits;
    }

    // Qt puts the number back in each of these.
    bool event(QEvent* event) override
    {
        switch (event->type()) {
        case QEvent::KeyPress: {
            const int key = static_cast<QKeyEvent*>(event)->key();
            return key == Qt::Key_Return || key == Qt::Key_Enter ? keeping(*event, true)
                                                                 : Box::event(event);
        }
        case QEvent::FocusOut:
        case QEvent::Show:
        case QEvent::Hide:
        case QEvent::Close:
        case QEvent::ActivationChange:
        case QEvent::EnabledChange:
        case QEvent::LocaleChange:
        case QEvent::StyleChange:
            return keeping(*event, false);
        default:
            return Box::event(event);
        }
    }

private:
    using Value = decltype(std::declval<const Box&>().value());
    static constexpr qsizetype longestTyped = 100; // a clipboard can hold anything

    bool keeping(QEvent& event, bool evenIfEmpty)
    {
        const QString typed = line()->text();
        const bool stays = !m_corrects && !Box::hasAcceptableInput() &&
                           (evenIfEmpty || !Box::cleanText().isEmpty());
        const bool handled = Box::event(&event);
        if (stays && line()->text() != typed) {
            const QSignalBlocker blocker(line()); // nothing new was typed
            line()->setText(typed);
        }
        return handled;
    }

    bool m_corrects = false;
};

// For forms made in Designer.
class CountBox final : public TypedBox<QSpinBox>
{
public:
    using TypedBox::TypedBox;
};
class AmountBox final : public TypedBox<QDoubleSpinBox>
{
public:
    using TypedBox::TypedBox;
};

} // namespace seedbook
