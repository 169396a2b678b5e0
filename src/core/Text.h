#pragma once

#include <QString>

#include <optional>

namespace seedbook {

// A sentence about the first thing in a text that cannot travel as UTF-8 in JSON: a NUL character
// or half a surrogate pair. Nothing where the text is sound.
[[nodiscard]] std::optional<QString> findUnsendable(const QString& text);

// Replaces API keys with "SG_…": SG_ and hexadecimal digits, `secret` itself where one is given,
// and all that were remembered. The service's messages can repeat the key; everything shown, stored
// or logged comes through here.
[[nodiscard]] QString redacted(const QString& text, const QString& secret = {});
// What is sent as a key, of whatever shape, is redacted from now on.
void rememberSecret(const QString& secret);
// The same for bytes that are to be kept as they came, of a program that was given the secret: only
// `secret`, in each of these forms, is taken out.
[[nodiscard]] QByteArray withoutSecret(const QByteArray& bytes, const QByteArray& secret);

// For a terminal or a log: control and format characters, which could hold a terminal's control
// sequences or turn its text around, become U+FFFD. Line breaks and tabs stay, and the joiners,
// which hold emoji and some scripts together.
[[nodiscard]] QString printable(const QString& text);
// The same for what is one line: line breaks go too. A path keeps its spaces.
[[nodiscard]] QString printableOnOneLine(const QString& text);
// On one line as well, white space made single spaces.
[[nodiscard]] QString printableLine(const QString& text);
// For JSON that is printed: the same characters, and those that break lines, as \uXXXX, which reads
// back as they were. Outside of its strings compact JSON has none of them.
[[nodiscard]] QString escapedJson(const QString& json);

// At most `limit` UTF-16 units, cut between characters, with an ellipsis where something was cut.
[[nodiscard]] QString elided(const QString& text, qsizetype limit);

} // namespace seedbook
