#include "library/PictureFile.h"

#include <QTextBoundaryFinder>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

enum class Use { Keep, Break, Drop };

Use use(char32_t character)
{
    if (character == U'\'' || character == U'’') // don't → dont
        return Use::Drop;
    if (character < 0x80)
        return QChar::isLetterOrNumber(character) || character == U'_' ? Use::Keep : Use::Break;
    switch (QChar::category(character)) {
    case QChar::Other_Format: // text direction, joiners: seen by nobody
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return Use::Drop;
    case QChar::Other_Control:
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Punctuation_Connector:
    case QChar::Punctuation_Dash:
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other:
        return Use::Break;
    default:
        return character == QChar::ReplacementCharacter ? Use::Drop : Use::Keep;
    }
}

// Whole characters as a person sees them; whole words where that keeps most of it.
QString cutToBytes(const QString& name, qsizetype maxBytes)
{
    if (name.toUtf8().size() <= maxBytes)
        return name;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, name);
    qsizetype end = 0;
    qsizetype bytes = 0;
    for (qsizetype next = finder.toNextBoundary(); next > 0; next = finder.toNextBoundary()) {
        bytes += QStringView(name).sliced(end, next - end).toUtf8().size();
        if (bytes > maxBytes)
            break;
        end = next;
    }
    const qsizetype word = name.lastIndexOf(u'-', end); // `end` may itself be a word's end
    return name.first(word > end / 2 ? word : end);
}

// Windows keeps these for devices, with any extension.
bool isDevice(const QString& name)
{
    const QString upper = name.toUpper();
    if (upper == u"CON" || upper == u"PRN" || upper == u"AUX" || upper == u"NUL")
        return true;
    return upper.size() == 4 && (upper.startsWith(u"COM"_s) || upper.startsWith(u"LPT"_s)) &&
           upper.back().isNumber();
}

} // namespace

QString wordsForFileName(const QString& prompt, qsizetype maxBytes)
{
    // A prompt may be a megabyte; its first words are near its beginning.
    constexpr qsizetype enough = 4096;
    QString name;
    bool between = false;
    const auto characters = QStringView(prompt)
                                .trimmed()
                                .first(qMin(QStringView(prompt).trimmed().size(), enough))
                                .toUcs4();
    for (const char32_t character : characters) {
        const Use usage = use(character);
        if (usage == Use::Break)
            between = true;
        if (usage != Use::Keep)
            continue;
        const bool wordBegins = between || name.isEmpty();
        if (wordBegins && QChar::isMark(character)) // it would sit on the dash
            continue;
        if (between && !name.isEmpty())
            name += u'-';
        between = false;
        name += QStringView(QChar::fromUcs4(character));
    }
    name = cutToBytes(name.normalized(QString::NormalizationForm_C), maxBytes);
    if (name.isEmpty())
        return u"picture"_s;
    return isDevice(name) ? name + u'_' : name;
}

} // namespace seedbook
