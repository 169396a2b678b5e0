#pragma once

#include "support/SmallDisk.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <array>
#include <optional>

namespace seedbook::test {

// What a computer does to a program's folders: two disks that fill up, one below the data and one
// below the library, and folders that go and come back. Where disks cannot be mounted (only root
// can) they never are full.
class Troubles final
{
public:
    enum Place { Data, Library };

    explicit Troubles(const QString& folder)
        : m_folders{folder + QStringLiteral("/one"), folder + QStringLiteral("/two")}
    {
        for (std::size_t i = 0; i < m_folders.size(); ++i) {
            QVERIFY(QDir().mkpath(m_folders.at(i)));
            m_disks.at(i).emplace(m_folders.at(i), "48m");
        }
    }

    [[nodiscard]] bool canFill() const { return bool(*m_disks.at(0)) && bool(*m_disks.at(1)); }
    // For data and cache; the library is in the other.
    [[nodiscard]] QString folder() const { return m_folders.at(Data); }
    [[nodiscard]] QString data() const { return m_folders.at(Data) + QStringLiteral("/data"); }
    [[nodiscard]] QString library() const
    {
        return m_folders.at(Library) + QStringLiteral("/library");
    }

    void fill(Place place)
    {
        QFile filler(fillerOf(place));
        if (!canFill() || !filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return;
        for (qint64 size = 1 << 20; size > 0;) { // to the last byte
            if (filler.write(QByteArray(size, 'f')) != size)
                size /= 2;
        }
    }
    void go(Place place)
    {
        if (!isAway(place))
            QVERIFY(QDir().rename(pathOf(place), awayOf(place)));
    }
    [[nodiscard]] bool isAway(Place place) const { return QFile::exists(awayOf(place)); }
    // What was made in its place meanwhile goes: nothing may have been.
    void comeBack(Place place)
    {
        if (!isAway(place))
            return;
        QDir().rmdir(pathOf(place));
        QVERIFY2(QDir().rename(awayOf(place), pathOf(place)),
            qPrintable(QDir(pathOf(place)).entryList(QDir::AllEntries | QDir::Hidden).join(u' ')));
    }
    void mend()
    {
        for (const Place place : {Data, Library}) {
            QFile::remove(fillerOf(place));
            comeBack(place);
        }
    }

private:
    [[nodiscard]] QString pathOf(Place place) const { return place == Data ? data() : library(); }
    [[nodiscard]] QString awayOf(Place place) const
    {
        return pathOf(place) + QStringLiteral(" away");
    }
    [[nodiscard]] QString fillerOf(Place place) const
    {
        return m_folders.at(place) + QStringLiteral("/filler");
    }

    std::array<QString, 2> m_folders;
    std::array<std::optional<SmallDisk>, 2> m_disks;
};

} // namespace seedbook::test
