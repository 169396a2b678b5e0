#include "library/Library.h"
#include "library/SearchText.h"
#include "support/Listing.h"
#include "support/PictureFolder.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

namespace seedbook::librarySearchTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

// What the index finds, and what it lists, for pictures on disk.
class LibrarySearchTest : public QObject
{
    Q_OBJECT

    struct Bench
    {
        PictureFolder folder;

        void put(int number, const QString& prompt, const QStringList& tags = {})
        {
            Picture picture = sampleRecord(number);
            picture.prompt = prompt;
            picture.tags = tags;
            picture.parameters.insert(u"prompt"_s, prompt);
            const QByteArray bytes =
                samplePicture(ImageFormat::Png, {24, 16}, 0xff000000U | static_cast<uint>(number));
            test::put(folder.at(u"%1.png"_s.arg(number)),
                embedRecord(bytes, picture, u"Qwen-Image"_s).file);
        }
        // By searching, and by looking at each; by their numbers. They must be the same.
        [[nodiscard]] QList<qint64> found(const QString& typed)
        {
            const QStringList terms = searchTerms(typed);
            const auto hits = await(folder.library().search(terms));
            const auto all = loadAll(folder.library());
            if (!hits || !all)
                qFatal("no answer");
            QList<qint64> indexed;
            QList<qint64> plain;
            for (const PicturePtr& picture : *all) {
                if (picture->number < hits->size() && hits->testBit(picture->number))
                    indexed.append(picture->sequence);
                if (matchesText(*picture, terms))
                    plain.append(picture->sequence);
            }
            if (indexed != plain)
                qFatal("the index and the pictures differ over %s", qPrintable(typed.left(80)));
            std::sort(indexed.begin(), indexed.end());
            return indexed;
        }
    };

private Q_SLOTS:
    void wordsAnywhereInPromptTagsAndSeed()
    {
        Bench bench;
        bench.put(1, u"A Red fox in the SNOW"_s, {u"winter"_s});
        bench.put(2, u"一只橙色的猫在月夜"_s, {u"海"_s});
        bench.put(3, u"snowless hill, 100% \"real\" * NEAR(a b)"_s, {u"fox hole"_s});
        QVERIFY(bench.folder.scan());
        const auto all = loadAll(bench.folder.library());
        QCOMPARE(all->size(), 3);
        const auto seed = [&all](qint64 number) {
            for (const PicturePtr& picture : *all) {
                if (picture->sequence == number)
                    return picture->seedText();
            }
            return QString();
        };
        QCOMPARE(bench.found(u"snow"_s), (QList<qint64>{1, 3}));
        QCOMPARE(bench.found(u"FOX snow"_s), (QList<qint64>{1, 3}));
        QCOMPARE(bench.found(u"red winter"_s), QList<qint64>{1});
        QCOMPARE(bench.found(u"猫"_s), QList<qint64>{2});
        QCOMPARE(bench.found(u"月夜"_s), QList<qint64>{2});
        QCOMPARE(bench.found(u"海 猫"_s), QList<qint64>{2});
        QCOMPARE(bench.found(u"x"_s), (QList<qint64>{1, 3}));
        QCOMPARE(bench.found(u"0% \"re"_s), QList<qint64>{3});
        QCOMPARE(bench.found(u"*"_s), QList<qint64>{3});
        QCOMPARE(bench.found(u"NEAR(a"_s), QList<qint64>{3});
        QCOMPARE(bench.found(seed(2)), QList<qint64>{2});
        QCOMPARE(bench.found(u"wolf"_s), QList<qint64>());
        QCOMPARE(bench.found(QString(1'000'000, u'a')), QList<qint64>());
        // No word reaches from one picture's text into the next one's, or from a tag to the seed.
        QCOMPARE(bench.found(u"winter"_s + seed(1).left(3)), QList<qint64>());
    }

    void whatChangedIsFoundAsItIsNow()
    {
        Bench bench;
        for (int number = 1; number <= 300; ++number) // more than a block
            bench.put(number, u"picture fox%1 end"_s.arg(number));
        QVERIFY(bench.folder.scan());
        QCOMPARE(bench.found(u"fox"_s).size(), 300);
        QCOMPARE(bench.found(u"fox200 "_s), QList<qint64>{200});
        bench.put(200, u"a wolf"_s);
        QVERIFY(QFile::remove(bench.folder.at(u"100.png"_s)));
        QVERIFY(bench.folder.scan());
        QCOMPARE(bench.found(u"wolf"_s), QList<qint64>{200});
        QCOMPARE(bench.found(u"fox"_s).size(), 298);
        const auto listing = await(bench.folder.library().list());
        QCOMPARE(listing->entries.size(), 299);
        QCOMPARE(listing->first.size(), 100);
    }

    void theListingTellsWhatThePicturesTell()
    {
        Bench bench;
        for (int number = 1; number <= 20; ++number)
            bench.put(number, u"p"_s, number % 2 == 0 ? QStringList{u"even"_s} : QStringList{});
        QVERIFY(bench.folder.scan());
        const auto listing = await(bench.folder.library().list());
        QCOMPARE(listing->entries.size(), 20);
        const auto all = loadAll(bench.folder.library());
        for (qsizetype i = 0; i < all->size(); ++i) {
            const PictureEntry& entry = listing->entries.at(i);
            const Picture& picture = *all->at(i);
            const PictureEntry expected = plainEntry(picture);
            QCOMPARE(entry.id, expected.id);
            QCOMPARE(entry.number, picture.number);
            QVERIFY(entry.number > 0);
            QCOMPARE(entry.created, expected.created);
            QCOMPARE(entry.sequence, expected.sequence);
            QCOMPARE(entry.seed, expected.seed);
            QCOMPARE(entry.price, expected.price);
            QCOMPARE(entry.duration, expected.duration);
            QCOMPARE(QSize(entry.width, entry.height), picture.size);
            QCOMPARE(entry.rating, expected.rating);
            QCOMPARE(entry.format, expected.format);
            QCOMPARE(entry.flags, expected.flags);
            QCOMPARE(listing->tagSets.at(entry.tags), picture.tags);
            QCOMPARE(listing->models.at(entry.model), picture.modelId);
        }
    }
};

SEEDBOOK_TEST(LibrarySearchTest, QCoreApplication)

} // namespace seedbook::librarySearchTest

#include "LibrarySearchTest.moc"
