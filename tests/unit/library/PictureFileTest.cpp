#include "library/PictureFile.h"

#include "support/FailingCalls.h"
#include "support/Samples.h"
#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QtConcurrentMap>

#include <cerrno>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace seedbook::pictureFileTest {

using namespace Qt::StringLiterals;
using namespace seedbook;

namespace {

const QDate day(2025, 3, 9);
const Seed seed = *Seed::fromNumber(1827364);

// What is wrong with a name, or nothing.
QString complaint(const QString& name)
{
    if (name.isEmpty())
        return u"empty"_s;
    if (QString::fromUtf8(name.toUtf8()) != name)
        return u"not sound UTF-16"_s;
    if (name.normalized(QString::NormalizationForm_C) != name)
        return u"not NFC"_s;
    for (const char32_t character : name.toUcs4()) {
        const auto category = QChar::category(character);
        if (category == QChar::Other_Control || category == QChar::Other_Format ||
            category == QChar::Separator_Line || category == QChar::Other_NotAssigned)
            return u"invisible U+%1"_s.arg(uint{character}, 0, 16);
    }
    static const QRegularExpression bad(u"[/\\\\:*?\"<>|$`'&;!#%~\\s]|^[.-]|[. -]$"_s);
    if (const auto match = bad.match(name); match.hasMatch())
        return u"holds “%1”"_s.arg(match.captured());
    static const QRegularExpression device(u"^(CON|PRN|AUX|NUL|(COM|LPT)[0-9¹²³])(\\.|$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return device.match(name).hasMatch() ? u"a device on Windows"_s : QString();
}

} // namespace

class PictureFileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void hostileNames_data();
    void hostileNames();
    void cutsAtCharacters_data();
    void cutsAtCharacters();
    void writesTheBytes();
    void respectsTheUmask();
    void takenNamesGetNumbers();
    void doesNotFollowALinkUnderTheName();
    void manyAtOnceNeverOverwrite();
    void dayFolderMustNotLeadOutside();
    void folderBelowAFile();
    void errors_data();
    void errors();
    void withoutNoReplace_data();
    void withoutNoReplace();
    void writeNewFileKeepsTheName_data();
    void writeNewFileKeepsTheName();
    void triesTheFolder();

private:
    static Result<QString> write(const QString& folder, const QString& prompt = u"A fox"_s,
        const QByteArray& bytes = "bytes")
    {
        return writePictureFile(folder, day, prompt, seed.text(), ImageFormat::Png, bytes);
    }
};

void PictureFileTest::names_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("name");
    QTest::newRow("words") << u"A lighthouse at dusk, 35mm"_s << u"A-lighthouse-at-dusk-35mm"_s;
    QTest::newRow("apostrophe") << u"don't, the fox’s"_s << u"dont-the-foxs"_s;
    QTest::newRow("Chinese") << u"山水画，水墨 风格"_s << u"山水画-水墨-风格"_s;
    QTest::newRow("decomposed") << u"cafe\u0301"_s << u"caf\u00e9"_s;
    QTest::newRow("emoji") << u"🦊 in snow"_s << u"🦊-in-snow"_s;
    QTest::newRow("Thai") << u"แมวน้ำ"_s << u"แมวน้ำ"_s;
    QTest::newRow("device") << u"con"_s << u"con_"_s;
    QTest::newRow("not a device") << u"con artist"_s << u"con-artist"_s;
    QTest::newRow("nothing") << QString() << u"picture"_s;
    QTest::newRow("late first word") << QString(100'000, u' ') + u"fox"_s << u"fox"_s;
    QTest::newRow("whole words") << u"word "_s.repeated(50) << u"word-"_s.repeated(16).chopped(1);
}

void PictureFileTest::names()
{
    QFETCH(const QString, prompt);
    QTEST(wordsForFileName(prompt), "name");
}

