#include "widgets/viewer/DecodedPictures.h"

#include "core/Error.h"
#include "support/TestProgram.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::decodedPicturesTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

// Decoded once for all who show them, as long as somebody wants them.
class DecodedPicturesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void largerThanTheMemory();
    void ratedMeanwhile();
    void changedMeanwhile();
    void whoLeavesLetsTheOthersGoOn();
    void unwantedAndWantedAgain();

private:
    PicturePtr make(const QString& name, QSize size)
    {
        QImage image(size, QImage::Format_Grayscale8);
        image.fill(Qt::gray);
        auto picture = std::make_shared<Picture>();
        picture->id = QUuid::createUuid();
        picture->path = m_folder.filePath(name);
        picture->size = size;
        if (!image.save(picture->path))
            qFatal("cannot write %s", qPrintable(picture->path));
        return picture;
    }
    QTemporaryDir m_folder;
};

void DecodedPicturesTest::largerThanTheMemory()
{
    const PicturePtr large = make(u"large.png"_s, {7600, 7000});
    const PicturePtr next = make(u"next.png"_s, {64, 64});
    DecodedPictures decoded;
    QSignalSpy told(&decoded, &DecodedPictures::decoded);
    decoded.want(this, {large, next});
    QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, 20'000);
    QVERIFY(decoded.find(*large));
    QVERIFY(!told.wait(1500)); // not once more
    decoded.want(this, {next});
    QTRY_COMPARE(told.size(), 2);
}

void DecodedPicturesTest::ratedMeanwhile()
{
    const PicturePtr picture = make(u"rated.png"_s, {3000, 2000});
    auto rated = std::make_shared<Picture>(*picture);
    rated->rating = 3;
    DecodedPictures decoded;
    QSignalSpy told(&decoded, &DecodedPictures::decoded);
    decoded.want(this, {picture});
    decoded.want(this, {rated});
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told.first().first().value<PicturePtr>(), picture); // the one that was begun
    QVERIFY(decoded.find(*rated));
    QVERIFY(!told.wait(300));
}

void DecodedPicturesTest::changedMeanwhile()
{
    const PicturePtr before = make(u"changed.png"_s, {3000, 2000});
    const auto after = std::make_shared<Picture>(*before);
    after->bytes = before->bytes + 1;
    DecodedPictures decoded;
    QSignalSpy told(&decoded, &DecodedPictures::decoded);
    decoded.want(this, {before});
    decoded.drop(before->id);
    decoded.want(this, {after});
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told.first().first().value<PicturePtr>(), PicturePtr(after)); // begun anew
}

void DecodedPicturesTest::whoLeavesLetsTheOthersGoOn()
{
    const QObject other;
    DecodedPictures decoded;
    QSignalSpy told(&decoded, &DecodedPictures::decoded);
    decoded.want(this, {make(u"a.png"_s, {3000, 2000}), make(u"b.png"_s, {3000, 2000})});
    const PicturePtr third = make(u"c.png"_s, {64, 64});
    decoded.want(&other, {third});
    decoded.release(this);
    QTRY_VERIFY(decoded.find(*third));
}

void DecodedPicturesTest::unwantedAndWantedAgain()
{
    const PicturePtr picture = make(u"again.png"_s, {1500, 1000});
    const PicturePtr other = make(u"other.png"_s, {64, 64});
    DecodedPictures decoded;
    QSignalSpy told(&decoded, &DecodedPictures::decoded);
    for (int i = 0; i < 5; ++i) {
        decoded.want(this, {picture});
        decoded.want(this, {other});
    }
    decoded.want(this, {picture});
    QTRY_VERIFY(decoded.find(*picture));
    QVERIFY(!told.wait(300));
}

SEEDBOOK_TEST(DecodedPicturesTest, QApplication)

} // namespace seedbook::decodedPicturesTest

#include "DecodedPicturesTest.moc"
