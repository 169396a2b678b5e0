#include "widgets/import/ImportDialog.h"

#include "core/ErrorText.h"
#include "metadata/PictureMetadata.h"
#include "support/Finding.h"
#include "support/GallerySamples.h"
#include "support/TestProgram.h"
#include "widgets/import/DropHint.h"
#include "widgets/import/Importer.h"
#include "widgets/import/MappingModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QImage>
#include <QLabel>
#include <QMimeData>
#include <QPointer>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <sys/stat.h>

namespace seedbook::importDialogTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// A PNG whose "parameters" are what Automatic1111 and its kin write.
void writeForeign(const QString& path, const QString& prompt, int steps, const QString& seed)
{
    QImage image(32, 32, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    image.setText(u"parameters"_s,
        u"%1\nNegative prompt: blurry\nSteps: %2, Sampler: Euler a, CFG scale: 3.5, Seed: %3, "
        "Size: 1664x928, Model: other"_s.arg(prompt)
            .arg(steps)
            .arg(seed));
    if (!image.save(path, "PNG"))
        qFatal("cannot write %s", qPrintable(path));
}

struct Bench
{
    Bench()
        : dialog({models(), [this](const QUuid& id) { return known.contains(id); },
              [this](const QStringList& paths) {
                  added.append(paths);
                  adding = std::make_unique<QPromise<QList<Result<PicturePtr>>>>();
                  adding->start();
                  return adding->future();
              }})
        , tester(dialog.model())
        , fitTester(dialog.mapping())
        , used(&dialog, &ImportDialog::useRequested)
    {
        dialog.show();
    }
    [[nodiscard]] QString path(const QString& name) const { return folder.filePath(name); }
    [[nodiscard]] bool read()
    {
        return QTest::qWaitFor([this] { return !dialog.model()->isReading(); });
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return dialog.model()->index(row, column).data().toString();
    }
    [[nodiscard]] int rowOf(const QString& name) const
    {
        for (int row = 0; row < dialog.model()->rowCount(); ++row) {
            if (cell(row, ImportModel::File) == name)
                return row;
        }
        return -1;
    }
    [[nodiscard]] bool select(const QString& name)
    {
        dialog.list()->selectRow(rowOf(name));
        return QTest::qWaitFor([this] { return dialog.mapping()->rowCount() > 0; });
    }
    [[nodiscard]] int field(const QString& title) const
    {
        for (int row = 0; row < dialog.mapping()->rowCount(); ++row) {
            if (dialog.mapping()->index(row, MappingModel::Field).data().toString() == title)
                return row;
        }
        return -1;
    }
    [[nodiscard]] QString value(const QString& title, MappingModel::Column column) const
    {
        return dialog.mapping()->index(field(title), column).data().toString();
    }
    [[nodiscard]] QPushButton* button(const QString& text) const
    {
        return withText<QPushButton>(dialog, text);
    }
    [[nodiscard]] QString progress() const { return named<QLabel>(dialog, u"Progress"_s)->text(); }

    QTemporaryDir folder;
    QSet<QUuid> known;
    QList<QStringList> added;
    std::unique_ptr<QPromise<QList<Result<PicturePtr>>>> adding;
    ImportDialog dialog;
    QAbstractItemModelTester tester;
    QAbstractItemModelTester fitTester;
    QSignalSpy used;
};

} // namespace

class ImportDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatEachFileHolds()
    {
        Bench bench;
        writeForeign(bench.path(u"fits.png"_s), u"a fox"_s, 30, u"77"_s);
        writeForeign(bench.path(u"misfit.png"_s), u"an owl"_s, 4000, u"78"_s);
        writeFile(bench.path(u"plain.png"_s), samplePicture());
        writeFile(bench.path(u"torn.png"_s), samplePicture().left(9));
        bench.dialog.add({bench.folder.path()});
        QVERIFY(bench.read());
        QCOMPARE(bench.dialog.model()->rowCount(), 4);
        const int mapping = bench.rowOf(u"fits.png"_s);
        QCOMPARE(bench.cell(mapping, ImportModel::Prompt), u"a fox"_s);
        QCOMPARE(bench.cell(mapping, ImportModel::SeedColumn), u"77"_s);
        QVERIFY(!bench.cell(mapping, ImportModel::MadeWith).isEmpty());
        QVERIFY(bench.cell(bench.rowOf(u"misfit.png"_s), ImportModel::State)
                    .contains(u"1 incompatible value"_s));
        QCOMPARE(bench.cell(bench.rowOf(u"plain.png"_s), ImportModel::State), u"No parameters"_s);
        const QString torn = bench.cell(bench.rowOf(u"torn.png"_s), ImportModel::State);
        QVERIFY2(torn.startsWith(u"Could not read: "_s) && torn.size() > 16, qPrintable(torn));
        QVERIFY2(bench.progress().startsWith(u"4 files"_s) &&
                     bench.progress().contains(u"1 unreadable"_s),
            qPrintable(bench.progress()));
    }

    void usesWhatFitsAndNothingElse()
    {
        Bench bench;
        writeForeign(bench.path(u"misfit.png"_s), u"an owl"_s, 4000, u"78"_s);
        bench.dialog.add({bench.path(u"misfit.png"_s)});
        QVERIFY(bench.read());
        // The first file is shown by itself.
        QTRY_VERIFY(bench.dialog.mapping()->rowCount() > 0);
        QCOMPARE(bench.value(u"Prompt"_s, MappingModel::Found), u"an owl"_s);
        QCOMPARE(bench.value(u"Prompt"_s, MappingModel::Used), u"an owl"_s);
        QCOMPARE(bench.value(u"Steps"_s, MappingModel::Found), u"4000"_s);
        QVERIFY(!bench.value(u"Steps"_s, MappingModel::Why).isEmpty());
        bench.button(u"Use parameters"_s)->click();
        QCOMPARE(bench.used.size(), 1);
        QVariantList wish = bench.used.takeFirst();
        QCOMPARE(wish.at(0).toString(), u"qwen-image"_s);
        QJsonObject values = wish.at(1).toJsonObject();
        QCOMPARE(values.value("prompt"_L1).toString(), u"an owl"_s);
        QVERIFY(!values.contains("steps"_L1)); // nothing is changed silently
        QVERIFY(wish.at(2).value<QList<QUuid>>().isEmpty());

        const QModelIndex proposal =
            bench.dialog.mapping()->index(bench.field(u"Steps"_s), MappingModel::Used);
        QCOMPARE(proposal.data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        QVERIFY(proposal.flags().testFlag(Qt::ItemIsUserCheckable));
        QVERIFY(bench.dialog.mapping()->setData(proposal, Qt::Checked, Qt::CheckStateRole));
        bench.button(u"Use parameters"_s)->click();
        values = bench.used.takeFirst().at(1).toJsonObject();
        QVERIFY(values.contains("steps"_L1));
        const auto* steps = models().standard()->parameter(u"steps"_s);
        QVERIFY(kindOf(*steps).check(*steps, values.value("steps"_L1)));
        QCOMPARE(values.value("steps"_L1).toDouble(), *steps->maximum);
        // What fits has no box to tick.
        QVERIFY(!bench.dialog.mapping()->setData(
            bench.dialog.mapping()->index(bench.field(u"Prompt"_s), MappingModel::Used),
            Qt::Checked, Qt::CheckStateRole));
    }

    // A seed beyond our range has no nearest one: that it becomes random is said before it does.
    void aSeedThatDoesNotFitIsRandom()
    {
        Bench bench;
        writeForeign(bench.path(u"a.png"_s), u"an owl"_s, 30, u"4294967295"_s);
        bench.dialog.add({bench.path(u"a.png"_s)});
        QVERIFY(bench.read());
        QTRY_VERIFY(bench.dialog.mapping()->rowCount() > 0);
        QCOMPARE(bench.value(u"Seed"_s, MappingModel::Found), u"4294967295"_s);
        QCOMPARE(bench.value(u"Seed"_s, MappingModel::Used), u"Random"_s);
        QVERIFY(!bench.value(u"Seed"_s, MappingModel::Why).isEmpty());
        bench.button(u"Use parameters"_s)->click();
        const QJsonObject values = bench.used.takeFirst().at(1).toJsonObject();
        QCOMPARE(values.value("seed"_L1).toInteger(), Seed::randomSentinel);
    }

    void nothingFoundCannotBeUsed()
    {
        Bench bench;
        writeFile(bench.path(u"plain.png"_s), samplePicture());
        bench.dialog.add({bench.path(u"plain.png"_s)});
        QVERIFY(bench.read());
        QTRY_VERIFY(bench.button(u"Add to library"_s)->isEnabled());
        QVERIFY(!bench.button(u"Use parameters"_s)->isEnabled());
        QCOMPARE(bench.dialog.mapping()->rowCount(), 0);
    }

    void aPictureOfTheLibraryIsAParent()
    {
        Bench bench;
        writeForeign(bench.path(u"a.png"_s), u"an owl"_s, 30, u"78"_s);
        const auto metadata = readPictureMetadata(bench.path(u"a.png"_s));
        QVERIFY(metadata);
        const QUuid id = toPicture(*metadata, bench.path(u"a.png"_s), 1, moment(0)).id;
        bench.known.insert(id);
        bench.dialog.add({bench.path(u"a.png"_s)});
        QVERIFY(bench.read());
        QVERIFY(bench.cell(0, ImportModel::State).contains(u"Already in the library"_s));
        QTRY_VERIFY(bench.button(u"Use parameters"_s)->isEnabled());
        QVERIFY(!bench.button(u"Add to library"_s)->isEnabled());
        bench.button(u"Use parameters"_s)->click();
        QCOMPARE(bench.used.first().at(2).value<Provenance>().parents, QList{id});
    }

    void ourOwnRecordComesBackWhole()
    {
        Bench bench;
        Picture made = *pictureOf(sampleJob(1));
        made.recordId = made.id;
        writeFile(
            bench.path(u"own.png"_s), embedRecord(samplePicture(), made, u"Qwen-Image"_s).file);
        bench.dialog.add({bench.path(u"own.png"_s)});
        QVERIFY(bench.read());
        QTRY_VERIFY(bench.button(u"Use parameters"_s)->isEnabled());
        QCOMPARE(bench.cell(0, ImportModel::State), u"Compatible"_s);
        bench.button(u"Use parameters"_s)->click();
        QCOMPARE(bench.used.first().at(1).toJsonObject(), made.parameters);
        QCOMPARE(bench.used.first().at(2).value<Provenance>().parents, QList{made.id});
    }

    void addsTheSelectedOrAll()
    {
        Bench bench;
        for (const QString& name : {u"a.png"_s, u"b.png"_s, u"c.png"_s})
            writeForeign(bench.path(name), name, 30, u"5"_s);
        writeFile(bench.path(u"torn.png"_s), "no picture");
        bench.dialog.add({bench.folder.path()});
        QVERIFY(bench.read());
        bench.dialog.list()->selectRow(bench.rowOf(u"b.png"_s));
        bench.button(u"Add to library"_s)->click();
        QCOMPARE(bench.added, (QList<QStringList>{{bench.path(u"b.png"_s)}}));
        QVERIFY(bench.cell(bench.rowOf(u"b.png"_s), ImportModel::State).contains(u"Adding…"_s));
        bench.adding->addResult(QList<Result<PicturePtr>>{pictureOf(sampleJob(1))});
        bench.adding->finish();
        QTRY_VERIFY(bench.cell(bench.rowOf(u"b.png"_s), ImportModel::State).contains(u"Added"_s));
        // All that is left, without what is no picture; one of them is refused.
        bench.dialog.list()->clearSelection();
        bench.button(u"Add to library"_s)->click();
        QCOMPARE(bench.added.last(), (QStringList{bench.path(u"a.png"_s), bench.path(u"c.png"_s)}));
        bench.adding->addResult(QList<Result<PicturePtr>>{
            Error{ErrorKind::DiskFull, bench.folder.path(), {}}, pictureOf(sampleJob(2))});
        bench.adding->finish();
        QTRY_VERIFY(
            bench.cell(bench.rowOf(u"a.png"_s), ImportModel::State).contains(u"Not added: "_s));
        QVERIFY(bench.cell(bench.rowOf(u"c.png"_s), ImportModel::State).contains(u"Added"_s));
        // What was refused can be tried again, what was added cannot.
        QVERIFY(bench.button(u"Add to library"_s)->isEnabled());
        bench.button(u"Add to library"_s)->click();
        QCOMPARE(bench.added.last(), QStringList{bench.path(u"a.png"_s)});
    }

    void whatIsRefusedAfterClosingIsSaid_data()
    {
        QTest::addColumn<bool>("closes");
        QTest::newRow("in the dialog") << false;
        QTest::newRow("by the window") << true;
    }

    void whatIsRefusedAfterClosingIsSaid()
    {
        QFETCH(const bool, closes);
        QTemporaryDir folder;
        for (const QString& name : {u"a.png"_s, u"b.png"_s, u"c.png"_s})
            writeForeign(folder.filePath(name), name, 30, u"5"_s);
        QPromise<QList<Result<PicturePtr>>> adding;
        adding.start();
        QWidget window;
        window.show();
        Importer importer({models(), [](const QUuid&) { return false; },
                              [&adding](const QStringList&) { return adding.future(); }},
            &window);
        QSignalSpy refused(&importer, &Importer::refused);
        importer.review({folder.path()});
        const QPointer<ImportDialog> dialog = importer.dialog();
        const auto rows = [&dialog] { return dialog->model()->rowCount(); };
        QTRY_VERIFY(rows() == 3 && !dialog->model()->isReading());
        dialog->list()->clearSelection();
        withText<QPushButton>(*dialog, u"Add to library"_s)->click();
        if (closes) {
            dialog->close();
            QTRY_VERIFY(!dialog);
        }
        const Error full{ErrorKind::DiskFull, folder.path(), {}};
        adding.addResult(QList<Result<PicturePtr>>{pictureOf(sampleJob(1)), full});
        adding.finish();
        if (closes) {
            QTRY_COMPARE(refused.size(), 1);
            const QString words = refused.first().first().toString();
            QVERIFY2(words.contains(u"“b.png”: "_s + sentence(full)), qPrintable(words));
            QVERIFY2(words.startsWith(u'2'), qPrintable(words)); // one got no answer at all
        } else {
            QTRY_COMPARE(dialog->model()->place(2), ImportModel::Place::Refused);
            QCoreApplication::processEvents();
            QCOMPARE(refused.size(), 0);
        }
    }

    void walksFoldersAndNotInCircles()
    {
        Bench bench;
        QVERIFY(QDir(bench.folder.path()).mkpath(u"deep/deeper"_s));
        writeFile(bench.path(u"deep/deeper/x.PNG"_s), samplePicture());
        writeFile(bench.path(u"deep/y.jpeg"_s), samplePicture(ImageFormat::Jpeg));
        writeFile(bench.path(u"deep/notes.txt"_s), "no picture");
        QVERIFY(QFile::link(bench.path(u"deep"_s), bench.path(u"deep/deeper/loop.png"_s)));
        QCOMPARE(::mkfifo(qPrintable(bench.path(u"pipe.png"_s)), 0600), 0);
        // Given twice, and once more by name.
        bench.dialog.add({bench.path(u"deep"_s), bench.path(u"deep"_s)});
        bench.dialog.add({bench.path(u"deep/y.jpeg"_s), bench.folder.path()});
        QVERIFY(bench.read());
        QCOMPARE(bench.dialog.model()->rowCount(), 2);
    }

    void theWalkIsBounded()
    {
        QTemporaryDir folder;
        for (int i = 0; i < 30; ++i)
            writeFile(folder.filePath(u"%1.png"_s.arg(i)), {});
        const std::atomic_bool go = false;
        const FilesToReview some = findPictureFiles({folder.path()}, 20, go);
        QCOMPARE(some.paths.size(), 20);
        QVERIFY(some.more);
        const FilesToReview all = findPictureFiles({folder.path()}, 30, go);
        QCOMPARE(all.paths.size(), 30);
        QVERIFY(!all.more);
        const std::atomic_bool stop = true;
        QVERIFY(findPictureFiles({folder.path()}, 30, stop).paths.isEmpty());
    }

    void closingWhileItReadsIsNoHarm()
    {
        QTemporaryDir folder;
        for (int i = 0; i < 200; ++i)
            writeForeign(folder.filePath(u"%1.png"_s.arg(i)), u"x"_s, 30, u"1"_s);
        for (int i = 0; i < 5; ++i) {
            auto dialog = std::make_unique<ImportDialog>(
                ImportDialog::Parts{models(), [](const QUuid&) { return false; }, {}});
            dialog->add({folder.path()});
            if (i % 2 == 0) {
                QSignalSpy rows(dialog->model(), &QAbstractItemModel::rowsInserted);
                QVERIFY(rows.wait());
            }
        }
    }

    void emptyFolderIsSaid()
    {
        Bench bench;
        bench.dialog.add({bench.folder.path()});
        QTRY_COMPARE(bench.progress(), u"No images found."_s);
        QVERIFY(!bench.button(u"Add to library"_s)->isEnabled());
    }

    void droppedFilesAreReviewed()
    {
        QTemporaryDir folder;
        writeForeign(folder.filePath(u"a.png"_s), u"an owl"_s, 30, u"78"_s);
        QWidget window;
        window.resize(600, 400);
        window.show();
        Importer importer({models(), [](const QUuid&) { return false; }, {}}, &window);
        auto* hint = window.findChild<DropHint*>();
        QVERIFY(hint && hint->isHidden());

        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(folder.filePath(u"a.png"_s)),
            QUrl(u"https://example.org/b.png"_s)});
        QDragEnterEvent enter(
            {50, 50}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QCOMPARE(enter.dropAction(), Qt::CopyAction);
        QVERIFY(hint->isVisible());
        QCOMPARE(hint->size(), window.size());
        QDragLeaveEvent leave;
        QCoreApplication::sendEvent(&window, &leave);
        QVERIFY(hint->isHidden());
        QCoreApplication::sendEvent(&window, &enter);
        QDropEvent drop({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &drop);
        QVERIFY(drop.isAccepted());
        QVERIFY(hint->isHidden());
        QVERIFY(importer.dialog() && importer.dialog()->isVisible());
        QVERIFY(!importer.dialog()->isModal());
        QTRY_COMPARE(importer.dialog()->model()->rowCount(), 1);

        // Text, and what lies on the network, is not taken.
        QMimeData other;
        other.setText(u"a fox"_s);
        other.setUrls({QUrl(u"https://example.org/b.png"_s)});
        QDragEnterEvent no({50, 50}, Qt::CopyAction, &other, Qt::LeftButton, Qt::NoModifier);
        no.setAccepted(false);
        QCoreApplication::sendEvent(&window, &no);
        QVERIFY(!no.isAccepted());
        QVERIFY(hint->isHidden());
    }
};

SEEDBOOK_TEST(ImportDialogTest, QApplication)

} // namespace seedbook::importDialogTest

#include "ImportDialogTest.moc"
