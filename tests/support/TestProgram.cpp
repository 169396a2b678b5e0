#include "support/TestProgram.h"

#include <QCoreApplication>
#include <QTranslator>

#include <cstdio>
#include <map>
#include <string>

namespace seedbook::test {

namespace {

// Filled before main(), so it is made by whoever comes first.
std::map<std::string, TestRun>& entries()
{
    static std::map<std::string, TestRun> all;
    return all;
}

} // namespace

void speakEnglish()
{
    auto* english = new QTranslator(QCoreApplication::instance());
    if (!english->load(QStringLiteral(SEEDBOOK_ENGLISH)))
        qFatal("no %s", SEEDBOOK_ENGLISH);
    QCoreApplication::installTranslator(english);
}

TestEntry::TestEntry(const char* name, TestRun run)
{
    entries().emplace(name, run);
}

} // namespace seedbook::test

// A program that has a main() of its own and links this library does not get this one.
int main(int argc, char** argv)
{
    using namespace seedbook::test;
    const auto found = argc > 1 ? entries().find(argv[1]) : entries().end();
    if (found != entries().end()) {
        argv[1] = argv[0];
        return found->second(argc - 1, argv + 1);
    }
    std::fprintf(stderr, "usage: %s TEST [FUNCTION…] [Qt Test's options]\n", argv[0]);
    for (const auto& [name, run] : entries())
        std::fprintf(stderr, "  %s\n", name.c_str());
    return 2;
}
