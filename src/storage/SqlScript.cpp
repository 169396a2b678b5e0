#include "storage/SqlScript.h"

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Where the quoted text, comment, word or single character at `at` ends. A doubled quote is two
// quoted texts side by side, which ends at the same place.
qsizetype tokenEnd(const QString& script, qsizetype at)
{
    const auto past = [&script, at](QLatin1StringView end, qsizetype from) {
        const qsizetype found = script.indexOf(end, at + from);
        return found < 0 ? script.size() : found + end.size();
    };
    const QStringView rest = QStringView(script).sliced(at);
    if (rest.startsWith(u"--"))
        return past("\n"_L1, 2);
    if (rest.startsWith(u"/*"))
        return past("*/"_L1, 2);
    const QChar first = rest.front();
    if (first == u'\'')
        return past("'"_L1, 1);
    if (first == u'"')
        return past("\""_L1, 1);
    if (first == u'`')
        return past("`"_L1, 1);
    if (first == u'[')
        return past("]"_L1, 1);
    qsizetype length = 0;
    while (length < rest.size() && (rest[length].isLetterOrNumber() || rest[length] == u'_'))
        ++length;
    return at + qMax(length, qsizetype{1});
}

bool isCreateTrigger(const QStringList& words)
{
    if (words.value(0) != "create"_L1)
        return false;
    const QString second = words.value(1);
    const bool temporary = second == "temp"_L1 || second == "temporary"_L1;
    return words.value(temporary ? 2 : 1) == "trigger"_L1;
}

} // namespace

QStringList sqlStatements(const QString& script)
{
    QStringList statements;
    QStringList words; // the current statement's tokens, lower case
    qsizetype start = 0;
    for (qsizetype at = 0; at < script.size();) {
        const qsizetype end = tokenEnd(script, at);
        const QString token = script.sliced(at, end - at).toLower();
        at = end;
        if (token.startsWith("--"_L1) || token.startsWith("/*"_L1) || token.trimmed().isEmpty())
            continue;
        const qsizetype count = words.size();
        const bool triggersEnd =
            count > 1 && words[count - 1] == "end"_L1 && words[count - 2] == ";"_L1;
        if (token != ";"_L1 || (isCreateTrigger(words) && !triggersEnd)) {
            words.append(token);
            continue;
        }
        if (!words.isEmpty())
            statements.append(script.sliced(start, end - start).trimmed());
        words.clear();
        start = end;
    }
    if (!words.isEmpty())
        statements.append(script.sliced(start).trimmed());
    return statements;
}

} // namespace seedbook
