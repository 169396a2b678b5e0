#include "app/Printing.h"

#include "app/CommandLine.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cerrno>
#include <functional>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

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

bool breaksLines(char32_t character)
{
    const QChar::Category category = QChar::category(character);
    return category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
}

} // namespace

bool printLine(FILE* stream, const QString& line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    const auto size = static_cast<size_t>(bytes.size());
    const bool written = std::fwrite(bytes.constData(), 1, size, stream) == size;
    return std::fflush(stream) == 0 && written;
}

int outputFailed()
{
    const int code = errno;
    if (code != EPIPE)
        printLine(stderr, QCoreApplication::translate("seedbook", "Could not write the output: %1")
                              .arg(qt_error_string(code)));
    return ExitNotDone;
}

QString jsonLine(const QJsonObject& object)
{
    // Outside its strings compact JSON has none of these, so each may be escaped where it stands.
    return replaced(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)),
        [](char32_t character, QStringView units) {
            if (!steersTerminals(character) && !breaksLines(character))
                return units.toString();
            QString escaped;
            for (const QChar unit : units)
                escaped += u"\\u%1"_s.arg(int(unit.unicode()), 4, 16, QChar(u'0'));
            return escaped;
        });
}

QString printable(const QString& text)
{
    return replaced(text, [](char32_t character, QStringView units) {
        const bool harmless =
            character == U'\n' || character == U'\t' || character == 0x200c || character == 0x200d;
        return steersTerminals(character) && !harmless ? QString(QChar(QChar::ReplacementCharacter))
                                                       : units.toString();
    });
}

QString printableLine(const QString& text)
{
    return printable(text.simplified());
}

} // namespace seedbook
