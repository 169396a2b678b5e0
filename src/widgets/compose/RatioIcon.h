#pragma once

#include <QIcon>
#include <QString>

namespace seedbook {

// The outline of a ratio written like "16:9", in the palette's text colour. Empty for other texts.
[[nodiscard]] QIcon ratioIcon(const QString& ratio);

} // namespace seedbook
