#!/usr/bin/env python3
"""Plants words that Qt would take for HTML in a small house and looks whether check_plain finds them."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).with_name("check_plain.py")

SOUND = [
    'auto* label = new PlainLabel(text);\nQLabel* other = label;',
    'button->setToolTip(tr("Shows it; \\"all\\" of it, too"));',
    'button->setToolTip(out ? tr("One") : Panel::tr("The other "\n    "one"));',
    "button->setToolTip({});\nbutton->setToolTip(action->toolTip());",
    'button->setToolTip(plainTip(tr("%1: %2").arg(a, b)));',
    "QToolTip::showText(place, plainTip(words), this);",
    "case Qt::ToolTipRole:\n    return plainTip(row.prompt);",
    "const QList<int> roles{Qt::ToolTipRole};",
    "auto* box = new QMessageBox(this);\nbox->setText(words);\nmakePlain(*box);",
    "// new QLabel guesses",
]
PLANTED = [
    "auto* label = new QLabel(text);",
    "QLabel label;",
    "class Own final : public QLabel",
    "button->setToolTip(words);",
    'button->setToolTip(tr("%1").arg(words));',
    'button->setToolTip(out ? tr("One") : words);',
    "button->setToolTip(u\"<p>%1</p>\"_s.arg(words));",
    "QToolTip::showText(place, words, this);",
    "case Qt::ToolTipRole:\n    return row.prompt;",
    "if (role == Qt::ToolTipRole)\n    return row.prompt;",
    "auto* box = new QMessageBox(this);",
    "QMessageBox box(QMessageBox::Critical, title, words);",
    "QMessageBox::warning(this, title, words);",
    "label->setTextFormat(Qt::RichText);",
    "auto* view = new QTextBrowser;",
    "document.setHtml(words);",
    "std::fputs(qPrintable(words), stderr);",
    "std::cout << words.toStdString();",
]


class PlantedWords(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.root = pathlib.Path(self._folder.name)
        (self.root / "src").mkdir()
        (self.root / "ui").mkdir()

    def run_check(self, text, name="src/X.cpp"):
        (self.root / name).write_text(text + "\n", encoding="utf-8")
        done = subprocess.run([sys.executable, SCRIPT, self.root], capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        return done.returncode, done.stdout

    def test_sound(self):
        for text in SOUND:
            with self.subTest(text=text):
                code, output = self.run_check(text)
                self.assertEqual(code, 0, output)

    def test_planted(self):
        for text in PLANTED:
            with self.subTest(text=text):
                code, output = self.run_check("\n" + text)
                self.assertEqual(code, 1, output)
                self.assertIn(" 1 violations", output)

    def test_forms(self):
        for text in ('<widget class="QLabel" name="x">',
                     '<property name="toolTip"><string>&lt;b&gt;</string></property>'):
            with self.subTest(text=text):
                code, output = self.run_check(text, "ui/X.ui")
                self.assertEqual(code, 1, output)


if __name__ == "__main__":
    unittest.main()
