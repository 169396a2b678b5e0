#include "widgets/panel/TagEditor.h"

#include "support/GallerySamples.h"
#include "support/TestProgram.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace seedbook::tagEditorTest {

using namespace Qt::StringLiterals;
using namespace seedbook;
using namespace seedbook::test;

namespace {

PicturePtr tagged(JobId id, const QStringList& tags)
{
    auto picture = std::make_shared<Picture>(*pictureOf(sampleJob(id)));
    picture->tags = tags;
    return picture;
}

struct Wish
{
    QList<QUuid> ids;
    QStringList added;
    QStringList removed;
    friend bool operator==(const Wish&, const Wish&) = default;
};

struct Bench
{
    Bench()
        : asked(&editor, &TagEditor::changeRequested)
    {
        editor.resize(300, 200);
        editor.show();
        if (!QTest::qWaitForWindowActive(&editor))
            qFatal("no window");
        editor.field()->setFocus();
    }
    [[nodiscard]] Wish take()
    {
        if (asked.isEmpty())
            return {};
        const QVariantList wish = asked.takeFirst();
        Wish taken{{}, wish.at(1).toStringList(), wish.at(2).toStringList()};
        for (const PicturePtr& picture : wish.at(0).value<QList<PicturePtr>>())
            taken.ids.append(picture->id);
        return taken;
    }
    [[nodiscard]] QToolButton* remover(const QString& tag) const
    {
        for (auto* button : editor.findChildren<QToolButton*>()) {
            if (button->accessibleName() == u"Remove tag "_s + tag && button->isVisible())
                return button;
        }
        return nullptr;
    }
    void type(const QString& text) { QTest::keyClicks(editor.field(), text); }
    void press(Qt::Key key) { QTest::keyClick(editor.field(), key); }

    TagEditor editor;
    QSignalSpy asked;
};

} // namespace

class TagEditorTest : public QObject
{
    Q_OBJECT

    const PicturePtr m_one = tagged(1, {u"snow"_s, u"fox"_s});
    const PicturePtr m_two = tagged(2, {u"fox"_s, u"night"_s});

private Q_SLOTS:
    void hasItsName()
    {
        Bench bench;
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(bench.editor.field());
        QCOMPARE(face->text(QAccessible::Name), u"Tags"_s);
    }

    void returnAndCommaAdd()
    {
        Bench bench;
        bench.editor.setPictures({m_one});
        QCOMPARE(bench.editor.shownTags(), m_one->tags);
        bench.type(u"winter"_s);
        QCOMPARE(bench.asked.size(), 0);
        bench.press(Qt::Key_Return);
        QCOMPARE(bench.take(), (Wish{{m_one->id}, {u"winter"_s}, {}}));
        QVERIFY(bench.editor.field()->text().isEmpty());
        bench.type(u"  two words ,"_s);
        QCOMPARE(bench.take(), (Wish{{m_one->id}, {u"two words"_s}, {}}));
        QVERIFY(bench.editor.field()->text().isEmpty());
        // Shown once the library says so, not before.
        QCOMPARE(bench.editor.shownTags(), m_one->tags);
        bench.editor.setPictures({tagged(1, {u"snow"_s, u"fox"_s, u"winter"_s})});
        QVERIFY(bench.remover(u"winter"_s));
    }

    void whatIsThereOrEmptyIsNotAdded()
    {
        Bench bench;
        bench.editor.setPictures({m_one});
        for (const QString& text :
            {u""_s, u"   "_s, u","_s, u" , ,"_s, u"fox"_s, u" fox ,snow"_s}) {
            bench.editor.field()->setText(text);
            bench.press(Qt::Key_Return);
        }
        QCOMPARE(bench.asked.size(), 0);
        // Twice before the library has answered is once.
        bench.type(u"new,new,"_s);
        QCOMPARE(bench.asked.size(), 1);
    }

    void aPastedListIsTakenApart()
    {
        Bench bench;
        bench.editor.setPictures({m_one});
        bench.editor.field()->setText(u"a, b，猫, fox,\tb\n"_s);
        bench.press(Qt::Key_Return);
        QCOMPARE(bench.take(), (Wish{{m_one->id}, {u"a"_s, u"b"_s, u"猫"_s}, {}}));
        bench.editor.field()->setText(QString(5000, u'x'));
        bench.press(Qt::Key_Return);
        QCOMPARE(bench.take().added, QStringList{QString(TagEditor::longestTag, u'x')});
    }

