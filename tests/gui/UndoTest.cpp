#include "library/FileChange.h"
#include "support/FullViewBench.h"
#include "support/TestProgram.h"
#include "support/UndoBench.h"
#include "widgets/viewer/FullView.h"
#include "widgets/viewer/OverlayLine.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QFileDialog>
#include <QRandomGenerator>
#include <QScrollBar>

namespace seedbook::undoTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

QStringList sorted(QStringList list)
{
    list.sort();
    return list;
}

// A picture as a person knows it.
struct Facts
{
    QString path; // below the library; empty: in the trash
    int rating = 0;
    QStringList tags; // sorted
    friend bool operator==(const Facts&, const Facts&) = default;
};
using State = QMap<int, Facts>;

Facts factsOf(const UndoBench& bench, const PicturePtr& picture)
{
    return {QDir(bench.files.folder).relativeFilePath(picture->path), picture->rating,
        sorted(picture->tags)};
}

// What the gallery shows.
State shown(const UndoBench& bench)
{
    State state;
    for (int row = 0; row < bench.model.rowCount(); ++row) {
        if (const PicturePtr picture = bench.model.picture(bench.model.index(row)))
            state.insert(static_cast<int>(picture->sequence), factsOf(bench, picture));
    }
    return state;
}

// What the files say, once all that was given is in them.
State onDisk(UndoBench& bench)
{
    if (!await(bench.library().rejected()))
        qFatal("the index does not answer");
    State state;
    for (const QString& path : filesBelow(bench.files.folder)) {
        const auto read = readPictureMetadata(bench.files.at(path));
        if (!read)
            continue;
        const Picture picture = toPicture(*read, bench.files.at(path), 0, {});
        state.insert(
            static_cast<int>(picture.sequence), {path, picture.rating, sorted(picture.tags)});
    }
    return state;
}

// Without those in the trash.
State present(const State& state)
{
    State here;
    for (auto it = state.begin(); it != state.end(); ++it) {
        if (!it->path.isEmpty())
            here.insert(it.key(), *it);
    }
    return here;
}

} // namespace

// What is done to pictures, and taken back.
class UndoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachItsOwnRating();
    void tagsThatTheStepChanged();
    void deletedAndBack();
    void pressedTwiceIsOnce();
    void tilesAreClearedAsBefore();
    void nothingSelectedIsNothingDone();
    void theFullViewGoesOn();
    void movedAndBack();
    void foldersOutsideAreRefused();
    void theTrashWasEmptied();
    void whatAnotherProgramTookAway();
    void someOfThem();
    void undoneWhileStillUnderWay();
    void backInAScrolledGallery();
    void copiesKeepTheirOwnHistory();
    void aTextFieldKeepsItsOwn();
    void manyStepsInAnyOrder_data();
    void manyStepsInAnyOrder();
};

void UndoTest::eachItsOwnRating()
{
    UndoBench bench(5);
    QVERIFY(!bench.link->undo()->isEnabled());
    const State before = shown(bench);
    bench.select({1, 2, 3, 4});
    bench.actions.rate(1); // picture 2 has one star already
    QVERIFY(bench.link->undo()->isEnabled());
    QCOMPARE(bench.link->undo()->text(), u"&Undo rating"_s);
    for (int number = 1; number <= 4; ++number)
        QCOMPARE(shown(bench).value(number).rating, 1);
    bench.select({4});
    bench.actions.rate(5);
    bench.actions.rate(5); // no step of its own
    QVERIFY(bench.undo());
    QCOMPARE(shown(bench).value(4).rating, 1);
    QVERIFY(bench.undo());
    QCOMPARE(shown(bench), before);
    QCOMPARE(onDisk(bench), before);
    QVERIFY(!bench.link->undo()->isEnabled());
    QCOMPARE(bench.link->redo()->text(), u"&Redo rating"_s);
    QVERIFY(bench.redo() && bench.redo());
    QCOMPARE(shown(bench).value(4).rating, 5);
    QCOMPARE(onDisk(bench).value(4).rating, 5);
    QCOMPARE(onDisk(bench).value(1).rating, 1);
    QCOMPARE(bench.barText(), QString());
}

