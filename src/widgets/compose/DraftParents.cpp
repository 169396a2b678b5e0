#include "widgets/compose/DraftParents.h"

using namespace Qt::StringLiterals;

namespace seedbook {

namespace {

constexpr qsizetype mostPictures = 16; // a draft can hold anything

} // namespace

void DraftParents::takeSettings(const Provenance& from)
{
    clear();
    m_settings = from;
    m_settings.ordinal.reset(); // of the answer that it came in
    m_settings.parents.clear();
    for (const QUuid& id : from.parents) {
        if (!id.isNull() && !m_settings.parents.contains(id) &&
            m_settings.parents.size() < mostPictures)
            m_settings.parents.append(id);
    }
}

void DraftParents::takeSeed(Seed seed, const QUuid& picture)
{
    m_seed = seed;
    m_seedPicture = picture;
}

void DraftParents::clear()
{
    *this = {};
}

Provenance DraftParents::provenance(std::optional<Seed> pinned) const
{
    Provenance all = m_settings;
    if (!m_seedPicture.isNull() && pinned == m_seed && !all.parents.contains(m_seedPicture))
        all.parents.append(m_seedPicture);
    return all;
}

QJsonObject DraftParents::state() const
{
    QJsonObject state{{u"from"_s, m_settings.toJson()}};
    if (m_seed && !m_seedPicture.isNull()) {
        state.insert(u"seed"_s, m_seed->number());
        state.insert(u"seedPicture"_s, m_seedPicture.toString(QUuid::WithoutBraces));
    }
    return state;
}

void DraftParents::setState(const QJsonObject& state)
{
    QJsonObject from = state["from"_L1].toObject();
    if (state.contains("settings"_L1)) // a draft of an earlier version
        from.insert(u"parents"_s, state["settings"_L1]);
    takeSettings(Provenance::fromJson(from));
    if (const auto seed = Seed::fromNumber(state["seed"_L1].toInteger(Seed::randomSentinel)))
        takeSeed(*seed, QUuid::fromString(state["seedPicture"_L1].toString()));
}

} // namespace seedbook