    void buttonTakesATagOff()
    {
        Bench bench;
        bench.editor.setPictures({m_one});
        QVERIFY(bench.remover(u"fox"_s));
        QTest::mouseClick(bench.remover(u"fox"_s), Qt::LeftButton);
        QCOMPARE(bench.take(), (Wish{{m_one->id}, {}, {u"fox"_s}}));
        bench.editor.setPictures({tagged(1, {u"snow"_s})});
        QVERIFY(!bench.remover(u"fox"_s));
        QVERIFY(bench.remover(u"snow"_s));
        QVERIFY(bench.editor.field()->hasFocus());
    }

    void severalShareTheirCommonTags()
    {
        Bench bench;
        bench.editor.setPictures({m_one, m_two});
        QCOMPARE(bench.editor.shownTags(), QStringList{u"fox"_s});
        bench.type(u"snow"_s); // only one of them has it
        bench.press(Qt::Key_Return);
        QCOMPARE(bench.take(), (Wish{{m_one->id, m_two->id}, {u"snow"_s}, {}}));
        QTest::mouseClick(bench.remover(u"fox"_s), Qt::LeftButton);
        QCOMPARE(bench.take(), (Wish{{m_one->id, m_two->id}, {}, {u"fox"_s}}));
    }

    // What is typed is for the picture that it was begun for.
    void whatIsTypedDoesNotMoveOn()
    {
        Bench bench;
        bench.editor.setPictures({m_one});
        bench.type(u"win"_s);
        bench.editor.setPictures({tagged(1, {u"fox"_s})}); // the same, changed
        QCOMPARE(bench.editor.field()->text(), u"win"_s);
        bench.editor.setPictures({m_two});
        QVERIFY(bench.editor.field()->text().isEmpty());
    }

    void tellsWhetherSomethingIsTyped()
    {
        Bench bench;
        bench.editor.setPictures({m_one});
        QSignalSpy ended(&bench.editor, &TagEditor::typingEnded);
        QVERIFY(!bench.editor.isTyping());
        bench.type(u"win"_s);
        QVERIFY(bench.editor.isTyping());
        QCOMPARE(ended.size(), 0);
        bench.press(Qt::Key_Return);
        QVERIFY(!bench.editor.isTyping());
        QCOMPARE(ended.size(), 1);
        bench.type(u"win"_s);
        bench.remover(u"fox"_s)->setFocus();
        QVERIFY(!bench.editor.isTyping());
        QCOMPARE(ended.size(), 2);
    }

    void knownTagsAreOffered()
    {
        Bench bench;
        bench.editor.setPictures({m_one});
        QSignalSpy wanted(&bench.editor, &TagEditor::knownTagsWanted);
        bench.editor.field()->clearFocus();
        bench.editor.field()->setFocus();
        QTRY_COMPARE(wanted.size(), 1);
        bench.editor.setKnownTags({u"lighthouse"_s, u"Night sky"_s, u"night"_s});
        bench.type(u"nig"_s);
        QCompleter* completer = bench.editor.field()->completer();
        QTRY_VERIFY(completer->popup()->isVisible());
        QCOMPARE(completer->completionCount(), 2); // also where the case differs
        QTest::keyClick(completer->popup(), Qt::Key_Down);
        QTest::keyClick(completer->popup(), Qt::Key_Return);
        QTRY_COMPARE(bench.asked.size(), 1);
        QCOMPARE(bench.take().added, QStringList{u"Night sky"_s});
        QTRY_VERIFY(bench.editor.field()->text().isEmpty());
        QCOMPARE(bench.asked.size(), 0);
    }

    void escapeLeaves()
    {
        Bench bench;
        bench.editor.setPictures({m_one});
        QSignalSpy left(&bench.editor, &TagEditor::left);
        bench.type(u"wint"_s);
        bench.press(Qt::Key_Escape);
        QVERIFY(bench.editor.field()->text().isEmpty());
        QCOMPARE(left.size(), 0);
        bench.press(Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
        QCOMPARE(bench.asked.size(), 0);
    }

    // Tags come from any file.
    void manyAndLongTagsFit()
    {
        Bench bench;
        QStringList tags{QString(20'000, u'w'), u"<b>bold</b>"_s, u"&amp"_s};
        for (int i = 0; i < 500; ++i)
            tags.append(u"tag %1"_s.arg(i));
        bench.editor.setPictures({tagged(3, tags)});
        QVERIFY(bench.editor.minimumSizeHint().width() < 600);
        QVERIFY(bench.editor.findChildren<QToolButton*>().size() <= 120);
        bool plain = false;
        for (const QLabel* label : bench.editor.findChildren<QLabel*>())
            plain = plain ||
                    (label->text() == u"<b>bold</b>"_s && label->textFormat() == Qt::PlainText);
        QVERIFY(plain);
    }
};

SEEDBOOK_TEST(TagEditorTest, QApplication)

} // namespace seedbook::tagEditorTest

#include "TagEditorTest.moc"
