"""Drives Seedbook's window through the accessibility tree."""

import os
import subprocess
import time
from pathlib import Path

import pyatspi

PATIENCE = 60  # seconds that anything may take on a busy machine


def wait_for(what, condition):
    """The first true answer of `condition`; fails with `what` when none comes."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            answer = condition()
        except Exception:  # the tree changes while it is read
            answer = None
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(0.05)


def library():
    """The picture files, oldest first."""
    folder = Path(os.environ["XDG_PICTURES_DIR"]) / "Seedbook"
    files = [path for path in folder.rglob("*.*") if not path.name.startswith(".")]
    return sorted(files, key=lambda path: path.stat().st_mtime_ns)


class Window:
    def __init__(self, program, *arguments):
        self.process = subprocess.Popen([program, *arguments])
        self.root = wait_for("the window", self._find)
        wait_for("a Generate that can be pressed", lambda: self._enabled("push button", "Generate"))

    def _find(self):
        for application in pyatspi.Registry.getDesktop(0):
            if application.name == "seedbook":
                for frame in application:
                    if frame.name == "Seedbook":
                        return frame
        return None

    def _enabled(self, role, name):
        return self.find(role, name).getState().contains(pyatspi.STATE_SENSITIVE)

    def find(self, role, name):
        """The control of that role and name; a menu's item also while the menu is closed."""
        found = pyatspi.findDescendant(
            self.root,
            lambda node: node.name == name
            and node.getRoleName() == role
            and (role == "menu item" or node.getState().contains(pyatspi.STATE_SHOWING)),
        )
        if found is None:
            raise LookupError(f"there is no {role} “{name}”")
        return found

    def press(self, name, role="push button"):
        control = wait_for(f"{role} {name}", lambda: self.find(role, name))
        actions = control.queryAction()
        names = [actions.getName(i).lower() for i in range(actions.nActions)]
        wanted = next(i for i, action in enumerate(names) if action in ("press", "toggle"))
        actions.doAction(wanted)

    def write(self, name, text):
        self.find("text", name).queryEditableText().setTextContents(text)

    def read(self, name):
        text = self.find("text", name).queryText()
        return text.getText(0, text.characterCount)

    def set(self, role, name, value):
        self.find(role, name).queryValue().currentValue = value

    def value(self, role, name):
        return self.find(role, name).queryValue().currentValue

    def gallery(self):
        """The names of the gallery's items."""
        items = self.find("list", "Gallery")
        return [items.getChildAtIndex(i).name for i in range(items.childCount)]

    def close(self):
        self.press("Quit", "menu item")
        assert self.process.wait(PATIENCE) == 0, "the program did not end well"
