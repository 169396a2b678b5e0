#pragma once

#include "library/PictureFilter.h"

namespace seedbook {

// The choices of the filter bar, in words.
[[nodiscard]] QString filterWords(RatingFilter rating);
[[nodiscard]] QString filterWords(PictureShape shape);
[[nodiscard]] QString filterWords(KindFilter origin);
[[nodiscard]] QString filterWords(DateSpan span);
[[nodiscard]] QString filterWords(OrderKey key);
[[nodiscard]] QString directionText(OrderKey key, bool descending);
[[nodiscard]] QString modelWords(const QString& model); // of its id
// "March 2026"
[[nodiscard]] QString monthText(const QDate& month);
// Empty where there is nothing to say.
[[nodiscard]] QString tagWords(const QStringList& tags);
[[nodiscard]] QString dateWords(const QDate& from, const QDate& until, const QDate& today);

} // namespace seedbook
