#pragma once

#include "core/PictureStore.h"
#include "storage/DatabaseThread.h"

#include <QFuture>
#include <QList>

namespace seedbook {

// The pictures on disk. The folder belongs to the person: YYYY-MM-DD/words-of-the-prompt 1827364.png,
// one file a picture, the service's bytes as they came. The index in the cache folder is only a
// cache of what is known about them.
class Library final : public PictureStore
{
public:
    // Nothing is touched before the first call. `cacheFolder` holds index.sqlite.
    Library(QString folder, const QString& cacheFolder);

    [[nodiscard]] const QString& folder() const { return m_folder; }

    // Whether the folder is there (it is made if need be) and can be written to; in words.
    [[nodiscard]] QFuture<Result<void>> checkFolder() const;
    [[nodiscard]] QFuture<Result<PicturePtr>> file(Filing filing) override;
    // Every picture known, newest first (created, then sequence, both descending).
    [[nodiscard]] QFuture<Result<QList<PicturePtr>>> load();
    // Whether the index was made anew in this run: then adopt() can fill it from the ledger.
    [[nodiscard]] QFuture<Result<bool>> isIndexNew();
    // Enters pictures that are on disk already and not in the index; missing files are skipped.
    // Answers how many were entered.
    [[nodiscard]] QFuture<Result<int>> adopt(QList<Picture> pictures);

private:
    QString m_folder;
    DatabaseThread m_index;
};

} // namespace seedbook
