"""Ratings and tags go into the files, what others write comes back, and the index is only a cache."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyatspi
from PIL import Image, PngImagePlugin

from window import Window, key, library, told, wait_for

PRACTICE = ["--practice", "--practice-seconds", "0.2"]
FOREIGN = """a cat in the rain, oil
Negative prompt: photo
Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 4242, Size: 64x64, Model: somebody's"""


def rated(window, words):
    return [name for name in window.gallery() if name.endswith(words)]


def walk(program):
    window = Window(program, *PRACTICE)
    window.write("Prompt", "a lighthouse")
    window.set("spin button", "Images", 2)
    window.press("Generate")
    wait_for("two pictures", lambda: len(library()) == 2 and sum("practice picture" in name for name in window.gallery()) == 2)

    # One key rates, and the file says so to others.
    window.select(0)
    key("4")
    wait_for("four stars in the gallery", lambda: window.gallery()[0].endswith("4 stars"))
    wait_for("four stars in a file", lambda: [told(p).get("XMP-xmp:Rating") for p in library()].count(4) == 1)
    starred = next(path for path in library() if told(path).get("XMP-xmp:Rating") == 4)

    # A tag, by T and Return.
    key("t")
    wait_for("the tags' field has the focus", lambda: window.find("text", "Tags").getState().contains(pyatspi.STATE_FOCUSED))
    window.write("Tags", "night, sea")
    key("Return")
    wait_for("tags in the file", lambda: told(starred).get("XMP-dc:Subject") in (["night", "sea"], "night, sea"))

    # Another program rates the other one and moves it; a picture of another program comes in.
    other = next(path for path in library() if path != starred)
    subprocess.run(["exiftool", "-q", "-overwrite_original", "-XMP-xmp:Rating=2", other], check=True)
    wait_for("ExifTool's rating", lambda: rated(window, "2 stars"))
    kept = other.parent.parent / "kept"
    kept.mkdir()
    shutil.move(other, kept / "renamed.png")
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", FOREIGN)
    Image.new("RGB", (64, 64), "teal").save(kept / "foreign.png", pnginfo=info)
    wait_for("a picture from elsewhere", lambda: any("cat in the rain" in name and "4242" in name for name in window.gallery()))
    assert len(window.gallery()) == 3, window.gallery()
    assert len(rated(window, "2 stars")) == 1, window.gallery()
    before = window.gallery()
    window.close()

    # Index and thumbnails are gone: all comes back from the files.
    shutil.rmtree(Path(os.environ["XDG_CACHE_HOME"]) / "seedbook")
    window = Window(program, *PRACTICE)
    wait_for("the gallery as it was", lambda: window.gallery() == before)
    window.close()

    # The same code, without a window.
    done = subprocess.run([program, "inspect", kept / "foreign.png"], capture_output=True, text=True, check=True)
    assert "Seed: 4242" in done.stdout and "cat in the rain" in done.stdout, done.stdout


walk(sys.argv[1])
print("files are the truth: all as expected")
