#include "widgets/gallery/GalleryModel.h"

#include "library/ThumbnailLoader.h"
#include "support/GallerySamples.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

using Mode = QAbstractItemModelTester::FailureReportingMode;

namespace {

// What the rows are, by the numbers that the samples are made from.
QList<qint64> numbers(const GalleryModel& model)
{
    QList<qint64> all;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        all.append(model.picture(index) ? model.picture(index)->sequence : model.job(index)->id);
    }
    return all;
}

} // namespace

class GalleryModelTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    ThumbnailLoader m_loader{m_folder.filePath(u"cache"_s)};

private Q_SLOTS:
    void newestStandsFirstWhateverComesWhen()
    {
        GalleryModel model(m_loader);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.addJobs({sampleJob(5), sampleJob(6), sampleJob(3)});
        model.setPictures({pictureOf(sampleJob(9)), pictureOf(sampleJob(4)),
            pictureOf(sampleJob(1)), pictureOf(sampleJob(3))}); // 3 is known, as a job
        model.addPicture(pictureOf(sampleJob(7)));
        QCOMPARE(numbers(model), (QList<qint64>{9, 7, 6, 5, 4, 3, 1}));
        QVERIFY(model.job(model.index(5)));
        QCOMPARE(model.pictureCount(), 4);
    }

    void pictureTakesItsCardsPlace()
    {
        GalleryModel model(m_loader);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.addJobs({sampleJob(1), sampleJob(2), sampleJob(3)});
        const QPersistentModelIndex row = model.indexOfJob(2);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        // Even if the file's own record has another time: the place is the card's.
        Job job = filed(sampleJob(2));
        auto picture = std::make_shared<Picture>(*job.picture);
        picture->created = moment(500);
        job.picture = picture;
        model.updateJob(job);
        QCOMPARE(row.row(), 1);
        QVERIFY(model.picture(row));
        QVERIFY(!model.job(row));
        QVERIFY(!model.indexOfJob(2).isValid());
        QCOMPARE(model.indexOf(picture->id), QModelIndex(row));
        QCOMPARE(changed.size(), 1);
        QVERIFY(inserted.isEmpty() && removed.isEmpty() && moved.isEmpty());
        // What the queue says of it later changes nothing.
        model.updateJob(sampleJob(2, JobState::Sending));
        model.removeJob(2);
        QCOMPARE(numbers(model), (QList<qint64>{3, 2, 1}));
        QVERIFY(model.picture(row));
    }

    void holdsWhatIsNewAndLetsItIn()
    {
        GalleryModel model(m_loader);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.addJobs({sampleJob(1)});
        QSignalSpy held(&model, &GalleryModel::heldCountChanged);
        model.setHolding(true);
        model.addJobs({sampleJob(2), sampleJob(3), sampleJob(4)});
        model.updateJob(filed(sampleJob(3)));
        model.removeJob(4);
        model.updateJob(sampleJob(1, JobState::Sending)); // shown already: goes on as ever
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
            GalleryModel model(m_loader);
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
                    model.addJobs(batch);
                    break;
                }
                case 2:
                    if (expected.contains(any)) {
                        expected[any] = true;
                        model.updateJob(filed(sampleJob(any)));
                    }
                    break;
                case 3:
                    if (expected.contains(any))
                        model.updateJob(sampleJob(any, JobState::Sending));
                    break;
                case 4:
                    model.removeJob(any);
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

    void neighboursPassOverCards()
    {
        GalleryModel model(m_loader);
        model.setPictures({pictureOf(sampleJob(1)), pictureOf(sampleJob(4))});
        model.addJobs({sampleJob(2), sampleJob(3), sampleJob(5)});
        const QModelIndex newest = model.newestPicture();
        QCOMPARE(newest.row(), 1);
        QCOMPARE(model.neighbour(newest, 1).row(), 4);
        QCOMPARE(model.neighbour(model.index(4), -1), newest);
        QVERIFY(!model.neighbour(newest, -1).isValid());
        QVERIFY(!model.neighbour(model.index(4), 1).isValid());
    }

    void itemsAreNamedInWords()
    {
        GalleryModel model(m_loader);
        model.addJobs({sampleJob(1),
            sampleJob(2, JobState::Refused, Error{ErrorKind::InsufficientCredits, {}, {}, 406})});
        QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(),
            u"a fox in the snow, seed 1001, waiting"_s);
        QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().contains(u"credits"_s));
        QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"Add credits"_s));
        // A prompt is text, whatever it looks like.
        model.addJobs({sampleJob(3, JobState::Waiting, {}, u"<b>bold</b> & <img src=x>"_s)});
        QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"&lt;b&gt;bold"_s));
    }

    void thumbnailChangesItsRowOnly()
    {
        const QString path = m_folder.filePath(u"one.png"_s);
        writeFile(path, samplePicture(ImageFormat::Png, {640, 360}));
        GalleryModel model(m_loader);
        QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.setPictures({pictureOf(sampleJob(1)), pictureOf(sampleJob(2), path, {640, 360}),
            pictureOf(sampleJob(3), m_folder.filePath(u"gone.png"_s))});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.wantThumbnails({0, 1}, {200, 200}, 2);
        QTRY_COMPARE(changed.size(), 2);
        const QPixmap pixmap = model.index(1).data(Qt::DecorationRole).value<QPixmap>();
        QCOMPARE(pixmap.size(), QSize(200, 112));
        QCOMPARE(pixmap.devicePixelRatio(), 2.0);
        QVERIFY(model.index(1).data(GalleryModel::FailureRole).toString().isEmpty());
        QVERIFY(!model.index(0).data(Qt::DecorationRole).isValid());
        QVERIFY(!model.index(0).data(GalleryModel::FailureRole).toString().isEmpty());
        for (const auto& signal : changed) {
            QCOMPARE(signal.at(0), signal.at(1));
            QVERIFY(!signal.at(2).value<QList<int>>().isEmpty());
        }
        // What is there, and what cannot be, is not asked for again; another size is.
        model.wantThumbnails({0, 1}, {200, 200}, 2);
        model.wantThumbnails({1}, {100, 100}, 1);
        QTRY_COMPARE(changed.size(), 3);
        QCOMPARE(model.thumbnail(sampleJob(2).pictureId).size(), QSize(100, 56));
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
        GalleryModel model(m_loader);
        model.addJobs({sampleJob(1), sampleJob(2)});
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.setPictures(pictures);
        QCOMPARE(model.rowCount(), 100'002);
        QVERIFY(inserted.size() <= 3); // in runs, not one by one
        QCOMPARE(model.indexOf(pictures.last()->id).row(), 100'001);
    }
};

QTEST_MAIN(GalleryModelTest)
#include "GalleryModelTest.moc"
