#!/usr/bin/python3
"""What the program writes into pictures, read back by the programs of others.

Makes pictures of every kind that matters, lets the program write its record into them, and asks
ExifTool, Pillow and npm's exifreader what they find. Compares the coded data with a reader of its
own, and the decoded pixels with Pillow.

usage: readers.py WRITER MODULES    (the program tests/readers/main.cpp; a folder with node_modules)
"""

import hashlib
import io
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

from PIL import Image, ImageCms, PngImagePlugin

WRITER, MODULES = (str(pathlib.Path(argument).resolve()) for argument in sys.argv[1:3])

TEXTS = {
    "english": ("A mystical dragon above a waterfall", "blurry, cartoonish"),
    "chinese": ("一只狐狸在雪地里", "模糊"),
    "umlaut": ("Über den Wolken, Ü", ""),
    "emoji": ("a fox 🦊 and a 🌲", "🙈"),
    "quotes": ('she said "no" \\ \'yes\' <b>&amp;</b>', 'a "b"\\c'),
    "lines": ("first line\nsecond line\n\nfourth: 1, 2", "x\ny"),
    "negative": ("a fox\nNegative prompt: not really\nSteps: many", "blurry"),
    "controls": ("tab\there \u0001 and \ufffe end", ""),
}
TAGS = ["狐狸", "snow, deep", "a & b"]


