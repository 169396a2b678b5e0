#include "metadata/ParameterMapping.h"

#include "core/NumberText.h"
#include "core/Seed.h"
#include "core/Text.h"
#include "core/Words.h"
#include "metadata/RecordValues.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype longestShown = 40;

// One line, short enough for a sentence.
QString shown(const QJsonValue& value)
{
    if (value.isObject() || value.isArray())
        return u"{…}"_s;
    const QString text = value.isDouble() ? numberText(value.toDouble())
                                          : value.toVariant().toString().left(longestShown * 4);
    return elided(text.simplified(), longestShown);
}

QSize sidesOf(const QString& ratio)
{
    return ratio.contains(u':') ? sizeFrom(ratio) : QSize();
}

class Fitting
{
public:
    Fitting(const FoundRecord& record, const QSize& pictureSize, const ModelSchema& model)
        : m_record(record)
        , m_size(record.size.isEmpty() ? pictureSize : record.size)
        , m_model(model)
    {
    }

    ParameterMapping run()
    {
        for (const Parameter& parameter : m_model.parameters()) {
            QJsonValue found = m_record.values.value(parameter.name);
            if (found.isUndefined())
                found = m_record.values.value(usualField(parameter.role));
            if (parameter.role == ParameterRole::AspectRatio)
                found.isUndefined() ? fitSize(parameter) : fitRatio(parameter, found);
            else if (found.isUndefined())
                continue;
            else if (parameter.role == ParameterRole::Seed)
                fitSeed(parameter, found);
            else if (parameter.role != ParameterRole::Prompt || !isEmptyPrompt(found))
                fitValue(parameter, found);
        }
        return m_mapping;
    }

private:
    // True where the value is taken as it is.
    bool take(const Parameter& parameter, const QJsonValue& value)
    {
        const auto checked = kindOf(parameter).check(parameter, value);
        if (checked)
            m_mapping.values.insert(parameter.name, *checked);
        return checked.has_value();
    }

    void refuse(const Parameter& parameter, const QJsonValue& found, const QString& range,
        const QJsonValue& proposal = QJsonValue::Undefined)
    {
        const auto checked = kindOf(parameter).check(parameter, proposal);
        const QString title = Words::ofModel(parameter.title);
        if (checked)
            add(parameter, found,
                Words::tr("The file has %1 “%2”. %3 “%4” will be used instead.")
                    .arg(title, shown(found), range, shown(*checked)),
                *checked);
        else
            add(parameter, found,
                Words::tr("The file has %1 “%2”. %3 The current value stays.")
                    .arg(title, shown(found), range),
                QJsonValue::Undefined);
    }

    void add(const Parameter& parameter, const QJsonValue& found, const QString& why,
        const QJsonValue& proposal)
    {
        m_mapping.incompatible.append(
            IncompatibleValue{parameter.name, found, why.simplified(), proposal});
    }

    QString rangeOf(const Parameter& parameter, const QJsonValue& value) const
    {
        const auto checked = kindOf(parameter).check(parameter, value);
        return checked ? QString() : checked.error().detail;
    }

    void fitSeed(const Parameter& parameter, const QJsonValue& found)
    {
        const QJsonValue number = numberFrom(found);
        if (number == QJsonValue(Seed::randomSentinel))
            return; // random, as where nothing is told
        if (number.isDouble() && Seed::fromNumber(number.toInteger(-1)) && take(parameter, number))
            return;
        add(parameter, found,
            Words::tr("The file has %1 “%2”, but it must be a whole number from %3 to %4. A random "
                      "seed will give a different image.")
                .arg(Words::ofModel(parameter.title),
                    number.isDouble() ? number.toVariant().toString() : shown(found),
                    QString::number(Seed::smallest), QString::number(Seed::largest)),
            QJsonValue::Undefined);
    }

    // It tells as much as none.
    static bool isEmptyPrompt(const QJsonValue& found)
    {
        return found.toString(u"x"_s).trimmed().isEmpty();
    }

    void fitValue(const Parameter& parameter, const QJsonValue& found)
    {
        const ParameterKind& kind = kindOf(parameter);
        const QJsonValue value = kind.parse(found);
        if (take(parameter, value))
            return;
        const QJsonValue proposal = kind.nearest(parameter, value);
        if (!kind.isProse() || proposal.isUndefined()) {
            refuse(parameter, found, rangeOf(parameter, value), proposal);
            return;
        }
        add(parameter, found,
            Words::tr("The %1 in the file contains characters that cannot be sent. %2 They will be "
                      "removed.")
                .arg(Words::ofModel(parameter.title), rangeOf(parameter, found)),
            proposal);
    }

    // Of one of the ratios that the model has: its own size, or else what it says.
    [[nodiscard]] double shapeOf(const QString& ratio) const
    {
        const QSize pixels = m_model.pixelSize(ratio);
        const QSize sides = pixels.isEmpty() ? sidesOf(ratio) : pixels;
        return sides.isEmpty() ? 0 : double(sides.width()) / sides.height();
    }

    [[nodiscard]] QString exactRatio(const Parameter& parameter, const QSize& size) const
    {
        const auto same = [&size](const QSize& other) {
            return !other.isEmpty() &&
                   qint64(size.width()) * other.height() == qint64(size.height()) * other.width();
        };
        for (const QString& ratio : parameter.allowed) {
            if (same(m_model.pixelSize(ratio)) || same(sidesOf(ratio)))
                return ratio;
        }
        return {};
    }

    [[nodiscard]] QString nearestRatio(const Parameter& parameter, const QSize& size) const
    {
        const double shape = double(size.width()) / size.height();
        QString nearest;
        double least = 0;
        for (const QString& ratio : parameter.allowed) {
            if (shapeOf(ratio) <= 0)
                continue;
            const double distance = std::fabs(std::log(shapeOf(ratio) / shape));
            if (nearest.isEmpty() || distance < least) {
                nearest = ratio;
                least = distance;
            }
        }
        return nearest;
    }

    void fitRatio(const Parameter& parameter, const QJsonValue& found)
    {
        if (take(parameter, found))
            return;
        QJsonValue proposal = QJsonValue::Undefined;
        QSize sides = sidesOf(found.toString());
        if (sides.isEmpty())
            sides = m_size;
        if (!sides.isEmpty())
            proposal = nearestRatio(parameter, sides);
        refuse(parameter, found, rangeOf(parameter, found), proposal);
    }

    void fitSize(const Parameter& parameter)
    {
        if (m_size.isEmpty())
            return;
        const QString exact = exactRatio(parameter, m_size);
        if (!exact.isEmpty()) {
            take(parameter, exact);
            return;
        }
        const QString nearest = nearestRatio(parameter, m_size);
        if (nearest.isEmpty())
            return;
        add(parameter, QJsonValue::Undefined,
            Words::tr("The image is %1 × %2 pixels, which is none of the aspect ratios this model "
                      "supports (%3). The closest, %4, will be used.")
                .arg(QString::number(m_size.width()), QString::number(m_size.height()),
                    QLocale().createSeparatedList(parameter.allowed), nearest),
            nearest);
    }

    const FoundRecord& m_record;
    QSize m_size;
    const ModelSchema& m_model;
    ParameterMapping m_mapping;
};

} // namespace

ParameterMapping mapParameters(
    const FoundRecord& record, const QSize& pictureSize, const ModelSchema& model)
{
    return Fitting(record, pictureSize, model).run();
}

} // namespace seedbook
