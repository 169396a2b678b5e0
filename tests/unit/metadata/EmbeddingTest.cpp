#include "metadata/Container.h"
#include "metadata/Exif.h"
#include "metadata/PictureMetadata.h"
#include "metadata/Record.h"
#include "metadata/Xmp.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QtEndian>

#include <zlib.h>

namespace seedbook::embeddingTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const QString title = u"Qwen-Image"_s;

Picture samplePictureOf(QSize size, const QString& prompt = u"a fox"_s)
{
    Picture picture;
    picture.id = QUuid::fromString(u"6bba57d1-99f5-5741-867f-7ebb40a464cf"_s);
    picture.modelId = u"qwen-image"_s;
    picture.prompt = prompt;
    picture.parameters = {{u"prompt"_s, prompt}, {u"negative_prompt"_s, u"blurry"_s},
        {u"steps"_s, 30}, {u"guidance"_s, 3.5}, {u"seed"_s, 1827364}};
    picture.seed = Seed::fromNumber(1827364);
    picture.size = size;
    picture.created = QDateTime({2026, 11, 23}, {11, 40, 7, 250}, Qt::UTC);
    picture.sequence = 12;
    picture.duration = std::chrono::milliseconds(27'912);
    picture.price = Money::fromUsd(0.121);
    picture.priceConfirmed = true;
    picture.unclaimed = true;
    picture.endpoint = u"https://api.segmind.com"_s;
    picture.serviceRequestId = u"req-1"_s;
    picture.provenance.parents = {QUuid::fromString(u"11111111-99f5-5741-867f-7ebb40a464cf"_s)};
    picture.rating = 4;
    picture.tags = {u"snow"_s, u"狐狸, red"_s};
    return picture;
}

QByteArray pngChunk(const QByteArray& type, const QByteArray& payload)
{
    QByteArray made(4, '\0');
    qToBigEndian(static_cast<quint32>(payload.size()), made.data());
    made += type + payload;
    char crc[4];
    qToBigEndian(static_cast<quint32>(crc32(0, reinterpret_cast<const Bytef*>(made.constData() + 4),
                     static_cast<uInt>(made.size() - 4))),
        crc);
    return made.append(crc, 4);
}

QByteArray jpegSegment(char marker, const QByteArray& payload)
{
    QByteArray made("\xFF");
    made += marker;
    char length[2];
    qToBigEndian(static_cast<quint16>(payload.size() + 2), length);
    return made.append(length, 2) + payload;
}

QByteArray riffChunk(const QByteArray& name, const QByteArray& payload)
{
    char length[4];
    qToLittleEndian(static_cast<quint32>(payload.size()), length);
    return name + QByteArray(length, 4) + payload + QByteArray(payload.size() % 2, '\0');
}

// The part put where the format has its metadata.
QByteArray with(QByteArray picture, const QByteArray& segment)
{
    switch (*sniffImageFormat(picture)) {
    case ImageFormat::Png:
        return picture.insert(33, segment); // after IHDR
    case ImageFormat::Jpeg:
        return picture.insert(2, segment);
    case ImageFormat::Webp:
        picture += segment;
        qToLittleEndian(static_cast<quint32>(picture.size() - 8), picture.data() + 4);
        return picture;
    }
    return picture;
}

QByteArray deflated(const QByteArray& bytes)
{
    return qCompress(bytes, 9).sliced(4);
}

QByteArray smallXmp(const QByteArray& inside)
{
    return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
           "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
           "rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "xmlns:TC260=\"http://www.tc260.org.cn/ns/AIGC/1.0/\">" +
           inside + "</rdf:Description></rdf:RDF></x:xmpmeta>";
}

} // namespace

