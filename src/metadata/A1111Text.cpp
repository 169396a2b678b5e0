#include "metadata/A1111Text.h"

#include "core/NumberText.h"
#include "core/Version.h"
#include "metadata/RecordValues.h"

#include <QHash>
#include <QJsonDocument>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString withLineFeeds(QString text)
{
    return text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
}

// As Python's json.dumps writes a text that would break the line of settings.
QString quoted(const QString& text)
{
    if (!text.contains(u',') && !text.contains(u':') && !text.contains(u'\n'))
        return text;
    QString quotedText = text;
    quotedText.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
    return u'"' + quotedText + u'"';
}

QString settingText(const QJsonValue& value)
{
    if (!value.isDouble())
        return quoted(withLineFeeds(value.toVariant().toString()));
    const qint64 whole = value.toInteger();
    if (static_cast<double>(whole) == value.toDouble())
        return QString::number(whole);
    return QString::number(value.toDouble(), 'f', QLocale::FloatingPointShortest);
}

constexpr QStringView stepsKey = u"Steps:";
constexpr QStringView negativeKey = u"Negative prompt:";
constexpr qsizetype longestKey = 64;
// As many pairs make a line of settings even if it does not begin with the steps.
constexpr qsizetype enoughPairs = 3;
constexpr qsizetype mostPairs = 256;

// Where the quotation mark that opens at `begin` closes; −1 where it does not.
qsizetype closingQuote(QStringView line, qsizetype begin)
{
    for (qsizetype i = begin + 1; i < line.size(); ++i) {
        if (line.at(i) == u'\\')
            ++i;
        else if (line.at(i) == u'"')
            return i;
    }
    return -1;
}

QString unquoted(QStringView text)
{
    const QByteArray json = '[' + text.toUtf8() + ']';
    const QJsonValue value = QJsonDocument::fromJson(json)[0];
    return value.isString() ? value.toString() : text.toString();
}

// "Key: value, Key: "quoted, value", …" by lower-case keys; the first of two alike counts. By hand
// and not by a regular expression, which would be quadratic in a line without a colon.
QHash<QString, QString> settingsFrom(QStringView line)
{
    QHash<QString, QString> settings;
    bool quotesClose = true; // false once one did not, so that the rest is looked through once
    for (qsizetype i = 0; i < line.size() && settings.size() < mostPairs;) {
        const qsizetype begin = i;
        while (i < line.size() && line.at(i) != u':' && line.at(i) != u',')
            ++i;
        if (i == line.size())
            break;
        if (line.at(i) == u',') {
            ++i;
            continue;
        }
        const QStringView key = line.sliced(begin, i - begin).trimmed();
        ++i;
        while (i < line.size() && line.at(i).isSpace())
            ++i;
        QString value;
        if (i < line.size() && line.at(i) == u'"' && quotesClose) {
            const qsizetype end = closingQuote(line, i);
            quotesClose = end >= 0;
            if (quotesClose) {
                value = unquoted(line.sliced(i, end + 1 - i));
                i = end + 1;
            }
        }
        const qsizetype rest = i;
        while (i < line.size() && line.at(i) != u',')
            ++i;
        if (value.isNull())
            value = line.sliced(rest, i - rest).trimmed().toString();
        ++i;
        const QString name = key.left(longestKey).toString().toLower();
        if (!name.isEmpty() && key.size() <= longestKey && !settings.contains(name))
            settings.insert(name, value);
    }
    return settings;
}

// Sites that lost the line feeds kept the words that began the lines.
QString withLinesAgain(QString text)
{
    const QString stepsInside = u' ' + stepsKey.toString();
    const qsizetype steps = text.indexOf(stepsInside);
    if (text.contains(u'\n') || steps < 0)
        return text;
    text[steps] = u'\n';
    const qsizetype negative = text.indexOf(u' ' + negativeKey.toString());
    if (negative >= 0 && negative < steps)
        text[negative] = u'\n';
    return text;
}

