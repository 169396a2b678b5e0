#include "core/Text.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

QString faultAt(const char* sentence, qsizetype position)
{
    return QCoreApplication::translate("seedbook::Text", sentence).arg(position + 1);
}

} // namespace

std::optional<QString> findUnsendable(const QString& text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.isNull())
            return faultAt(QT_TRANSLATE_NOOP("seedbook::Text",
                               "Character %1 is a NUL, which no service accepts."),
                i);
        if (!c.isSurrogate())
            continue;
        const bool pair =
            c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        if (!pair)
            return faultAt(QT_TRANSLATE_NOOP("seedbook::Text",
                               "Character %1 is half of a character (a lone surrogate)."),
                i);
        ++i;
    }
    return std::nullopt;
}

QString redacted(const QString& text, const QString& secret)
{
    static const QRegularExpression key(u"SG_[0-9A-Za-z]{6,}"_s);
    QString clean = text;
    if (secret.size() >= 6)
        clean.replace(secret, u"SG_…"_s);
    clean.replace(key, u"SG_…"_s);
    return clean;
}

QString elided(const QString& text, qsizetype limit)
{
    if (text.size() <= limit)
        return text;
    qsizetype end = limit - 1;
    if (end > 0 && text.at(end).isLowSurrogate())
        --end;
    return text.first(end) + u'…';
}

} // namespace seedbook
