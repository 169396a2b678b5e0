#pragma once

#include <QIcon>
#include <QStringView>

namespace seedbook {

// The icon :/icons/<name>.svg (one colour on transparent ground), drawn in the text colour that the
// application's palette has when it is painted, so that it follows a change of theme, and at the
// device's own resolution. An unknown name gives an empty icon.
[[nodiscard]] QIcon themedIcon(QStringView name);

} // namespace seedbook
