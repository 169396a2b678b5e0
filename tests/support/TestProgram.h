#pragma once

#include <QTest>

namespace seedbook::test {

// All test classes of a folder are one program, which is told the name of one and then Qt Test's
// own arguments: `tests_core SeedTest parsesText -v2`. Linking a program for each took longer than
// compiling it.
using TestRun = int (*)(int argc, char** argv);

// English needs its plurals, as in the program: else "1 image(s)".
void speakEnglish();

struct TestEntry
{
    TestEntry(const char* name, TestRun run);
};

// Application: QCoreApplication, QGuiApplication or QApplication, made before the test as
// QTEST_MAIN does. A static initMain() of the test's is called before both.
template <typename Test, typename Application>
int runTest(int argc, char** argv)
{
    if constexpr (requires { Test::initMain(); })
        Test::initMain();
    Application application(argc, argv);
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi);
    speakEnglish();
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace seedbook::test

// Once beside each test class, which is named as its file is.
#define SEEDBOOK_TEST(Test, Application)                                                           \
    static const seedbook::test::TestEntry Test##_entry(                                           \
        #Test, &seedbook::test::runTest<Test, Application>);