// Records, marks and the text of others in files of all formats; what must stay as it is; and what
// strangers put into files.
class EmbeddingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyPromptKeepsItsRecord_data();
    void anyPromptKeepsItsRecord();
    void allComesBack_data();
    void allComesBack();
    void sealedStaysSealed_data() { allComesBack_data(); }
    void sealedStaysSealed();
    void marksOfOthersStay();
    void theirTextStays();
    void longPrompts_data() { allComesBack_data(); }
    void longPrompts();
    void ratedAndTagged_data() { allComesBack_data(); }
    void ratedAndTagged();
    void tornAnywhere_data() { allComesBack_data(); }
    void tornAnywhere();
    void unreadableXmpIsNotLost();
    void prefixesAreNotTaken();
    void strangersSidecar();
    void marksGoIntoBoth();
    void exifTellsTheDate();
    void betweenScans();
    void hostile_data();
    void hostile();
    void userComments_data();
    void userComments();
};

void EmbeddingTest::allComesBack_data()
{
    QTest::addColumn<ImageFormat>("format");
    QTest::newRow("png") << ImageFormat::Png;
    QTest::newRow("jpeg") << ImageFormat::Jpeg;
    QTest::newRow("webp") << ImageFormat::Webp;
}

void EmbeddingTest::allComesBack()
{
    QFETCH(ImageFormat, format);
    const QByteArray bytes = samplePicture(format, {63, 35});
    const Picture written =
        samplePictureOf({63, 35}, u"一只 \"fox\" 🦊\nNegative prompt: \\ no"_s);
    const EmbeddedPicture embedded = embedRecord(bytes, written, title);
    QVERIFY(embedded.sidecar.isEmpty());
    const auto metadata = readPictureMetadata(embedded.file, {});
    QVERIFY(metadata && metadata->own);
    const Picture read = toPicture(*metadata, u"/a/b.png"_s, 17, {});
    QCOMPARE(read.id, written.id);
    QCOMPARE(read.recordId, written.id);
    QCOMPARE(read.modelId, written.modelId);
    QCOMPARE(read.parameters, written.parameters);
    QCOMPARE(read.prompt, written.prompt);
    QVERIFY(read.seed == written.seed);
    QCOMPARE(read.size, written.size);
    QCOMPARE(read.created, written.created);
    QCOMPARE(read.sequence, written.sequence);
    QCOMPARE(read.duration, written.duration);
    QCOMPARE(read.price, written.price);
    QCOMPARE(read.priceConfirmed, written.priceConfirmed);
    QCOMPARE(read.practice, written.practice);
    QCOMPARE(read.unclaimed, written.unclaimed);
    QCOMPARE(read.endpoint, written.endpoint);
    QCOMPARE(read.serviceRequestId, written.serviceRequestId);
    QCOMPARE(read.provenance, written.provenance);
    QCOMPARE(read.rating, written.rating);
    QCOMPARE(read.tags, written.tags);
    QCOMPARE(read.recordSource, u"Seedbook"_s);
    QCOMPARE(read.path, u"/a/b.png"_s);
    QCOMPARE(read.bytes, 17);

    // A second time replaces the first, byte for byte.
    QCOMPARE(embedRecord(embedded.file, written, title).file, embedded.file);
}

// C2PA binds the file's bytes: not one of them changes, whatever is asked for.
void EmbeddingTest::sealedStaysSealed()
{
    QFETCH(ImageFormat, format);
    QByteArray bytes = samplePicture(format);
    bytes = with(bytes, format == ImageFormat::Png    ? pngChunk("caBX", "jumb")
                        : format == ImageFormat::Jpeg ? jpegSegment('\xEB', "JP\0\1jumb")
                                                      : riffChunk("C2PA", "jumb"));
    const Picture written = samplePictureOf({64, 36});
    const EmbeddedPicture embedded = embedRecord(bytes, written, title);
    QCOMPARE(embedded.file, bytes);
    QVERIFY(!embedded.sidecar.isEmpty());
    const auto metadata = readPictureMetadata(embedded.file, embedded.sidecar);
    QVERIFY(metadata && metadata->own && metadata->hasContentCredentials);
    QCOMPARE(metadata->rating, 4);

    const auto marked = withRatingAndTags(embedded, -1, {u"new"_s});
    QVERIFY(marked);
    QCOMPARE(marked->file, bytes);
    const auto again = readPictureMetadata(marked->file, marked->sidecar);
    QCOMPARE(again->rating, -1);
    QCOMPARE(again->tags, QStringList{u"new"_s});
    QVERIFY(again->own);

    const auto clean = withoutMetadata(bytes);
    QVERIFY(clean && !clean->contains("jumb"));
}

