#include "library/PictureBlocks.h"

#include "library/SearchText.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstring>
#include <vector>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qint64 blockRows = 128;
// Far above what is written; a cache may hold anything.
constexpr qint64 largestNumber = qint64{1} << 28;

QString tagsWord(const QStringList& tags)
{
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(tags)).toJson(QJsonDocument::Compact));
}

QStringList tagsOf(const QString& word)
{
    QStringList tags;
    const QJsonArray array = QJsonDocument::fromJson(word.toUtf8()).array();
    for (const QJsonValue tag : array)
        tags.append(tag.toString());
    return tags;
}

// How texts lie in a block: how many, their rows' numbers, where each ends, and the texts.
class Texts final
{
public:
    explicit Texts(const QByteArray& bytes)
    {
        qint32 count = 0;
        if (bytes.size() < qsizetype(sizeof count))
            return;
        std::memcpy(&count, bytes.constData(), sizeof count);
        const qsizetype head =
            sizeof count + qsizetype{count} * qsizetype(sizeof(qint64) + sizeof(qint32));
        if (count < 0 || count > blockRows || bytes.size() < head)
            return;
        m_numbers.resize(std::size_t(count));
        m_ends.resize(std::size_t(count));
        const char* place = bytes.constData() + sizeof count;
        std::memcpy(m_numbers.data(), place, m_numbers.size() * sizeof(qint64));
        std::memcpy(m_ends.data(), place + m_numbers.size() * sizeof(qint64),
            m_ends.size() * sizeof(qint32));
        m_data = QByteArrayView(bytes).sliced(head);
        qint32 before = 0;
        for (const qint32 end : m_ends) {
            if (end < before || end > m_data.size()) {
                m_numbers.clear();
                m_ends.clear();
                return;
            }
            before = end;
        }
    }

    [[nodiscard]] std::size_t count() const { return m_numbers.size(); }
    [[nodiscard]] qint64 number(std::size_t i) const { return m_numbers[i]; }
    [[nodiscard]] QByteArrayView text(std::size_t i) const
    {
        const qint32 begin = i == 0 ? 0 : m_ends[i - 1];
        return m_data.sliced(begin, m_ends[i] - begin);
    }
    // Of which of them that byte is.
    [[nodiscard]] std::size_t at(qsizetype place) const
    {
        return std::size_t(
            std::upper_bound(m_ends.cbegin(), m_ends.cend(), place) - m_ends.cbegin());
    }
    [[nodiscard]] qsizetype end(std::size_t i) const { return m_ends[i]; }
    [[nodiscard]] QByteArrayView data() const { return m_data; }

private:
    std::vector<qint64> m_numbers;
    std::vector<qint32> m_ends;
    QByteArrayView m_data;
};

qsizetype placeOf(const QByteArray& term, QByteArrayView data, qsizetype from)
{
    const void* found = memmem(data.data() + from, std::size_t(data.size() - from),
        term.constData(), std::size_t(term.size()));
    return found ? static_cast<const char*>(found) - data.data() : -1;
}

// By their places first: an entry is large to be moved about. None is copied but once.
void sortNewestFirst(QList<PictureEntry>& entries)
{
    if (std::is_sorted(entries.cbegin(), entries.cend(), isNewer))
        return;
    std::vector<std::pair<qint64, quint32>> places;
    places.reserve(std::size_t(entries.size()));
    for (const PictureEntry& entry : std::as_const(entries))
        places.emplace_back(entry.created, quint32(places.size()));
    std::sort(places.begin(), places.end(), [&entries](const auto& first, const auto& second) {
        return first.first != second.first
                   ? first.first > second.first
                   : isNewer(entries.at(first.second), entries.at(second.second));
    });
    // Each ring of those that take one another's place is gone round once.
    PictureEntry* const all = entries.data();
    for (quint32 begin = 0; begin < places.size(); ++begin) {
        if (places[begin].second == begin)
            continue;
        const PictureEntry first = all[begin];
        quint32 hole = begin;
        for (quint32 from = places[hole].second; from != begin; from = places[hole].second) {
            all[hole] = all[from];
            places[hole].second = hole;
            hole = from;
        }
        all[hole] = first;
        places[hole].second = hole;
    }
}

} // namespace

struct PictureBlocks::Block
{
    struct Row
    {
        PictureEntry entry; // tags and model by the numbers of their words
        QByteArray text;    // UTF-8
    };
    std::vector<Row> rows; // by number
};

