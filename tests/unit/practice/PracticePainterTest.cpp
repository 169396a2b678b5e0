#include "practice/PracticePainter.h"

#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QGuiApplication>
#include <QTest>

#include <algorithm>
#include <array>
#include <thread>
#include <vector>

namespace seedbook::practicePainterTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::practice;
using namespace seedbook::test;

namespace {

// The share of pixels, from a coarse look, on which two pictures agree in which half of their own
// brightness they lie: what the eye takes for the composition, whatever the colours.
double agreement(const QImage& a, const QImage& b)
{
    const QSize coarse(64, 64);
    const QImage left = a.scaled(coarse, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QImage right = b.scaled(coarse, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const auto median = [&coarse](const QImage& image) {
        std::vector<int> greys;
        for (int y = 0; y < coarse.height(); ++y) {
            for (int x = 0; x < coarse.width(); ++x)
                greys.push_back(qGray(image.pixel(x, y)));
        }
        std::sort(greys.begin(), greys.end());
        return greys[greys.size() / 2];
    };
    const int leftMedian = median(left);
    const int rightMedian = median(right);
    int same = 0;
    for (int y = 0; y < coarse.height(); ++y) {
        for (int x = 0; x < coarse.width(); ++x) {
            if ((qGray(left.pixel(x, y)) > leftMedian) == (qGray(right.pixel(x, y)) > rightMedian))
                ++same;
        }
    }
    return static_cast<double>(same) / (coarse.width() * coarse.height());
}

} // namespace

class PracticePainterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizes_data();
    void sizes();
    void unknownSize();
    void everyParameterCounts();
    void guidanceKeepsTheComposition_data();
    void guidanceKeepsTheComposition();
    void neighbouringSeedsDiffer();
    void everyThreadPaintsTheSame();
    void hasAMark();
    void extremes_data();
    void extremes();
};

void PracticePainterTest::sizes_data()
{
    QTest::addColumn<QString>("ratio");
    for (const QString& ratio : models().standard()->parameter(ParameterRole::AspectRatio)->allowed)
        QTest::newRow(qPrintable(ratio)) << ratio;
}

void PracticePainterTest::sizes()
{
    QFETCH(const QString, ratio);
    const Request request = sampleRequest(u"dunes"_s, 7, {{u"aspect_ratio"_s, ratio}});
    const QImage image = paintPicture(request);
    QVERIFY(!request.pixelSize().isEmpty());
    QCOMPARE(image.size(), request.pixelSize());
    QVERIFY(!image.hasAlphaChannel());
}

void PracticePainterTest::unknownSize()
{
    const auto model = ModelSchema::parse(R"({
        "$id": "bare", "title": "Bare", "type": "object", "required": ["text"],
        "properties": {
            "text": {"type": "string", "title": "Text", "description": "", "minLength": 1},
            "number": {"type": "integer", "title": "Seed", "description": "",
                       "minimum": -1, "maximum": 2147483647, "default": -1}},
        "x-seedbook": {"roles": {"prompt": "text", "seed": "number"},
                       "paths": {"v1": "/v1/bare"}, "price": 0,
                       "expectedSeconds": 1}})",
        u"bare.json"_s);
    QVERIFY2(model, model ? "" : qPrintable(model.error().detail));
    const auto request = Request::make(*model, {{u"text"_s, u"a hill"_s}, {u"number"_s, 5}});
    QVERIFY(request);
    QCOMPARE(paintPicture(*request).size(), QSize(1024, 1024));
}

void PracticePainterTest::everyParameterCounts()
{
    const QImage standard = paintPicture(sampleRequest());
    QCOMPARE(paintPicture(sampleRequest()), standard);
    for (const auto& [name, value] :
        {std::pair{u"guidance"_s, QJsonValue(3.6)}, std::pair{u"steps"_s, QJsonValue(45)},
            std::pair{u"negative_prompt"_s, QJsonValue(u"fog"_s)},
            std::pair{u"aspect_ratio"_s, QJsonValue(u"1:1"_s)}})
        QVERIFY2(paintPicture(sampleRequest(u"a lighthouse at dusk"_s, 1827364, {{name, value}})) !=
                     standard,
            qPrintable(name));
    QVERIFY(paintPicture(sampleRequest(u"a lighthouse at dawn"_s)) != standard);
    // How the answer is packed does not change what is drawn.
    QCOMPARE(paintPicture(sampleRequest(u"a lighthouse at dusk"_s, 1827364,
                 {{u"image_format"_s, u"webp"_s}, {u"quality"_s, 50}, {u"base64"_s, true}})),
        standard);
}

