#include "library/FileName.h"

#include "library/PictureFile.h"

#include <QTextBoundaryFinder>

#include <algorithm>

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
    // `end` may itself be a word's end.
    const qsizetype word = std::max(name.lastIndexOf(u'-', end), name.lastIndexOf(u' ', end));
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

// Nothing where nobody would see it, '_' where some system forbids it.
QString portable(char32_t character)
{
    constexpr QStringView forbidden = u"<>:\"/\\|?*";
    switch (QChar::category(character)) {
    case QChar::Other_Control:
        return u"_"_s;
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return {};
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return u" "_s;
    default:
        break;
    }
    if (character < 0x80 && forbidden.contains(QChar(static_cast<char16_t>(character))))
        return u"_"_s;
    return QStringView(QChar::fromUcs4(character)).toString();
}

// Windows drops them from an end; a dot in front hides a file elsewhere.
QString trimmedOfDots(const QString& name)
{
    const auto goes = [](QChar character) { return character == u'.' || character == u' '; };
    const auto begin = std::find_if_not(name.cbegin(), name.cend(), goes);
    const auto end = std::find_if_not(name.crbegin(), std::make_reverse_iterator(begin), goes);
    return QString(begin, end.base() - begin);
}

bool isExtension(QStringView suffix)
{
    return !suffix.isEmpty() && suffix.size() <= 8 &&
           std::all_of(suffix.cbegin(), suffix.cend(), [](QChar character) {
               return character < QChar(0x80) && character.isLetterOrNumber();
           });
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

QString portableFileName(const QString& name, qsizetype maxBytes)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    const bool hasExtension = dot > 0 && isExtension(QStringView(name).sliced(dot + 1));
    QString stem;
    for (const char32_t character :
        QStringView(name).first(hasExtension ? dot : name.size()).toUcs4())
        stem += portable(character);
    stem = trimmedOfDots(stem.normalized(QString::NormalizationForm_C));
    stem = trimmedOfDots(cutToBytes(stem, maxBytes));
    if (stem.isEmpty())
        stem = u"picture"_s;
    // With anything behind a dot, too.
    const qsizetype first = stem.indexOf(u'.');
    const QString device = (first < 0 ? stem : stem.first(first)).trimmed();
    if (isDevice(device))
        stem.insert(device.size(), u'_');
    return hasExtension ? stem + name.sliced(dot) : stem;
}

} // namespace seedbook
