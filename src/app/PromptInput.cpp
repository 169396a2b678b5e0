#include "app/PromptInput.h"

#include "core/Words.h"

#include <QFile>
#include <QStringDecoder>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace seedbook {

Result<QString> readPrompt(const QString& path, int most)
{
    const bool isInput = path == "-"_L1;
    QFile file(path);
    const bool isOpen =
        isInput ? file.open(STDIN_FILENO, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    const QString name = isInput ? Words::tr("standard input") : path;
    if (!isOpen)
        return Error{ErrorKind::FileUnreadable, name, file.errorString()};
    // A character takes three bytes at most for each of its units; a mark before the first, and a
    // line break behind the last, may come on top.
    const qint64 largest = qint64{3} * most + 5;
    QByteArray bytes;
    while (bytes.size() <= largest) {
        const QByteArray more = file.read(largest + 1 - bytes.size());
        if (more.isEmpty())
            break;
        bytes += more;
    }
    if (file.error() != QFileDevice::NoError)
        return Error{ErrorKind::FileUnreadable, name, file.errorString()};
    if (bytes.size() > largest)
        return Error{
            ErrorKind::TextTooLong, name, Words::tr("The limit is %L1 characters.").arg(most)};
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return Error{ErrorKind::FileUnreadable, name, Words::tr("It is not valid UTF-8.")};
    if (text.endsWith(u'\n'))
        text.chop(text.endsWith("\r\n"_L1) ? 2 : 1);
    return text;
}

} // namespace seedbook
