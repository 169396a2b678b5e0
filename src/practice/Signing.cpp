#include "practice/Signing.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <array>

namespace seedbook::practice {

QByteArray mintSecret()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return QByteArray(reinterpret_cast<const char*>(words.data()), sizeof words);
}

QByteArray signature(const QByteArray& bytes, const QByteArray& secret)
{
    return QMessageAuthenticationCode::hash(bytes, secret, QCryptographicHash::Sha256)
        .first(signatureSize);
}

bool isSame(const QByteArray& one, const QByteArray& other)
{
    if (one.size() != other.size())
        return false;
    int differing = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        differing |= one[i] ^ other[i];
    return differing == 0;
}

} // namespace seedbook::practice