void UndoTest::tagsThatTheStepChanged()
{
    UndoBench bench(3);
    const auto tagsOf = [&bench](int number) { return shown(bench).value(number).tags; };
    QCOMPARE(tagsOf(1), (QStringList{u"tag 1"_s, u"海"_s}));
    bench.select({1, 2});
    Q_EMIT bench.actions.tagsRequested(
        bench.chosen(), {u"fox"_s, u"tag 2"_s}, {u"海"_s, u"never there"_s});
    QCOMPARE(tagsOf(1), (QStringList{u"fox"_s, u"tag 1"_s, u"tag 2"_s}));
    QCOMPARE(onDisk(bench).value(2).tags, (QStringList{u"fox"_s, u"tag 2"_s}));
    QCOMPARE(onDisk(bench).value(1).tags, tagsOf(1));
    // Another program writes into the file.
    QVERIFY(writeRatingAndTags(bench.at(1), {std::nullopt, {u"theirs"_s}, {u"tag 1"_s}}));
    QVERIFY(bench.files.scan());
    QVERIFY(bench.undo());
    QCOMPARE(tagsOf(1), sorted({u"theirs"_s, u"海"_s}));
    QCOMPARE(tagsOf(2), sorted({u"tag 2"_s, u"海"_s}));
    QCOMPARE(onDisk(bench).value(1).tags, tagsOf(1));
    QVERIFY(bench.redo());
    QCOMPARE(onDisk(bench).value(1).tags, sorted({u"fox"_s, u"tag 2"_s, u"theirs"_s}));
    // Nothing was changed by this: there is no such step.
    Q_EMIT bench.actions.tagsRequested(bench.chosen(), {u"fox"_s}, {u"nowhere"_s});
    QVERIFY(bench.undo());
    QCOMPARE(tagsOf(2), sorted({u"tag 2"_s, u"海"_s}));
    QVERIFY(!bench.link->undo()->isEnabled());
}

void UndoTest::deletedAndBack()
{
    UndoBench bench(6);
    const State before = shown(bench);
    QVERIFY(bench.trash({5, 4, 2}));
    QCOMPARE(bench.barText(), u"Moved 3 images to the trash."_s);
    QCOMPARE(bench.bar().action()->text(), u"Undo"_s);
    QVERIFY(bench.view->hasFocus());
    QCOMPARE(shown(bench).keys(), (QList<int>{1, 3, 6}));
    QCOMPARE(onDisk(bench), shown(bench));
    QVERIFY(bench.files.agrees());
    QCOMPARE(bench.link->undo()->text(), u"&Undo move to trash"_s);
    // The next one is at hand: Delete again goes on with it.
    constexpr int next = 3;
    QCOMPARE(bench.selected(), QList{next});
    QVERIFY(bench.ends([&] { QTest::keyClick(bench.view, Qt::Key_Delete); }));
    QVERIFY(!shown(bench).contains(next));
    QCOMPARE(bench.barText(), u"Moved 1 image to the trash."_s);
    QCOMPARE(bench.selected(), QList{1});
    QVERIFY(bench.ends([&] { bench.bar().action()->click(); }));
    QCOMPARE(bench.selected(), QList{next});
    QCOMPARE(bench.barText(), u"Restored 1 image."_s);
    QVERIFY(bench.ends([&] { QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier); }));
    QCOMPARE(shown(bench), before);
    QCOMPARE(onDisk(bench), before);
    QCOMPARE(bench.selected(), (QList<int>{2, 4, 5}));
    QCOMPARE(filesBelow(bench.home.path()), QStringList());
    QVERIFY(bench.files.agrees());
    QVERIFY(bench.redo());
    QCOMPARE(shown(bench).keys(), (QList<int>{1, 3, 6}));
    QCOMPARE(bench.barText(), u"Moved 3 images to the trash."_s);
    QVERIFY(bench.undo());
    QCOMPARE(shown(bench), before);
}

