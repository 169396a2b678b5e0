#pragma once

#include "core/ImageFormat.h"

#include <QDate>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <array>
#include <optional>

namespace seedbook {

// The shapes that a picture may have, by its pixels; a twentieth more or less is the same shape.
enum class PictureShape { Square, Wide16x9, Tall9x16, Wide4x3, Tall3x4, Wide3x2, Tall2x3, Other };
inline constexpr int shapeCount = 8;
[[nodiscard]] PictureShape shapeOf(int width, int height);
// "16:9"; empty for Other.
[[nodiscard]] QString shapeText(PictureShape shape);

enum class RatingFilter {
    Any,
    Unrated,
    Rejected,
    NotRejected,
    AtLeast1,
    AtLeast2,
    AtLeast3,
    AtLeast4,
    AtLeast5
};
inline constexpr int ratingFilterCount = 9;
// Days up to now, by name.
enum class DateSpan { Any, Today, Last7Days, Last30Days, ThisYear };
inline constexpr int dateSpanCount = 5;
// Its first day; invalid for Any.
[[nodiscard]] QDate beginOf(DateSpan span, const QDate& today);
enum class KindFilter { Any, Paid, Practice, Unclaimed };
inline constexpr int kindFilterCount = 4;

// Which pictures of a library are shown: those to which all of it applies.
struct PictureFilter
{
    QString text; // words to be found in prompt, tags and seed; see searchTerms()
    RatingFilter rating = RatingFilter::Any;
    QStringList tags; // all of them
    std::optional<PictureShape> shape;
    std::optional<QString> model; // its id; empty: none is known
    std::optional<ImageFormat> format;
    KindFilter origin = KindFilter::Any;
    QDate from; // local days, both included; invalid: no bound
    QDate until;

    [[nodiscard]] bool isEmpty() const { return *this == PictureFilter{}; }
    friend bool operator==(const PictureFilter&, const PictureFilter&) = default;
};

// For each value of each part of a filter: how many pictures it would show, with the other parts as
// they are.
struct PictureFacets
{
    int all = 0;   // in the library
    int shown = 0; // by the filter as it is
    std::array<int, ratingFilterCount> ratings{};
    std::array<int, shapeCount> shapes{};
    std::array<int, 3> formats{}; // by ImageFormat
    std::array<int, kindFilterCount> origins{};
    QHash<QString, int> models;
    QHash<QString, int> tags; // with the tags that are wanted already
    std::array<int, dateSpanCount> spans{};
    QHash<QDate, int> months; // by its first day: for the choice of dates, and to jump to one
};

enum class OrderKey { Date, Rating, Seed, Price, Duration };

// In which order they are shown. Those that are alike come newest first.
struct PictureOrder
{
    OrderKey key = OrderKey::Date;
    bool descending = true;
    friend bool operator==(const PictureOrder&, const PictureOrder&) = default;
};

} // namespace seedbook
