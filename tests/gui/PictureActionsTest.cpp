#include "widgets/actions/PictureActions.h"

#include "library/PictureCopy.h"
#include "metadata/PictureMetadata.h"
#include "support/GallerySamples.h"
#include "support/SmallDisk.h"
#include "support/TestProgram.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

namespace seedbook::pictureActionsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class PictureActionsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    // More than one piece of the copying, and no multiple of it.
    const QByteArray m_bytes = "\x89PNG\r\n" + QByteArray(3'000'017, '\0') + "\n";

    [[nodiscard]] PicturePtr pictureAt(const QString& name)
    {
        writeFile(path(name), m_bytes);
        return pictureOf(sampleJob(1), path(name));
    }

    // A picture whose file tells all that made it, as the library files it.
    [[nodiscard]] PicturePtr embedded(const QString& name)
    {
        Picture picture = *pictureOf(sampleJob(1, JobState::Filed, {}, u"a secret fox"_s));
        picture.recordId = picture.id;
        picture.rating = 4;
        picture.tags = {u"secret"_s};
        picture.path = path(name);
        writeFile(picture.path, embedRecord(samplePicture(), picture, u"Qwen-Image"_s).file);
        return std::make_shared<const Picture>(picture);
    }

private Q_SLOTS:
    void savesTheVeryBytes()
    {
        QWidget window;
        PictureActions actions(models(), &window);
        actions.setSubject(pictureAt(u"own.png"_s), {});
        QSignalSpy said(&actions, &PictureActions::message);
        const QString target = path(u"a copy.png"_s);
        actions.saveTo(target);
        QVERIFY(said.wait());
        QCOMPARE(said.first().at(1).toBool(), false);
        QVERIFY(said.first().at(0).toString().contains(target));
        QCOMPARE(contentOf(target), m_bytes);
        // Over an existing file: the dialog asked.
        writeFile(target, "something older");
        actions.saveTo(target);
        QVERIFY(said.wait());
        QCOMPARE(contentOf(target), m_bytes);
    }

    void doesNotSaveOntoItself_data()
    {
        QTest::addColumn<QString>("target");
        writeFile(path(u"self.png"_s), m_bytes);
        QDir(m_folder.path()).mkpath(u"sub"_s);
        QVERIFY(QFile::link(path(u"self.png"_s), path(u"symbolic.png"_s)));
        QCOMPARE(::link(qPrintable(path(u"self.png"_s)), qPrintable(path(u"hard.png"_s))), 0);
        QTest::newRow("by its name") << path(u"self.png"_s);
        QTest::newRow("by a detour") << path(u"sub/../self.png"_s);
        QTest::newRow("by a symbolic link") << path(u"symbolic.png"_s);
        QTest::newRow("by a hard link") << path(u"hard.png"_s);
    }

    void doesNotSaveOntoItself()
    {
        QFETCH(QString, target);
        QWidget window;
        PictureActions actions(models(), &window);
        actions.setSubject(pictureOf(sampleJob(1), path(u"self.png"_s)), {});
        QSignalSpy said(&actions, &PictureActions::message);
        actions.saveTo(target);
        QVERIFY(said.wait());
        QCOMPARE(said.first().at(1).toBool(), true);
        QVERIFY(said.first().at(0).toString().contains(u"own file"_s));
        QCOMPARE(contentOf(path(u"self.png"_s)), m_bytes);
        QCOMPARE(QFileInfo(path(u"symbolic.png"_s)).isSymLink(), true);
    }

    void losesNothingWhenSavingFails()
    {
        QWidget window;
        PictureActions actions(models(), &window);
        QSignalSpy said(&actions, &PictureActions::message);
        // The picture is gone: what is at the target stays.
        const QString target = path(u"precious.png"_s);
        writeFile(target, "precious");
        actions.setSubject(pictureOf(sampleJob(1), path(u"gone.png"_s)), {});
        actions.saveTo(target);
        QVERIFY(said.wait());
        QCOMPARE(said.last().at(1).toBool(), true);
        QCOMPARE(contentOf(target), "precious");
        // Nowhere to write to: no half file, and words.
        actions.setSubject(pictureAt(u"own.png"_s), {});
        actions.saveTo(path(u"no such folder/x.png"_s));
        QVERIFY(said.wait());
        QCOMPARE(said.last().at(1).toBool(), true);
        QVERIFY(!QFileInfo::exists(path(u"no such folder"_s)));
        actions.saveTo(m_folder.path());
        QVERIFY(said.wait());
        QCOMPARE(said.last().at(1).toBool(), true);
        QCOMPARE(contentOf(path(u"own.png"_s)), m_bytes);
    }

    void doesNotReplaceWhatIsNoFile()
    {
        const QString pipe = path(u"pipe.png"_s);
        QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
        const auto end = copyPictureFile(pictureAt(u"own.png"_s)->path, pipe);
        QVERIFY(!end);
        struct stat after
        {
        };
        QCOMPARE(::lstat(qPrintable(pipe), &after), 0);
        QVERIFY(S_ISFIFO(after.st_mode));
    }

    void fullDiskKeepsWhatWasThere()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(u"small"_s));
        const SmallDisk disk(path(u"small"_s), "1M");
        if (!disk)
            QSKIP("only root can make a small disk");
        const QString target = path(u"small/kept.png"_s);
        writeFile(target, "precious");
        const auto end = copyPictureFile(pictureAt(u"own.png"_s)->path, target);
        QVERIFY(!end);
        QCOMPARE(end.error().kind, ErrorKind::DiskFull);
        QCOMPARE(contentOf(target), "precious");
        QCOMPARE(QDir(path(u"small"_s)).entryList(QDir::Files).size(), 1);
    }

    void asksWithoutBlockingAndOffersTheFilesName()
    {
        QWidget window;
        window.show();
        PictureActions actions(models(), &window);
        actions.setSubject(pictureAt(u"a lighthouse 77.png"_s), {});
        actions.saveAs()->trigger(); // comes back at once
        auto* dialog = window.findChild<QFileDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), u"a lighthouse 77.png"_s);
        // The selection moves on: what is saved is what was asked for.
        actions.setSubject({}, {});
        QSignalSpy said(&actions, &PictureActions::message);
        Q_EMIT dialog->fileSelected(path(u"chosen.png"_s));
        QVERIFY(said.wait());
        QCOMPARE(contentOf(path(u"chosen.png"_s)), m_bytes);
        dialog->close();
    }

    void copiesImageAndFile()
    {
        writeFile(path(u"real.png"_s), samplePicture(ImageFormat::Png, {32, 18}));
        QWidget window;
        PictureActions actions(models(), &window);
        actions.setSubject(pictureOf(sampleJob(1), path(u"real.png"_s)), {});
        QSignalSpy said(&actions, &PictureActions::message);
        actions.copyImage()->trigger();
        QVERIFY(said.wait());
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(data->imageData().value<QImage>().size(), QSize(32, 18));
        QCOMPARE(data->urls(), {QUrl::fromLocalFile(path(u"real.png"_s))});
        actions.copySeed()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"1001"_s);
    }

    void copiesThePictureAlone()
    {
        const PicturePtr picture = embedded(u"a secret fox 4711.png"_s);
        QWidget window;
        PictureActions actions(models(), &window);
        actions.setCleanFolder(path(u"cache/clean"_s));
        actions.setSubject(picture, {});
        QSignalSpy said(&actions, &PictureActions::message);
        actions.copyClean()->trigger();
        QVERIFY(said.wait());
        QVERIFY2(!said.first().at(1).toBool(), qPrintable(said.first().at(0).toString()));
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        // Qt takes a PNG's texts along into the image, and out again to whoever pastes it.
        const auto image = data->imageData().value<QImage>();
        QCOMPARE(image.size(), QSize(64, 36));
        QVERIFY(image.textKeys().isEmpty());
        QCOMPARE(data->urls().size(), 1);
        const QString first = data->urls().first().toLocalFile();
        QVERIFY(first.startsWith(path(u"cache/clean"_s)));
        QCOMPARE(QFileInfo(first).fileName(), u"picture.png"_s);
        const QByteArray bytes = contentOf(first);
        QVERIFY(!bytes.isEmpty() && !bytes.contains("secret") && !bytes.contains("4711"));
        QVERIFY(contentOf(picture->path).contains("secret")); // its own file keeps it
        // The next one has another path, and the first is gone: a paste never shows another
        // picture.
        actions.copyClean()->trigger();
        QVERIFY(said.wait());
        const QString second =
            QGuiApplication::clipboard()->mimeData()->urls().first().toLocalFile();
        QVERIFY(second != first && QFileInfo::exists(second) && !QFileInfo::exists(first));
    }

    void exportsThePictureAlone()
    {
        const PicturePtr picture = embedded(u"a secret fox 4711.png"_s);
        QWidget window;
        window.show();
        PictureActions actions(models(), &window);
        actions.setSubject(picture, {});
        QSignalSpy said(&actions, &PictureActions::message);
        actions.exportClean()->trigger();
        auto* dialog = window.findChild<QFileDialog*>();
        QVERIFY(dialog);
        // The name tells nothing, either.
        QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), u"picture.png"_s);
        dialog->close();
        actions.exportCleanTo(path(u"out.png"_s));
        QVERIFY(said.wait());
        QVERIFY(!said.first().at(1).toBool());
        const QByteArray bytes = contentOf(path(u"out.png"_s));
        QVERIFY(!bytes.isEmpty() && !bytes.contains("secret") && !bytes.contains("4711"));
        QCOMPARE(QImage::fromData(bytes), QImage::fromData(contentOf(picture->path)));
        // Over its own file it would take from the library what it knows.
        const QByteArray before = contentOf(picture->path);
        actions.exportCleanTo(picture->path);
        QVERIFY(said.wait());
        QVERIFY(said.last().at(1).toBool());
        QCOMPARE(contentOf(picture->path), before);
        // No picture, no file.
        writeFile(path(u"text.png"_s), "no picture at all");
        actions.setSubject(pictureOf(sampleJob(1), path(u"text.png"_s)), {});
        actions.exportCleanTo(path(u"never.png"_s));
        QVERIFY(said.wait());
        QVERIFY(said.last().at(1).toBool());
        QVERIFY(!QFileInfo::exists(path(u"never.png"_s)));
    }

    void settingsGoWithTheirPicture()
    {
        QWidget window;
        PictureActions actions(models(), &window);
        QSignalSpy all(&actions, &PictureActions::useAllRequested);
        QSignalSpy remix(&actions, &PictureActions::remixRequested);
        QSignalSpy seed(&actions, &PictureActions::useSeedRequested);
        // By its record's id where it has one: a copy of it is the same parent.
        auto picture = std::make_shared<Picture>(*pictureOf(sampleJob(1)));
        actions.setSubject(picture, {});
        actions.useAll()->trigger();
        QCOMPARE(all.takeFirst().at(2).value<Provenance>().parents, QList{picture->id});
        auto copy = std::make_shared<Picture>(*picture);
        copy->recordId = picture->id;
        copy->id = QUuid::createUuid();
        actions.setSubject(copy, {});
        actions.remix()->trigger();
        QCOMPARE(remix.takeFirst().at(2).value<Provenance>().parents, QList{picture->id});
        actions.useSeed()->trigger();
        QCOMPARE(seed.takeFirst().at(1).toUuid(), picture->id);
        // A job has no picture yet: it hands on its own parents.
        Job job = sampleJob(7, JobState::Failed);
        job.provenance.parents = {copy->id};
        actions.setSubject({}, std::make_shared<const Job>(job));
        actions.useAll()->trigger();
        QCOMPARE(all.takeFirst().at(2).value<Provenance>().parents, QList{copy->id});
        actions.useSeed()->trigger();
        QVERIFY(seed.takeFirst().at(1).toUuid().isNull());
    }

    void fromElsewhereIsReviewedFirst()
    {
        QWidget window;
        PictureActions actions(models(), &window);
        QSignalSpy all(&actions, &PictureActions::useAllRequested);
        QSignalSpy remix(&actions, &PictureActions::remixRequested);
        QSignalSpy review(&actions, &PictureActions::fileShowRequested);
        auto picture = std::make_shared<Picture>(*pictureOf(sampleJob(1)));
        picture->recordSource = u"InvokeAI"_s;
        picture->modelId = u"sdxl"_s;
        actions.setSubject(picture, {});
        QVERIFY(!actions.runAgain()->isEnabled());
        actions.useAll()->trigger();
        actions.remix()->trigger();
        QCOMPARE(review.size(), 2);
        QVERIFY(all.isEmpty() && remix.isEmpty());
    }

    void handsOnWhatWasAskedFor()
    {
        QWidget window;
        PictureActions actions(models(), &window);
        const PicturePtr picture = pictureOf(sampleJob(1));
        QSignalSpy all(&actions, &PictureActions::useAllRequested);
        QSignalSpy remix(&actions, &PictureActions::remixRequested);
        std::optional<Seed> pinned; // a Seed has no empty value for a spy to begin with
        connect(&actions, &PictureActions::useSeedRequested, this,
            [&pinned](Seed seed) { pinned = seed; });
        QSignalSpy again(&actions, &PictureActions::runAgainRequested);
        actions.setSubject(picture, {});
        for (QAction* action :
            {actions.useAll(), actions.remix(), actions.useSeed(), actions.runAgain()})
            action->trigger();
        QCOMPARE(all.first().at(0).toString(), u"qwen-image"_s);
        QCOMPARE(all.first().at(1).toJsonObject(), picture->parameters);
        QJsonObject withoutSeed = picture->parameters;
        withoutSeed.remove("seed"_L1);
        QCOMPARE(remix.first().at(1).toJsonObject(), withoutSeed);
        QVERIFY(pinned == picture->seed);
        QCOMPARE(again.first().at(0).value<PicturePtr>(), picture);
    }

    void actionsFitTheirSubject()
    {
        QWidget window;
        PictureActions actions(models(), &window);
        const auto texts = [&actions] {
            QMenu menu;
            actions.fill(menu);
            QStringList all;
            for (const QAction* action : menu.actions()) {
                if (!action->isSeparator() && action->isEnabled())
                    all.append(action->text());
            }
            return all;
        };
        QVERIFY(texts().isEmpty());
        QVERIFY(!actions.saveAs()->isEnabled());
        const auto tile = [](JobState state) {
            return std::make_shared<const Job>(sampleJob(7, state));
        };
        actions.setSubject({}, tile(JobState::Waiting));
        QVERIFY(texts().contains(u"Cancel"_s));
        QVERIFY(!texts().contains(u"Retry"_s) && !texts().contains(u"Save as…"_s));
        actions.setSubject({}, tile(JobState::Unknown));
        // It may have been paid: the button names what it would cost again.
        QVERIFY(texts().contains(u"Send again · $0.12"_s) && texts().contains(u"Dismiss"_s));
        QSignalSpy again(&actions, &PictureActions::tryAgainRequested);
        actions.tryAgain()->trigger();
        QCOMPARE(again.first().first().value<JobId>(), JobId{7});
        actions.setSubject({}, tile(JobState::Sending));
        QVERIFY(!texts().contains(u"Cancel"_s) && !texts().contains(u"Dismiss"_s));
        QVERIFY(texts().contains(u"Stop waiting"_s));
        actions.setSubject(pictureOf(sampleJob(1)), {});
        QVERIFY(texts().contains(u"Run again"_s) && texts().contains(u"Save as…"_s));
        QVERIFY(!texts().contains(u"Dismiss"_s));
    }
};

SEEDBOOK_TEST(PictureActionsTest, QApplication)

} // namespace seedbook::pictureActionsTest

#include "PictureActionsTest.moc"
