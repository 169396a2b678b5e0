// Pictures on their way to other programs: saved, copied as text, dragged.
#include "support/GallerySamples.h"
#include "support/PictureFolder.h"
#include "widgets/picture/ExportBar.h"
#include "widgets/picture/PictureDrag.h"
#include "widgets/picture/PictureFiles.h"

#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

class TakingOutTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;

    [[nodiscard]] PicturePtr add(int number)
    {
        auto picture = std::make_shared<Picture>(sampleRecord(number));
        picture->path = m_home.filePath(u"%1.png"_s.arg(number));
        put(picture->path, recordedPicture(number));
        return picture;
    }

private Q_SLOTS:
    void theBarTellsHowItWent()
    {
        const QString out = m_home.filePath(u"out"_s);
        QDir().mkpath(out);
        ExportBar bar;
        QVERIFY(bar.isHidden());
        QSignalSpy ended(&bar, &ExportBar::ended);
        const PicturePtr gone = add(3);
        QVERIFY(QFile::remove(gone->path));
        bar.start({{add(1), add(2), gone}, out, false, {}});
        QVERIFY(bar.isRunning());
        QVERIFY(!bar.isHidden());
        QVERIFY(bar.text().contains(u"0 of 3"_s));
        QVERIFY(ended.wait());
        QVERIFY(!bar.isRunning());
        QCOMPARE(QDir(out).entryList(QDir::Files).size(), 2);
        QVERIFY(bar.text().contains(u"2 pictures are saved in "_s + out));
        QVERIFY(bar.text().contains(u"3.png"_s));
        QVERIFY(bar.cancel()->isHidden());
    }

    void whatIsAskedForMeanwhileComesAfter()
    {
        const QString out = m_home.filePath(u"both"_s);
        QDir().mkpath(out);
        ExportBar bar;
        QSignalSpy ended(&bar, &ExportBar::ended);
        bar.start({{add(1)}, out, false, {}});
        bar.start({{add(2)}, out, false, {}});
        QTRY_COMPARE(ended.size(), 2);
        QCOMPARE(QDir(out).entryList(QDir::Files).size(), 2);
    }

    void textThatAPageCanEmbed()
    {
        const PicturePtr picture = add(5);
        const auto plain = encodePicture(picture->path, false);
        QVERIFY(plain);
        QCOMPARE(QByteArray::fromBase64(plain->toLatin1()), recordedPicture(5));
        const auto uri = encodePicture(picture->path, true);
        QCOMPARE(*uri, u"data:image/png;base64,"_s + *plain);
        const QString text = m_home.filePath(u"text.png"_s);
        put(text, "no picture");
        QCOMPARE(encodePicture(text, true).error().kind, ErrorKind::PictureUndecodable);
        QCOMPARE(encodePicture(m_home.filePath(u"gone.png"_s), false).error().kind,
            ErrorKind::PictureMissing);
        const QString large = m_home.filePath(u"large.png"_s);
        QFile file(large);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize((qint64{64} << 20) + 1));
        QCOMPARE(encodePicture(large, false).error().kind, ErrorKind::FileUnreadable);
    }

    void whatIsDraggedIsTheFilesAndOfOneTheImage()
    {
        const PicturePtr one = add(7);
        const PicturePtr two = add(8);
        const std::unique_ptr<QMimeData> single(pictureMimeData({one}));
        QCOMPARE(single->urls(), QList{QUrl::fromLocalFile(one->path)});
        QVERIFY(single->hasImage());
        QCOMPARE(single->imageData().value<QImage>().size(), QSize(24, 16));
        const std::unique_ptr<QMimeData> both(pictureMimeData({one, two}));
        QCOMPARE(both->urls().size(), 2);
        QVERIFY(!both->hasImage());
        // Gone meanwhile: no image, and no harm.
        const std::unique_ptr<QMimeData> late(pictureMimeData({two}));
        QVERIFY(QFile::remove(two->path));
        QVERIFY(late->imageData().isNull());
    }
};

QTEST_MAIN(TakingOutTest)
#include "TakingOutTest.moc"