void PictureFileTest::hostileNames_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::newRow("parents") << u"../../etc/passwd"_s;
    QTest::newRow("absolute") << u"/etc/passwd"_s;
    QTest::newRow("Windows path") << u"C:\\Windows\\..\\system32"_s;
    QTest::newRow("UNC") << u"\\\\host\\share"_s;
    QTest::newRow("one dot") << u"."_s;
    QTest::newRow("two dots") << u".."_s;
    QTest::newRow("only dots") << u"................"_s;
    QTest::newRow("hidden") << u".bashrc"_s;
    QTest::newRow("option") << u"-rf --no-preserve-root"_s;
    QTest::newRow("home") << u"~/secret"_s;
    QTest::newRow("shell") << u"$(rm -rf ~); `id` & !! #{x} %PATH%"_s;
    for (const char* device : {"CON", "con", "PRN", "AUX", "NUL", "nul.", "COM1", "lpt9", "COM0"})
        QTest::newRow(device) << QString::fromLatin1(device);
    QTest::newRow("COM superscript") << u"COM¹"_s;
    QTest::newRow("device with extension") << u"NUL.png"_s;
    QTest::newRow("newline") << u"a\nb\r\nc\td"_s;
    QTest::newRow("line separators") << u"a\u2028b\u2029c\u0085d"_s;
    QTest::newRow("NUL") << u"a\0b"_s;
    QTest::newRow("only NULs") << QString(40, QChar(0));
    QTest::newRow("controls") << u"a\x01\x1b[31m\x7f\x9b"_s;
    QTest::newRow("Chinese") << QString(300, u'画');
    QTest::newRow("emoji") << u"😀"_s.repeated(100);
    QTest::newRow("families") << u"👨‍👩‍👧‍👦"_s.repeated(100);
    QTest::newRow("RTL override") << u"photo\u202Egnp.exe"_s;
    QTest::newRow("bidi isolates") << u"\u2066a\u2067b\u2069\u200f\u061c"_s;
    QTest::newRow("zero width") << u"\u200b\u200c\u200d\ufeff\u00ad"_s;
    QTest::newRow("tags") << u"a\U000E0041\U000E007F"_s;
    QTest::newRow("lone high surrogate") << u"a"_s + QChar(0xd83d) + u"b"_s;
    QTest::newRow("lone low surrogate") << QString(QChar(0xde00)) + u"b"_s;
    QTest::newRow("noncharacter") << u"a\uffff\ufdd0"_s;
    QTest::newRow("private use") << u"\ue000\U0010fffd"_s;
    QTest::newRow("forbidden") << u":*?\"<>|"_s;
    QTest::newRow("trailing") << u"name. . ."_s;
    QTest::newRow("full-width solidus") << u"a／b＼c：d"_s;
    QTest::newRow("stacked marks") << u"a"_s + QString(500, u'\u0301');
    QTest::newRow("only marks") << QString(50, u'\u0301');
    QTest::newRow("spaces") << u" \u00a0\u3000\u2003 "_s;
    QTest::newRow("no spaces") << QString(1'000'000, u'x');
    QTest::newRow("compatibility") << u"\u212b \u2126 ﬁ"_s;
}

void PictureFileTest::hostileNames()
{
    QFETCH(const QString, prompt);
    const QString words = wordsForFileName(prompt);
    QCOMPARE(complaint(words), QString());
    QVERIFY(words.toUtf8().size() <= 80);

    QTemporaryDir folder;
    const auto path = write(folder.path(), prompt);
    QVERIFY(path);
    const QString expected = u"2025-03-09/%1 1827364.png"_s.arg(words);
    QCOMPARE(test::filesBelow(folder.path()), QStringList{expected});
    QCOMPARE(*path, folder.filePath(expected));
    QCOMPARE(QFileInfo(*path).canonicalPath(),
        QFileInfo(folder.path()).canonicalFilePath() + u"/2025-03-09"_s);
}

void PictureFileTest::cutsAtCharacters_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("name");
    QTest::newRow("Chinese fills") << QString(300, u'画') << 80 << QString(26, u'画');
    QTest::newRow("Chinese exact") << QString(300, u'画') << 78 << QString(26, u'画');
    QTest::newRow("emoji") << u"😀"_s.repeated(9) << 10 << u"😀😀"_s;
    QTest::newRow("flag is one character") << u"aaa🇨🇳🇨🇳"_s << 14 << u"aaa🇨🇳"_s;
    QTest::newRow("word's end") << u"red foxes"_s << 9 << u"red-foxes"_s;
    QTest::newRow("within a word") << u"redder foxes"_s << 9 << u"redder"_s;
    QTest::newRow("at a dash") << u"redder foxes"_s << 8 << u"redder"_s;
    QTest::newRow("one long word") << u"unbelievable"_s << 8 << u"unbeliev"_s;
}

void PictureFileTest::cutsAtCharacters()
{
    QFETCH(const QString, prompt);
    QFETCH(const int, bytes);
    QTEST(wordsForFileName(prompt, bytes), "name");
}