void UndoTest::pressedTwiceIsOnce()
{
    UndoBench bench(4);
    QSignalSpy ended(bench.link->history(), &UndoHistory::ended);
    bench.select({2, 3});
    QTest::keyClick(bench.view, Qt::Key_Delete);
    QTest::keyClick(bench.view, Qt::Key_Delete);
    QTRY_VERIFY(!ended.isEmpty());
    QCOMPARE(onDisk(bench).keys(), (QList<int>{1, 4}));
    QCOMPARE(ended.size(), 1);
    QCOMPARE(bench.barText(), u"Moved 2 images to the trash."_s);
    QVERIFY(bench.undo());
    // Once they are back they may go again.
    QVERIFY(bench.trash({2}));
    QCOMPARE(onDisk(bench).keys(), (QList<int>{1, 3, 4}));
}

void UndoTest::tilesAreClearedAsBefore()
{
    UndoBench bench(2);
    bench.live.addJobs({sampleJob(77)});
    QSignalSpy cancelled(&bench.actions, &PictureActions::cancelRequested);
    QSignalSpy finishMove(&bench.actions, &PictureActions::trashRequested);
    QItemSelectionModel* selection = bench.view->selectionModel();
    const QModelIndex tile = bench.model.indexOfJob(77);
    selection->setCurrentIndex(tile, QItemSelectionModel::ClearAndSelect);
    QTest::keyClick(bench.view, Qt::Key_Delete);
    QCOMPARE(cancelled.size(), 1);
    QCOMPARE(finishMove.size(), 0);
    // Together with pictures, these go.
    bench.select({1});
    selection->setCurrentIndex(tile, QItemSelectionModel::Select);
    QVERIFY(bench.ends([&] { QTest::keyClick(bench.view, Qt::Key_Delete); }));
    QCOMPARE(finishMove.size(), 1);
    QCOMPARE(shown(bench).keys(), QList{2});
}

void UndoTest::nothingSelectedIsNothingDone()
{
    UndoBench bench(2);
    // The panel shows the newest picture where nothing is selected.
    bench.view->clearSelection();
    bench.actions.setSubject(bench.model.picture(bench.model.newestPicture()), {});
    QSignalSpy finishMove(&bench.actions, &PictureActions::trashRequested);
    QSignalSpy moved(&bench.actions, &PictureActions::moveRequested);
    QSignalSpy said(&bench.actions, &PictureActions::message);
    QTest::keyClick(bench.view, Qt::Key_Delete);
    bench.actions.moveInto(u"x"_s);
    QCOMPARE(said.size(), 2);
    QVERIFY(finishMove.isEmpty() && moved.isEmpty());
}

void UndoTest::theFullViewGoesOn()
{
    UndoBench bench(3);
    const FullViewBench stand(bench.selection, bench.actions, &bench.window);
    FullView& full = *stand.view;
    connect(&full, &FullView::shown, &bench.selection,
        qOverload<const QModelIndex&>(&PictureSelection::select));
    const auto number = [&] { return bench.model.picture(full.current())->sequence; };
    const auto remove = [&] { return bench.ends([&] { QTest::keyClick(&full, Qt::Key_Delete); }); };
    connect(bench.link, &UndoController::told, full.viewer(), &PictureViewer::say);
    full.open(bench.model.indexOf(idOf(2)));
    QVERIFY(remove());
    // The bar is covered.
    QVERIFY(full.viewer()->message()->isVisible());
    QCOMPARE(
        full.viewer()->message()->text(), u"Moved 1 image to the trash. Press Ctrl+Z to undo."_s);
    QVERIFY(full.isVisible());
    QCOMPARE(number(), 1); // the older one
    QCOMPARE(bench.selected(), QList{1});
    QVERIFY(remove());
    QCOMPARE(number(), 3);
    QVERIFY(remove());
    QVERIFY(!full.isVisible());
    QVERIFY(bench.undo() && bench.undo() && bench.undo());
    QCOMPARE(shown(bench).keys(), (QList<int>{1, 2, 3}));
}

