#include "app/Translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace seedbook {

void installTranslations(QCoreApplication& application)
{
    auto* english = new QTranslator(&application);
    if (english->load(u":/i18n/seedbook_en.qm"_s))
        QCoreApplication::installTranslator(english);
    auto* own = new QTranslator(&application);
    if (own->load(QLocale(), u"seedbook"_s, u"_"_s, u":/i18n"_s))
        QCoreApplication::installTranslator(own);
    auto* qt = new QTranslator(&application);
    if (qt->load(
            QLocale(), u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
}

} // namespace seedbook
