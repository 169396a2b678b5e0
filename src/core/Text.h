#pragma once

#include <QString>

#include <optional>

namespace seedbook {

// A sentence about the first thing in a text that cannot travel as UTF-8 in JSON: a NUL character
// or half a surrogate pair. Nothing where the text is sound.
[[nodiscard]] std::optional<QString> findUnsendable(const QString& text);

// Replaces API keys (SG_ and hexadecimal digits, and `secret` itself where one is given) with
// "SG_…". The service's messages can repeat the key; everything shown, stored or logged comes
// through here.
[[nodiscard]] QString redacted(const QString& text, const QString& secret = {});
// The same for bytes that are to be kept as they came, of a program that was given the secret: only
// `secret`, in each of these forms, is taken out.
[[nodiscard]] QByteArray withoutSecret(const QByteArray& bytes, const QByteArray& secret);

// At most `limit` UTF-16 units, cut between characters, with an ellipsis where something was cut.
[[nodiscard]] QString elided(const QString& text, qsizetype limit);

} // namespace seedbook
