#include "widgets/window/LibraryController.h"

#include "library/Library.h"
#include "library/ThumbnailLoader.h"
#include "metadata/PictureMetadata.h"
#include "support/Finding.h"
#include "support/GalleryBench.h"
#include "support/TestProgram.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/StarRow.h"
#include "widgets/panel/PicturePage.h"
#include "widgets/panel/PicturePanel.h"
#include "widgets/panel/RatingTagsPanel.h"
#include "widgets/panel/TagEditor.h"
#include "widgets/undo/UndoController.h"
#include "widgets/window/NoticeBar.h"
#include "widgets/window/UnreadableDialog.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

namespace seedbook::libraryControllerTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

// A library on disk with its window's parts, joined as the window joins them.
struct Bench : GalleryBench
{
    explicit Bench(int pictures)
    {
        QDir(folder.path()).mkpath(u"library/2026-01-01"_s);
        for (int i = 1; i <= pictures; ++i) {
            Picture picture = *pictureOf(sampleJob(i));
            picture.recordId = picture.id;
            writeFile(path(i), embedRecord(samplePicture(), picture, u"Qwen-Image"_s).file);
        }
        QObject::connect(&library, &Library::changed, &live, &LivePictures::applyChanges);
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(notices);
        layout->addWidget(panel, 1);
        layout->addWidget(link->progress());
        show({400, 800});
    }
    [[nodiscard]] QString path(int number) const
    {
        return folder.filePath(u"library/2026-01-01/%1.png"_s.arg(number));
    }
    [[nodiscard]] bool watch()
    {
        QSignalSpy scanned(&library, &Library::scanned);
        library.watch();
        return scanned.wait(10000);
    }
    void select(int number)
    {
        selection.select(model.indexOf(QUuid::createUuidV5(QUuid(), QByteArray::number(number))));
    }
    [[nodiscard]] StarRow* stars() const { return panel->picturePage()->ratingTags()->stars(); }
    [[nodiscard]] TagEditor* tags() const { return panel->picturePage()->ratingTags()->tags(); }
    void choose(int rating) const
    {
        QTest::mouseClick(stars(), Qt::LeftButton, {}, stars()->placeOf(rating).center());
    }
    [[nodiscard]] QString noticeWords() const
    {
        QStringList words;
        for (const auto* label : notices->findChildren<QLabel*>())
            words.append(label->text());
        return words.join(u'|');
    }

    Library library{folder.filePath(u"library"_s), folder.filePath(u"cache"_s)};
    PicturePanel* panel = new PicturePanel(models(), live, selection, actions);
    NoticeBar* notices = new NoticeBar;
    LibraryController* link = new LibraryController(
        library, *panel->picturePage()->ratingTags()->tags(), *notices, &window);
    UndoController* undo = new UndoController(library, actions, selection, page, &window);
};

} // namespace

class LibraryControllerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Its folder is no file, and what is shown of it is more than one.
    void aLibraryThatIsAwayIsSaidSo_data()
    {
        QTest::addColumn<bool>("leavesAPlace");
        QTest::newRow("nothing is there") << false;
        QTest::newRow("its disk's empty place is there") << true;
    }
    void aLibraryThatIsAwayIsSaidSo()
    {
        QFETCH(const bool, leavesAPlace);
        Bench bench(2);
        QVERIFY(bench.library.checkFolder().result());
        QVERIFY(bench.watch());
        const QString library = bench.folder.filePath(u"library"_s);
        QVERIFY(QDir().rename(library, library + u" away"_s));
        QVERIFY(!leavesAPlace || QDir().mkpath(library));
        QSignalSpy scanned(&bench.library, &Library::scanned);
        bench.library.rescan();
        QVERIFY(scanned.wait(10000)); // it does not look again and again
        QTRY_VERIFY2(
            bench.noticeWords().contains(u"is not there"_s), qPrintable(bench.noticeWords()));
        QVERIFY(!bench.noticeWords().contains(u"1 file"_s));
        QVERIFY(bench.noticeWords().contains(QDir::toNativeSeparators(library)));
        QCOMPARE(bench.model.rowCount(), 2);
        QVERIFY(!leavesAPlace || QDir().rmdir(library));
        QVERIFY(QDir().rename(library + u" away"_s, library));
        bench.library.rescan();
        QTRY_VERIFY(!bench.noticeWords().contains(u"is not there"_s));
        QCOMPARE(bench.model.rowCount(), 2);
    }

    void aClickOnAStarReachesTheFile()
    {
        Bench bench(2);
        QVERIFY(bench.watch());
        QTRY_COMPARE(bench.model.pictureCount(), 2);
        bench.select(1);
        bench.choose(4);
        QTRY_COMPARE(bench.stars()->rating(), 4);
        QTRY_COMPARE(readPictureMetadata(bench.path(1))->rating, 4);
        QCOMPARE(readPictureMetadata(bench.path(2))->rating, 0);
        bench.choose(-1);
        QTRY_COMPARE(readPictureMetadata(bench.path(1))->rating, -1);
        QCOMPARE(bench.actions.picture()->rating, -1);
    }

    void aTypedTagReachesTheFileAndIsOfferedNext()
    {
        Bench bench(2);
        QVERIFY(bench.watch());
        QTRY_COMPARE(bench.model.pictureCount(), 2);
        bench.select(1);
        bench.panel->editTags();
        QVERIFY(bench.tags()->field()->hasFocus());
        QTest::keyClicks(bench.tags()->field(), u"night sky,"_s);
        QTRY_COMPARE(bench.tags()->shownTags(), QStringList{u"night sky"_s});
        QTRY_COMPARE(readPictureMetadata(bench.path(1))->tags, QStringList{u"night sky"_s});
        bench.select(2);
        bench.panel->editTags();
        QTRY_VERIFY(bench.tags()->shownTags().isEmpty());
        QSignalSpy wanted(bench.tags(), &TagEditor::knownTagsWanted);
        bench.tags()->field()->clearFocus();
        bench.tags()->field()->setFocus();
        QTRY_COMPARE(wanted.size(), 1);
        const auto known = await(bench.library.tags());
        QVERIFY(known);
        QCOMPARE(*known, QStringList{u"night sky"_s});
    }

    void aFileThatDoesNotTakeItIsToldOf()
    {
        Bench bench(1);
        QVERIFY(bench.watch());
        QTRY_COMPARE(bench.model.pictureCount(), 1);
        bench.select(1);
        // A folder in the place of the file.
        QVERIFY(QFile::remove(bench.path(1)));
        QVERIFY(QDir().mkpath(bench.path(1)));
        QSignalSpy failed(&bench.library, &Library::ratingTagsFailed);
        bench.choose(3);
        QVERIFY(failed.wait(10000));
        QVERIFY(bench.notices->names().contains(u"marks"_s));
        QVERIFY2(bench.noticeWords().contains(u"Could not save the rating or tags."_s),
            qPrintable(bench.noticeWords()));
    }

    void filesThatCannotBeReadAreListed()
    {
        Bench bench(1);
        writeFile(bench.path(7), "no picture at all");
        QVERIFY(bench.watch());
        QTRY_VERIFY(bench.notices->names().contains(u"unreadable"_s));
        QVERIFY2(bench.noticeWords().contains(u"1 file could not be read"_s),
            qPrintable(bench.noticeWords()));
        bench.link->openUnreadable();
        UnreadableDialog* dialog = bench.link->dialog();
        QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
        const QAbstractItemModel* rows = dialog->list()->model();
        QCOMPARE(rows->rowCount(), 1);
        QCOMPARE(rows->index(0, 0).data().toString(), bench.path(7));
        QVERIFY(!rows->index(0, 1).data().toString().isEmpty());
        auto* reveal = withText<QPushButton>(*dialog, u"Show in folder"_s);
        QVERIFY(reveal && !reveal->isEnabled());
        dialog->list()->selectRow(0);
        QVERIFY(reveal->isEnabled());
        // Once it is gone there is nothing to tell.
        QVERIFY(QFile::remove(bench.path(7)));
        bench.library.rescan();
        QTRY_VERIFY(!bench.notices->names().contains(u"unreadable"_s));
        QCOMPARE(rows->rowCount(), 0);
    }

    void readingIsCountedInTheStatusBar()
    {
        Bench bench(0);
        QVERIFY(bench.link->progress()->isHidden());
        Q_EMIT bench.library.scanning(1234, 10000);
        QVERIFY(bench.link->progress()->isVisible());
        QCOMPARE(bench.link->progress()->text(),
            u"Reading images: %1 of %2"_s.arg(QLocale().toString(1234), QLocale().toString(10000)));
        Q_EMIT bench.library.scanned();
        QVERIFY(bench.link->progress()->isHidden());
    }

    void parentsAreLinks()
    {
        Bench bench(2);
        // A third that was made from the first, and from one that is not here.
        Picture child = *pictureOf(sampleJob(3));
        child.recordId = child.id;
        child.provenance.parents = {pictureOf(sampleJob(1))->id, QUuid::createUuid()};
        writeFile(bench.path(3), embedRecord(samplePicture(), child, u"Qwen-Image"_s).file);
        QVERIFY(bench.watch());
        QTRY_COMPARE(bench.model.pictureCount(), 3);
        bench.select(3);
        QPushButton* link = nullptr;
        const auto find = [&] {
            link = nullptr;
            for (auto* button : bench.panel->findChildren<QPushButton*>()) {
                if (button->isVisibleTo(bench.panel) &&
                    button->accessibleName().startsWith(u"Made from "_s))
                    link = button;
            }
            return link != nullptr;
        };
        QVERIFY(find());
        QVERIFY(link->accessibleName().contains(u"1001"_s));
        QSignalSpy shown(bench.panel, &PicturePanel::showRequested);
        link->click();
        QCOMPARE(shown.size(), 1);
        QCOMPARE(bench.live.picture(shown.first().at(0).toUuid())->seed->number(), 1001);
        bench.select(1);
        QVERIFY(!find());
    }
};

SEEDBOOK_TEST(LibraryControllerTest, QApplication)

} // namespace seedbook::libraryControllerTest

#include "LibraryControllerTest.moc"
