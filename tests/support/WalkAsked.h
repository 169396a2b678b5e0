#pragma once

#include <QRandomGenerator>
#include <QString>

namespace seedbook::test {

// How far a test that walks at random goes, and from which seed; printed, so that a walk can be
// taken again. `./dev walk` says so in the environment. Else 200 steps from a seed of the moment.
struct WalkAsked
{
    int steps = 0;
    quint32 seed = 0;
};

inline WalkAsked walkAsked()
{
    bool given = false;
    WalkAsked asked{.steps = qEnvironmentVariableIntValue("SEEDBOOK_WALK_STEPS", &given)};
    if (!given)
        asked.steps = 200;
    asked.seed = qEnvironmentVariable("SEEDBOOK_WALK_SEED").toUInt(&given);
    if (!given)
        asked.seed = QRandomGenerator::system()->generate();
    qInfo("%d steps from seed %u", asked.steps, asked.seed);
    return asked;
}

} // namespace seedbook::test
