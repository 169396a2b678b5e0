#pragma once

#include <QByteArray>

namespace seedbook::practice {

// 32 random bytes.
[[nodiscard]] QByteArray mintSecret();
constexpr qsizetype signatureSize = 16;
// So many bytes, which nobody can tell for `bytes` without the secret.
[[nodiscard]] QByteArray signature(const QByteArray& bytes, const QByteArray& secret);
// In a time that does not tell how much of it was right.
[[nodiscard]] bool isSame(const QByteArray& one, const QByteArray& other);

} // namespace seedbook::practice
