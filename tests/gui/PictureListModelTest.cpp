#include "widgets/live/PictureListModel.h"

#include "library/ThumbnailLoader.h"
#include "support/GallerySamples.h"
#include "support/Listing.h"
#include "support/TestProgram.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace seedbook::pictureListModelTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

using Mode = QAbstractItemModelTester::FailureReportingMode;

namespace {

// What the rows are, by the numbers that the samples are made from.
QList<qint64> numbers(const PictureListModel& model)
{
    QList<qint64> all;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        all.append(model.picture(index) ? model.picture(index)->sequence : model.job(index)->id);
    }
    return all;
}

QUuid number(int number)
{
    return QUuid(static_cast<uint>(number), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

PicturePtr picture(qint64 job)
{
    return pictureOf(sampleJob(job));
}

PicturePtr rated(qint64 job, int rating)
{
    auto copy = std::make_shared<Picture>(*picture(job));
    copy->rating = rating;
    return copy;
}

// Newest first.
QList<PicturePtr> unrated(int count)
{
    QList<PicturePtr> pictures;
    for (int i = count; i > 0; --i)
        pictures.append(rated(i, 0));
    return pictures;
}

PicturePtr named(const PicturePtr& picture, int id)
{
    auto copy = std::make_shared<Picture>(*picture);
    copy->id = number(id);
    return copy;
}

} // namespace

class PictureListModelTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    ThumbnailLoader m_loader{m_folder.filePath(u"cache"_s)};

private Q_SLOTS:
    void newestStandsFirstWhateverComesWhen()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.addJobs({sampleJob(5), sampleJob(6), sampleJob(3)});
        live.setListing(listingOf({pictureOf(sampleJob(9)), pictureOf(sampleJob(4)),
            pictureOf(sampleJob(1)), pictureOf(sampleJob(3))})); // 3 is known, as a job
        live.addPicture(pictureOf(sampleJob(7)));
        QCOMPARE(numbers(model), (QList<qint64>{9, 7, 6, 5, 4, 3, 1}));
        QVERIFY(model.job(model.index(5)));
        QCOMPARE(model.pictureCount(), 4);
    }

    void pictureTakesItsTilesPlace()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.addJobs({sampleJob(1), sampleJob(2), sampleJob(3)});
        const QPersistentModelIndex row = model.indexOfJob(2);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        // Even if the file's own record has another time: the place is the tile's.
        Job job = filed(sampleJob(2));
        auto picture = std::make_shared<Picture>(*job.picture);
        picture->created = moment(500);
        job.picture = picture;
        live.updateJob(job);
        QCOMPARE(row.row(), 1);
        QVERIFY(model.picture(row));
        QVERIFY(!model.job(row));
        QVERIFY(!model.indexOfJob(2).isValid());
        QCOMPARE(model.indexOf(picture->id), QModelIndex(row));
        QCOMPARE(changed.size(), 1);
        QVERIFY(inserted.isEmpty() && removed.isEmpty() && moved.isEmpty());
        // What the queue says of it later changes nothing.
        live.updateJob(sampleJob(2, JobState::Sending));
        live.removeJob(2);
        QCOMPARE(numbers(model), (QList<qint64>{3, 2, 1}));
        QVERIFY(model.picture(row));
    }

    void holdsWhatIsNewAndLetsItIn()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.addJobs({sampleJob(1)});
        QSignalSpy held(&model, &PictureListModel::heldCountChanged);
        model.setHolding(true);
        live.addJobs({sampleJob(2), sampleJob(3), sampleJob(4)});
        live.updateJob(filed(sampleJob(3)));
        live.removeJob(4);
        live.updateJob(sampleJob(1, JobState::Sending)); // shown already: goes on as ever
        QCOMPARE(numbers(model), QList<qint64>{1});
        QCOMPARE(model.heldCount(), 2);
        QCOMPARE(held.last().first().toInt(), 2);
        QVERIFY(!model.indexOfJob(2).isValid());
        QVERIFY(!model.indexOf(sampleJob(3).pictureId).isValid());
        QCOMPARE(model.pictureCount(), 0);
        model.setHolding(false);
        QCOMPARE(numbers(model), (QList<qint64>{3, 2, 1}));
        QVERIFY(model.picture(model.index(0)));
        QCOMPARE(held.last().first().toInt(), 0);
        QCOMPARE(model.pictureCount(), 1);
    }

    // Any order of events ends with the same rows as a plain list would have.
    void staysSoundUnderRandomEvents()
    {
        for (quint32 seed = 1; seed <= 12; ++seed) {
            QRandomGenerator dice(seed);
            LivePictures live(m_loader);
            PictureListModel model(live);
            QAbstractItemModelTester tester(&model, Mode::QtTest);
            QHash<JobId, bool> expected; // the job, and whether it is a picture
            JobId next = 1;
            for (int i = 0; i < 150; ++i) {
                const JobId any = dice.bounded(1, static_cast<int>(next) + 1);
                switch (dice.bounded(6)) {
                case 0:
                case 1: {
                    QList<Job> batch;
                    for (int k = dice.bounded(1, 4); k > 0; --k) {
                        expected.insert(next, false);
                        batch.append(sampleJob(next++));
                    }
                    live.addJobs(batch);
                    break;
                }
                case 2:
                    if (expected.contains(any)) {
                        expected[any] = true;
                        live.updateJob(filed(sampleJob(any)));
                    }
                    break;
                case 3:
                    if (expected.contains(any))
                        live.updateJob(sampleJob(any, JobState::Sending));
                    break;
                case 4:
                    live.removeJob(any);
                    if (!expected.value(any, true))
                        expected.remove(any);
                    break;
                default:
                    model.setHolding(dice.bounded(2) == 0);
                }
            }
            model.setHolding(false);
            QList<qint64> wanted = expected.keys();
            std::sort(wanted.begin(), wanted.end(), std::greater());
            QCOMPARE(numbers(model), wanted);
            int pictures = 0;
            for (auto it = expected.cbegin(); it != expected.cend(); ++it) {
                const QModelIndex row = model.indexOf(sampleJob(it.key()).pictureId);
                QCOMPARE(model.picture(row) != nullptr, it.value());
                QCOMPARE(model.indexOfJob(it.key()).isValid(), !it.value());
                pictures += it.value();
            }
            QCOMPARE(model.pictureCount(), pictures);
        }
    }

    void filesThatChangeKeepTheirRows()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.setListing(listingOf({picture(1), picture(2), picture(3), picture(4), picture(5)}));
        const QPersistentModelIndex second = model.indexOf(picture(2)->id);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);

        // Rated, and its record now tells of another time: still the same place.
        auto rated = std::make_shared<Picture>(*picture(2));
        rated->rating = 4;
        rated->created = moment(100);
        live.applyChanges({{}, {{rated->id, rated}}, {}});
        QCOMPARE(model.picture(second)->rating, 4);
        QCOMPARE(second.row(), 3);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex(), QModelIndex(second));

        // Neighbours go at once; who is not known is passed over.
        live.applyChanges({{picture(3)->id, picture(5)->id, picture(4)->id, picture(9)->id},
            {{picture(9)->id, picture(9)}}, {picture(6)}});
        QCOMPARE(numbers(model), (QList<qint64>{6, 2, 1}));
        QCOMPARE(removed.size(), 1);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(model.pictureCount(), 3);
        QVERIFY(!model.indexOf(picture(4)->id).isValid());
        QCOMPARE(second.row(), 1);
        // Added again, it is what it is now.
        auto tagged = std::make_shared<Picture>(*picture(6));
        tagged->tags = QStringList{u"sea"_s};
        live.applyChanges({{}, {}, {tagged}});
        QCOMPARE(numbers(model), (QList<qint64>{6, 2, 1}));
        QCOMPARE(model.picture(model.index(0))->tags, QStringList{u"sea"_s});
        QVERIFY(reset.isEmpty());
    }

    // A copy at an earlier path takes the id over; ids may even go round in a ring.
    void idsPassFromOneToAnother()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.setListing(
            listingOf({named(picture(2), 10), named(picture(2), 20), picture(1), picture(3)}));
        const QPersistentModelIndex ten = model.indexOf(number(10));
        const QPersistentModelIndex twenty = model.indexOf(number(20));
        const PicturePtr was10 = model.picture(ten);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        const auto check = [&](const QModelIndex& first, int a, const QModelIndex& second, int b) {
            QCOMPARE(model.picture(first)->id, number(a));
            QCOMPARE(model.picture(second)->id, number(b));
            QCOMPARE(model.indexOf(number(a)), first);
            QCOMPARE(model.indexOf(number(b)), second);
        };
        // In the order in which it only works when it is taken at once.
        live.applyChanges(
            {{}, {{number(10), named(picture(2), 20)}, {number(20), named(picture(2), 5)}}, {}});
        check(ten, 20, twenty, 5);
        QVERIFY(!model.indexOf(number(10)).isValid());
        QVERIFY(removed.isEmpty());
        live.applyChanges(
            {{}, {{number(20), named(picture(2), 5)}, {number(5), named(picture(2), 20)}}, {}});
        QCOMPARE(model.rowCount(), 4);
        QVERIFY(model.indexOf(number(5)).isValid());
        QVERIFY(model.indexOf(number(20)).isValid());
        live.applyChanges({{number(5)}, {{number(20), named(picture(2), 5)}}, {}});
        QCOMPARE(numbers(model), (QList<qint64>{3, 2, 1}));
        QVERIFY(model.indexOf(number(5)).isValid());
    }

    void tilesBecomeThePictureThatTheFolderTellsOf()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.addJobs({sampleJob(1), sampleJob(2, JobState::Sending), sampleJob(3)});
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        live.applyChanges({{}, {}, {picture(2)}});
        QVERIFY(model.picture(model.index(1)));
        QVERIFY(!model.indexOfJob(2).isValid());
        live.applyChanges({{}, {{picture(3)->id, picture(3)}}, {}});
        QVERIFY(model.picture(model.index(0)));
        live.updateJob(filed(sampleJob(2))); // the queue says so later
        QVERIFY(inserted.isEmpty());
        QCOMPARE(model.pictureCount(), 2);
        // A tile is not a file that could be gone.
        live.applyChanges({{sampleJob(1).pictureId}, {}, {}});
        QCOMPARE(numbers(model), (QList<qint64>{3, 2, 1}));
        QVERIFY(model.indexOfJob(1).isValid());
    }

    void whatTheFolderTellsWaitsWhileHolding()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.setListing(listingOf({picture(1), picture(2)}));
        model.setHolding(true);
        QSignalSpy held(&model, &PictureListModel::heldCountChanged);
        live.applyChanges({{}, {}, {picture(3), picture(4), picture(5)}});
        QCOMPARE(model.heldCount(), 3);
        auto rated = std::make_shared<Picture>(*named(picture(4), 44));
        rated->rating = 2;
        live.applyChanges({{picture(3)->id, picture(1)->id}, {{picture(4)->id, rated}}, {}});
        QCOMPARE(held.last().first().toInt(), 2);
        QCOMPARE(numbers(model), QList<qint64>{2}); // what goes does not wait
        model.setHolding(false);
        QCOMPARE(numbers(model), (QList<qint64>{5, 4, 2}));
        QCOMPARE(model.picture(model.indexOf(number(44)))->rating, 2);
    }

    void thumbnailOfARedrawnFileIsMadeAnew()
    {
        const QString path = m_folder.filePath(u"redrawn.png"_s);
        writeFile(path, samplePicture(ImageFormat::Png, {64, 64}, 0xff000000));
        LivePictures live(m_loader);
        PictureListModel model(live);
        const PicturePtr before = pictureOf(sampleJob(70), path, {64, 64});
        live.setListing(listingOf({before}));
        model.wantThumbnails({0}, {64, 64}, 1);
        QTRY_VERIFY(!live.thumbnail(before->id).isNull());
        const QImage black = live.thumbnail(before->id).toImage();
        // Rated: what is in memory stays good, also under another id.
        live.applyChanges({{}, {{before->id, named(before, 71)}}, {}});
        QCOMPARE(live.thumbnail(number(71)).toImage(), black);
        QVERIFY(live.thumbnail(before->id).isNull());
        QFile::remove(path);
        writeFile(path, samplePicture(ImageFormat::Png, {64, 64}, 0xffffffff));
        live.applyChanges({{}, {{number(71), named(before, 71), true}}, {}});
        QCOMPARE(live.thumbnail(number(71)).toImage(), black); // until the new one is there
        model.wantThumbnails({0}, {64, 64}, 1);
        QTRY_VERIFY(live.thumbnail(number(71)).toImage() != black);
    }

    void neighboursPassOverTiles()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        live.setListing(listingOf({pictureOf(sampleJob(1)), pictureOf(sampleJob(4))}));
        live.addJobs({sampleJob(2), sampleJob(3), sampleJob(5)});
        const QModelIndex newest = model.newestPicture();
        QCOMPARE(newest.row(), 1);
        QCOMPARE(model.neighbour(newest, 1).row(), 4);
        QCOMPARE(model.neighbour(model.index(4), -1), newest);
        QVERIFY(!model.neighbour(newest, -1).isValid());
        QVERIFY(!model.neighbour(model.index(4), 1).isValid());
    }

    void itemsAreNamedInWords()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        live.addJobs({sampleJob(1),
            sampleJob(2, JobState::Refused, Error{ErrorKind::InsufficientCredits, {}, {}, 406})});
        QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(),
            u"a fox in the snow, seed 1001, Waiting"_s);
        QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().contains(u"credits"_s));
        QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"Add credits"_s));
        // A prompt is text, whatever it looks like.
        live.addJobs({sampleJob(3, JobState::Waiting, {}, u"<b>bold</b> & <img src=x>"_s)});
        QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"&lt;b&gt;bold"_s));
    }

    void thumbnailChangesItsRowOnly()
    {
        const QString path = m_folder.filePath(u"one.png"_s);
        writeFile(path, samplePicture(ImageFormat::Png, {640, 360}));
        LivePictures live(m_loader);
        PictureListModel model(live);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.setListing(
            listingOf({pictureOf(sampleJob(1)), pictureOf(sampleJob(2), path, {640, 360}),
                pictureOf(sampleJob(3), m_folder.filePath(u"gone.png"_s))}));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.wantThumbnails({0, 1}, {200, 200}, 2);
        QTRY_COMPARE(changed.size(), 2);
        const QPixmap pixmap = model.index(1).data(Qt::DecorationRole).value<QPixmap>();
        QCOMPARE(pixmap.size(), QSize(200, 112));
        QCOMPARE(pixmap.devicePixelRatio(), 2.0);
        QVERIFY(model.index(1).data(PictureListModel::FailureRole).toString().isEmpty());
        QVERIFY(!model.index(0).data(Qt::DecorationRole).isValid());
        QVERIFY(!model.index(0).data(PictureListModel::FailureRole).toString().isEmpty());
        for (const auto& signal : changed) {
            QCOMPARE(signal.at(0), signal.at(1));
            QVERIFY(!signal.at(2).value<QList<int>>().isEmpty());
        }
        // What is there, and what cannot be, is not asked for again; another size is.
        model.wantThumbnails({0, 1}, {200, 200}, 2);
        model.wantThumbnails({1}, {100, 100}, 1);
        QTRY_COMPARE(changed.size(), 3);
        QCOMPARE(live.thumbnail(sampleJob(2).pictureId).size(), QSize(100, 56));
    }

    void takesALargeLibraryAtOnce()
    {
        QList<PicturePtr> pictures;
        const Picture sample = *pictureOf(sampleJob(1));
        for (int i = 0; i < 100'000; ++i) {
            auto picture = std::make_shared<Picture>(sample);
            picture->id = QUuid(static_cast<uint>(i), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            picture->created = moment(-i);
            picture->sequence = 100'000 - i;
            pictures.append(picture);
        }
        LivePictures live(m_loader);
        PictureListModel model(live);
        live.addJobs({sampleJob(1), sampleJob(2)});
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        live.setListing(listingOf(pictures));
        QCOMPARE(model.rowCount(), 100'002);
        QVERIFY(inserted.size() <= 3); // in runs, not one by one
        QCOMPARE(model.indexOf(pictures.last()->id).row(), 100'001);
    }

    // Each at its own cost: what one does not show is none of its changes.
    void listsOfTheSamePicturesAreEachTheirOwn()
    {
        LivePictures live(m_loader);
        PictureListModel all(live);
        PictureListModel best(live);
        best.setFilter({.rating = RatingFilter::AtLeast3});
        best.setOrder({OrderKey::Seed, false});
        live.setListing(listingOf({rated(3, 5), rated(2, 0), rated(1, 3)}));
        QCOMPARE(numbers(all), (QList<qint64>{3, 2, 1}));
        QCOMPARE(numbers(best), (QList<qint64>{1, 3}));
        QSignalSpy changed(&best, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&best, &QAbstractItemModel::rowsInserted);
        live.applyChanges({{}, {{picture(2)->id, rated(2, 1), false}}, {}});
        QVERIFY(changed.isEmpty() && inserted.isEmpty());
        live.applyChanges({{}, {{picture(2)->id, rated(2, 4), false}}, {}});
        QCOMPARE(numbers(best), (QList<qint64>{1, 2, 3}));
        QCOMPARE(numbers(all), (QList<qint64>{3, 2, 1}));
        QVERIFY(changed.isEmpty());
        all.setHolding(true);
        live.addPicture(rated(4, 5));
        QCOMPARE(all.heldCount(), 1);
        QCOMPARE(numbers(best), (QList<qint64>{1, 2, 3, 4}));
    }

    // A thousand that are rated where only unrated ones are shown leave as one.
    void manyChangesAreToldAsOne()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        live.setListing(listingOf(unrated(2000)));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        LibraryChanges rating;
        for (int i = 1; i <= 1000; ++i)
            rating.updated.append({picture(i)->id, rated(i, 1), false});
        live.applyChanges(rating);
        QCOMPARE(changed.size(), 1);
        model.setFilter({.rating = RatingFilter::Unrated});
        QCOMPARE(model.rowCount(), 1000);

        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        LibraryChanges every; // second of those that are left
        for (int i = 1002; i <= 2000; i += 2)
            every.updated.append({picture(i)->id, rated(i, 2), false});
        live.applyChanges(every);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(model.rowCount(), 500);
        for (auto& update : every.updated)
            update.now = rated(update.now->sequence, 0);
        live.applyChanges(every);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(numbers(model).first(), 2000);
        QVERIFY(std::ranges::is_sorted(numbers(model), std::greater()));
        QCOMPARE(model.rowCount(), 1000);
    }

    void aListOfItsOwnPicturesFollowsThem()
    {
        LivePictures live(m_loader);
        PictureListModel list(live);
        const QAbstractItemModelTester tester(&list, Mode::QtTest);
        live.setListing(listingOf({rated(5, 0), rated(4, 4), rated(3, 0), rated(2, 5)}));
        live.addJobs({sampleJob(6), sampleJob(7)});
        const QUuid missing = number(99);
        list.setOnly(QSet<QUuid>{
            sampleJob(7).pictureId, picture(5)->id, picture(4)->id, picture(2)->id, missing});
        QCOMPARE(numbers(list), (QList<qint64>{7, 5, 4, 2}));
        QCOMPARE(list.pictureCount(), 3);
        list.setFilter({.rating = RatingFilter::AtLeast3});
        QCOMPARE(numbers(list), (QList<qint64>{7, 4, 2}));
        live.addPicture(rated(8, 5)); // none of them
        QCOMPARE(list.rowCount(), 3);
        live.addPicture(named(rated(1, 5), 99)); // the one that was missing
        QCOMPARE(numbers(list), (QList<qint64>{7, 4, 2, 1}));
        live.applyChanges({{}, {{number(99), named(rated(1, 5), 98), false}}, {}});
        QCOMPARE(numbers(list), (QList<qint64>{7, 4, 2, 1}));
        // Two that exchange their ids, as copies do, are both still there.
        live.applyChanges({{},
            {{number(98), named(rated(1, 5), 97), false},
                {picture(2)->id, named(rated(2, 5), 98), false}},
            {}});
        QCOMPARE(numbers(list), (QList<qint64>{7, 4, 2, 1}));
        live.removeJob(7);
        list.setOnly(std::nullopt);
        QCOMPARE(numbers(list), (QList<qint64>{8, 6, 4, 2, 1}));
    }

    // Whoever looks at it goes on to the neighbour that it had.
    void whatLeavesTheFilterLeavesFromItsRow()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.setListing(listingOf({rated(5, 5), rated(4, 4), rated(3, 3), rated(2, 2)}));
        model.setFilter({.rating = RatingFilter::NotRejected});
        model.setOrder({OrderKey::Rating, true});
        QCOMPARE(numbers(model), (QList<qint64>{5, 4, 3, 2}));
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        QSignalSpy reordered(&model, &QAbstractItemModel::layoutChanged);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        live.applyChanges({{}, {{picture(4)->id, rated(4, -1), false}}, {}});
        QCOMPARE(numbers(model), (QList<qint64>{5, 3, 2}));
        QVERIFY(moved.isEmpty() && reordered.isEmpty());
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().at(1).toInt(), 1);
        // One leaves, one stays elsewhere, one comes back.
        live.applyChanges({{},
            {{picture(5)->id, rated(5, -1), false}, {picture(2)->id, rated(2, 4), false},
                {picture(4)->id, rated(4, 1), false}},
            {}});
        QCOMPARE(numbers(model), (QList<qint64>{2, 3, 4}));
        QCOMPARE(removed.last().at(1).toInt(), 0);
    }

    // Its neighbour there is the next to look at, however many others go with it.
    void manyThatLeaveAreGatheredWhereTheFirstStood()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        live.setListing(listingOf(unrated(300)));
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        LibraryChanges gone;
        for (int i = 290; i > 90; i -= 2)
            gone.removed.append(picture(i)->id);
        int behind = 0; // what stands there when they go
        connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [&](const QModelIndex&, int, int last) {
                behind = static_cast<int>(model.picture(model.index(last + 1))->sequence);
                // Rows are found all the while.
                QCOMPARE(model.indexOf(picture(300)->id).row(), 0);
                QCOMPARE(model.indexOf(picture(1)->id).row(), 299);
            });
        live.applyChanges(gone);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().at(1).toInt(), 10);
        QCOMPARE(behind, 289);
        QVERIFY(std::ranges::is_sorted(numbers(model), std::greater()));
    }

    void whatIsHeldAndDoesNotPassAnyMoreStaysOut()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        live.setListing(listingOf({rated(1, 0)}));
        model.setFilter({.rating = RatingFilter::Unrated});
        model.setHolding(true);
        live.applyChanges({{}, {}, {rated(3, 0), rated(2, 0)}});
        QCOMPARE(model.heldCount(), 2);
        live.applyChanges({{}, {{picture(3)->id, rated(3, 4), false}}, {}});
        QCOMPARE(model.heldCount(), 1);
        model.setHolding(false);
        QCOMPARE(numbers(model), (QList<qint64>{2, 1}));
    }

    // New ones, one that is told of twice, a tile's, and one that is known, in any order.
    void aBatchHasEachOfThemOnce()
    {
        LivePictures live(m_loader);
        PictureListModel model(live);
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        live.addJobs({sampleJob(3)});
        live.setListing(listingOf({rated(1, 0)}));
        live.applyChanges(
            {{}, {}, {rated(4, 0), rated(1, 5), rated(4, 2), rated(3, 0), rated(2, 0)}});
        QCOMPARE(numbers(model), (QList<qint64>{4, 3, 2, 1}));
        QCOMPARE(live.pictureCount(), 4);
        QCOMPARE(model.entry(model.index(3)).rating, 5);
        // Whoever makes a list while others are told of has them once, too.
        std::unique_ptr<PictureListModel> late;
        connect(&model, &QAbstractItemModel::dataChanged, this, [&] {
            if (!late)
                late = std::make_unique<PictureListModel>(live);
        });
        live.applyChanges({{}, {}, {rated(6, 0), rated(2, 3), rated(5, 0)}});
        QVERIFY(late);
        QCOMPARE(numbers(model), (QList<qint64>{6, 5, 4, 3, 2, 1}));
        QCOMPARE(numbers(*late), numbers(model));
    }
};

SEEDBOOK_TEST(PictureListModelTest, QApplication)

} // namespace seedbook::pictureListModelTest

#include "PictureListModelTest.moc"
