#include "library/PictureQueries.h"

#include "library/LibraryEntry.h"
#include "library/PictureBlocks.h"
#include "library/PictureRow.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

// Somebody may have copied one picture a thousand times.
constexpr int mostAlike = 100;

} // namespace

Result<PictureListing> PictureQueries::list(Database& database, int whole)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    auto listing = PictureBlocks(database, *number).list();
    if (!listing)
        return listing;
    auto newest = pictures(database, {}, whole);
    if (!newest)
        return newest.error();
    listing->first = *std::move(newest);
    return listing;
}

Result<QBitArray> PictureQueries::search(Database& database, const QStringList& terms)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    return PictureBlocks(database, *number).find(terms);
}

Result<PicturePtr> PictureQueries::find(Database& database, const QUuid& id)
{
    return findWhere(database, u"id"_s, idText(id));
}

Result<PicturePtr> PictureQueries::findPath(Database& database, const QString& path)
{
    return findWhere(database, u"path"_s, path);
}

Result<PicturePtr> PictureQueries::findWhere(
    Database& database, const QString& column, const QString& value)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    PicturePtr found;
    auto read = database.each(u"SELECT number, %1 FROM pictures WHERE library = ? AND %2 = ?"_s.arg(
                                  pictureColumns(), column),
        {*number, value}, [&](const QSqlQuery& row) {
            found = fromRow(row, m_entry.folder(), row.value(0).toLongLong(), 1);
        });
    if (!read)
        return read.error();
    return found;
}

Result<QList<PicturePtr>> PictureQueries::made(
    Database& database, const QByteArray& identity, const QString& endpoint, bool practice)
{
    return picturesWhere(database,
        u"AND request_identity = ? AND request_identity <> '' AND endpoint = ? AND practice = ?"_s,
        {QString::fromLatin1(identity), endpoint, int{practice}},
        u"rating DESC, created DESC, sequence DESC, id DESC"_s, mostAlike);
}

Result<QList<PicturePtr>> PictureQueries::rejected(Database& database)
{
    return pictures(database, u"AND rating < 0"_s, -1);
}

Result<QList<PicturePtr>> PictureQueries::pictures(
    Database& database, const QString& where, int count)
{
    return picturesWhere(database, where, {}, u"created DESC, sequence DESC, id DESC"_s, count);
}

Result<QList<PicturePtr>> PictureQueries::picturesWhere(Database& database, const QString& where,
    const QVariantList& values, const QString& order, int count)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    QList<PicturePtr> pictures;
    auto read = database.each(
        u"SELECT number, %1 FROM pictures WHERE library = ? %2 ORDER BY %3 LIMIT ?"_s.arg(
            pictureColumns(), where, order),
        QVariantList{*number} + values + QVariantList{count}, [&](const QSqlQuery& row) {
            if (auto picture = fromRow(row, m_entry.folder(), row.value(0).toLongLong(), 1))
                pictures.append(std::move(picture));
        });
    if (!read)
        return read.error();
    return pictures;
}

Result<QSet<QUuid>> PictureQueries::recordIds(Database& database)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    QSet<QUuid> found;
    auto read = database.each(
        u"SELECT record_id FROM pictures WHERE library = ? AND record_id IS NOT NULL"_s, {*number},
        [&found](
            const QSqlQuery& row) { found.insert(QUuid::fromString(row.value(0).toString())); });
    if (!read)
        return read.error();
    return found;
}

Result<QStringList> PictureQueries::tags(Database& database)
{
    const auto number = m_entry.number(database);
    if (!number)
        return number.error();
    QHash<QString, int> counts;
    auto read = database.each(u"SELECT tags FROM pictures WHERE library = ? AND tags <> '[]'"_s,
        {*number}, [&counts](const QSqlQuery& row) {
            const auto all = QJsonDocument::fromJson(row.value(0).toByteArray()).array();
            for (const QJsonValue tag : all)
                ++counts[tag.toString()];
        });
    if (!read)
        return read.error();
    counts.remove(QString());
    QStringList tags = counts.keys();
    std::sort(tags.begin(), tags.end(), [&counts](const QString& a, const QString& b) {
        return counts.value(a) != counts.value(b) ? counts.value(a) > counts.value(b) : a < b;
    });
    return tags;
}

} // namespace seedbook
