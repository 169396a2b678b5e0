#pragma once

#include "core/Picture.h"
#include "storage/Database.h"

#include <QVariantList>

namespace seedbook {

// How a picture lies in the index's table.

// The columns of toRow(), and of fromRow() from `first` on.
[[nodiscard]] QLatin1StringView pictureColumns();
[[nodiscard]] int pictureColumnCount();
// A row is only a cache's and may hold anything; null where it is no picture of this library.
// `number` is the row's.
[[nodiscard]] PicturePtr fromRow(
    const QSqlQuery& row, const QString& folder, qint64 number, int first);
[[nodiscard]] QVariantList toRow(const Picture& picture, const QString& relativePath);
// An id as the index writes it.
[[nodiscard]] QString idText(const QUuid& id);
// A null string would be bound as NULL, which no column takes.
[[nodiscard]] QVariant boundText(const QString& string);

} // namespace seedbook
