// Pictures on their way to other programs: saved, copied as text, dragged.
#include "library/ClipboardContent.h"
#include "support/GallerySamples.h"
#include "support/PictureFolder.h"
#include "support/TestProgram.h"
#include "widgets/actions/PictureDrag.h"
#include "widgets/output/ExportBar.h"

#include <QApplication>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

namespace seedbook::takingOutTest {

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
        picture->size = {24, 16};
        put(picture->path, recordedPicture(number));
        return picture;
    }

    [[nodiscard]] PicturePtr gone() const
    {
        auto picture = std::make_shared<Picture>(sampleRecord(1));
        picture->path = m_home.filePath(u"gone.png"_s);
        return picture;
    }
    [[nodiscard]] PicturePtr noPicture() const
    {
        auto picture = std::make_shared<Picture>(sampleRecord(1));
        picture->path = m_home.filePath(u"text.png"_s);
        put(picture->path, "no picture");
        return picture;
    }
    static bool onwards() { return true; }

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
        const PicturePtr one = add(5);
        const PicturePtr two = add(6);
        const auto plain = encodedForClipboard({one}, false, onwards);
        QCOMPARE(plain.count, 1);
        QCOMPARE(QByteArray::fromBase64(plain.text.toLatin1()), recordedPicture(5));
        const auto uri = encodedForClipboard({one}, true, onwards);
        QCOMPARE(uri.text, u"data:image/png;base64,"_s + plain.text);
        // What cannot be read does not keep the others.
        const auto several = encodedForClipboard({one, gone(), two, noPicture()}, true, onwards);
        QCOMPARE(several.count, 2);
        QCOMPARE(several.failed, 2);
        QCOMPARE(several.failure.kind, ErrorKind::PictureMissing);
        QCOMPARE(several.text.split(u'\n').size(), 2);
        QCOMPARE(several.text.split(u'\n').first(), uri.text);
        const auto none = encodedForClipboard({noPicture()}, true, onwards);
        QCOMPARE(none.count, 0);
        QCOMPARE(none.failure.kind, ErrorKind::PictureUndecodable);
    }

    void textIsNotEndless()
    {
        QList<PicturePtr> halves;
        for (const QString& name : {u"half 1.png"_s, u"half 2.png"_s, u"half 3.png"_s}) {
            auto picture = std::make_shared<Picture>(sampleRecord(1));
            picture->path = m_home.filePath(name);
            QFile file(picture->path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qint64{33} << 20));
            halves.append(picture);
        }
        QCOMPARE(encodedForClipboard(halves.first(1), false, onwards).count, 1);
        const auto all = encodedForClipboard(halves, false, onwards);
        QCOMPARE(all.count, 0);
        QVERIFY(all.text.isEmpty());
        QCOMPARE(all.failure.subject, halves.at(1)->path);
    }

    void severalWithoutWhatTellsOfThem()
    {
        const QString folder = m_home.filePath(u"clean"_s);
        const auto first = cleanForClipboard({add(5)}, folder, onwards);
        QCOMPARE(first.count, 1);
        const auto all = cleanForClipboard({add(1), gone(), noPicture(), add(2)}, folder, onwards);
        QCOMPARE(all.count, 2);
        QCOMPARE(all.failed, 2);
        QCOMPARE(all.image.size(), QSize(24, 16));
        QCOMPARE(QFileInfo(all.files.at(0)).fileName(), u"picture 1.png"_s);
        QCOMPARE(QFileInfo(all.files.at(1)).fileName(), u"picture 4.png"_s);
        QVERIFY(!QFile::exists(first.files.first()));
        // Where nothing comes of it, what was pasted before stays.
        QCOMPARE(cleanForClipboard({gone()}, folder, onwards).count, 0);
        QVERIFY(QFile::exists(all.files.first()));
    }

    void theFilesAndTheFirstOnesImage()
    {
        const PicturePtr one = add(1);
        const PicturePtr two = add(2);
        const auto content = imagesForClipboard({gone(), one, two}, onwards);
        QCOMPARE(content.files, (QStringList{one->path, two->path}));
        QCOMPARE(content.failed, 1);
        QCOMPARE(content.image.size(), QSize(24, 16));
        const std::unique_ptr<QMimeData> data(mimeDataOf(content));
        QVERIFY(data->hasImage());
        QCOMPARE(data->urls().size(), 2);
        QCOMPARE(data->data(u"x-special/gnome-copied-files"_s),
            "copy\n" + data->urls().at(0).toEncoded() + '\n' + data->urls().at(1).toEncoded());
        QCOMPARE(imagesForClipboard({one, two}, [] { return false; }).count, 0);
        QCOMPARE(
            imagesForClipboard({noPicture()}, onwards).failure.kind, ErrorKind::PictureUndecodable);
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
        // To decode it would hold up the window for too long.
        auto large = std::make_shared<Picture>(*one);
        large->size = {10'000, 10'000};
        QVERIFY(!std::unique_ptr<QMimeData>(pictureMimeData({large}))->hasImage());
        // Gone meanwhile: no image, and no harm.
        const std::unique_ptr<QMimeData> late(pictureMimeData({two}));
        QVERIFY(QFile::remove(two->path));
        QVERIFY(late->imageData().isNull());
    }
};

SEEDBOOK_TEST(TakingOutTest, QApplication)

} // namespace seedbook::takingOutTest

#include "TakingOutTest.moc"