// China's label for made pictures, wherever a service puts it.
void EmbeddingTest::marksOfOthersStay()
{
    const Picture written = samplePictureOf({64, 36});
    const QByteArray label = R"({"Label":"1","ContentProducer":"x"})";
    const QByteArray png = with(samplePicture(), pngChunk("tEXt", QByteArray("AIGC\0", 5) + label));
    QVERIFY(embedRecord(png, written, title).file.contains(label));

    const QByteArray packet =
        smallXmp("<TC260:AIGC>" + label.toPercentEncoding() + "</TC260:AIGC>");
    const QByteArray inXmp = with(samplePicture(ImageFormat::Jpeg),
        jpegSegment('\xE1', QByteArray("http://ns.adobe.com/xap/1.0/\0", 29) + packet));
    const EmbeddedPicture kept = embedRecord(inXmp, written, title);
    QVERIFY(kept.sidecar.isEmpty());
    QVERIFY(kept.file.contains(label.toPercentEncoding()));
    QVERIFY(readPictureMetadata(kept.file, {})->own);

    const auto exif = exifWithUserComment({}, userCommentOf(u"{\"AIGC\": 1}"_s));
    const QByteArray inComment = with(
        samplePicture(ImageFormat::Jpeg), jpegSegment('\xE1', QByteArray("Exif\0\0", 6) + *exif));
    const EmbeddedPicture untouched = embedRecord(inComment, written, title);
    const auto read = readPictureMetadata(untouched.file, {});
    QCOMPARE(read->texts.userComment, u"{\"AIGC\": 1}"_s);
    QVERIFY(read->own);
}

void EmbeddingTest::theirTextStays()
{
    const QByteArray theirs = with(
        samplePicture(), pngChunk("tEXt", QByteArray("parameters\0", 11) + "somebody's\nSteps: 3"));
    const EmbeddedPicture embedded = embedRecord(theirs, samplePictureOf({64, 36}), title);
    const auto read = readPictureMetadata(embedded.file, {});
    QCOMPARE(read->texts.png.size(), 1);
    QCOMPARE(read->texts.pngText(u"parameters"), u"somebody's\nSteps: 3"_s);
    QVERIFY(read->own);
}

// What looks like something to whoever writes or reads it.
void EmbeddingTest::anyPromptKeepsItsRecord_data()
{
    QTest::addColumn<QString>("prompt");
    for (const QString& prompt : {u"type=poster a cat"_s, u"type=\"Bag\" of sweets"_s,
             u"type=Bag a, b"_s, u"lang=x-default fox"_s, u"a\u007fb"_s, u"a\u0001\u001bb"_s,
             u"a\ufffe\uffffb"_s, u"<b>&amp;]]>"_s, u"%1 %n \\u0041"_s, u"-rating=5"_s,
             u"charset=Unicode fox"_s, u" fox "_s, u"\n\tfox\r\n"_s, u"\u202efox"_s})
        QTest::addRow("%s", qPrintable(prompt.simplified())) << prompt;
}
void EmbeddingTest::anyPromptKeepsItsRecord()
{
    QFETCH(const QString, prompt);
    for (const ImageFormat format : {ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Webp}) {
        const QByteArray bytes = samplePicture(format);
        Picture written = samplePictureOf({8, 8}, prompt);
        written.parameters[u"negative_prompt"_s] = prompt;
        const EmbeddedPicture embedded = embedRecord(bytes, written, title);
        QVERIFY(embedded.sidecar.isEmpty());
        const auto read = readPictureMetadata(embedded.file, {});
        QVERIFY(read && read->own);
        const Picture picture = toPicture(*read, {}, 0, {});
        QCOMPARE(picture.prompt, prompt);
        QCOMPARE(picture.parameters, written.parameters);
        QCOMPARE(picture.rating, written.rating);
    }
}

