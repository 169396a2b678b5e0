#include "library/Library.h"
#include "library/ThumbnailLoader.h"
#include "metadata/PictureMetadata.h"
#include "support/Listing.h"
#include "support/PictureFolder.h"
#include "support/TestProgram.h"
#include "widgets/gallery/GalleryView.h"
#include "widgets/live/PictureListModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDirIterator>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

namespace seedbook::folderAgreesTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// What somebody does to the folder with other programs, while the gallery is open. $1 is the
// library, $2 a folder with more pictures.
constexpr auto script = R"(
set -e
cd "$1"
mkdir added && cp -p "$2"/*.png added/ &
mkdir moved && mv old/1?.png old/2??.png moved/
exiftool -q -overwrite_original -XMP-xmp:Rating=2 -XMP-dc:Subject=exiftool old/3??.png
mv old/40?.png . && rm old/5*.png
wait
cp -p added/7??.png . && rm added/71?.png
exiftool -q -overwrite_original -XMP-dc:Subject+=again added/8??.png
mv added renamed
for i in 0 1 2 3 4; do mv renamed/90$i.png renamed/"a name with $i.png"; done
rmdir old 2>/dev/null || true
)";

constexpr int there = 600; // before
constexpr int more = 400;

struct Facts
{
    QUuid record;
    int rating = 0;
    QStringList tags;
    friend bool operator==(const Facts&, const Facts&) = default;
};

} // namespace

// A thousand files that others add, move, tag and delete while the gallery shows them.
class FolderAgreesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thousandFiles();
};

void FolderAgreesTest::thousandFiles()
{
    QVERIFY(!QStandardPaths::findExecutable(u"exiftool"_s).isEmpty());
    PictureFolder bench;
    QTemporaryDir staging;
    for (int i = 0; i < there; ++i)
        put(bench.at(u"old/%1.png"_s.arg(i)), recordedPicture(i));
    for (int i = there; i < there + more; ++i)
        put(staging.filePath(u"%1.png"_s.arg(i)), recordedPicture(i));
    QVERIFY(bench.scan());

    ThumbnailLoader thumbnails(bench.cache);
    LivePictures live(thumbnails);
    PictureListModel model(live);
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    live.setListing(listingOf(bench.known.values()));
    QObject::connect(&bench.library(), &Library::changed, &live, &LivePictures::applyChanges);
    GalleryView view(model);
    view.resize(900, 700);
    view.show();
    bench.library().watch();

    QProcess others;
    others.setProcessChannelMode(QProcess::ForwardedChannels);
    others.start(
        u"bash"_s, {u"-c"_s, QLatin1StringView(script), u"bash"_s, bench.folder, staging.path()});
    QVERIFY(others.waitForStarted());
    // Meanwhile a person rates: some that lie still and some that are being moved.
    QHash<QUuid, int> given;
    QList<PicturePtr> rated;
    for (int i = 10; i < 20; ++i)
        rated.append(bench.known.value(sampleRecord(i).id));
    for (int i = 100; i < 130; ++i)
        rated.append(bench.known.value(sampleRecord(i).id));
    bench.library().setRating(rated, 5);
    for (const PicturePtr& picture : rated)
        given.insert(picture->id, 5);
    QTRY_COMPARE_WITH_TIMEOUT(others.state(), QProcess::NotRunning, 60000);
    QCOMPARE(others.exitCode(), 0);

    // Two seconds are what is promised; the test allows a busy machine more.
    const auto shown = [&model] {
        QMap<QString, Facts> facts;
        for (int row = 0; row < model.rowCount(); ++row) {
            const PicturePtr picture = model.picture(model.index(row));
            facts.insert(picture->path, {picture->recordId, picture->rating, picture->tags});
        }
        return facts;
    };
    const auto onDisk = [&bench] {
        QMap<QString, Facts> facts;
        QDirIterator it(bench.folder, {u"*.png"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            const auto metadata = readPictureMetadata(path);
            if (metadata)
                facts.insert(path,
                    {toPicture(*metadata, path, 0, {}).recordId, metadata->rating, metadata->tags});
        }
        return facts;
    };
    QTRY_COMPARE_WITH_TIMEOUT(shown(), onDisk(), 20000);
    QCOMPARE(model.rowCount(), static_cast<int>(onDisk().size()));
    QVERIFY(bench.library().unreadable().isEmpty());

    // No rating is lost: each is the person's, ExifTool's, or the one that it had.
    const auto facts = onDisk();
    QHash<QUuid, int> numbers;
    for (int i = 0; i < there + more; ++i)
        numbers.insert(sampleRecord(i).id, i);
    QSet<QUuid> seen;
    for (auto it = facts.begin(); it != facts.end(); ++it) {
        const int number = numbers.value(it->record, -1);
        QVERIFY2(number >= 0, qPrintable(it.key()));
        const bool tagged = number >= 300 && number < 400;
        const int had = given.value(it->record, tagged ? 2 : sampleRecord(number).rating);
        QVERIFY2(it->rating == had, qPrintable(it.key()));
        seen.insert(it->record);
    }
    // 5, 50 to 59 and 500 to 599 were deleted; 710 to 719 live on as copies.
    QCOMPARE(seen.size(), there + more - 111);
}

SEEDBOOK_TEST(FolderAgreesTest, QApplication)

} // namespace seedbook::folderAgreesTest

#include "FolderAgreesTest.moc"
