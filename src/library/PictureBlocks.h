#pragma once

#include "library/PictureListing.h"
#include "storage/Database.h"

#include <QBitArray>
#include <QHash>

namespace seedbook {

// The part of the index that answers for all pictures at once: their entries, and their texts to be
// searched. Both lie in blocks of neighbouring rows, since reading a hundred thousand rows of the
// pictures' own table takes a hundred times as long. Blocks are written in the transaction that
// writes the rows. Used on the index's thread.
//
// A search reads all texts, some 24 MB for a hundred thousand pictures: 20 ms whatever is looked
// for, from one character on. (SQLite's trigram index needs three, is three times as large as the
// texts, and takes as long for words that are in many of them.)
class PictureBlocks final
{
public:
    PictureBlocks(Database& database, qint64 library)
        : m_database(database)
        , m_library(library)
    {
    }

    [[nodiscard]] static QString migration();

    // By row number; null: the row is gone.
    using Changes = QHash<qint64, PicturePtr>;
    [[nodiscard]] Result<void> update(const Changes& changes);
    // Newest first; without the whole ones.
    [[nodiscard]] Result<PictureListing> list();
    // The row numbers of the pictures whose text has all of `terms`, made by searchTerms(); the set
    // bits.
    [[nodiscard]] Result<QBitArray> find(const QStringList& terms);

private:
    struct Block;
    [[nodiscard]] Result<Block> read(qint64 block);
    [[nodiscard]] Result<void> write(qint64 block, const Block& contents);
    [[nodiscard]] Result<quint32> wordNumber(const QString& text);

    Database& m_database;
    qint64 m_library;
    QHash<QString, quint32> m_words;
};

} // namespace seedbook