// As long as a prompt may be, in a script of three bytes a character: a JPEG has no room for that.
void EmbeddingTest::longPrompts()
{
    QFETCH(ImageFormat, format);
    const QByteArray bytes = samplePicture(format);
    for (const int length : {5000, 12000, 20000}) {
        Picture written = samplePictureOf({64, 36}, u"狐"_s.repeated(length));
        written.parameters[u"negative_prompt"_s] = written.prompt;
        const EmbeddedPicture embedded = embedRecord(bytes, written, title);
        const auto read = readPictureMetadata(embedded.file, embedded.sidecar);
        QVERIFY(read && read->own);
        QCOMPARE(toPicture(*read, {}, 0, {}).prompt, written.prompt);
        QCOMPARE(embedded.sidecar.isEmpty(), format != ImageFormat::Jpeg || length < 12000);
        if (!embedded.sidecar.isEmpty())
            QCOMPARE(embedded.file, bytes);
    }
}

void EmbeddingTest::ratedAndTagged()
{
    QFETCH(ImageFormat, format);
    // A picture from elsewhere, too.
    const QByteArray foreign = samplePicture(format);
    const EmbeddedPicture ours = embedRecord(foreign, samplePictureOf({64, 36}), title);
    const QDateTime made({2025, 3, 9}, {1, 2, 3, 456}, Qt::UTC);
    for (EmbeddedPicture now : {EmbeddedPicture{foreign, {}}, ours}) {
        const QByteArray key = readPictureMetadata(now.file, {})->codedKey;
        const bool own = readPictureMetadata(now.file, {})->own;
        for (const int rating : {5, -1, 0}) {
            const QStringList tags =
                rating == 0 ? QStringList() : QStringList{u"ä, b"_s, u"<c>"_s, u"狐"_s};
            const auto marked = withRatingAndTags(now, rating, tags, made);
            QVERIFY(marked && marked->sidecar.isEmpty());
            now = *marked;
            const auto read = readPictureMetadata(now.file, {});
            QCOMPARE(read->rating, rating);
            QCOMPARE(read->tags, tags);
            QCOMPARE(read->own, own);
            QCOMPARE(read->codedKey, key);
            // The file's own time tells of the rating from now on.
            const QDateTime later = QDateTime::currentDateTimeUtc();
            QCOMPARE(toPicture(*read, {}, 0, later).created,
                own ? samplePictureOf({64, 36}).created : made);
        }
    }
}

// Whatever is missing at the end: what can be told is told, and nothing is written into it.
void EmbeddingTest::tornAnywhere()
{
    QFETCH(ImageFormat, format);
    const QByteArray whole =
        embedRecord(samplePicture(format, {16, 9}), samplePictureOf({16, 9}), title).file;
    const Picture other = samplePictureOf({16, 9}, u"another"_s);
    bool told = false;
    for (qsizetype length = 0; length < whole.size(); ++length) {
        const QByteArray torn = whole.first(length);
        const auto read = readPictureMetadata(torn, {});
        told = told || (read && read->own);
        if (read) {
            const EmbeddedPicture embedded = embedRecord(torn, other, title);
            QCOMPARE(embedded.file, torn);
            QVERIFY(!embedded.sidecar.isEmpty());
            QVERIFY(!withoutMetadata(torn));
        } else {
            QCOMPARE(read.error().kind, ErrorKind::PictureUndecodable);
            QVERIFY(!read.error().detail.isEmpty());
        }
    }
    // Where the metadata comes before the picture.
    QCOMPARE(told, format != ImageFormat::Webp);
}

void EmbeddingTest::unreadableXmpIsNotLost()
{
    const QByteArray broken = "<x:xmpmeta><never closed";
    const QByteArray bytes = with(samplePicture(ImageFormat::Jpeg),
        jpegSegment('\xE1', QByteArray("http://ns.adobe.com/xap/1.0/\0", 29) + broken));
    const EmbeddedPicture embedded = embedRecord(bytes, samplePictureOf({64, 36}), title);
    QCOMPARE(embedded.file, bytes);
    QVERIFY(readPictureMetadata(embedded.file, embedded.sidecar)->own);
    const auto marked = withRatingAndTags({bytes, {}}, 3, {});
    QVERIFY(marked);
    QCOMPARE(marked->file, bytes);
    QCOMPARE(readPictureMetadata(marked->file, marked->sidecar)->rating, 3);
}

