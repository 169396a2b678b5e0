#include "support/Finding.h"
#include "support/Samples.h"
#include "support/TestProgram.h"
#include "widgets/compose/ComposePanel.h"
#include "widgets/compose/PromptEdit.h"
#include "widgets/compose/SeedBox.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

namespace seedbook::composeParentsTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

const QUuid fox = QUuid::createUuidV5(QUuid(), QByteArrayLiteral("fox"));
const QUuid owl = QUuid::createUuidV5(QUuid(), QByteArrayLiteral("owl"));

struct Panel
{
    Panel()
        : panel(models())
        , sent(&panel, &ComposePanel::generateRequested)
    {
        panel.setMode(ComposePanel::Mode::Practice);
    }
    [[nodiscard]] PromptEdit* prompt() const { return named<PromptEdit>(panel, u"Prompt"_s); }
    [[nodiscard]] QComboBox* seedMode() const { return named<QComboBox>(panel, u"Seed mode"_s); }
    // What a request made now would go with.
    [[nodiscard]] QList<QUuid> sentParents()
    {
        panel.generate();
        if (sent.isEmpty())
            return {QUuid()};
        return sent.takeLast().at(0).value<QList<Intent>>().first().provenance.parents;
    }
    void useAll(const QList<QUuid>& parents)
    {
        panel.useAll(u"qwen-image"_s, sampleRequest().parameters(), {.parents = parents});
    }

    ComposePanel panel;
    QSignalSpy sent;
};

} // namespace

class ComposeParentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsOfAPictureRememberIt()
    {
        Panel p;
        p.prompt()->setText(u"from nothing"_s);
        QCOMPARE(p.sentParents(), QList<QUuid>());
        p.useAll({fox});
        QCOMPARE(p.sentParents(), QList{fox});
        // Changing a thing or two is what it is for.
        p.prompt()->setText(u"a fox at night"_s);
        QCOMPARE(p.sentParents(), QList{fox});
        QCOMPARE(p.sentParents(), QList{fox});
        // The last one counts.
        p.panel.remix(u"qwen-image"_s, sampleRequest().parameters(), {.parents = {owl}});
        QCOMPARE(p.sentParents(), QList{owl});
        // From something that is no picture.
        p.useAll({});
        QCOMPARE(p.sentParents(), QList<QUuid>());
    }

    void aSeedAddsItsPicture()
    {
        Panel p;
        p.useAll({fox});
        p.panel.pinSeed(*Seed::fromNumber(77), owl);
        QCOMPARE(p.sentParents(), (QList{fox, owl}));
        // Another seed is not that picture's.
        p.seedMode()->setCurrentIndex(0);
        QCOMPARE(p.sentParents(), QList{fox});
        p.panel.pinSeed(*Seed::fromNumber(78), owl);
        p.panel.pinSeed(*Seed::fromNumber(77));
        QCOMPARE(p.sentParents(), QList{fox});
        // The same picture's settings and seed make one parent.
        p.panel.pinSeed(*Seed::fromNumber(1827364), fox);
        QCOMPARE(p.sentParents(), QList{fox});
        // Other settings put the seed's picture out, too.
        p.panel.pinSeed(*Seed::fromNumber(77), owl);
        p.useAll({fox});
        QCOMPARE(p.sentParents(), QList{fox});
    }

    void anEmptyPromptIsANewBeginning()
    {
        Panel p;
        p.useAll({fox});
        p.panel.pinSeed(*Seed::fromNumber(77), owl);
        p.prompt()->setText({});
        p.prompt()->setText(u"something else"_s);
        QCOMPARE(p.sentParents(), QList<QUuid>());
    }

    void draftKeepsThem()
    {
        Panel before;
        before.useAll({fox});
        before.panel.pinSeed(*Seed::fromNumber(77), owl);
        const QJsonObject draft = before.panel.draft();
        Panel after;
        after.panel.setDraft(draft);
        QCOMPARE(after.sentParents(), (QList{fox, owl}));
        // A draft of an earlier version, or one that says nonsense.
        QJsonObject old = draft;
        old.remove(u"parents"_s);
        after.panel.setDraft(old);
        QCOMPARE(after.sentParents(), QList<QUuid>());
        old.insert(u"parents"_s,
            QJsonObject{{u"settings"_s, QJsonArray{fox.toString(QUuid::WithoutBraces)}}});
        after.panel.setDraft(old);
        QCOMPARE(after.sentParents(), QList{fox});
        old.insert(u"parents"_s,
            QJsonObject{{u"settings"_s, u"x"_s}, {u"seed"_s, -5}, {u"seedPicture"_s, 3}});
        after.panel.setDraft(old);
        QCOMPARE(after.sentParents(), QList<QUuid>());
    }

    void foundValuesLeaveTheRest()
    {
        Panel p;
        QJsonObject mine = sampleRequest(u"mine"_s, 5, {{u"steps"_s, 44}}).parameters();
        p.panel.useAll(u"qwen-image"_s, mine);
        p.panel.useFound(u"qwen-image"_s, {{u"prompt"_s, u"theirs"_s}, {u"guidance"_s, 7.5}},
            {.parents = {fox}});
        p.panel.generate();
        const Intent made = p.sent.takeLast().at(0).value<QList<Intent>>().first();
        const Request& request = made.request;
        QCOMPARE(request.prompt(), u"theirs"_s);
        QCOMPARE(request.parameters().value("guidance"_L1).toDouble(), 7.5);
        QCOMPARE(request.parameters().value("steps"_L1).toInt(), 44);
        QCOMPARE(request.seed()->number(), 5);
        QCOMPARE(made.provenance.parents, QList{fox});
        p.panel.useFound(u"qwen-image"_s, {{u"seed"_s, 99}}, {});
        p.panel.generate();
        const Intent next = p.sent.takeLast().at(0).value<QList<Intent>>().first();
        QCOMPARE(next.request.seed()->number(), 99);
        QVERIFY(next.provenance.parents.isEmpty());
        QCOMPARE(p.seedMode()->currentIndex(), 1);
        p.panel.useFound(u"qwen-image"_s, {{u"seed"_s, Seed::randomSentinel}}, {});
        QCOMPARE(p.seedMode()->currentIndex(), 0);
    }

    // Files are the window's affair; text is still the prompt's.
    void aDroppedFileIsNoPrompt()
    {
        Panel p;
        p.panel.show();
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(u"/tmp/a.png"_s)});
        QDragEnterEvent drag({5, 5}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        drag.setAccepted(false);
        QCoreApplication::sendEvent(p.prompt()->viewport(), &drag);
        QVERIFY(!drag.isAccepted());
        QMimeData text;
        text.setText(u"a fox"_s);
        QDragEnterEvent other({5, 5}, Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
        other.setAccepted(false);
        QCoreApplication::sendEvent(p.prompt()->viewport(), &other);
        QVERIFY(other.isAccepted());
    }
};

SEEDBOOK_TEST(ComposeParentsTest, QApplication)

} // namespace seedbook::composeParentsTest

#include "ComposeParentsTest.moc"