void UndoTest::movedAndBack()
{
    UndoBench bench(3);
    const State before = shown(bench);
    bench.select({1, 3});
    QVERIFY(bench.ends([&] { bench.actions.moveInto(bench.files.at(u"best & last"_s)); }));
    QCOMPARE(bench.barText(), u"Moved 2 images to “best & last”."_s);
    QCOMPARE(bench.link->undo()->text(), u"&Undo move to “best && last”"_s);
    QCOMPARE(shown(bench).value(3).path, u"best & last/3.png"_s);
    QCOMPARE(onDisk(bench), shown(bench));
    QCOMPARE(bench.selected(), (QList<int>{1, 3})); // they did not leave the gallery
    bench.select({1});
    bench.actions.moveTo()->trigger();
    auto* dialog = bench.window.findChild<QFileDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->directory().path(), bench.files.folder);
    QCOMPARE(dialog->fileMode(), QFileDialog::Directory);
    bench.select({2}); // it was asked for the other one
    QVERIFY(bench.ends([&] { Q_EMIT dialog->fileSelected(bench.files.at(u"best & last"_s)); }));
    QCOMPARE(bench.barText(), u"The image is already in “best & last”."_s);
    QVERIFY(bench.bar().action()->isHidden());
    QVERIFY(bench.undo());
    QCOMPARE(shown(bench), before);
    QCOMPARE(onDisk(bench), before);
    QVERIFY(bench.redo());
    QCOMPARE(onDisk(bench).value(1).path, u"best & last/1.png"_s);
    QVERIFY(bench.files.agrees());
}

void UndoTest::foldersOutsideAreRefused()
{
    UndoBench bench(2);
    const State before = shown(bench);
    bench.select({1, 2});
    const QString outside = bench.home.filePath(u"outside"_s);
    QVERIFY(bench.ends([&] { bench.actions.moveInto(outside); }));
    QVERIFY2(bench.barText().contains(u"outside the library"_s), qPrintable(bench.barText()));
    QVERIFY(bench.bar().action()->isHidden());
    QVERIFY(!QFile::exists(outside));
    QVERIFY(!bench.link->undo()->isEnabled());
    QCOMPARE(onDisk(bench), before);
}

void UndoTest::theTrashWasEmptied()
{
    UndoBench bench(4);
    bench.select({1});
    bench.actions.rate(5);
    QVERIFY(bench.trash({2, 3}));
    QVERIFY(QDir(bench.home.filePath(u"Trash"_s)).removeRecursively());
    QVERIFY(bench.undo());
    QVERIFY2(bench.barText().startsWith(u"Cannot undo: 2 images could not be restored: no "
                                        "longer in the trash"_s),
        qPrintable(bench.barText()));
    QVERIFY(bench.bar().action()->isHidden());
    // The rest of the history is still there.
    QCOMPARE(bench.link->undo()->text(), u"&Undo rating"_s);
    QVERIFY(!bench.link->redo()->isEnabled());
    QVERIFY(bench.undo());
    QCOMPARE(shown(bench).value(1).rating, sampleRecord(1).rating);
}

