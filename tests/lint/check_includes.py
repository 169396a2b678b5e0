#!/usr/bin/env python3
"""Reads every #include below a source folder and keeps the arrows of the house.

The link line alone does not keep them: Qt's headers lie side by side, so a target that links only
Qt Gui still compiles an include of QWidget.

usage: check_includes.py [SRC] [--qt-headers DIR]
Prints each violation as file:line and exits with 1 if there is any, with 2 if it could not look.
"""

import argparse
import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass, field

from report import report


@dataclass(frozen=True)
class Rule:
    """What the files of one folder may include besides their own folder and the standard library."""

    folders: frozenset = field(default_factory=frozenset)
    qt: frozenset = field(default_factory=frozenset)  # modules besides QtCore
    others: frozenset = field(default_factory=frozenset)  # first part of a foreign header's path
    system: bool = True  # POSIX headers, which do I/O


def rule(folders="", qt="", others="", system=True):
    return Rule(frozenset(folders.split()), frozenset(qt.split()), frozenset(others.split()), system)


# The arrows. A folder that is not here may not exist; app is the only one that knows them all.
HOUSE = {
    "core": rule(system=False),
    "service": rule("core", "QtNetwork QtConcurrent"),
    "practice": rule("core", "QtGui", "httplib.h"),
    "storage": rule("core", "QtSql QtConcurrent"),
    "jobs": rule("core storage", "QtSql QtConcurrent"),
    "metadata": rule("core", "", "exiv2 zlib.h", system=False),
    "library": rule("core storage metadata", "QtSql QtGui QtConcurrent"),
    "settings": rule("core", "QtDBus", "qt6keychain"),
    "widgets": rule("core jobs metadata library settings", "QtGui QtWidgets QtSvg QtConcurrent QtDBus"),
    "app": rule(
        "core service practice storage jobs metadata library settings widgets",
        "QtGui QtWidgets QtSvg QtNetwork QtSql QtConcurrent QtDBus",
        "spdlog",
    ),
}

# The rooms of widgets: who may include which beside their own. What is not here is a feature, which knows the
# shared rooms and no other feature; window joins them all.
SHARED_ROOMS = {
    "common": frozenset(),
    "live": frozenset({"common"}),
    "actions": frozenset({"common", "live"}),
}
FEATURE_ROOMS = frozenset(SHARED_ROOMS)

# Foreign headers that are known, so that a POSIX header can be told from a new dependency.
FOREIGN = frozenset().union(*(r.others for r in HOUSE.values()))

INCLUDE = re.compile(r"^\s*#\s*(?:include|include_next|import)\b\s*(.*)$")
TARGET = re.compile(r'^(?:<([^>]+)>|"([^"]+)")')
BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
POSIX = re.compile(r"^(?:(?:sys|linux|net|netinet|arpa)/)?[a-z0-9_]+\.h$")
GENERATED = re.compile(r"^(?:(?:ui|moc|qrc)_\w+\.(?:h|cpp)|\w+\.moc)$")


def qt_header_folder():
    for command in (["qmake6", "-query", "QT_INSTALL_HEADERS"], ["qtpaths6", "--query", "QT_INSTALL_HEADERS"]):
        try:
            return pathlib.Path(subprocess.check_output(command, text=True).strip())
        except (OSError, subprocess.CalledProcessError):
            continue
    return None


class QtModules:
    """Tells which module of Qt a header belongs to, by where it is installed."""

    def __init__(self, folder):
        self._modules = {p.name: p for p in sorted(folder.glob("Qt*")) if p.is_dir()}
        if "QtCore" not in self._modules:
            raise FileNotFoundError(f"{folder} holds no Qt headers")

    def module(self, header):
        """The module's name, or None if it is not a header of Qt."""
        first, slash, _ = header.partition("/")
        if slash and first.startswith("Qt"):
            return first
        if slash or not re.match(r"[Qq]", header):
            return None
        for name, folder in self._modules.items():
            if (folder / header).exists():
                return name
        return None


def includes(text):
    """Yields (line number, what follows #include), without those in comments."""
    text = BLOCK_COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)
    text = text.replace("\\\n", " \n")
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1).strip()


def room_violation(room, quoted):
    """The same between the rooms of widgets; `quoted` is "widgets/<room>/Name.h"."""
    parts = quoted.split("/")
    other = parts[1] if len(parts) > 2 else ""
    if room == other or room == "window" or other in SHARED_ROOMS.get(room, FEATURE_ROOMS):
        return None
    return f'widgets/{room} must not include widgets/{other} ("{quoted}")'


def violation(folder, target, src, qt, room=""):
    """A sentence about what is wrong with one include of a file in `folder`, or None.

    `room` is the folder below widgets in which it lies."""
    allowed = HOUSE[folder]
    match = TARGET.match(target)
    if not match:
        return f"includes {target}, which cannot be read: write the header's name"
    angled, quoted = match.groups()
    if quoted is not None:
        first, slash, _ = quoted.partition("/")
        if not slash:
            if GENERATED.match(quoted):
                return None
            return f'includes "{quoted}": write "folder/Name.h"'
        if first not in HOUSE:
            return f'includes "{quoted}", which is in no folder of the house'
        if first != folder and first not in allowed.folders:
            return f'{folder} must not include {first} ("{quoted}")'
        if not (src / quoted).is_file():
            return f'includes "{quoted}", which does not exist'
        return room_violation(room, quoted) if room and first == "widgets" else None
    module = qt.module(angled)
    if module is not None:
        if module in ("QtCore", *allowed.qt):
            return None
        return f"{folder} must not include {module} (<{angled}>)"
    foreign = angled.partition("/")[0]
    if foreign in FOREIGN:
        return None if foreign in allowed.others else f"{folder} must not include <{angled}>"
    if re.fullmatch(r"[a-z0-9_]+", angled):  # the standard library
        return None
    if POSIX.match(angled) and not angled.startswith("q"):
        return None if allowed.system else f"{folder} does no I/O and must not include <{angled}>"
    return f"includes <{angled}>, which the house does not know"


def check(src, qt):
    """Returns (number of files read, list of "file:line: sentence")."""
    found = []
    files = sorted(p for p in src.rglob("*") if p.suffix in (".h", ".cpp", ".hpp", ".cc", ".inl"))
    for path in files:
        parts = path.relative_to(src).parts
        if len(parts) < 2 or parts[0] not in HOUSE:
            found.append(f"{path}:1: lies in no folder of the house")
            continue
        room = parts[1] if parts[0] == "widgets" and len(parts) > 2 else ""
        own = "/".join(parts)[: -len(path.suffix)] + ".h"
        for number, (line, target) in enumerate(includes(path.read_text(encoding="utf-8"))):
            sentence = violation(parts[0], target, src, qt, room)
            # So that a header is compiled with nothing before it.
            if not sentence and number > 0 and path.suffix == ".cpp" and target == f'"{own}"':
                sentence = "includes its own header, which must come first"
            if sentence:
                found.append(f"{path}:{line}: {sentence}")
    return len(files), found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument("src", nargs="?", type=pathlib.Path, default=root / "src")
    parser.add_argument("--qt-headers", type=pathlib.Path)
    arguments = parser.parse_args()

    def look():
        folder = arguments.qt_headers or qt_header_folder()
        if folder is None:
            raise FileNotFoundError("Qt's headers were not found: give --qt-headers")
        return check(arguments.src, QtModules(folder))

    return report("check_includes", arguments.src, look)


if __name__ == "__main__":
    sys.exit(main())
