#pragma once

#include "support/Samples.h"

namespace seedbook::test {

// Models that lack what the built-in one has: files beside this one.

[[nodiscard]] inline ModelPtr otherModel(const QString& file)
{
    const QString path = QStringLiteral(SEEDBOOK_TESTS "/support/") + file;
    const auto model = ModelSchema::parse(contents(path), path);
    if (!model)
        qFatal("%s: %s", qPrintable(path), qPrintable(model.error().detail));
    return *model;
}

// "chance": a prompt, two booleans, a number.
[[nodiscard]] inline ModelPtr withoutSeed()
{
    return otherModel(QStringLiteral("without-seed.json"));
}

// "pattern": a choice, a boolean that need not be sent, a seed that is called otherwise.
[[nodiscard]] inline ModelPtr withoutPrompt()
{
    return otherModel(QStringLiteral("without-prompt.json"));
}

} // namespace seedbook::test
