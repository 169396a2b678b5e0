#!/usr/bin/env python3
"""Small changes that a tired person could make, one at a time: which of them does no test notice?

mutants.txt lists them: `## what is wrong then`, the file, the lines of it that are meant (`- `, the part
between ⟦ and ⟧ is what changes) and what stands there instead (`+ `). All are compiled at once into a
copy of the tree below build/mutants, and SEEDBOOK_MUTANT switches one of them on for a run.

usage: mutants.py check | run [NUMBER…]

`check` only looks whether each part is found, once. `run` builds, runs all tests of jobs, service and
faults without a mutant, then with each (or those named) until one of them fails, the quick ones first.
The random walk is left out: what it alone would notice by chance has no test. Ends with 1 where one
survives.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TREE = ROOT / "build" / "mutants"
BUILD = TREE / "build"
LIST = pathlib.Path(__file__).with_name("mutants.txt")
TESTED = {"tests/unit/jobs": "tests_jobs", "tests/unit/service": "tests_service", "tests/faults": "tests_faults"}
LEFT_OUT = {"MoneyWalkTest"}

SWITCH = """#pragma once
#include <cstdlib>
inline bool isMutant(int number)
{
    static const int on = [] {
        const char* set = std::getenv("SEEDBOOK_MUTANT");
        return set ? std::atoi(set) : 0;
    }();
    return on == number;
}
"""


class Mutant:
    """One change: where in which file, and what stands there with and without it."""

    def __init__(self, number, block):
        lines = block.rstrip("\n").split("\n")
        self.number = number
        self.name = lines[0][3:]
        self.file = lines[1]
        old = "\n".join(line[2:] for line in lines[2:] if line.startswith("- "))
        self.new = "\n".join(line[2:] for line in lines[2:] if line.startswith("+ ")).strip()
        source = (ROOT / self.file).read_text(encoding="utf8")
        if old.count("⟦") != 1 or old.count("⟧") != 1:
            sys.exit(f"{self.name}: there must be one ⟦ and one ⟧")
        whole = old.replace("⟦", "").replace("⟧", "")
        if source.count(whole) != 1:
            sys.exit(f"{self.name}: found {source.count(whole)} times in {self.file}:\n{whole}")
        self.begin = source.index(whole) + old.index("⟦")
        self.end = self.begin + old.index("⟧") - old.index("⟦") - 1
        self.old = source[self.begin:self.end]

    def text(self):
        """Both, and the switch between them."""
        if self.old.rstrip().endswith((";", "}")):
            return "{ if (isMutant(%d)) { %s } else { %s } }" % (self.number, self.new, self.old)
        return "(isMutant(%d) ? (%s) : (%s))" % (self.number, self.new, self.old)


def all_mutants():
    blocks = re.split(r"\n(?=## )", LIST.read_text(encoding="utf8"))
    return [Mutant(number, block) for number, block in enumerate(blocks, start=1)]


def write(path, content):
    """Leaves a file as it is that would not change: what depends on it is not built again."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def copy_with(mutants):
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, check=True,
                            capture_output=True)
    files = [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    for name in files:
        source = (ROOT / name).read_bytes()
        inside = sorted((m for m in mutants if m.file == name), key=lambda m: -m.begin)
        if inside:
            text = source.decode("utf8")
            for mutant in inside:
                text = text[:mutant.begin] + mutant.text() + text[mutant.end:]
            source = f'#include "{TREE}/switch.h"\n'.encode() + text.encode("utf8")
        write(TREE / name, source)
    for folder in TESTED:
        for old in (TREE / folder).glob("*.cpp"):
            if f"{folder}/{old.name}" not in files:
                old.unlink()
    write(TREE / "switch.h", SWITCH.encode())


def build():
    subprocess.run(["cmake", "-G", "Ninja", "-S", TREE, "-B", BUILD, "-DCMAKE_BUILD_TYPE=RelWithDebInfo",
                    "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 -DNDEBUG", "-DSEEDBOOK_WIDGETS=OFF"],
                   check=True, stdout=sys.stderr)
    subprocess.run(["ninja", "-C", BUILD, *TESTED.values()], check=True, stdout=sys.stderr)


def passes(test, number, limit):
    """Whether the test (program and class) ends well; one that does not end within so many seconds does not."""
    environment = dict(os.environ, SEEDBOOK_MUTANT=str(number), QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8",
                       QT_FORCE_STDERR_LOGGING="1", SEEDBOOK_WALK_SEED="1")
    try:
        return subprocess.run([BUILD / test[0], test[1]], env=environment, timeout=limit, check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def first_that_fails(number, tests, limits):
    """With two at once; none is begun after one has failed."""
    failed = []

    def run(test):
        if not failed and not passes(test, number, limits[test]):
            failed.append(test)

    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(run, tests))
    return failed[0] if failed else None


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in ("check", "run"):
        sys.exit(__doc__)
    mutants = all_mutants()
    if sys.argv[1] == "check":
        print(f"{len(mutants)} mutants, each found once.")
        return 0
    wanted = {int(number) for number in sys.argv[2:]} or {mutant.number for mutant in mutants}
    tests = sorted((program, path.stem) for folder, program in TESTED.items()
                   for path in (ROOT / folder).glob("*Test.cpp") if path.stem not in LEFT_OUT)
    copy_with(mutants)
    build()
    limits = {}
    for test in tests:
        begun = time.monotonic()
        if not passes(test, 0, 120):
            sys.exit(f"{test[1]} fails without any mutant.")
        limits[test] = time.monotonic() - begun
    tests.sort(key=lambda test: limits[test])
    limits = {test: 15 + 4 * seconds for test, seconds in limits.items()}
    survivors = 0
    for mutant in mutants:
        if mutant.number not in wanted:
            continue
        killer = first_that_fails(mutant.number, tests, limits)
        survivors += killer is None
        print(f"{mutant.number:3} {killer[1] if killer else 'SURVIVES':28} {mutant.name}", flush=True)
        if killer in tests[1:]:  # it may notice the next one, too
            tests.remove(killer)
            tests.insert(0, killer)
    print(f"{survivors} of {len(wanted)} survive.")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
