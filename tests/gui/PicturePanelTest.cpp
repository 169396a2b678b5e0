#include "widgets/panel/PicturePanel.h"

#include "library/ImageDecoder.h"
#include "library/ThumbnailLoader.h"
#include "support/GalleryBench.h"
#include "support/Listing.h"
#include "support/TestProgram.h"
#include "widgets/actions/PictureActions.h"
#include "widgets/common/DetailsTable.h"
#include "widgets/common/PressGuard.h"
#include "widgets/panel/JobPage.h"
#include "widgets/panel/PicturePage.h"
#include "widgets/panel/PreviewBox.h"
#include "widgets/panel/RatingTagsPanel.h"
#include "widgets/panel/TagEditor.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <vector>

namespace seedbook::picturePanelTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

struct Bench : GalleryBench
{
    Bench()
        : panel(new PicturePanel(models(), live, selection, actions))
    {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(panel);
        show({340, 760});
    }
    [[nodiscard]] QStringList texts(const QWidget* page) const
    {
        QStringList all;
        for (const auto* label : page->findChildren<QLabel*>()) {
            if (label->isVisible())
                all.append(label->text());
        }
        for (const auto* block : page->findChildren<QPlainTextEdit*>())
            all.append(block->toPlainText());
        return all;
    }
    [[nodiscard]] QPushButton* button(const QString& text) const
    {
        for (auto* one : panel->findChildren<QPushButton*>()) {
            if (one->isVisible() && one->text() == text)
                return one;
        }
        return nullptr;
    }
    // A picture of one colour in a file.
    [[nodiscard]] PicturePtr picture(JobId id, QSize size, uint colour)
    {
        const QString path = folder.filePath(u"%1.png"_s.arg(id));
        QImage image(size, QImage::Format_RGB32);
        image.fill(colour);
        if (!image.save(path))
            qFatal("cannot write the sample");
        return pictureOf(sampleJob(id), path, size);
    }

    PicturePanel* panel;
};

} // namespace

class PicturePanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // As a desktop sends it. And what arrives takes the place of the newest picture, which is the
    // one that is shown, below a hand that was about to run the other one again.
    void runAgainIsOnePressForOnePicture()
    {
        Bench bench;
        const PicturePtr first = bench.picture(1000, {64, 36}, 0xff8040u);
        bench.live.setListing(listingOf({first}));
        QTRY_COMPARE(bench.actions.picture(), first);
        QPushButton* again = bench.button(u"Run again"_s);
        QVERIFY(again);
        // Time stands still from here on.
        again->findChild<PressGuard*>()->setClock([] { return std::chrono::hours(1'000'000); });
        QTest::mouseMove(again);
        QSignalSpy asked(&bench.actions, &PictureActions::runAgainRequested);
        quint64 time = 1000;
        const auto send = [&](QEvent::Type type) {
            const QPointF middle = again->rect().center();
            QMouseEvent event(type, middle, again->mapToGlobal(middle), Qt::LeftButton,
                type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
            event.setTimestamp(time += 50);
            QCoreApplication::sendEvent(again, &event);
        };
        for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonDblClick}) {
            send(type);
            send(QEvent::MouseButtonRelease);
        }
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<PicturePtr>(), first);

        time += 1000;
        const PicturePtr second = bench.picture(1001, {64, 36}, 0x4080ffu);
        bench.live.applyChanges({{}, {}, {second}});
        QTRY_COMPARE(bench.actions.picture(), second);
        send(QEvent::MouseButtonPress);
        send(QEvent::MouseButtonRelease);
        QCOMPARE(asked.size(), 1);
    }

    void noActionRepeatsItself()
    {
        const Bench bench;
        for (const QAction* action : bench.actions.findChildren<QAction*>())
            QVERIFY2(!action->autoRepeat(), qPrintable(action->text()));
    }

    // As an arrow key does that is held down. What is done is done to the one that is selected.
    void followsWhereTheSelectionRests()
    {
        Bench bench;
        QList<PicturePtr> pictures;
        for (int i = 1; i <= 5; ++i)
            pictures.append(pictureOf(sampleJob(i, JobState::Waiting, {}, u"fox %1"_s.arg(i))));
        bench.live.setListing(listingOf(pictures));
        for (const PicturePtr& picture : pictures) {
            bench.selection.select(bench.model.indexOf(picture->id));
            QCOMPARE(bench.actions.picture(), picture);
        }
        QVERIFY(!bench.texts(bench.panel->picturePage()).contains(u"fox 5"_s));
        QTRY_VERIFY(bench.texts(bench.panel->picturePage()).contains(u"fox 5"_s));
    }

    // A picture that is selected has to be read from the index first.
    void keepsWhatIsShownUntilTheNextOneIsRead()
    {
        Bench bench;
        const PicturePtr first = pictureOf(sampleJob(1));
        const PicturePtr second =
            pictureOf(sampleJob(2, JobState::Waiting, {}, u"a cat in the sun"_s));
        std::vector<QPromise<Result<QList<PicturePtr>>>> asked;
        bench.live.setSource(
            [&asked](const QList<QUuid>&) {
                asked.emplace_back();
                asked.back().start();
                return asked.back().future();
            },
            {}, {});
        PictureListing listing = listingOf({first, second});
        listing.first = {first}; // the other one is newer, and not in memory
        bench.live.setListing(listing);
        bench.selection.select(bench.model.indexOf(first->id));
        QVERIFY(bench.texts(bench.panel->picturePage()).contains(first->prompt));

        bench.selection.select(bench.model.indexOf(second->id));
        QTRY_VERIFY(!asked.empty());
        QVERIFY(bench.panel->picturePage()->isVisible());
        QVERIFY(bench.texts(bench.panel->picturePage()).contains(first->prompt));
        QVERIFY(!bench.actions.picture()); // and nothing is done to the other one meanwhile

        // It takes long: nothing is shown rather than another picture.
        QTRY_VERIFY(!bench.panel->picturePage()->isVisible());
        for (auto& promise : asked) {
            promise.addResult(Result<QList<PicturePtr>>(QList{second}));
            promise.finish();
        }
        QTRY_VERIFY(bench.panel->picturePage()->isVisible());
        QVERIFY(bench.texts(bench.panel->picturePage()).contains(second->prompt));
        QCOMPARE(bench.actions.picture(), second);
    }

    void showsTheNewestUnlessOneIsSelected()
    {
        Bench bench;
        QVERIFY(!bench.actions.picture() && !bench.actions.job());
        bench.live.setListing(listingOf({pictureOf(sampleJob(1)), pictureOf(sampleJob(2))}));
        QCOMPARE(bench.actions.picture()->sequence, 2);
        bench.live.addJobs({sampleJob(3)}); // a tile does not push the picture away
        QCOMPARE(bench.actions.picture()->sequence, 2);
        bench.selection.select(bench.model.index(2));
        QCOMPARE(bench.actions.picture()->sequence, 1);
        bench.live.updateJob(filed(sampleJob(3)));
        QCOMPARE(bench.actions.picture()->sequence, 1);
        bench.view->clearSelection();
        QCOMPARE(bench.actions.picture()->sequence, 3);
    }

    void arrivalsDoNotDisturbTyping()
    {
        Bench bench;
        bench.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        bench.live.setListing(listingOf({pictureOf(sampleJob(1))}));
        TagEditor* tags = bench.panel->picturePage()->ratingTags()->tags();
        QSignalSpy asked(tags, &TagEditor::changeRequested);
        bench.panel->editTags();
        QTest::keyClicks(tags->field(), u"win"_s);
        bench.live.addPicture(pictureOf(sampleJob(2)));
        bench.panel->updateRatingTags();
        QCOMPARE(bench.actions.picture()->sequence, 1);
        QCOMPARE(tags->field()->text(), u"win"_s);
        QTest::keyClicks(tags->field(), u"ter"_s);
        QTest::keyClick(tags->field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        const auto pictures = asked.first().at(0).value<QList<PicturePtr>>();
        QCOMPARE(pictures.size(), 1);
        QCOMPARE(pictures.first()->sequence, 1);
        QCOMPARE(asked.first().at(1).toStringList(), QStringList{u"winter"_s});
        QTRY_COMPARE(bench.actions.picture()->sequence, 2);

        // Half a tag that is left is given up with the picture.
        QTest::keyClicks(tags->field(), u"win"_s);
        bench.live.addPicture(pictureOf(sampleJob(3)));
        QCOMPARE(bench.actions.picture()->sequence, 2);
        bench.button(u"Use all"_s)->setFocus();
        QTRY_COMPARE(bench.actions.picture()->sequence, 3);
        QTRY_VERIFY(tags->field()->text().isEmpty());
        // One that is gone is not held.
        bench.panel->editTags();
        QTest::keyClicks(tags->field(), u"win"_s);
        bench.live.applyChanges({{bench.actions.picture()->id}, {}, {}});
        QCOMPARE(bench.actions.picture()->sequence, 2);
        QTRY_VERIFY(tags->field()->text().isEmpty());
        QCOMPARE(asked.size(), 1);
    }

    void selectedTileBecomesThePicture()
    {
        Bench bench;
        bench.live.addJobs({sampleJob(1), sampleJob(2)});
        bench.selection.select(bench.model.indexOfJob(1));
        QVERIFY(bench.panel->jobPage()->isVisible());
        QCOMPARE(bench.actions.job()->id, JobId{1});
        QVERIFY(bench.button(u"Cancel"_s));
        QVERIFY(!bench.button(u"Retry"_s));
        bench.live.updateJob(sampleJob(1, JobState::Sending));
        QVERIFY(!bench.button(u"Cancel"_s));
        bench.live.updateJob(filed(sampleJob(1)));
        QVERIFY(bench.panel->picturePage()->isVisible());
        QCOMPARE(bench.actions.picture()->sequence, 1);
        QVERIFY(!bench.actions.job());
    }

    void saysEverythingAboutAPicture()
    {
        Bench bench;
        auto picture = std::make_shared<Picture>(
            *pictureOf(sampleJob(1), bench.folder.filePath(u"a fox 1001.png"_s), {1664, 928}));
        picture->bytes = 1'834'567;
        bench.live.setListing(listingOf({picture}));
        const QString all = bench.texts(bench.panel->picturePage()).join(u'\n');
        for (const QString& part :
            {u"1001"_s, u"a fox in the snow"_s, u"blurry, cartoonish"_s, u"Aspect ratio"_s,
                u"16:9"_s, u"Guidance"_s, u"3.5"_s, u"Base64 response"_s, u"≈$0.121 · 27.9 s"_s,
                u"1664 × 928"_s, u"PNG"_s, u"1.8 MB"_s, u"a fox 1001.png"_s})
            QVERIFY2(all.contains(part), qPrintable(part));
        for (const QString& text : {u"Use all"_s, u"Remix"_s, u"Use seed"_s, u"Run again"_s,
                 u"Save as…"_s, u"Reveal in folder"_s, u"Copy image"_s}) {
            QVERIFY2(bench.button(text), qPrintable(text));
            QVERIFY(!bench.button(text)->toolTip().isEmpty());
        }
        QStringList names;
        for (const auto* button : bench.panel->picturePage()->findChildren<QToolButton*>())
            names.append(button->accessibleName());
        QVERIFY(names.contains(u"Copy seed"_s) && names.contains(u"Pin seed"_s));

        auto told = std::make_shared<Picture>(*picture);
        told->id = QUuid::createUuid();
        told->created = moment(50);
        told->priceConfirmed = true;
        bench.live.addPicture(told);
        QVERIFY(bench.texts(bench.panel->picturePage()).contains(u"$0.121 · 27.9 s"_s));
        auto practice = std::make_shared<Picture>(*told);
        practice->id = QUuid::createUuid();
        practice->created = moment(60);
        practice->practice = true;
        bench.live.addPicture(practice);
        QVERIFY(bench.texts(bench.panel->picturePage()).contains(u"practice, $0.00 · 27.9 s"_s));
    }

    void unknownModelShowsFieldNames()
    {
        Bench bench;
        auto picture = std::make_shared<Picture>(*pictureOf(sampleJob(1)));
        picture->modelId = u"of-tomorrow"_s;
        picture->parameters = {{u"prompt"_s, u"p"_s}, {u"seed"_s, 4}, {u"swirl"_s, 0.25}};
        bench.live.setListing(listingOf({picture}));
        const QStringList all = bench.texts(bench.panel->picturePage());
        QVERIFY(
            all.contains(u"swirl"_s) && all.contains(u"0.25"_s) && all.contains(u"of-tomorrow"_s));
    }

    void saysEverythingAboutAProblem()
    {
        Bench bench;
        Job job = sampleJob(
            1, JobState::Received, Error{ErrorKind::DiskFull, u"/pictures"_s, u"errno 28"_s, 0});
        job.spoolPath = u"/kept/1.png"_s;
        bench.live.addJobs({job});
        bench.selection.select(bench.model.index(0));
        const QString all = bench.texts(bench.panel->jobPage()).join(u'\n');
        for (const QString& part : {u"The disk is full"_s, u"/pictures"_s, u"errno 28"_s,
                 u"Free some space"_s, u"/kept/1.png"_s, u"1001"_s, u"Steps"_s})
            QVERIFY2(all.contains(part), qPrintable(part));
        QVERIFY(bench.button(u"Retry"_s));
        QVERIFY(bench.button(u"Reveal in folder"_s));
        QVERIFY(!bench.button(u"Dismiss"_s)); // a paid picture is not dismissed before it is safe
    }

    void stalePreviewIsDropped()
    {
        Bench bench;
        const PicturePtr slow = bench.picture(1, {3000, 3000}, 0xffff0000);
        const PicturePtr fast = bench.picture(2, {32, 32}, 0xff0000ff);
        bench.live.setListing(listingOf({slow, fast}));
        bench.selection.select(bench.model.index(0));
        PreviewBox* preview = bench.panel->picturePage()->preview();
        QTRY_COMPARE(preview->pixmap().size(), QSize(32, 32));
        QSignalSpy settled(preview, &PreviewBox::settled);
        bench.selection.select(bench.model.index(1));
        QVERIFY(preview->pixmap().isNull());
        bench.selection.select(bench.model.index(0));
        QVERIFY(settled.wait());
        // Asked after it on the same pool, so the slow one's answer is in by now.
        (void)await(decodePictureLater(slow->path, {100, 100}));
        (void)await(decodePictureLater(slow->path, {100, 100}));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(preview->pixmap().toImage().pixel(5, 5), 0xff0000ffU);
        QVERIFY(preview->pixmap().size() == QSize(32, 32));
    }

    void missingFileIsSaidInPlace()
    {
        Bench bench;
        bench.live.setListing(
            listingOf({pictureOf(sampleJob(1), bench.folder.filePath(u"gone.png"_s))}));
        PreviewBox* preview = bench.panel->picturePage()->preview();
        QTRY_VERIFY(preview->failure().contains(u"gone.png"_s));
        QVERIFY(preview->pixmap().isNull());
    }

    void messagesAreSaidInThePanel()
    {
        Bench bench;
        bench.live.setListing(listingOf({pictureOf(sampleJob(1))}));
        Q_EMIT bench.actions.message(u"Saved as /x.png"_s, false);
        QVERIFY(bench.texts(bench.panel).contains(u"Saved as /x.png"_s));
        bench.live.addJobs({sampleJob(2)});
        bench.selection.select(bench.model.index(0));
        QVERIFY(!bench.texts(bench.panel).contains(u"Saved as /x.png"_s));
    }

    void fromElsewhereSaysWhatIsKnownAndWhatIsNot()
    {
        Bench bench;
        auto picture = std::make_shared<Picture>(*pictureOf(sampleJob(1)));
        picture->recordSource = u"InvokeAI"_s;
        picture->modelId.clear();
        picture->endpoint.clear();
        picture->price = {};
        picture->seed.reset();
        picture->parameters = {{u"steps"_s, 28}};
        picture->prompt.clear();
        bench.live.setListing(listingOf({picture}));
        QStringList texts = bench.texts(bench.panel->picturePage());
        const auto valueOf = [&texts](const QString& name) {
            const qsizetype place = texts.indexOf(name);
            return place < 0 ? u"(no such row)"_s : texts.value(place + 1);
        };
        QCOMPARE(valueOf(u"From"_s), u"InvokeAI"_s);
        QCOMPARE(valueOf(u"Model"_s), u"not known"_s);
        QCOMPARE(valueOf(u"Steps"_s), u"28"_s);
        QCOMPARE(valueOf(u"Guidance"_s), u"not known"_s);
        QVERIFY(!texts.contains(u"Cost"_s));
        QCOMPARE(
            bench.panel->picturePage()->findChild<TextBlock*>()->toPlainText(), u"not known"_s);
        QVERIFY(!bench.actions.useSeed()->isEnabled());
        // One of ours has a price and no such line.
        auto own = std::make_shared<Picture>(*pictureOf(sampleJob(2)));
        own->recordSource = u"Seedbook"_s;
        bench.live.setListing(listingOf({own}));
        bench.selection.select(bench.model.indexOf(own->id));
        texts = bench.texts(bench.panel->picturePage());
        QVERIFY(texts.contains(u"Cost"_s) && !texts.contains(u"From"_s));
    }

    void aChangedRatingDoesNotBlink()
    {
        Bench bench;
        const PicturePtr picture = bench.picture(1, {200, 100}, 0xff336699);
        bench.live.setListing(listingOf({picture}));
        PreviewBox* preview = bench.panel->picturePage()->preview();
        QTRY_VERIFY(!preview->pixmap().isNull());
        QSignalSpy settled(preview, &PreviewBox::settled);
        auto rated = std::make_shared<Picture>(*picture);
        rated->rating = 4;
        bench.live.applyChanges({{}, {{picture->id, rated, false}}, {}});
        QCOMPARE(bench.actions.picture()->rating, 4);
        QVERIFY(!preview->pixmap().isNull());
        QVERIFY(settled.wait()); // the file may hold another image, too
        QVERIFY(!preview->pixmap().isNull());
    }

    void longPromptScrollsAndIsWhole()
    {
        Bench bench;
        const QString prompt = u"so many words "_s.repeated(1000).trimmed();
        Job job = sampleJob(1, JobState::Waiting, {}, prompt);
        bench.live.setListing(listingOf({pictureOf(job)}));
        auto* block = bench.panel->picturePage()->findChild<TextBlock*>();
        QCOMPARE(block->toPlainText(), prompt);
        QTRY_VERIFY(block->height() > 4 * block->fontMetrics().lineSpacing());
        QVERIFY(block->height() <= 9 * block->fontMetrics().lineSpacing());
    }
};

SEEDBOOK_TEST(PicturePanelTest, QApplication)

} // namespace seedbook::picturePanelTest

#include "PicturePanelTest.moc"
