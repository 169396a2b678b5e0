#pragma once

#include <QIcon>
#include <QPalette>
#include <QStringView>

namespace seedbook {

// The icon :/icons/<name>.svg (one colour on transparent ground), drawn in the colour that `role`
// has in the application's palette when it is painted, so that it follows a change of theme, and at
// the device's own resolution. An unknown name gives an empty icon.
[[nodiscard]] QIcon themedIcon(QStringView name, QPalette::ColorRole role = QPalette::ButtonText);

} // namespace seedbook
