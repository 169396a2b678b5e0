#include "metadata/PictureMetadata.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QDir>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

namespace seedbook::inspectTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const QString prompt = u"一只橘猫, “cat” \\ 😀\non a red sofa"_s;

struct Run
{
    int exitCode = -1;
    QByteArray out;
    QString said; // on standard error
};

Picture ownPicture()
{
    Picture picture;
    picture.id = QUuid(u"11111111-2222-4333-8444-555555555555"_s);
    picture.modelId = u"qwen-image"_s;
    picture.parameters = sampleRequest(prompt, 1827364).parameters();
    picture.prompt = prompt;
    picture.seed = Seed::fromNumber(1827364);
    picture.created = QDateTime({2026, 11, 23}, {11, 40}, Qt::UTC);
    picture.price = Money::fromMicros(121000);
    picture.priceConfirmed = true;
    picture.serviceRequestId = u"req-1"_s;
    picture.provenance.parents = {QUuid(u"99999999-2222-4333-8444-555555555555"_s)};
    picture.rating = 4;
    picture.tags = {u"cat"_s, u"猫"_s};
    return picture;
}

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

quint32 crcOf(const QByteArray& bytes)
{
    quint32 crc = 0xffffffff;
    for (const char byte : bytes) {
        crc ^= static_cast<uchar>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

// A picture with an iTXt chunk behind its header.
QByteArray pngWith(const QByteArray& keyword, const QString& text)
{
    constexpr qsizetype headerEnd = 33;
    const QByteArray data = keyword + QByteArray(5, '\0') + text.toUtf8();
    const QByteArray chunk = "iTXt" + data;
    return samplePicture().insert(
        headerEnd, bigEndian(static_cast<quint32>(data.size())) + chunk + bigEndian(crcOf(chunk)));
}

} // namespace

// The program itself, as a script calls it, with neither display nor session nor library.
class InspectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void ownRecord_data();
    void ownRecord();
    void foreignRecord();
    void workflowAlone();
    void terminalIsSafe();
    void nothingFound_data();
    void nothingFound();
    void wrongUsage_data();
    void wrongUsage();
    void helpTellsOfIt();

private:
    Run run(const QStringList& arguments)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString& name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CACHE_HOME"_s,
                 u"XDG_CONFIG_HOME"_s, u"XDG_PICTURES_DIR"_s})
            environment.insert(name, m_folder->filePath(name));
        for (const QString& name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
            environment.remove(name);
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(SEEDBOOK_PROGRAM), arguments);
        Run run;
        if (!process.waitForFinished(60000))
            return run;
        run.exitCode = process.exitCode();
        run.out = process.readAllStandardOutput();
        run.said = QString::fromUtf8(process.readAllStandardError());
        return run;
    }

    QString write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void InspectTest::ownRecord_data()
{
    QTest::addColumn<ImageFormat>("format");
    QTest::newRow("png") << ImageFormat::Png;
    QTest::newRow("jpeg") << ImageFormat::Jpeg;
    QTest::newRow("webp") << ImageFormat::Webp;
}

void InspectTest::ownRecord()
{
    QFETCH(ImageFormat, format);
    const Picture picture = ownPicture();
    const QString path = write(
        u"龙 with space.img"_s, embedRecord(samplePicture(format), picture, u"Qwen-Image"_s).file);
    const Run found = run({u"inspect"_s, path, u"--json"_s});
    QCOMPARE(found.exitCode, 0);
    QCOMPARE(found.said, QString());
    QCOMPARE(found.out.count('\n'), 1);
    const QJsonObject object = QJsonDocument::fromJson(found.out).object();
    for (auto it = picture.parameters.begin(); it != picture.parameters.end(); ++it)
        QCOMPARE(object.value(it.key()), *it);
    QCOMPARE(object[u"source"_s].toString(), u"Seedbook"_s);
    QCOMPARE(object[u"model"_s].toString(), u"qwen-image"_s);
    QCOMPARE(object[u"width"_s].toInt(), 64);
    QCOMPARE(object[u"height"_s].toInt(), 36);
    QCOMPARE(object[u"id"_s].toString(), picture.id.toString(QUuid::WithoutBraces));
    QCOMPARE(object[u"parents"_s].toArray().at(0).toString(),
        picture.provenance.parents.first().toString(QUuid::WithoutBraces));
    QVERIFY(!object[u"price"_s].isUndefined());
    QVERIFY(object[u"created"_s].toString().startsWith(u"2026-11-23T11:40:00"_s));
    QCOMPARE(object[u"requestId"_s].toString(), u"req-1"_s);
    QCOMPARE(object[u"rating"_s].toInt(), 4);
    QCOMPARE(object[u"tags"_s].toArray(), QJsonArray::fromStringList(picture.tags));
    QVERIFY(!object.contains(u"parameters"_s));

    const QString human = QString::fromUtf8(run({u"inspect"_s, path}).out);
    for (const QString& line : {u"Source: Seedbook"_s, u"Size: 64 × 36"_s, u"Seed: 1827364"_s,
             u"Prompt: 一只橘猫, “cat” \\ 😀\n  on a red sofa"_s, u"Steps: 30"_s, u"Rating: 4"_s,
             u"Tags: cat, 猫"_s})
        QVERIFY2((u'\n' + human).contains(u'\n' + line + u'\n'), qPrintable(human));
    // Nothing was made but the log.
    QVERIFY(!QDir(m_folder->path()).exists(u"XDG_PICTURES_DIR"_s));
    QVERIFY(!QDir(m_folder->path()).exists(u"XDG_DATA_HOME/seedbook/ledger.sqlite"_s));
}

