#include "metadata/A1111Text.h"

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
    add(u"Version"_s, u"Seedbook "_s + QStringLiteral(SEEDBOOK_VERSION));
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

} // namespace seedbook
