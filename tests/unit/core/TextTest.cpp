#include "core/Text.h"

#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QThread>

namespace seedbook::textTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

class TextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatSteersIsMadeVisible()
    {
        QCOMPARE(printable(u"a\tb\nc"_s), u"a\tb\nc"_s);
        QCOMPARE(printable(u"é 狐 👩\u200d🚀 می\u200cخواهم"_s), u"é 狐 👩\u200d🚀 می\u200cخواهم"_s);
        QCOMPARE(
            printable(u"\x1b[31m\r\x7f\u0085\u009b"_s), u"\ufffd[31m\ufffd\ufffd\ufffd\ufffd"_s);
        QCOMPARE(printable(u"\u202e\u2066\u200f\u061c\ufeff\U000e0041"_s), QString(6, u'\ufffd'));
        QCOMPARE(printableOnOneLine(u" a\tb  c\n\r\u0085\u2028\u2029\x1b👩\u200d🚀"_s),
            u" a\tb  c"_s + QString(6, u'\ufffd') + u"👩\u200d🚀"_s);
        QCOMPARE(printableLine(u" a\n\x1b b\u2028c "_s), u"a \ufffd b c"_s);
    }

    void jsonReadsBackAsItWas()
    {
        QString all;
        for (int c = 1; c < 0x3000; ++c)
            all += QChar(c);
        all += u"\U000e0041"_s;
        const QJsonObject object{{all, all}};
        const QString line =
            escapedJson(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
        QVERIFY(line.contains("\\u007f"_L1) && line.contains("\\u009b"_L1));
        QVERIFY(line.contains("\\u202e"_L1) && line.contains("\\u2028"_L1));
        QVERIFY(line.contains("\\udb40\\udc41"_L1));
        for (const QChar c : line)
            QVERIFY(c.category() != QChar::Other_Control && c.category() != QChar::Other_Format);
        QCOMPARE(QJsonDocument::fromJson(line.toUtf8()).object(), object);
    }

    // Of whatever shape, in whatever form, on whichever thread.
    void whatWasSentAsAKeyIsTakenOut()
    {
        const QString key = u"other.shape/key+42"_s;
        const QString text = u"/v1/%1/x"_s.arg(key);
        QCOMPARE(redacted(text), text);
        rememberSecret(key);
        rememberSecret(u"an-older-one"_s);
        rememberSecret(u"v1"_s); // too short: it would be found everywhere
        QCOMPARE(redacted(text), u"/v1/SG_…/x"_s);
        QCOMPARE(redacted(u"an-older-one OTHER.shape/KEY+42"_s), u"SG_… SG_…"_s);
        QCOMPARE(redacted(u"other.shape%2fkey%2b42, and %1"_s.arg(
                     QString::fromLatin1(key.toUtf8().toBase64()))),
            u"SG_…, and SG_…"_s);
        QCOMPARE(redacted(u"one-given and an-older-one"_s, u"one-given"_s), u"SG_… and SG_…"_s);
        QString elsewhere;
        std::unique_ptr<QThread> thread(
            QThread::create([&] { elsewhere = redacted(u"an-older-one"_s); }));
        thread->start();
        QVERIFY(thread->wait());
        QCOMPARE(elsewhere, u"SG_…"_s);
    }
};

SEEDBOOK_TEST(TextTest, QCoreApplication)

} // namespace seedbook::textTest

#include "TextTest.moc"