// The line of settings: the last that begins with the steps, for some programs add lines behind it;
// else the very last, if it looks like one.
qsizetype settingsLine(const QList<QStringView>& lines)
{
    for (qsizetype i = lines.size() - 1; i >= 0; --i) {
        if (lines.at(i).trimmed().startsWith(stepsKey) &&
            !numberFrom(settingsFrom(lines.at(i)).value(u"steps"_s)).isUndefined())
            return i;
    }
    const qsizetype last = lines.size() - 1;
    return last >= 0 && settingsFrom(lines.at(last)).size() >= enoughPairs ? last : -1;
}

} // namespace

QString a1111Text(const QString& prompt, const QString& negative, const QJsonObject& values,
    QSize size, const QString& modelTitle, const QDateTime& created)
{
    QStringList settings;
    const auto add = [&settings](const QString& key, const QString& text) {
        if (!text.isEmpty())
            settings.append(key + u": "_s + text);
    };
    add(u"Steps"_s, settingText(values.value("steps"_L1)));
    // sd-parsers takes no text without one, and the service reports none.
    add(u"Sampler"_s, u"Default"_s);
    add(u"CFG scale"_s, settingText(values.value("guidance"_L1)));
    add(u"Seed"_s, settingText(values.value("seed"_L1)));
    if (!size.isEmpty())
        add(u"Size"_s, u"%1x%2"_s.arg(size.width()).arg(size.height()));
    add(u"Model"_s, quoted(withLineFeeds(modelTitle)));
    add(u"Version"_s, u"Seedbook "_s + programVersion());
    // Unquoted in spite of its colons: Civitai, whose key it is, has a case of its own for it.
    if (created.isValid())
        add(u"Created Date"_s, created.toUTC().toString(Qt::ISODate));

    QStringList lines;
    if (!prompt.isEmpty())
        lines.append(withLineFeeds(prompt));
    if (!negative.isEmpty())
        lines.append(u"Negative prompt: "_s + withLineFeeds(negative));
    lines.append(settings.join(u", "_s));
    return lines.join(u'\n');
}

std::optional<FoundRecord> readA1111Text(const QString& text)
{
    if (!text.contains(stepsKey) && !text.contains(negativeKey))
        return std::nullopt;
    const QString all = withLinesAgain(withLineFeeds(text).trimmed());
    const QList<QStringView> lines = QStringView(all).split(u'\n');
    const qsizetype settingsAt = settingsLine(lines);

    FoundRecord record;
    record.source = u"Automatic1111"_s;
    QString prompt;
    std::optional<QString> negative;
    for (qsizetype i = 0; i < (settingsAt < 0 ? lines.size() : settingsAt); ++i) {
        QStringView line = lines.at(i);
        const bool marked = line.trimmed().startsWith(negativeKey);
        if (marked)
            line = line.trimmed().sliced(negativeKey.size()).trimmed();
        const bool first = marked ? !negative : i == 0;
        QString& segment =
            marked || negative ? (negative ? *negative : negative.emplace()) : prompt;
        if (!first)
            segment += u'\n';
        segment += line;
    }
    if (settingsAt < 0 && !negative)
        return std::nullopt;
    record.values.insert(u"prompt"_s, prompt.trimmed());
    if (negative)
        record.values.insert(u"negative_prompt"_s, negative->trimmed());
    if (settingsAt < 0)
        return record;
    const QHash<QString, QString> settings = settingsFrom(lines.at(settingsAt));
    addNumber(record.values, u"steps"_s, settings.value(u"steps"_s));
    addNumber(record.values, u"guidance"_s,
        settings.value(u"cfg scale"_s, settings.value(u"guidance scale"_s)));
    addNumber(record.values, u"seed"_s, settings.value(u"seed"_s));
    record.size = sizeFrom(settings.value(u"size"_s));
    record.model = settings.value(u"model"_s);
    if (settings.value(u"version"_s).startsWith(u"Fooocus"_s))
        record.source = u"Fooocus"_s;
    return record;
}

} // namespace seedbook