QString PictureBlocks::migration()
{
    return uR"(
-- From here on each row is told of in the blocks too; what was here comes back from the files.
DELETE FROM pictures;
DELETE FROM unreadable;
CREATE TABLE words (
    number INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE          -- a model's id, or tags as JSON
);
CREATE TABLE entries (
    library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    block INTEGER NOT NULL,            -- the pictures' number / 128
    entries BLOB NOT NULL,             -- PictureEntry, one after the other
    PRIMARY KEY (library, block)
);
CREATE TABLE texts (
    library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    block INTEGER NOT NULL,
    texts BLOB NOT NULL,               -- of the same pictures
    PRIMARY KEY (library, block)
);
)"_s;
}

Result<quint32> PictureBlocks::wordNumber(const QString& text)
{
    if (text.isEmpty() || text == "[]"_L1)
        return quint32{0};
    if (const auto known = m_words.constFind(text); known != m_words.cend())
        return *known;
    std::optional<quint32> number;
    auto read = m_database.each(u"SELECT number FROM words WHERE text = ?"_s, {text},
        [&number](const QSqlQuery& row) { number = row.value(0).toUInt(); });
    if (!read)
        return read.error();
    if (!number) {
        auto made = m_database.run(u"INSERT INTO words (text) VALUES (?)"_s, {text});
        if (!made)
            return made.error();
        number = made->lastInsertId().toUInt();
    }
    m_words.insert(text, *number);
    return *number;
}

Result<PictureBlocks::Block> PictureBlocks::read(qint64 block)
{
    QByteArray entries;
    QByteArray texts;
    auto done = m_database.each(
        u"SELECT entries, texts FROM entries JOIN texts USING (library, block) WHERE library = ? "
        "AND block = ?"_s,
        {m_library, block}, [&](const QSqlQuery& row) {
            entries = row.value(0).toByteArray();
            texts = row.value(1).toByteArray();
        });
    if (!done)
        return done.error();
    const Texts known(texts);
    Block contents;
    const std::size_t count =
        std::min(known.count(), std::size_t(entries.size()) / sizeof(PictureEntry));
    for (std::size_t i = 0; i < count; ++i) {
        Block::Row row;
        std::memcpy(&row.entry, entries.constData() + i * sizeof(PictureEntry), sizeof row.entry);
        row.text = known.text(i).toByteArray();
        contents.rows.push_back(std::move(row));
    }
    return contents;
}

Result<void> PictureBlocks::write(qint64 block, const Block& contents)
{
    QByteArray entries;
    QByteArray numbers;
    QByteArray ends;
    QByteArray data;
    const auto append = [](QByteArray& bytes, const auto& value) {
        bytes.append(reinterpret_cast<const char*>(&value), qsizetype(sizeof value));
    };
    for (const Block::Row& row : contents.rows) {
        append(entries, row.entry);
        append(numbers, row.entry.number);
        data += row.text;
        append(ends, static_cast<qint32>(data.size()));
    }
    QByteArray texts;
    append(texts, static_cast<qint32>(contents.rows.size()));
    texts += numbers + ends + data;
    for (const auto& [table, bytes] :
        {std::pair{"entries"_L1, entries}, std::pair{"texts"_L1, texts}}) {
        auto done =
            contents.rows.empty()
                ? m_database.run(u"DELETE FROM %1 WHERE library = ? AND block = ?"_s.arg(table),
                      {m_library, block})
                : m_database.run(
                      u"INSERT OR REPLACE INTO %1 (library, block, %1) VALUES (?, ?, ?)"_s.arg(
                          table),
                      {m_library, block, bytes});
        if (!done)
            return done.error();
    }
    return {};
}

