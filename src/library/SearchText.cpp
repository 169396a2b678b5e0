#include "library/SearchText.h"

namespace seedbook {

namespace {

QString folded(const QString& text)
{
    QString plain = text.normalized(QString::NormalizationForm_KC).toCaseFolded();
    plain.remove(QChar(u'\0'));
    return plain;
}

} // namespace

QStringList searchTerms(const QString& typed)
{
    QStringList terms = folded(typed).simplified().split(u' ', Qt::SkipEmptyParts);
    terms.removeDuplicates();
    return terms.mid(0, mostTerms);
}

QString searchText(const Picture& picture)
{
    QString text = folded(picture.prompt);
    for (const QString& tag : picture.tags)
        text += u'\n' + folded(tag);
    return text + u'\n' + picture.seedText();
}

bool matchesText(const Picture& picture, const QStringList& terms)
{
    const QString text = searchText(picture);
    for (const QString& term : terms) {
        if (!text.contains(term))
            return false;
    }
    return true;
}

} // namespace seedbook
