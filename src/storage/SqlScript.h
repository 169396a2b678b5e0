#pragma once

#include <QStringList>

namespace seedbook {

// The statements of an SQL script, which Qt's driver wants one by one: ended by a semicolon outside
// of quotes and comments; a CREATE TRIGGER ends with "; END;".
[[nodiscard]] QStringList sqlStatements(const QString& script);

} // namespace seedbook
