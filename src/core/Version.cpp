#include "core/Version.h"

namespace seedbook {

QString programVersion()
{
    return QStringLiteral(SEEDBOOK_VERSION);
}

} // namespace seedbook
