#include "widgets/compose/Origins.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype mostPictures = 16; // a draft can hold anything

} // namespace

void Origins::takeSettings(const QList<QUuid>& pictures)
{
    clear();
    for (const QUuid& id : pictures) {
        if (!id.isNull() && !m_settings.contains(id) && m_settings.size() < mostPictures)
            m_settings.append(id);
    }
}

void Origins::takeSeed(Seed seed, const QUuid& picture)
{
    m_seed = seed;
    m_seedPicture = picture;
}

void Origins::clear()
{
    *this = {};
}

QList<QUuid> Origins::parents(std::optional<Seed> pinned) const
{
    QList<QUuid> all = m_settings;
    if (!m_seedPicture.isNull() && pinned == m_seed && !all.contains(m_seedPicture))
        all.append(m_seedPicture);
    return all;
}

QJsonObject Origins::state() const
{
    QJsonArray settings;
    for (const QUuid& id : m_settings)
        settings.append(id.toString(QUuid::WithoutBraces));
    QJsonObject state{{u"settings"_s, settings}};
    if (m_seed && !m_seedPicture.isNull()) {
        state.insert(u"seed"_s, m_seed->number());
        state.insert(u"seedPicture"_s, m_seedPicture.toString(QUuid::WithoutBraces));
    }
    return state;
}

void Origins::setState(const QJsonObject& state)
{
    QList<QUuid> settings;
    for (const auto& value : state["settings"_L1].toArray())
        settings.append(QUuid::fromString(value.toString()));
    takeSettings(settings);
    if (const auto seed = Seed::fromNumber(state["seed"_L1].toInteger(Seed::randomSentinel)))
        takeSeed(*seed, QUuid::fromString(state["seedPicture"_L1].toString()));
}

} // namespace seedbook