void UndoTest::whatAnotherProgramTookAway()
{
    UndoBench bench(3);
    bench.select({1, 2});
    bench.actions.rate(5);
    QCOMPARE(onDisk(bench).value(2).rating, 5);
    bench.select({3});
    Q_EMIT bench.actions.tagsRequested(bench.chosen(), {u"fox"_s}, {});
    QVERIFY(bench.ends([&] { bench.actions.moveInto(u"new"_s); }));
    QCOMPARE(onDisk(bench).value(3).tags, sorted({u"fox"_s, u"tag 3"_s, u"海"_s}));
    for (const QString& path : {u"1.png"_s, u"2.png"_s, u"new/3.png"_s})
        QVERIFY(QFile::rename(
            bench.files.at(path), bench.home.filePath(QString(path).replace(u'/', u'-'))));
    QVERIFY(bench.files.scan());
    QVERIFY(bench.undo());
    QCOMPARE(bench.barText(),
        u"Cannot undo: 1 image could not be moved back: no longer in that folder."_s);
    QVERIFY(bench.undo());
    QCOMPARE(bench.barText(), u"Cannot undo: 1 image is no longer in the library."_s);
    // One of two comes back: its rating can be taken back, and the other one is told of.
    QVERIFY(QFile::rename(bench.home.filePath(u"2.png"_s), bench.at(2)));
    QVERIFY(bench.files.scan());
    QVERIFY(bench.undo());
    QCOMPARE(bench.barText(), u"1 image is no longer in the library."_s);
    QCOMPARE(onDisk(bench).value(2).rating, sampleRecord(2).rating);
    QVERIFY(!bench.link->undo()->isEnabled());
}

void UndoTest::someOfThem()
{
    UndoBench bench(4);
    QVERIFY(QFile::remove(bench.at(2)));
    QVERIFY(bench.trash({1, 2, 3}));
    QVERIFY2(
        bench.barText().startsWith(u"Moved 2 images to the trash. The image file is missing"_s),
        qPrintable(bench.barText()));
    QCOMPARE(bench.bar().action()->text(), u"Undo"_s);
    QCOMPARE(shown(bench).keys(), QList{4});
    QVERIFY(QFile::remove(bench.home.filePath(u"Trash/files/3.png"_s)));
    QVERIFY(bench.undo());
    QCOMPARE(bench.barText(),
        u"Restored 1 image. 1 image could not be restored: no longer in the trash."_s);
    QCOMPARE(shown(bench).keys(), (QList<int>{1, 4}));
    QVERIFY(bench.redo());
    QCOMPARE(shown(bench).keys(), QList{4});
    // A folder in the way: nothing is lost, and it can be tried again.
    QVERIFY(QDir().mkpath(bench.files.folder + u" away"_s));
    QVERIFY(QFile::rename(bench.at(4), bench.files.folder + u" away/4.png"_s));
    QVERIFY(QDir().rmdir(bench.files.folder));
    put(bench.files.folder, "in the way");
    QVERIFY(bench.undo());
    QVERIFY2(
        bench.barText().contains(u"Could not write to the folder"_s), qPrintable(bench.barText()));
    QVERIFY(QFile::remove(bench.files.folder));
    QVERIFY(QDir().mkpath(bench.files.folder));
    QVERIFY(bench.undo());
    QCOMPARE(onDisk(bench).keys(), QList{1});
}

void UndoTest::undoneWhileStillUnderWay()
{
    constexpr int count = 450;
    UndoBench bench(count);
    const State before = shown(bench);
    bench.view->selectAll();
    QSignalSpy ended(bench.link->history(), &UndoHistory::ended);
    QTest::keyClick(bench.view, Qt::Key_Delete);
    bench.link->undo()->trigger(); // at once
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, 60'000);
    QCOMPARE(shown(bench), before);
    QCOMPARE(onDisk(bench), before);
    QCOMPARE(bench.barText(), u"Restored 450 images."_s);
    QCOMPARE(bench.selected().size(), count);
    QVERIFY(bench.files.agrees());
}

void UndoTest::backInAScrolledGallery()
{
    UndoBench bench(120);
    bench.select({120});
    QVERIFY(bench.trash({120, 119}));
    QScrollBar* bar = bench.view->verticalScrollBar();
    bar->setValue(bar->maximum());
    QVERIFY(bench.model.isHolding());
    QVERIFY(bench.undo());
    QCOMPARE(bench.model.heldCount(), 0);
    QCOMPARE(bench.selected(), (QList<int>{119, 120}));
    const QRect cell = bench.view->visualRect(bench.model.indexOf(idOf(120)));
    QVERIFY(bench.view->viewport()->rect().contains(cell.center()));
}