// A packet that calls its own namespaces by the names of ours must not change what is read of
// others.
void EmbeddingTest::prefixesAreNotTaken()
{
    const QByteArray ours = embedRecord(samplePicture(), samplePictureOf({64, 36}), title).file;
    QVERIFY(readPictureMetadata(ours, {})->own);
    const QByteArray photoshop =
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
        "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
        "xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"><photoshop:City>Ulm</"
        "photoshop:City>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>";
    for (const QByteArray prefix :
        {"seedbook", "xmp", "dc", "iptcExt", "Iptc4xmpExt", "photoshop"}) {
        const QByteArray packet =
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
            "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
            "rdf:about=\"\" xmlns:" +
            prefix + "=\"http://example.org/" + prefix + "/\"><" + prefix + ":Rating>5</" + prefix +
            ":Rating></rdf:Description></rdf:RDF></x:xmpmeta>";
        const auto read = readXmp(packet);
        QVERIFY2(!read || !read->rating, prefix.constData());
        const auto changed = changedXmp(packet, {.ownRecord = u"{}"_s, .rating = 2});
        QVERIFY2(!changed || readXmp(*changed)->rating == 2, prefix.constData());
        const auto again = readPictureMetadata(ours, {});
        QVERIFY2(again->own, prefix.constData());
        QCOMPARE(again->rating, 4);
        QCOMPARE(again->tags.size(), 2);
        const auto embedded = embedRecord(samplePicture(), samplePictureOf({64, 36}), title);
        QVERIFY2(embedded.sidecar.isEmpty(), prefix.constData());
        QCOMPARE(embedded.file, ours);
        // What others wrote stays in their namespace.
        const auto theirs = changedXmp(photoshop, {.rating = 1});
        QVERIFY(theirs && theirs->contains("http://ns.adobe.com/photoshop/1.0/"));
        QVERIFY(!theirs->contains("example.org"));
    }
}

// A sidecar of another picture that had this name before.
void EmbeddingTest::strangersSidecar()
{
    const QByteArray file = embedRecord(samplePicture(), samplePictureOf({64, 36}), title).file;
    Picture other = samplePictureOf({64, 36}, u"a red fox"_s);
    other.id = QUuid::fromString(u"22222222-99f5-5741-867f-7ebb40a464cf"_s);
    other.rating = 1;
    const QByteArray sealed =
        with(samplePicture(ImageFormat::Png, {64, 36}, 0xff112233), pngChunk("caBX", "jumb"));
    const QByteArray sidecar = embedRecord(sealed, other, title).sidecar;
    QVERIFY(!sidecar.isEmpty());
    const auto read = readPictureMetadata(file, sidecar);
    QCOMPARE(read->record->values[u"prompt"_s].toString(), u"a fox"_s);
    QCOMPARE(read->rating, 4);
    QCOMPARE(toPicture(*read, {}, 0, {}).id, samplePictureOf({64, 36}).id);
}

// Where another program keeps a sidecar, both tell the same, and neither hides what the other has.
void EmbeddingTest::marksGoIntoBoth()
{
    const QByteArray file = withRatingAndTags({samplePicture(), {}}, 2, {u"one"_s, u"two"_s})->file;
    const QByteArray sidecar = smallXmp("<xmp:Rating>1</xmp:Rating>");
    const auto read = readPictureMetadata(file, sidecar);
    QCOMPARE(read->rating, 1);
    QCOMPARE(read->tags, (QStringList{u"one"_s, u"two"_s}));
    const auto marked = withRatingAndTags({file, sidecar}, 5, {u"three"_s});
    QCOMPARE(readPictureMetadata(marked->file, {})->rating, 5);
    QCOMPARE(readPictureMetadata(marked->file, {})->tags, QStringList{u"three"_s});
    QCOMPARE(readPictureMetadata(samplePicture(), marked->sidecar)->rating, 5);
    QCOMPARE(readPictureMetadata(samplePicture(), marked->sidecar)->tags, QStringList{u"three"_s});
}