void InspectTest::foreignRecord()
{
    const QString path = write(u"a.png"_s,
        pngWith("parameters", prompt + u"\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, "
                                       "CFG scale: 7.5, Seed: 18446744073709551615, Size: "
                                       "512x512, Model: m4, Version: v1.10.1"_s));
    const Run found = run({u"inspect"_s, u"--json"_s, path});
    QCOMPARE(found.exitCode, 0);
    QCOMPARE(QJsonDocument::fromJson(found.out).object(),
        (QJsonObject{{u"prompt"_s, prompt}, {u"negative_prompt"_s, u"blurry"_s}, {u"steps"_s, 20},
            {u"guidance"_s, 7.5}, {u"seed"_s, u"18446744073709551615"_s},
            {u"source"_s, u"Automatic1111"_s}, {u"model"_s, u"m4"_s}, {u"width"_s, 64},
            {u"height"_s, 36}, {u"rating"_s, 0}, {u"tags"_s, QJsonArray()}}));
    const QString human = QString::fromUtf8(run({u"inspect"_s, path}).out);
    QVERIFY2(human.contains(u"Size: 64 × 36 (metadata says 512 × 512)\n"_s), qPrintable(human));
}

void InspectTest::workflowAlone()
{
    const QString path = write(u"a.png"_s, pngWith("workflow", u"{\"nodes\":[]}"_s));
    const Run found = run({u"inspect"_s, path, u"--json"_s});
    QCOMPARE(found.exitCode, 0);
    const QJsonObject object = QJsonDocument::fromJson(found.out).object();
    QCOMPARE(object[u"source"_s].toString(), u"ComfyUI"_s);
    QCOMPARE(object[u"readable"_s], QJsonValue(false));
    QVERIFY(run({u"inspect"_s, path}).out.contains("ComfyUI workflow that Seedbook cannot read"));
}

void InspectTest::terminalIsSafe()
{
    const QString path = write(u"a.png"_s,
        pngWith("parameters",
            u"a\x1b[2Jb\u009b5mc\u202ed\x07\nSteps: 20, Sampler: x, Seed: 1, Model: \x1b]0;m"_s));
    const QString human = QString::fromUtf8(run({u"inspect"_s, path}).out);
    QVERIFY(human.contains(u"Prompt: a"_s));
    for (const char16_t c : {u'\x1b', u'\u009b', u'\u202e', u'\x07'})
        QVERIFY(!human.contains(QChar(c)));
}

void InspectTest::nothingFound_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::newRow("no record") << samplePicture() << u"contains no generation parameters"_s;
    QTest::newRow("no picture") << QByteArray("a letter") << u"is not a readable image"_s;
    QTest::newRow("empty") << QByteArray() << u"is not a readable image"_s;
}

void InspectTest::nothingFound()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const QString path = write(u"a.png"_s, bytes);
    for (const QStringList& more : {QStringList{}, QStringList{u"--json"_s}}) {
        const Run nothing = run(QStringList{u"inspect"_s, path} + more);
        QCOMPARE(nothing.exitCode, 1);
        // What can be told of a picture is told: its size.
        const QJsonObject object = QJsonDocument::fromJson(nothing.out).object();
        const bool told = !more.isEmpty() && bytes.size() > 20;
        QCOMPARE(nothing.out.isEmpty(), !told);
        QCOMPARE(object[u"width"_s].toInt(), told ? 64 : 0);
        QVERIFY(!told || object[u"source"_s].isNull());
        QVERIFY2(
            nothing.said.contains(words) && nothing.said.contains(path), qPrintable(nothing.said));
    }
    const Run missing = run({u"inspect"_s, path + u"x"_s});
    QCOMPARE(missing.exitCode, 1);
    QVERIFY2(missing.said.contains(u"The file does not exist."_s), qPrintable(missing.said));
    const Run folder = run({u"inspect"_s, m_folder->path()});
    QCOMPARE(folder.exitCode, 1);
    QVERIFY2(folder.said.contains(u"not a file"_s), qPrintable(folder.said));
}

void InspectTest::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no file") << QStringList{};
    QTest::newRow("two files") << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("no name") << QStringList{QString()};
    QTest::newRow("unknown option") << QStringList{u"a"_s, u"--practice"_s};
}

void InspectTest::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const Run wrong = run(QStringList{u"inspect"_s} + arguments);
    QCOMPARE(wrong.exitCode, 2);
    QCOMPARE(wrong.out, QByteArray());
    QVERIFY(!wrong.said.isEmpty());
}

void InspectTest::helpTellsOfIt()
{
    QVERIFY(run({u"--help"_s}).out.contains("inspect"));
    const Run help = run({u"inspect"_s, u"--help"_s});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.out.contains("--json"));
}

SEEDBOOK_TEST(InspectTest, QGuiApplication)

} // namespace seedbook::inspectTest

#include "InspectTest.moc"