void UndoTest::copiesKeepTheirOwnHistory()
{
    UndoBench bench(1);
    put(bench.files.at(u"a copy.png"_s), recordedPicture(1));
    put(bench.files.at(u"b copy.png"_s), recordedPicture(1));
    QVERIFY(bench.files.scan());
    const auto selectAt = [&](const QString& path) {
        const PicturePtr picture = bench.files.atPath(path);
        bench.view->selectionModel()->setCurrentIndex(
            bench.model.indexOf(picture->id), QItemSelectionModel::ClearAndSelect);
    };
    const auto ratingAt = [&](const QString& path) {
        if (!await(bench.library().rejected())) // once what was given is in the files
            qFatal("the index does not answer");
        return readPictureMetadata(bench.files.at(path))->rating;
    };
    const int before = ratingAt(u"1.png"_s);
    // Whichever has the plain id: it changes hands as they come and go.
    selectAt(u"1.png"_s);
    bench.actions.rate(4);
    selectAt(u"a copy.png"_s);
    bench.actions.rate(5);
    QVERIFY(bench.ends([&] { bench.actions.trash()->trigger(); }));
    selectAt(u"1.png"_s);
    QVERIFY(bench.ends([&] { bench.actions.trash()->trigger(); }));
    QCOMPARE(bench.model.rowCount(), 1);
    QVERIFY(bench.undo() && bench.undo());
    QCOMPARE(bench.model.rowCount(), 3);
    QCOMPARE(ratingAt(u"a copy.png"_s), 5);
    QCOMPARE(ratingAt(u"1.png"_s), 4);
    QVERIFY(bench.undo());
    QCOMPARE(ratingAt(u"a copy.png"_s), before);
    QCOMPARE(ratingAt(u"1.png"_s), 4);
    QVERIFY(bench.undo());
    QCOMPARE(ratingAt(u"1.png"_s), before);
    QCOMPARE(ratingAt(u"b copy.png"_s), before);
    QVERIFY(bench.redo() && bench.redo() && bench.redo());
    QVERIFY(!QFile::exists(bench.files.at(u"a copy.png"_s)));
    QVERIFY(QFile::exists(bench.at(1)) && QFile::exists(bench.files.at(u"b copy.png"_s)));
    // One that goes by another's id since it was rated.
    selectAt(u"b copy.png"_s);
    bench.actions.rate(2);
    QCOMPARE(ratingAt(u"b copy.png"_s), 2);
    QVERIFY(QFile::remove(bench.at(1)));
    QVERIFY(bench.files.scan());
    QCOMPARE(bench.files.atPath(u"b copy.png"_s)->id, idOf(1));
    QVERIFY(bench.undo());
    QCOMPARE(bench.barText(), QString());
    QCOMPARE(ratingAt(u"b copy.png"_s), before);
}

void UndoTest::aTextFieldKeepsItsOwn()
{
    UndoBench bench(1);
    bench.select({1});
    bench.actions.rate(5);
    bench.other.setFocus();
    QTest::keyClicks(&bench.other, u"words"_s);
    QTest::keyClick(&bench.other, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.other.text(), QString());
    QTest::keyClick(&bench.other, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(bench.other.text(), u"words"_s);
    QVERIFY(bench.link->undo()->isEnabled());
    QCOMPARE(shown(bench).value(1).rating, 5);
    // Delete too.
    QTest::keyClick(&bench.other, Qt::Key_Home);
    QTest::keyClick(&bench.other, Qt::Key_Delete);
    QCOMPARE(bench.other.text(), u"ords"_s);
    QVERIFY(QFile::exists(bench.at(1)));
    bench.view->setFocus();
    QVERIFY(bench.ends([&] { QTest::keyClick(bench.view, Qt::Key_Z, Qt::ControlModifier); }));
    QCOMPARE(shown(bench).value(1).rating, sampleRecord(1).rating);
    QVERIFY(bench.ends(
        [&] { QTest::keyClick(bench.view, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }));
    QCOMPARE(shown(bench).value(1).rating, 5);
}

void UndoTest::manyStepsInAnyOrder_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {1U, 20U, 300U, 4000U})
        QTest::addRow("seed %u", seed) << seed;
}

