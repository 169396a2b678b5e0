#include "library/PictureExport.h"

#include "library/FileName.h"
#include "support/PictureFolder.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

namespace seedbook::pictureExportTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

struct Bench
{
    Bench() { QDir().mkpath(out()); }
    [[nodiscard]] PicturePtr add(const QString& path, const QByteArray& bytes)
    {
        put(home.filePath(path), bytes);
        auto picture = std::make_shared<Picture>();
        picture->path = home.filePath(path);
        return picture;
    }
    [[nodiscard]] QString out() const { return home.filePath(u"out"_s); }
    [[nodiscard]] QStringList names() const
    {
        return QDir(out()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    QTemporaryDir home;
};

bool always(int)
{
    return true;
}

} // namespace

class PictureExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesAreTheSameAndNothingIsOverwritten()
    {
        Bench bench;
        put(bench.out() + u"/fox 1.png"_s, "somebody else's");
        const ExportReport report =
            exportPictures({{bench.add(u"a/fox 1.png"_s, recordedPicture(1)),
                                bench.add(u"b/fox 1.png"_s, recordedPicture(2))},
                               bench.out(), false, {}},
                always);
        QCOMPARE(report.written.size(), 2);
        QCOMPARE(report.failed, 0);
        QVERIFY(!report.stopped && !report.cancelled);
        QCOMPARE(
            bench.names(), (QStringList{u"fox 1 (2).png"_s, u"fox 1 (3).png"_s, u"fox 1.png"_s}));
        QCOMPARE(contents(bench.out() + u"/fox 1.png"_s), "somebody else's");
        QCOMPARE(contents(report.written.at(0)), recordedPicture(1));
        QCOMPARE(contents(report.written.at(1)), recordedPicture(2));
    }

    void oneThatFailsDoesNotKeepTheOthers()
    {
        Bench bench;
        QList<PicturePtr> pictures;
        for (int number = 1; number <= 30; ++number)
            pictures.append(bench.add(u"%1.png"_s.arg(number), recordedPicture(number)));
        QVERIFY(QFile::remove(pictures.at(14)->path));
        const ExportReport report = exportPictures({pictures, bench.out(), false, {}}, always);
        QCOMPARE(report.written.size(), 29);
        QCOMPARE(report.failed, 1);
        QCOMPARE(report.failures.first().kind, ErrorKind::PictureMissing);
        QCOMPARE(report.failures.first().subject, pictures.at(14)->path);
    }

    void cleanOnesTellNothing()
    {
        Bench bench;
        const ExportReport report =
            exportPictures({{bench.add(u"a secret fox 1000.png"_s, recordedPicture(1)),
                                bench.add(u"no picture.png"_s, "no picture")},
                               bench.out(), true, u"picture"_s},
                always);
        QCOMPARE(bench.names(), QStringList{u"picture 1.png"_s});
        QCOMPARE(report.failed, 1);
        const auto metadata = readPictureMetadata(report.written.first());
        QVERIFY(metadata);
        QVERIFY(toPicture(*metadata, {}, 0, {}).prompt.isEmpty());
    }

    void itEndsWhenItIsTold()
    {
        Bench bench;
        QList<PicturePtr> pictures;
        for (int number = 1; number <= 10; ++number)
            pictures.append(bench.add(u"%1.png"_s.arg(number), recordedPicture(number)));
        QList<int> asked;
        const ExportReport report =
            exportPictures({pictures, bench.out(), false, {}}, [&asked](int done) {
                asked.append(done);
                return done < 4;
            });
        QVERIFY(report.cancelled);
        QCOMPARE(asked, (QList{0, 1, 2, 3, 4}));
        QCOMPARE(bench.names().size(), 4);
    }

    void aFolderThatIsGoneEndsAll()
    {
        Bench bench;
        const auto picture = bench.add(u"1.png"_s, recordedPicture(1));
        const ExportReport report =
            exportPictures({{picture, picture}, bench.home.filePath(u"gone"_s), false, {}}, always);
        QVERIFY(report.stopped);
        QCOMPARE(report.stopped->kind, ErrorKind::FolderNotWritable);
        QVERIFY(!QFile::exists(bench.home.filePath(u"gone"_s)));
    }

    void namesAreLegalEverywhere_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("legal");
        QTest::newRow("as it is") << u"a fox 1827364.png"_s << u"a fox 1827364.png"_s;
        QTest::newRow("Chinese") << u"橙色的猫 77.webp"_s << u"橙色的猫 77.webp"_s;
        QTest::newRow("signs") << u"a<b>c:d\"e|f?g*h\\i.png"_s << u"a_b_c_d_e_f_g_h_i.png"_s;
        QTest::newRow("device") << u"CON.png"_s << u"CON_.png"_s;
        QTest::newRow("device, small") << u"nul.png"_s << u"nul_.png"_s;
        QTest::newRow("dots at the end") << u"fox . ..png"_s << u"fox.png"_s;
        QTest::newRow("composed") << u"café.png"_s.normalized(QString::NormalizationForm_D)
                                  << u"café.png"_s.normalized(QString::NormalizationForm_C);
    }
    void namesAreLegalEverywhere()
    {
        QFETCH(QString, name);
        QTEST(portableFileName(name), "legal");
    }

    void longNamesAreCutAtACharacter()
    {
        const QString name = portableFileName(QString(500, u'猫') + u".png"_s);
        QVERIFY(name.endsWith(u".png"_s));
        QVERIFY(name.toUtf8().size() <= 124);
        QVERIFY(!name.contains(QChar::ReplacementCharacter));
        QVERIFY(name.startsWith(u"猫猫"_s));
    }
};

SEEDBOOK_TEST(PictureExportTest, QCoreApplication)

} // namespace seedbook::pictureExportTest

#include "PictureExportTest.moc"
