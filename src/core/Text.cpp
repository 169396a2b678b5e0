#include "core/Text.h"

#include "core/Words.h"

#include <QCoreApplication>
#include <QHash>
#include <QMutex>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype shortestSecret = 6; // a shorter one is found everywhere

// The base64 digits that `secret` makes wherever it stands in what was coded, `before` bytes behind
// a multiple of three; what its neighbours have a part in is left out.
QString base64Core(const QByteArray& secret, int before)
{
    const QByteArray coded = (QByteArray(before, '\0') + secret).toBase64();
    const qsizetype from = (before * 8 + 5) / 6;
    const qsizetype to = (before + secret.size()) * 8 / 6;
    return QString::fromLatin1(coded.sliced(from, to - from));
}

// Finds the secret as it is, in any case (a host name is lower case), with its characters escaped
// as JSON, URLs and HTML do, as base64 of either alphabet, and any of it cut into pieces by what
// lines, strings and lists are separated with.
QRegularExpression formsOf(const QString& secret)
{
    // Named once: spelt out between all characters it makes the pattern of a longer key too large.
    const QString between = u"(?&cut)"_s;
    QStringList forms;
    QStringList plain;
    for (const QChar c : secret) {
        const QString hex = u"%1"_s.arg(uint(c.unicode()), 2, 16, QChar(u'0'));
        plain.append(u"(?:%1|\\\\u00%2|%%2|&#0*%3;|&#x0*%2;)"_s.arg(
            QRegularExpression::escape(QString(c)), hex, QString::number(c.unicode())));
    }
    forms.append(u"(?i:"_s + plain.join(between) + u')');
    for (int before = 0; before < 3; ++before) {
        QStringList digits;
        for (const QChar c : base64Core(secret.toUtf8(), before)) {
            // The two alphabets, and a slash that JSON escaped.
            digits.append(c == u'+'   ? u"[-+]"_s
                          : c == u'/' ? u"(?:_|\\\\?/)"_s
                                      : QRegularExpression::escape(QString(c)));
        }
        forms.append(digits.join(between));
    }
    return QRegularExpression(
        u"(?(DEFINE)(?<cut>(?:\\\\[nrt]|[\\s\"'+,\\\\]){0,8}?))(?:"_s + forms.join(u'|') + u')');
}

void takeOut(QString& text, const QString& secret, const QRegularExpression& forms)
{
    text.replace(secret, u"SG_…"_s, Qt::CaseInsensitive);
    text.replace(forms, u"SG_…"_s);
}

const QString replacement(QChar::ReplacementCharacter);

// With the forms of each. Every thread may send, and log.
struct Secrets
{
    QMutex mutex;
    QHash<QString, QRegularExpression> forms;
};

Secrets& remembered()
{
    static Secrets secrets;
    return secrets;
}

// Goes through the text by characters, not by UTF-16 units: some format characters take two.
QString replaced(const QString& text, const std::function<QString(char32_t, QStringView)>& with)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const bool pair =
            text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        const qsizetype length = pair ? 2 : 1;
        const char32_t character = pair ? QChar::surrogateToUcs4(text.at(i), text.at(i + 1))
                                        : char32_t(text.at(i).unicode());
        result += with(character, QStringView(text).sliced(i, length));
        i += length;
    }
    return result;
}

bool steersTerminals(char32_t character)
{
    const QChar::Category category = QChar::category(character);
    return category == QChar::Other_Control || category == QChar::Other_Format;
}

// The joiners hold emoji and some scripts together.
bool isHarmless(char32_t character)
{
    return character == U'\t' || character == 0x200c || character == 0x200d;
}

bool breaksLines(char32_t character)
{
    const QChar::Category category = QChar::category(character);
    return category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
}

QString faultAt(const char* sentence, qsizetype position)
{
    return Words::tr(sentence).arg(position + 1);
}

} // namespace

std::optional<QString> findUnsendable(const QString& text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.isNull())
            return faultAt(QT_TRANSLATE_NOOP("seedbook::Words",
                               "Character %1 is a NUL character, which services do not accept."),
                i);
        if (!c.isSurrogate())
            continue;
        const bool pair =
            c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        if (!pair)
            return faultAt(
                QT_TRANSLATE_NOOP("seedbook::Words", "Character %1 is invalid (a lone surrogate)."),
                i);
        ++i;
    }
    return std::nullopt;
}

QString redacted(const QString& text, const QString& secret)
{
    static const QRegularExpression key(u"SG_[0-9A-Za-z]{6,}"_s);
    const auto known = [] {
        const QMutexLocker locked(&remembered().mutex);
        return remembered().forms;
    }();
    QString clean = text;
    for (auto it = known.cbegin(); it != known.cend(); ++it)
        takeOut(clean, it.key(), it.value());
    if (secret.size() >= shortestSecret && !known.contains(secret))
        takeOut(clean, secret, formsOf(secret));
    clean.replace(key, u"SG_…"_s);
    return clean;
}

void rememberSecret(const QString& secret)
{
    if (secret.size() < shortestSecret)
        return;
    const QMutexLocker locked(&remembered().mutex);
    if (!remembered().forms.contains(secret))
        remembered().forms.insert(secret, formsOf(secret));
}

QByteArray withoutSecret(const QByteArray& bytes, const QByteArray& secret)
{
    if (secret.size() < shortestSecret || bytes.isEmpty())
        return bytes;
    QByteArray clean = bytes;
    if (clean.contains(secret)) // replace() would make a copy all the same
        clean.replace(secret, "SG_...");
    // A picture that was cut off is large, and holds no text: its beginning is enough for the rest.
    constexpr qsizetype mostText = 256 << 10;
    const QString text = QString::fromLatin1(clean.first(std::min(clean.size(), mostText)));
    const QRegularExpression forms = formsOf(QString::fromLatin1(secret));
    if (!forms.match(text).hasMatch())
        return clean;
    return QString(text).replace(forms, u"SG_..."_s).toLatin1() + clean.mid(mostText);
}

QString printable(const QString& text)
{
    return replaced(text, [](char32_t character, QStringView units) {
        const bool harmless = character == U'\n' || isHarmless(character);
        return steersTerminals(character) && !harmless ? replacement : units.toString();
    });
}

QString printableOnOneLine(const QString& text)
{
    return replaced(text, [](char32_t character, QStringView units) {
        const bool replaced =
            (steersTerminals(character) && !isHarmless(character)) || breaksLines(character);
        return replaced ? replacement : units.toString();
    });
}

QString printableLine(const QString& text)
{
    return printable(text.simplified());
}

QString escapedJson(const QString& json)
{
    return replaced(json, [](char32_t character, QStringView units) {
        if (!steersTerminals(character) && !breaksLines(character))
            return units.toString();
        QString escaped;
        for (const QChar unit : units)
            escaped += u"\\u%1"_s.arg(int(unit.unicode()), 4, 16, QChar(u'0'));
        return escaped;
    });
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