// Against what is expected: a list of states, and which of them is now.
void UndoTest::manyStepsInAnyOrder()
{
    QFETCH(const quint32, seed);
    constexpr int pictures = 14;
    constexpr int steps = 160;
    UndoBench bench(pictures);
    const QAbstractItemModelTester tester(
        &bench.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QRandomGenerator random(seed);
    QSignalSpy failed(&bench.library(), &Library::ratingTagsFailed);
    QList<State> states{shown(bench)};
    qsizetype now = 0;

    for (int step = 0; step < steps; ++step) {
        State next = states.at(now);
        QList<int> some;
        for (const int number : present(next).keys()) {
            if (random.bounded(4) == 0)
                some.append(number);
        }
        const int kind = random.bounded(10);
        if (kind < 3) {
            if (now > 0) {
                QVERIFY(bench.undo());
                --now;
            }
        } else if (kind < 5) {
            if (now + 1 < states.size()) {
                QVERIFY(bench.redo());
                ++now;
            }
        } else if (!some.isEmpty()) {
            bench.select(some);
            QCOMPARE(bench.selected(), some);
            if (kind < 7) {
                const int rating = random.bounded(1, 6);
                for (const int number : some)
                    next[number].rating = rating;
                bench.actions.rate(rating);
            } else if (kind == 7) {
                const QString added = u"tag %1"_s.arg(random.bounded(5));
                const QString removed = u"tag %1"_s.arg(5 + random.bounded(3));
                const QString alsoRemoved = u"海"_s;
                for (const int number : some) {
                    QStringList& tags = next[number].tags;
                    tags.removeAll(removed);
                    tags.removeAll(alsoRemoved);
                    if (!tags.contains(added))
                        tags.append(added);
                    tags.sort();
                }
                Q_EMIT bench.actions.tagsRequested(bench.chosen(), {added}, {removed, alsoRemoved});
            } else if (kind == 8) {
                for (const int number : some)
                    next[number].path.clear();
                QVERIFY(bench.ends([&] { bench.actions.trash()->trigger(); }));
            } else {
                const QString folder = u"folder %1"_s.arg(random.bounded(3));
                for (const int number : some)
                    next[number].path = folder + u"/%1.png"_s.arg(number);
                QVERIFY(bench.ends([&] { bench.actions.moveInto(folder); }));
            }
            if (next != states.at(now)) {
                states.resize(now + 1);
                states.append(next);
                ++now;
            }
        }
        const State wanted = present(states.at(now));
        QCOMPARE(shown(bench), wanted);
        QCOMPARE(bench.link->undo()->isEnabled(), now > 0);
        QCOMPARE(bench.link->redo()->isEnabled(), now + 1 < states.size());
        if (step % 10 == 9)
            QCOMPARE(onDisk(bench), wanted);
    }
    while (now > 0) {
        QVERIFY(bench.undo());
        --now;
        QCOMPARE(shown(bench), present(states.at(now)));
    }
    QCOMPARE(onDisk(bench), states.first());
    QCOMPARE(filesBelow(bench.home.path()), QStringList());
    QVERIFY(bench.files.scan());
    QVERIFY(bench.files.agrees());
    QVERIFY(failed.isEmpty());
    const QString dump = bench.files.dump();
    QVERIFY(bench.files.rebuild());
    QCOMPARE(bench.files.dump(), dump);
}

SEEDBOOK_TEST(UndoTest, QApplication)

} // namespace seedbook::undoTest

#include "UndoTest.moc"
