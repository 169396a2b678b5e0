"""Two hundred pictures are gone through with the keys alone, and every file says what was meant."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyatspi
from PIL import Image, PngImagePlugin

from window import Window, key, library, wait_for

COUNT = 200
# What the hand does, over and over: five keepers' ratings and a rejection.
KEYS = ["3", "x", "5", "1", "x", "4", "2"]
RATINGS = {"x": -1}


def fill():
    folder = Path(os.environ["XDG_PICTURES_DIR"]) / "Seedbook" / "2026-11-20"
    folder.mkdir(parents=True)
    for number in range(COUNT):
        info = PngImagePlugin.PngInfo()
        info.add_text("parameters", f"a harbour, study {number}\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: {number + 1}, Size: 64x48")
        path = folder / f"study {number}.png"
        Image.new("RGB", (64, 48), (number, 90, 255 - number)).save(path, pnginfo=info)
        # The newest is number 0, and stands first.
        os.utime(path, (1_700_000_000 - number, 1_700_000_000 - number))


def ratings():
    """By the number of the picture."""
    files = [str(path) for path in library()]
    done = subprocess.run(["exiftool", "-json", "-XMP-xmp:Rating", *files], capture_output=True, text=True, check=True)
    return {int(Path(told["SourceFile"]).stem.split()[1]): told.get("Rating") for told in json.loads(done.stdout)}


def walk(program):
    fill()
    window = Window(program, "--practice")
    wait_for("two hundred pictures", lambda: window.count() == COUNT)
    window.select(0)
    wanted = {}
    presses = []
    for number in range(COUNT):
        pressed = KEYS[number % len(KEYS)]
        wanted[number] = RATINGS.get(pressed, int(pressed) if pressed.isdigit() else 0)
        presses += [pressed, "Right"]
    key(*presses)
    wait_for("every rating in its file", lambda: ratings() == wanted)

    # The last is selected; what is deleted comes back by one key.
    key("Home", "Delete")
    wait_for("one less", lambda: len(library()) == COUNT - 1 and window.count() == COUNT - 1)
    key("Delete")
    wait_for("two less", lambda: len(library()) == COUNT - 2)
    key("ctrl+z", "ctrl+z")
    wait_for("both back", lambda: ratings() == wanted and window.count() == COUNT)

    # What is looked for is found as it is typed, and Escape shows all again.
    key("ctrl+f")
    wait_for("the search field has the focus", lambda: window.find("text", "Search").getState().contains(pyatspi.STATE_FOCUSED))
    window.write("Search", "study 17")
    # In the prompt, or in the seed, which is the number and one.
    found = sum("17" in str(number) or "17" in str(number + 1) for number in range(COUNT))
    wait_for("what is found", lambda: window.count() == found)
    key("Escape")
    wait_for("all again", lambda: window.count() == COUNT)
    window.close()


walk(sys.argv[1])
