"""Drives Seedbook's window through the accessibility tree."""

import json
import os
import subprocess
import time
from pathlib import Path

import pyatspi
from PIL import Image

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


def pixels(path):
    """What a picture shows, whatever its file says besides."""
    with Image.open(path) as image:
        return image.mode, image.size, image.tobytes()


def told(path):
    """What ExifTool reads in a picture."""
    done = subprocess.run(["exiftool", "-json", "-G1", path], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)[0]


def key(*names):
    """Presses keys, as a keyboard would."""
    subprocess.run(["xdotool", "key", "--delay", "40", *names], check=True)


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

    def count(self):
        """How many items the gallery shows."""
        return self.find("list", "Gallery").childCount

    def select(self, row):
        """Makes a picture of the gallery the current one and gives the gallery the focus."""
        item = self.find("list", "Gallery").getChildAtIndex(row)
        box = item.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        subprocess.run(
            ["xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1"],
            check=True,
        )

    def close(self):
        self.press("Quit", "menu item")
        assert self.process.wait(PATIENCE) == 0, "the program did not end well"