void PictureFileTest::writesTheBytes()
{
    QTemporaryDir folder;
    QByteArray bytes(3'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i * 31);
    const QString library = folder.filePath(u"Pictures/Seedbook"_s);
    const auto path =
        writePictureFile(library, day, u"A fox"_s, seed.text(), ImageFormat::Webp, bytes);
    QVERIFY(path);
    QCOMPARE(*path, library + u"/2025-03-09/A-fox 1827364.webp"_s);
    QCOMPARE(test::contents(*path), bytes);
    const auto jpeg =
        writePictureFile(library, day, u"A fox"_s, seed.text(), ImageFormat::Jpeg, {});
    QVERIFY(jpeg);
    QVERIFY(jpeg->endsWith(u"A-fox 1827364.jpg"_s));
    QCOMPARE(test::filesBelow(library).size(), 2);
}

void PictureFileTest::respectsTheUmask()
{
    QTemporaryDir folder;
    const auto old = ::umask(027);
    const auto path = write(folder.path());
    ::umask(old);
    QVERIFY(path);
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(*path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0640U);
}

void PictureFileTest::takenNamesGetNumbers()
{
    QTemporaryDir folder;
    for (const char* bytes : {"one", "two", "three"})
        QVERIFY(write(folder.path(), u"A fox"_s, bytes));
    const QString start = folder.filePath(u"2025-03-09/A-fox 1827364"_s);
    QCOMPARE(test::contents(start + u".png"_s), "one");
    QCOMPARE(test::contents(start + u" (2).png"_s), "two");
    QCOMPARE(test::contents(start + u" (3).png"_s), "three");
    QCOMPARE(test::filesBelow(folder.path()).size(), 3);
}

void PictureFileTest::doesNotFollowALinkUnderTheName()
{
    QTemporaryDir folder;
    QTemporaryDir outside;
    const QString victim = outside.filePath(u"victim"_s);
    test::put(victim, "precious");
    QVERIFY(QDir(folder.path()).mkdir(u"2025-03-09"_s));
    QVERIFY(QFile::link(victim, folder.filePath(u"2025-03-09/A-fox 1827364.png"_s)));
    // One that leads nowhere counts as taken as well.
    QVERIFY(QFile::link(
        outside.filePath(u"nothing"_s), folder.filePath(u"2025-03-09/A-fox 1827364 (2).png"_s)));
    const auto path = write(folder.path());
    QVERIFY(path);
    QVERIFY(path->endsWith(u" (3).png"_s));
    QCOMPARE(test::contents(victim), "precious");
    QCOMPARE(test::filesBelow(outside.path()), QStringList{u"victim"_s});
}

void PictureFileTest::manyAtOnceNeverOverwrite()
{
    constexpr int count = 20;
    QTemporaryDir folder;
    QThreadPool pool;
    pool.setMaxThreadCount(count);
    QList<int> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0);
    const auto paths = QtConcurrent::blockingMapped<QStringList>(&pool, numbers, [&](int number) {
        const auto path = write(folder.path(), u"A fox"_s, QByteArray::number(number));
        return path ? *path : path.error().detail;
    });
    QCOMPARE(QSet<QString>(paths.begin(), paths.end()).size(), count);
    for (int number = 0; number < count; ++number)
        QCOMPARE(test::contents(paths[number]), QByteArray::number(number));
    QCOMPARE(test::filesBelow(folder.path()).size(), count);
}

void PictureFileTest::dayFolderMustNotLeadOutside()
{
    QTemporaryDir folder;
    QTemporaryDir outside;
    QVERIFY(QFile::link(outside.path(), folder.filePath(u"2025-03-09"_s)));
    const auto path = write(folder.path());
    QVERIFY(!path);
    QCOMPARE(path.error().kind, ErrorKind::FolderNotWritable);
    QCOMPARE(test::filesBelow(outside.path()), QStringList());
}

void PictureFileTest::folderBelowAFile()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"file"_s);
    test::put(file, "x");
    for (const QString& below : {file, QString(file + u"/library/deeper"_s)}) {
        const auto path = write(below);
        QVERIFY(!path);
        QCOMPARE(path.error().kind, ErrorKind::FolderNotWritable);
        QVERIFY(path.error().subject.startsWith(file));
        QVERIFY(!path.error().detail.isEmpty());
        QVERIFY(!tryFolder(below));
    }
    QCOMPARE(test::filesBelow(folder.path()), QStringList{u"file"_s});
}