void PracticePainterTest::guidanceKeepsTheComposition_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 8; ++seed) // one of each scene
        QTest::addRow("seed %d", seed) << seed;
}

void PracticePainterTest::guidanceKeepsTheComposition()
{
    QFETCH(const int, seed);
    const auto painted = [seed](double guidance) {
        return paintPicture(sampleRequest(u"a quiet place"_s, seed, {{u"guidance"_s, guidance}}));
    };
    const QImage soft = painted(2.5);
    const QImage strong = painted(9);
    QVERIFY(soft != strong);
    const double same = agreement(soft, strong);
    QVERIFY2(same > 0.95, qPrintable(QString::number(same)));
}

void PracticePainterTest::neighbouringSeedsDiffer()
{
    QImage before = paintPicture(sampleRequest(u"a quiet place"_s, 100));
    for (int seed = 101; seed < 109; ++seed) {
        const QImage image = paintPicture(sampleRequest(u"a quiet place"_s, seed));
        const QImage left = image.scaled(8, 8, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        const QImage right = before.scaled(8, 8, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        int distance = 0;
        for (int i = 0; i < 64; ++i) {
            const QColor a = left.pixelColor(i % 8, i / 8);
            const QColor b = right.pixelColor(i % 8, i / 8);
            distance += std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) +
                        std::abs(a.blue() - b.blue());
        }
        // On average at least eight levels in each channel.
        QVERIFY2(distance > 64 * 3 * 8, qPrintable(QString::number(seed)));
        before = image;
    }
}

void PracticePainterTest::everyThreadPaintsTheSame()
{
    const Request request = sampleRequest(u"山间薄雾"_s, 4242);
    const QImage here = paintPicture(request);
    std::array<QImage, 4> images;
    std::vector<std::thread> threads;
    for (QImage& image : images)
        threads.emplace_back([&image, &request] { image = paintPicture(request); });
    for (std::thread& thread : threads)
        thread.join();
    for (const QImage& image : images)
        QCOMPARE(image, here);
}

void PracticePainterTest::hasAMark()
{
    // Letters are edges: many in the lower left corner, next to none in the lower right.
    for (int seed = 0; seed < 8; ++seed) {
        const QImage image = paintPicture(sampleRequest(u"林中小屋"_s, seed));
        const auto edges = [&image](int from, int to) {
            int count = 0;
            for (int y = image.height() * 9 / 10; y < image.height(); ++y) {
                for (int x = from; x < to; ++x) {
                    if (qGray(image.pixel(x + 1, y)) - qGray(image.pixel(x, y)) > 40)
                        ++count;
                }
            }
            return count;
        };
        const int left = edges(0, image.width() / 5);
        const int right = edges(image.width() * 4 / 5, image.width() - 1);
        QVERIFY2(left > 200, qPrintable(QString::number(left)));
        QVERIFY2(right < left / 4, qPrintable(QString::number(right)));
    }
}

void PracticePainterTest::extremes_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QJsonObject>("values");
    QTest::newRow("least") << u"x"_s
                           << QJsonObject{{u"steps"_s, 1}, {u"guidance"_s, 1},
                                  {u"negative_prompt"_s, QString()}};
    QTest::newRow("most") << u"x"_s << QJsonObject{{u"steps"_s, 50}, {u"guidance"_s, 20}};
    QTest::newRow("long") << QString(20000, u'长') << QJsonObject{};
    QTest::newRow("lines, other scripts, controls")
        << u"a\nb\t\u202e\u05d0\u05d1 \U0001f308 %1 <b>&amp;\u0007"_s << QJsonObject{};
}

void PracticePainterTest::extremes()
{
    QFETCH(const QString, prompt);
    QFETCH(const QJsonObject, values);
    for (qint64 seed = 0; seed < 8; ++seed) {
        const Request request = sampleRequest(prompt, seed == 7 ? Seed::largest : seed, values);
        QCOMPARE(paintPicture(request).size(), request.pixelSize());
    }
}

SEEDBOOK_TEST(PracticePainterTest, QGuiApplication)

} // namespace seedbook::practicePainterTest

#include "PracticePainterTest.moc"
