"""From a prompt to the gallery, and again from the seed: what a person does on the first day."""

import re
import sys

from window import Window, library, pixels, wait_for

PROMPT = "一条龙在瀑布上，星空 “dragon”\nsecond line"
PRACTICE = ["--practice", "--practice-seconds", "0.3"]


def seeds(window):
    return [int(re.search(r"seed (\d+)", name).group(1)) for name in window.gallery()]


def pictures(window, count):
    wait_for(
        f"{count} pictures",
        lambda: sum("practice picture" in name for name in window.gallery()) == count
        and len(library()) == count,
    )
    return library()


def walk(program):
    window = Window(program, *PRACTICE)
    assert window.gallery() == [], "a fresh machine has an empty gallery"

    # An empty prompt says so beside the field and sends nothing.
    window.press("Generate")
    wait_for("words about the empty prompt", lambda: window.find("label", "The prompt is empty. Describe the image you want."))

    # Three images, each with a seed of its own.
    window.write("Prompt", PROMPT)
    window.set("spin button", "Images", 3)
    window.press("Generate")
    files = pictures(window, 3)
    assert len(set(seeds(window))) == 3, seeds(window)
    for path in files:
        assert path.parent.parent.name == "Seedbook" and "一条龙" in path.name, path

    # Nothing is selected, so the panel shows the newest. Run again makes the very same picture.
    newest = seeds(window)[0]
    original = next(path for path in files if str(newest) in path.name)
    window.press("Run again")
    again = [path for path in pictures(window, 4) if path not in files]
    assert seeds(window)[0] == newest
    assert pixels(again[0]) == pixels(original), "the same request, another picture"

    # The seed is pinned, one thing is changed: another picture of the same seed.
    files = library()
    window.press("Pin seed")
    assert window.value("spin button", "Seed") == newest
    window.set("spin button", "Images", 1)
    window.set("slider", "Guidance", 70)
    wait_for("the slider's value in its box", lambda: window.value("spin button", "Guidance") == 7)
    window.press("Generate")
    changed = [path for path in pictures(window, 5) if path not in files]
    assert seeds(window)[0] == newest
    assert pixels(changed[0]) != pixels(original)

    # All of it is there at the next start, and so is what was in Compose.
    before = window.gallery()
    window.close()
    window = Window(program, *PRACTICE)
    wait_for("the gallery as it was", lambda: window.gallery() == before)
    assert window.read("Prompt") == PROMPT
    assert window.value("spin button", "Seed") == newest
    assert window.value("spin button", "Guidance") == 7
    window.close()


walk(sys.argv[1])
print("the first walk: all as expected")