void EmbeddingTest::exifTellsTheDate()
{
    // One entry in the ExifIFD: DateTimeOriginal.
    const QByteArray exif =
        QByteArray("MM\0\x2A\0\0\0\x08\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x1A\0\0\0\0", 26) +
        QByteArray("\0\1\x90\3\0\2\0\0\0\x14\0\0\0\x2C\0\0\0\0", 18) +
        QByteArray("2019:05:06 07:08:09\0", 20);
    const QByteArray photo = with(
        samplePicture(ImageFormat::Jpeg), jpegSegment('\xE1', QByteArray("Exif\0\0", 6) + exif));
    const QDateTime taken(QDate(2019, 5, 6), QTime(7, 8, 9));
    const QDateTime copied = QDateTime::currentDateTimeUtc();
    QCOMPARE(toPicture(*readPictureMetadata(photo, {}), {}, 0, copied).created, taken.toUTC());
    const auto rated = withRatingAndTags({photo, {}}, 3, {}, copied);
    QCOMPARE(
        toPicture(*readPictureMetadata(rated->file, {}), {}, 0, copied).created, taken.toUTC());
    QVERIFY(!rated->file.contains("CreateDate"));
}

// Other segments may lie between a JPEG's scans; what looks like an end in one of them is none.
void EmbeddingTest::betweenScans()
{
    QByteArray bytes = samplePicture(ImageFormat::Jpeg);
    const Container plain = *readContainer(bytes);
    QVERIFY(!plain.isTorn);
    QCOMPARE(plain.segments.last().name, QByteArray("d9"));
    bytes.insert(bytes.size() - 2, jpegSegment('\xFE', "secret \xFF\xD9 words"));
    const Container read = *readContainer(bytes);
    QVERIFY(!read.isTorn);
    QCOMPARE(read.segments.last().name, QByteArray("d9"));
    QVERIFY(read.has(SegmentKind::Comment));
    const auto clean = withoutMetadata(bytes);
    QVERIFY(clean && !clean->contains("secret"));
    QVERIFY(
        readPictureMetadata(embedRecord(bytes, samplePictureOf({64, 36}), title).file, {})->own);
}

void EmbeddingTest::hostile_data()
{
    QTest::addColumn<QByteArray>("segment");
    const QByteArray xmp("XML:com.adobe.xmp\0\0\0\0\0", 22);
    QTest::newRow("16 MB of XMP") << pngChunk(
        "iTXt", xmp + smallXmp("<xmp:Rating>5</xmp:Rating>" + QByteArray(16 << 20, ' ')));
    QTest::newRow("XMP 10,000 deep")
        << pngChunk("iTXt", xmp + smallXmp(QByteArray("<xmp:a>").repeated(10000) +
                                           QByteArray("</xmp:a>").repeated(10000)));
    QTest::newRow("entities") << pngChunk("iTXt",
        xmp + "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>" +
            smallXmp("<xmp:Rating>&b;</xmp:Rating>"));
    const auto counted = [](const QByteArray& before, const QByteArray& after) {
        QByteArray text;
        for (int i = 0; i < 20000; ++i)
            text += before + QByteArray::number(i) + after;
        return text;
    };
    QTest::newRow("20,000 namespaces")
        << pngChunk("iTXt", xmp + smallXmp(counted("<a xmlns:n", "=\"u:n\"/>")));
    QTest::newRow("20,000 properties")
        << pngChunk("iTXt", xmp + smallXmp(counted("<xmp:p xmp:n=\"", "\"/>")));
    QTest::newRow("20,000 attributes")
        << pngChunk("iTXt", xmp + smallXmp("<xmp:a " + counted("xmp:p", "=\"1\" ") + "/>"));
    QTest::newRow("200 bombs") << pngChunk(
        "zTXt", QByteArray("a\0\0", 3) + deflated(QByteArray(20 << 20, 'a')))
                                      .repeated(200);
    QTest::newRow("text of 20 MB")
        << pngChunk("tEXt", QByteArray("parameters\0", 11) + QByteArray(20 << 20, 'a'));
    QTest::newRow("a bomb") << pngChunk(
        "zTXt", QByteArray("parameters\0\0", 12) + deflated(QByteArray(300 << 20, 'a')));
    QTest::newRow("XMP as a bomb") << pngChunk("iTXt",
        QByteArray("XML:com.adobe.xmp\0\1\0\0\0", 22) + deflated(QByteArray(100 << 20, ' ')));
    QTest::newRow("20,000 texts") << pngChunk("tEXt", QByteArray("a\0b", 3)).repeated(20000);
    QTest::newRow("EXIF that goes in circles") << pngChunk(
        "eXIf", QByteArray("MM\0\x2A\0\0\0\x08\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x08\0\0\0\x08", 26));
    QTest::newRow("EXIF with no end") << pngChunk(
        "eXIf", QByteArray("II\x2A\0\x08\0\0\0\xFF\xFF", 10) + QByteArray(65535 * 12, '\x86'));
    QTest::newRow("no keyword") << pngChunk("tEXt", QByteArray(4000, 'k'));
    QTest::newRow("bytes that are no text") << pngChunk("tEXt",
        QByteArray("parameters\0", 11) + "\xFF\xFE\0\xC3\x28 Steps: 20, Sampler: a, Seed: 1");
}

