#!/usr/bin/env python3
"""Keeps words from outside plain: where Qt would guess that a text is HTML, none may get there.

A QLabel, a tool tip and a message box take a text that looks like HTML for HTML, and open what it
names: a file that never ends, a pipe that never answers. So labels are PlainLabels, a tool tip that
is not a sentence of the window's own goes through plainTip(), a message box through makePlain(), and
what shows HTML by itself is not used.

usage: check_plain.py [ROOT]
Prints each violation as file:line and exits with 1 if there is any, with 2 if it could not look.
"""

import pathlib
import re
import sys

from report import report

# Where the plain ones are made from the others.
MAKERS = ("PlainLabel.h", "PlainLabel.cpp", "PlainWords.cpp", "WidgetLook.cpp", "Printing.cpp")
# Its boxes show HTML of their own, and nothing else.
RICH_BOXES = "HelpBoxes.cpp"

NEVER = [
    (re.compile(r"\bnew QLabel\b|\bpublic QLabel\b|\bQLabel\s+\w+\s*[;({]|unique_ptr<QLabel>"),
     "a QLabel guesses whether its text is HTML: use PlainLabel"),
    (re.compile(r"\bQMessageBox::(?:question|information|warning|critical|about)\s*\("),
     "such a box guesses whether its text is HTML: make one, and call makePlain()"),
    (re.compile(r"\b(?:QTextEdit|QTextBrowser|QErrorMessage|QInputDialog|QProgressDialog|QWizard)\b(?!>)"),
     "shows HTML, or guesses: there is a plain way"),
    (re.compile(r"\b(?:setHtml|insertHtml|appendHtml|setMarkdown|setWhatsThis|setRichText)\s*\("),
     "takes HTML"),
    (re.compile(r"\bstd::(?:cout|cerr|f?puts|f?printf|fwrite)\b"), "may steer a terminal: use printLine()"),
    (re.compile(r"\bQt::(?:RichText|AutoText|MarkdownText)\b"), "the text may not be plain"),
]
LITERAL = re.compile(r'(?:\w+::)?tr\(\s*(?:u?"(?:[^"\\]|\\.)*"\s*)+\)')
OWN_WORDS = re.compile(r"(?:\w+ \? )?L(?: : L)?|\{\}|[\w.>()-]+(?:->|\.)toolTip\(\)")


def argument(text, start):
    """The texts of a call's arguments, from the character after its parenthesis."""
    depth, parts, begin, quoted = 0, [], start, False
    for i in range(start, len(text)):
        c = text[i]
        if quoted:
            quoted = c != '"' or text[i - 1] == "\\"
        elif c == '"':
            quoted = True
        elif c in "([{":
            depth += 1
        elif c in ")]}" and depth > 0:
            depth -= 1
        elif c == ")":
            return parts + [text[begin:i]]
        elif c == "," and depth == 0:
            parts.append(text[begin:i])
            begin = i + 1
    return parts


def is_plain(words):
    words = " ".join(LITERAL.sub("L", words).split())
    return words.startswith("plainTip(") or OWN_WORDS.fullmatch(words) is not None


def check_source(path, text):
    name = path.name
    without = re.sub(r"//[^\n]*", "", text)

    def at(position):
        return without.count("\n", 0, position) + 1

    if name not in MAKERS:
        for pattern, why in NEVER:
            for match in pattern.finditer(without):
                if name == RICH_BOXES and match.group() == "Qt::RichText":
                    continue
                yield at(match.start()), f"{match.group().strip()}: {why}"
    for match in re.finditer(r"\bsetToolTip\(|\bQToolTip::showText\(", without):
        arguments = argument(without, match.end())
        words = arguments[1 if "showText" in match.group() else 0] if arguments else ""
        if not is_plain(words):
            yield at(match.start()), "a tool tip that is not a sentence of its own: use plainTip()"
    # A model's answer: what it returns there is a tip of plainTip()'s.
    for match in re.finditer(r"case Qt::ToolTipRole:|role [!=]= Qt::ToolTipRole", without):
        if "plainTip(" not in without[match.end() : match.end() + 700]:
            yield at(match.start()), "a model's tool tip: use plainTip()"
    boxes = len(re.findall(r"\bnew QMessageBox\b|\bQMessageBox \w+\(", without))
    if boxes > without.count("makePlain(") and name not in (RICH_BOXES, *MAKERS):
        yield 1, "a message box without makePlain()"


def check_form(text):
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r'class="(?:QLabel|QTextEdit|QTextBrowser)"', line):
            yield number, "a label that guesses: use seedbook::PlainLabel"
        if re.search(r'name="(?:toolTip|whatsThis)"><string>[^<]*&lt;', line):
            yield number, "a tool tip with HTML"


def check(root):
    found, number = [], 0
    for path in sorted([*root.glob("src/**/*.h"), *root.glob("src/**/*.cpp"), *root.glob("ui/**/*.ui")]):
        number += 1
        text = path.read_text(encoding="utf-8")
        faults = check_form(text) if path.suffix == ".ui" else check_source(path, text)
        found += [f"{path}:{line}: {sentence}" for line, sentence in faults]
    return number, found


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2])
    return report("check_plain", root, lambda: check(root))


if __name__ == "__main__":
    sys.exit(main())