Result<void> PictureBlocks::update(const Changes& changes)
{
    QList<qint64> numbers = changes.keys();
    std::sort(numbers.begin(), numbers.end());
    for (qsizetype begin = 0; begin < numbers.size();) {
        const qint64 block = numbers.at(begin) / blockRows;
        auto contents = read(block);
        if (!contents)
            return contents.error();
        std::vector<Block::Row>& rows = contents->rows;
        for (; begin < numbers.size() && numbers.at(begin) / blockRows == block; ++begin) {
            const qint64 number = numbers.at(begin);
            const PicturePtr& picture = *changes.constFind(number);
            auto place = std::find_if(rows.begin(), rows.end(),
                [number](const Block::Row& row) { return row.entry.number >= number; });
            const bool there = place != rows.end() && place->entry.number == number;
            if (!picture) {
                if (there)
                    rows.erase(place);
                continue;
            }
            Block::Row row{plainEntry(*picture), searchText(*picture).toUtf8()};
            row.entry.number = number;
            const auto model = wordNumber(picture->modelId);
            const auto tags = wordNumber(tagsWord(picture->tags));
            if (!model || !tags)
                return model ? tags.error() : model.error();
            row.entry.model = static_cast<quint16>(std::min(*model, quint32{0xffff}));
            row.entry.tags = *tags;
            if (there)
                *place = std::move(row);
            else
                rows.insert(place, std::move(row));
        }
        if (auto written = write(block, *contents); !written)
            return written;
    }
    return {};
}

Result<PictureListing> PictureBlocks::list()
{
    PictureListing listing;
    QHash<quint32, QString> words;
    auto read =
        m_database.each(u"SELECT number, text FROM words"_s, {}, [&words](const QSqlQuery& row) {
            words.insert(row.value(0).toUInt(), row.value(1).toString());
        });
    if (!read)
        return read.error();
    qint64 bytes = 0;
    read = m_database.each(u"SELECT sum(length(entries)) FROM entries WHERE library = ?"_s,
        {m_library}, [&bytes](const QSqlQuery& row) { bytes = row.value(0).toLongLong(); });
    if (!read)
        return read.error();
    listing.entries.reserve(bytes / qint64(sizeof(PictureEntry)));

    QHash<quint32, quint32> tagSets{{0, 0}};
    QHash<quint32, quint16> models{{0, 0}};
    // The last rows are the newest, mostly.
    read = m_database.each(u"SELECT entries FROM entries WHERE library = ? ORDER BY block DESC"_s,
        {m_library}, [&](const QSqlQuery& row) {
            const QByteArray block = row.value(0).toByteArray();
            for (std::size_t i = std::size_t(block.size()) / sizeof(PictureEntry); i-- > 0;) {
                PictureEntry entry;
                std::memcpy(
                    &entry, block.constData() + i * sizeof(PictureEntry), sizeof(PictureEntry));
                if (!tagSets.contains(entry.tags)) {
                    tagSets.insert(entry.tags, quint32(listing.tagSets.size()));
                    listing.tagSets.append(tagsOf(words.value(entry.tags)));
                }
                if (!models.contains(entry.model)) {
                    models.insert(entry.model, quint16(listing.models.size()));
                    listing.models.append(words.value(entry.model));
                }
                entry.tags = tagSets.value(entry.tags);
                entry.model = models.value(entry.model);
                listing.entries.append(entry);
            }
        });
    if (!read)
        return read.error();
    sortNewestFirst(listing.entries);
    listing.ids.setAll(listing.entries);
    return listing;
}

// Every term but the first is looked for only where the one before it was.
Result<QBitArray> PictureBlocks::find(const QStringList& terms)
{
    QList<QByteArray> wanted;
    for (const QString& term : terms)
        wanted.append(term.toUtf8());
    // The longest is the rarest, mostly.
    std::sort(wanted.begin(), wanted.end(),
        [](const QByteArray& a, const QByteArray& b) { return a.size() > b.size(); });
    QBitArray found;
    auto read = m_database.each(
        u"SELECT texts FROM texts WHERE library = ?"_s, {m_library}, [&](const QSqlQuery& row) {
            const QByteArray bytes = row.value(0).toByteArray();
            const Texts texts(bytes);
            qsizetype from = 0;
            while (from < texts.data().size()) {
                const qsizetype place =
                    wanted.isEmpty() ? from : placeOf(wanted.first(), texts.data(), from);
                if (place < 0)
                    break;
                const std::size_t which = texts.at(place);
                const QByteArrayView text = texts.text(which);
                from = texts.end(which);
                const qint64 number = texts.number(which);
                // A term may not begin in one text and end in the next.
                const bool all = std::all_of(wanted.cbegin(), wanted.cend(),
                    [&text](const QByteArray& term) { return placeOf(term, text, 0) >= 0; });
                if (!all || number < 0 || number > largestNumber)
                    continue;
                if (number >= found.size())
                    found.resize(std::max<qsizetype>(number + 1, found.size() * 2));
                found.setBit(number);
            }
        });
    if (!read)
        return read.error();
    return found;
}

} // namespace seedbook