def picture(mode, size=(641, 479)):
    """Something with detail and, where the mode has it, transparency."""
    width, height = size
    noise = hashlib.shake_256(mode.encode()).digest(width * height * 4)
    image = Image.frombytes("RGBA", size, noise).resize((width // 8, height // 8)).resize(size)
    if mode == "RGBA":
        return image
    if mode == "I;16":
        return Image.frombytes("I;16", size, noise[: width * height * 2])
    return image.convert("RGB").convert(mode)


def sources(folder):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngImagePlugin.PngInfo()
    text.add_text("Title", "somebody's own")
    text.add_itxt("Author", "une étrangère")
    side = Image.Exif()
    side[0x0112] = 6
    side[0x013B] = "an artist"
    made = {}

    def save(name, image, **options):
        made[name] = folder / name
        image.save(made[name], **options)

    save("rgb.png", picture("RGB"))
    save("rgba.png", picture("RGBA"))
    save("gray16.png", picture("I;16"))
    save("palette.png", picture("RGB").quantize(64))
    clear = picture("RGB").quantize(64)
    save("palette-clear.png", clear, transparency=3)
    save("profile.png", picture("RGB"), icc_profile=profile, dpi=(72, 72))
    save("text.png", picture("RGB"), pnginfo=text)
    made["interlaced.png"] = folder / "interlaced.png"
    subprocess.run(
        ["convert", made["rgba.png"], "-strip", "-interlace", "PNG", f"PNG:{made['interlaced.png']}"], check=True)
    made["rgb48.png"] = folder / "rgb48.png"
    subprocess.run(["convert", made["rgb.png"], "-strip", f"PNG48:{made['rgb48.png']}"], check=True)
    save("baseline.jpg", picture("RGB"), quality=90)
    save("progressive.jpg", picture("RGB"), quality=90, progressive=True)
    save("gray.jpg", picture("L"))
    save("cmyk.jpg", picture("CMYK"))
    save("profile.jpg", picture("RGB"), icc_profile=profile)
    save("side.jpg", picture("RGB"), exif=side)
    save("lossy.webp", picture("RGB"), quality=80)
    save("lossless.webp", picture("RGB"), lossless=True)
    save("lossy-alpha.webp", picture("RGBA"), quality=80)
    save("lossless-alpha.webp", picture("RGBA"), lossless=True)
    save("profile.webp", picture("RGB"), icc_profile=profile)
    save("side.webp", picture("RGB"), exif=side)
    for name, path in made.items():
        assert path.stat().st_size > 0, name
    interlace = made["interlaced.png"].read_bytes()[28]
    assert interlace == 1, "ImageMagick did not interlace"
    return made


def coded(data):
    """The coded picture alone, by a reader that has nothing in common with the program's."""
    parts = []
    if data[:4] == b"\x89PNG":
        at = 8
        while at < len(data):
            (length,) = struct.unpack(">I", data[at : at + 4])
            name = data[at + 4 : at + 8]
            if name in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"iCCP"):
                parts.append(data[at : at + 12 + length])
            at += 12 + length
    elif data[:2] == b"\xff\xd8":
        at = 2
        while data[at + 1] != 0xDA:
            (length,) = struct.unpack(">H", data[at + 2 : at + 4])
            if data[at + 1] not in (0xE1, 0xFE):
                parts.append(data[at : at + 2 + length])
            at += 2 + length
        parts.append(data[at:])
    else:
        assert struct.unpack("<I", data[4:8])[0] + 8 == len(data), "RIFF's size is wrong"
        at = 12
        while at < len(data):
            (length,) = struct.unpack("<I", data[at + 4 : at + 8])
            if data[at : at + 4] in (b"VP8 ", b"VP8L", b"ALPH", b"ICCP"):
                parts.append(data[at : at + 8 + length])
            at += 8 + length + length % 2
    assert parts
    return parts


def opened(path):
    return Image.open(io.BytesIO(pathlib.Path(path).read_bytes()))


def pixels(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image.mode, image.size, image.tobytes(), image.info.get("icc_profile")


def sendable(text):
    """XML has no place for these."""
    return "".join(c for c in text if (c >= " " or c in "\n\t") and c not in "\ufffe\uffff")


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.temporary.name)
        cls.sources = sources(folder)
        cls.orders = []
        for name, path in cls.sources.items():
            for text, (prompt, negative) in TEXTS.items():
                cls.orders.append(
                    {
                        "source": name,
                        "in": str(path),
                        "out": str(folder / f"out-{text}-{name}"),
                        "clean": str(folder / f"clean-{text}-{name}"),
                        "prompt": prompt,
                        "negative": negative,
                        "rating": 4,
                        "tags": TAGS,
                    }
                )
        lines = "".join(json.dumps(order) + "\n" for order in cls.orders)
        done = subprocess.run([WRITER], input=lines, capture_output=True, text=True, check=True)
        cls.answers = [json.loads(line) for line in done.stdout.splitlines()]
        cls.paths = [order["out"] for order in cls.orders]

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def for_each(self, check, *others):
        for items in zip(self.orders, self.answers, *others, strict=True):
            with self.subTest(file=pathlib.Path(items[0]["out"]).name):
                check(*items)

    def test_everything_is_in_the_file(self):
        def check(_order, answer):
            self.assertNotIn("error", answer)
            self.assertFalse(answer["sidecar"])
            self.assertTrue(answer["sameKey"])
            self.assertTrue(answer["clean"])

        self.for_each(check)

    def test_the_picture_is_the_same(self):
        def check(order, _answer):
            before = pathlib.Path(order["in"]).read_bytes()
            after = pathlib.Path(order["out"]).read_bytes()
            self.assertNotEqual(before, after)
            self.assertEqual(coded(before), coded(after))
            self.assertEqual(pixels(before), pixels(after))

        self.for_each(check)

    def test_a_clean_copy_tells_nothing(self):
        def check(order, _answer):
            before = pathlib.Path(order["in"]).read_bytes()
            clean = pathlib.Path(order["clean"]).read_bytes()
            self.assertEqual(coded(before), coded(clean))
            self.assertEqual(pixels(before), pixels(clean))
            image = Image.open(io.BytesIO(clean))
            self.assertEqual(image.getexif().get(0x0112, 1), 6 if "side" in order["source"] else 1)
            for secret in (b"GenerationParameters", b"1827364", b"UNICODE", b"artist", b"Title", b"seedbook"):
                self.assertNotIn(secret, clean)

        self.for_each(check)

    def test_what_was_there_stays(self):
        def check(order, _answer):
            image = opened(order["out"])
            if order["source"] == "text.png":
                self.assertEqual(image.info["Title"], "somebody's own")
                self.assertEqual(image.info["Author"], "une étrangère")
            if "side" in order["source"]:
                self.assertEqual(image.getexif()[0x0112], 6)
                self.assertEqual(image.getexif()[0x013B], "an artist")

        self.for_each(check)

    def test_pillow(self):
        def check(order, answer):
            image = opened(order["out"])
            if image.format == "PNG":
                self.assertEqual(image.info["parameters"], answer["text"])
                self.assertNotIn("exif", image.info)
                return
            comment = image.getexif().get_ifd(0x8769)[0x9286]
            self.assertEqual(comment[:8], b"UNICODE\0")
            # One space leads where the text does not begin in ASCII.
            space = " " if order["prompt"][0] >= "\x80" else ""
            self.assertEqual(comment[8:].decode("utf-16-be"), space + answer["text"])
            self.assertEqual(image.info["exif"].removeprefix(b"Exif\0\0")[:2], b"MM")

        self.for_each(check)

    def test_exiftool(self):
        done = subprocess.run(
            ["exiftool", "-json", "-G1", "-struct", "-charset", "utf8", "-@", "-"],
            input="\n".join(self.paths), capture_output=True, text=True, check=True)
        found = {entry["SourceFile"]: entry for entry in json.loads(done.stdout)}
        def check(order, answer):
            tags = found[order["out"]]
            self.assertNotIn("ExifTool:Warning", tags)
            self.assertNotIn("ExifTool:Error", tags)
            text = answer["text"].replace("\ufffe", "???")  # ExifTool's way to print no character
            if order["out"].endswith(".png"):
                self.assertEqual(tags["PNG:Parameters"], text)
            else:
                self.assertEqual(tags["ExifIFD:UserComment"].lstrip(" "), text)
            self.assertEqual(tags["XMP-seedbook:GenerationParameters"], answer["record"])
            parameters = json.loads(answer["record"])["parameters"]
            self.assertEqual(parameters["prompt"], order["prompt"])
            self.assertEqual(parameters["negative_prompt"], order["negative"])
            negative = f"\nNegative prompt: {order['negative']}" if order["negative"] else ""
            self.assertEqual(
                tags["XMP-iptcExt:AIPromptInformation"], sendable(order["prompt"] + negative))
            self.assertTrue(
                tags["XMP-iptcExt:DigitalSourceType"].endswith("trainedAlgorithmicMedia"))
            self.assertEqual(tags["XMP-iptcExt:AISystemUsed"], "Qwen-Image (Segmind)")
            self.assertEqual(tags["XMP-xmp:Rating"], 4)
            self.assertEqual(tags["XMP-dc:Subject"], TAGS)

        self.for_each(check)

    def test_exifreader(self):
        reader = pathlib.Path(__file__).with_name("exifreader.mjs")
        done = subprocess.run(
            ["node", reader, MODULES], input="\n".join(self.paths), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        def check(order, answer, tags):
            if order["out"].endswith(".png"):
                self.assertEqual(tags["parameters"], answer["text"])
            else:
                self.assertEqual(tags["userComment"].lstrip(" "), answer["text"])
            self.assertEqual(tags["record"], answer["record"])
            self.assertEqual(str(tags["rating"]), "4")

        self.for_each(check, found)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
