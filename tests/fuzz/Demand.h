#pragma once

#include <cstdio>
#include <cstdlib>

namespace seedbook {

// A promise of the code under test. What breaks it is a finding.
inline void demand(bool kept, int line = __builtin_LINE())
{
    if (kept)
        return;
    std::fprintf(stderr, "not kept: line %d\n", line);
    std::abort();
}

} // namespace seedbook