void PictureFileTest::errors_data()
{
    QTest::addColumn<int>("call");
    QTest::addColumn<int>("code");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char* name, long call, int code, ErrorKind kind) {
        QTest::newRow(name) << static_cast<int>(call) << code << kind;
    };
    row("no space to write", SYS_write, ENOSPC, ErrorKind::DiskFull);
    row("no quota to write", SYS_write, EDQUOT, ErrorKind::DiskFull);
    row("broken disk", SYS_write, EIO, ErrorKind::DiskError);
    row("file too large", SYS_write, EFBIG, ErrorKind::DiskError);
    row("no space to sync", SYS_fsync, ENOSPC, ErrorKind::DiskFull);
    row("cannot sync", SYS_fsync, EIO, ErrorKind::DiskError);
    row("no space for the name", SYS_renameat2, ENOSPC, ErrorKind::DiskFull);
    row("may not rename", SYS_renameat2, EACCES, ErrorKind::FolderNotWritable);
    row("read-only", SYS_mkdirat, EROFS, ErrorKind::FolderNotWritable);
    row("no space for the day", SYS_mkdirat, ENOSPC, ErrorKind::DiskFull);
}

void PictureFileTest::errors()
{
    QFETCH(const int, call);
    QFETCH(const int, code);
    QTemporaryDir folder;
    // The day is there already, except where its making is what fails.
    if (call != SYS_mkdirat)
        QVERIFY(QDir(folder.path()).mkdir(u"2025-03-09"_s));
    Result<QString> path;
    const QByteArray bytes(12'345, 'b');
    if (!test::withFailingCalls({{call, code, call == SYS_write ? 12'345U : 0U}},
            [&] { path = write(folder.path(), u"A fox"_s, bytes); }))
        QSKIP("this kernel does not let a test make calls fail");
    QVERIFY(!path);
    QTEST(path.error().kind, "kind");
    QCOMPARE(path.error().detail, qt_error_string(code));
    QVERIFY(path.error().subject.startsWith(folder.path()));
    QCOMPARE(test::filesBelow(folder.path()), QStringList());
}

void PictureFileTest::withoutNoReplace_data()
{
    QTest::addColumn<bool>("links");
    QTest::newRow("by a link") << true;
    QTest::newRow("by taking the name") << false;
}

void PictureFileTest::withoutNoReplace()
{
    QFETCH(const bool, links);
    QTemporaryDir folder;
    QVERIFY(write(folder.path(), u"A fox"_s, "one"));
    QList<test::FailingCall> failing{{SYS_renameat2, EINVAL}};
    if (!links)
        failing.append({SYS_linkat, EPERM});
    Result<QString> path;
    if (!test::withFailingCalls(failing, [&] { path = write(folder.path(), u"A fox"_s, "two"); }))
        QSKIP("this kernel does not let a test make calls fail");
    QVERIFY(path);
    QVERIFY(path->endsWith(u" (2).png"_s));
    QCOMPARE(test::contents(*path), "two");
    QCOMPARE(test::contents(folder.filePath(u"2025-03-09/A-fox 1827364.png"_s)), "one");
    QCOMPARE(test::filesBelow(folder.path()).size(), 2);
}

void PictureFileTest::writeNewFileKeepsTheName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("second");
    QTest::newRow("extension") << u"my fox.png"_s << u"my fox (2).png"_s;
    QTest::newRow("two dots") << u"fox.v2.png"_s << u"fox.v2 (2).png"_s;
    QTest::newRow("none") << u"fox"_s << u"fox (2)"_s;
    QTest::newRow("folder") << u"some/where/fox.png"_s << u"some/where/fox (2).png"_s;
    QTest::newRow("placeholder") << u"100%1.png"_s << u"100%1 (2).png"_s;
}

void PictureFileTest::writeNewFileKeepsTheName()
{
    QFETCH(const QString, name);
    QFETCH(const QString, second);
    QTemporaryDir folder;
    QCOMPARE(*writeNewFile(folder.filePath(name), "one"), folder.filePath(name));
    QCOMPARE(*writeNewFile(folder.filePath(name), "two"), folder.filePath(second));
    QCOMPARE(test::contents(folder.filePath(name)), "one");
    QCOMPARE(test::contents(folder.filePath(second)), "two");
}

void PictureFileTest::triesTheFolder()
{
    QTemporaryDir folder;
    const QString library = folder.filePath(u"a/b"_s);
    QVERIFY(tryFolder(library));
    QVERIFY(QFileInfo(library).isDir());
    QCOMPARE(test::filesBelow(folder.path()), QStringList());
    Result<void> tried;
    if (!test::withFailingCalls({{SYS_fsync, ENOSPC}}, [&] { tried = tryFolder(library); }))
        QSKIP("this kernel does not let a test make calls fail");
    QVERIFY(!tried);
    QCOMPARE(tried.error().kind, ErrorKind::DiskFull);
    QCOMPARE(test::filesBelow(folder.path()), QStringList());
}

SEEDBOOK_TEST(PictureFileTest, QCoreApplication)

} // namespace seedbook::pictureFileTest

#include "PictureFileTest.moc"
