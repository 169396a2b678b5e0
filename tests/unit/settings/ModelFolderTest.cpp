#include "settings/ModelFolder.h"

#include "core/ErrorText.h"
#include "core/Request.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace seedbook::modelFolderTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

class ModelFolderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondModelIsAFile();
    void brokenFileIsListed();
};

void ModelFolderTest::secondModelIsAFile()
{
    QTemporaryDir folder;
    QVERIFY(QFile::copy(QStringLiteral(SEEDBOOK_TESTS "/support/qwen-image-fast.json"),
        folder.filePath(u"qwen-image-fast.json"_s)));
    const auto catalog = loadModels(folder.path());
    QVERIFY2(catalog.errors().isEmpty(),
        catalog.errors().isEmpty() ? "" : qPrintable(catalog.errors().first().detail));
    const auto fast = catalog.find(u"qwen-image-fast"_s);
    QVERIFY(fast);
    const auto request = Request::make(fast, {{u"prompt"_s, u"a fox"_s}, {u"seed"_s, 7}});
    QVERIFY(request);
    const QJsonObject body = QJsonDocument::fromJson(request->body()).object();
    QCOMPARE(body, (QJsonObject{{u"prompt"_s, u"a fox"_s}, {u"steps"_s, 8}, {u"seed"_s, 7},
                       {u"guidance"_s, 1}, {u"aspect_ratio"_s, u"16:9"_s},
                       {u"image_format"_s, u"png"_s}, {u"quality"_s, 90}, {u"base64"_s, false}}));
    QVERIFY(Request::fromJson(catalog, request->toJson()).value() == *request);
    QCOMPARE(Request::fromJson(ModelCatalog::builtIn(), request->toJson()).error().kind,
        ErrorKind::UnknownModel);
}

void ModelFolderTest::brokenFileIsListed()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"torn.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"title\": ");
    file.close();
    const auto catalog = loadModels(folder.path());
    QCOMPARE(catalog.errors().size(), 1);
    QVERIFY(catalog.standard());
    QVERIFY(sentence(catalog.errors().first()).contains(u"torn.json"_s));
}

SEEDBOOK_TEST(ModelFolderTest, QCoreApplication)

} // namespace seedbook::modelFolderTest

#include "ModelFolderTest.moc"
