#include "widgets/common/Icons.h"

#include "widgets/common/SvgIconEngine.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace seedbook {

QIcon themedIcon(QStringView name, QPalette::ColorRole role)
{
    const QString path = u":/icons/%1.svg"_s.arg(name);
    return QFile::exists(path) ? QIcon(new SvgIconEngine(path, role)) : QIcon();
}

} // namespace seedbook
