#include "library/IdSlots.h"

#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QHash>
#include <QRandomGenerator>
#include <QTest>

namespace seedbook::idSlotsTest {

using namespace seedbook;

namespace {

QUuid idOf(uint number)
{
    return QUuid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
}

PictureEntry entryOf(uint number)
{
    PictureEntry entry;
    entry.id = idOf(number);
    entry.seed = number;
    return entry;
}

} // namespace

class IdSlotsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNothingInNothing() { QVERIFY(!IdSlots().find(idOf(1), {})); }

    // Against a hash, over comings and goings that fill it and empty it.
    void agreesWithAHash()
    {
        QRandomGenerator dice(5);
        QList<PictureEntry> entries(400);
        QHash<QUuid, IdSlots::Slot> expected;
        IdSlots slots;
        for (int i = 0; i < 40'000; ++i) {
            const auto slot = static_cast<IdSlots::Slot>(dice.bounded(400));
            const bool grows = i / 4000 % 2 == 0;
            if (!entries.at(slot).id.isNull() && (!grows || dice.bounded(3) == 0)) {
                slots.remove(slot, entries);
                expected.remove(entries.at(slot).id);
                entries[slot] = {};
            } else if (entries.at(slot).id.isNull() && grows) {
                const uint number = dice.bounded(100'000U);
                if (expected.contains(idOf(number)))
                    continue;
                entries[slot] = entryOf(number);
                slots.set(slot, entries);
                expected.insert(idOf(number), slot);
            }
            QCOMPARE(slots.count(), expected.size());
            if (i % 100 != 0)
                continue;
            for (const PictureEntry& entry : std::as_const(entries)) {
                if (!entry.id.isNull())
                    QCOMPARE(
                        slots.find(entry.id, entries), std::optional(expected.value(entry.id)));
            }
            QVERIFY(!slots.find(idOf(100'001), entries));
        }
    }

    void whoCameLaterIsFoundByTheId()
    {
        QList<PictureEntry> entries{entryOf(1), entryOf(1)};
        IdSlots slots;
        slots.set(0, entries);
        slots.set(1, entries);
        QCOMPARE(slots.count(), 1);
        QCOMPARE(slots.find(idOf(1), entries), std::optional(1U));
        slots.remove(0, entries); // is not found by it any more, and takes nobody away
        QCOMPARE(slots.find(idOf(1), entries), std::optional(1U));
    }

    // An index may hold anything.
    void takesTwinsAndEntriesWithoutAnIdOut()
    {
        QList<PictureEntry> entries{
            entryOf(7), PictureEntry{}, entryOf(8), entryOf(7), entryOf(9), entryOf(9)};
        entries[3].seed = 70;
        IdSlots slots;
        slots.setAll(entries);
        QCOMPARE(entries.size(), 3);
        QCOMPARE(slots.count(), 3);
        for (const uint number : {7U, 8U, 9U}) {
            const auto slot = slots.find(idOf(number), entries);
            QVERIFY(slot);
            QCOMPARE(entries.at(*slot).seed, number); // the first of twins stays
        }
    }
};

SEEDBOOK_TEST(IdSlotsTest, QCoreApplication)

} // namespace seedbook::idSlotsTest

#include "IdSlotsTest.moc"