// Costs neither time nor memory, is passed over, and the picture can be filed all the same.
void EmbeddingTest::hostile()
{
    QFETCH(const QByteArray, segment);
    const QByteArray bytes = with(samplePicture(), segment);
    QElapsedTimer clock;
    clock.start();
    const auto read = readPictureMetadata(bytes, {});
    QVERIFY(read);
    QCOMPARE(read->texts.size, QSize(64, 36));
    QCOMPARE(read->rating, 0);
    QVERIFY2(clock.elapsed() < 5000, "an attack on the time that a scan takes");
    for (const PngText& text : read->texts.png)
        QVERIFY(text.text.size() <= 4 << 20);
    const EmbeddedPicture embedded = embedRecord(bytes, samplePictureOf({64, 36}), title);
    const auto after = readPictureMetadata(embedded.file, embedded.sidecar);
    QVERIFY(after && after->own);
    QVERIFY(embedded.file.contains(segment)); // nothing of it is thrown away either
}

void EmbeddingTest::userComments_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const auto utf16 = [](const QString& text, bool big) {
        QByteArray bytes;
        for (const QChar c : text) {
            char two[2];
            if (big)
                qToBigEndian(c.unicode(), two);
            else
                qToLittleEndian(c.unicode(), two);
            bytes.append(two, 2);
        }
        return bytes;
    };
    const QByteArray unicode("UNICODE\0", 8);
    for (const QString& text :
        {u"a fox, Steps: 20"_s, u"一只狐狸 Steps: 20"_s, u"Ü Steps: 20"_s, u"🦊 Steps: 20"_s}) {
        const QByteArray name = text.left(3).toUtf8();
        QTest::addRow("%s big", name.constData()) << unicode + utf16(text, true) << text;
        QTest::addRow("%s little", name.constData()) << unicode + utf16(text, false) << text;
        QTest::addRow("%s big, marked", name.constData())
            << unicode + "\xFE\xFF" + utf16(text, true) << text;
        QTest::addRow("%s little, marked", name.constData())
            << unicode + "\xFF\xFE" + utf16(text, false) << text;
        QTest::addRow("%s UTF-8", name.constData()) << unicode + text.toUtf8() << text;
        QTest::addRow("%s bare", name.constData()) << text.toUtf8() << text;
        QTest::addRow("%s ours", name.constData()) << userCommentOf(text) << text;
    }
    QTest::newRow("ASCII") << QByteArray("ASCII\0\0\0a fox\0", 14) << u"a fox"_s;
    QTest::newRow("no code") << QByteArray("\0\0\0\0\0\0\0\0a fox", 13) << u"a fox"_s;
    QTest::newRow("Latin-1") << QByteArray("ASCII\0\0\0\xDC", 9) << u"Ü"_s;
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("half a character") << unicode + QByteArray("\0", 1) << QString();
}

void EmbeddingTest::userComments()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(userCommentText(bytes), text);
}

SEEDBOOK_TEST(EmbeddingTest, QCoreApplication)

} // namespace seedbook::embeddingTest

#include "EmbeddingTest.moc"
