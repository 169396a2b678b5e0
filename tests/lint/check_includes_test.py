#!/usr/bin/env python3
"""Plants wrong includes in a small house and looks whether check_includes finds them."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).with_name("check_includes.py")


class PlantedIncludes(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.src = pathlib.Path(self._folder.name) / "src"
        for header in ("core/Seed.h", "service/Call.h", "practice/Server.h", "storage/Database.h",
                       "jobs/Queue.h", "library/Library.h", "settings/Settings.h",
                       "widgets/window/Window.h", "widgets/common/Label.h", "widgets/live/Model.h",
                       "widgets/actions/Actions.h", "widgets/gallery/View.h", "widgets/panel/Panel.h"):
            self.plant(header, "#pragma once\n")

    def plant(self, name, text):
        path = self.src / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_check(self):
        done = subprocess.run([sys.executable, SCRIPT, self.src, *sys.argv[1:]],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        return done.returncode, done.stdout

    def test_sound_house(self):
        self.plant("core/Seed.cpp", '#include "core/Seed.h"\n#include <QtCore/QString>\n#include <cmath>\n')
        self.plant("service/Call.cpp", '#include "core/Seed.h"\n#include <QNetworkReply>\n#include "Call.moc"\n')
        self.plant("practice/Server.cpp", "#include <httplib.h>\n#include <QImage>\n")
        self.plant("storage/Database.cpp", "#include <QSqlDatabase>\n#include <unistd.h>\n")
        self.plant("jobs/Queue.cpp", '#include "storage/Database.h"\n')
        self.plant("metadata/Xmp.cpp", "#include <exiv2/exiv2.hpp>\n#include <zlib.h>\n")
        self.plant("library/Library.cpp", '#include <QImageReader>\n#include <sys/stat.h>\n#include "metadata/Xmp.cpp"\n')
        self.plant("settings/Settings.cpp", "#include <qt6keychain/keychain.h>\n#include <QDBusMessage>\n")
        self.plant("widgets/window/Window.cpp", '#include "jobs/Queue.h"\n#include <QMainWindow>\n#include "ui_Window.h"\n')
        self.plant("app/main.cpp", '#include "widgets/window/Window.h"\n#include "service/Call.h"\n#include <QApplication>\n')
        self.plant("widgets/gallery/View.cpp", '#include "widgets/gallery/View.h"\n#include "widgets/actions/Actions.h"\n')
        self.plant("widgets/window/Join.cpp", '#include "widgets/gallery/View.h"\n#include "widgets/panel/Panel.h"\n')
        self.plant("core/Commented.cpp", "// #include <QWidget>\n/*\n#include <QWidget>\n*/\n")
        code, output = self.run_check()
        self.assertEqual(code, 0, output)

    def test_planted(self):
        cases = [
            ("core/X.cpp", "#include <QWidget>"),
            ("core/X.cpp", "#include <QtWidgets/QWidget>"),
            ("core/X.cpp", "#include <qwidget.h>"),
            ("core/X.cpp", "#include <QImage>"),
            ("core/X.cpp", "#include <QNetworkReply>"),
            ("core/X.cpp", "#include <QSqlQuery>"),
            ("core/X.cpp", "#include <unistd.h>"),
            ("widgets/gallery/X.cpp", '#include "widgets/panel/Panel.h"'),
            ("widgets/panel/X.cpp", '#include "widgets/window/Window.h"'),
            ("widgets/live/X.cpp", '#include "widgets/actions/Actions.h"'),
            ("widgets/common/X.cpp", '#include "widgets/live/Model.h"'),
            ("core/X.cpp", '#include "storage/Database.h"'),
            ("core/X.cpp", '#include "Seed.h"'),
            ("core/X.cpp", '#include "core/Missing.h"'),
            ("core/X.cpp", '#include "../service/Call.h"'),
            ("core/X.cpp", "#include HEADER"),
            ("core/deep/er/X.h", "  #  include\t<QWidget> // why"),
            ("service/X.cpp", '#include "practice/Server.h"'),
            ("service/X.cpp", "#include <QImage>"),
            ("practice/X.cpp", '#include "service/Call.h"'),
            ("practice/X.cpp", "#include <QLabel>"),
            ("storage/X.cpp", '#include "jobs/Queue.h"'),
            ("jobs/X.cpp", '#include "service/Call.h"'),
            ("jobs/X.cpp", '#include "library/Library.h"'),
            ("library/X.cpp", '#include "jobs/Queue.h"'),
            ("library/X.cpp", "#include <QFileIconProvider>"),
            ("settings/X.cpp", '#include "storage/Database.h"'),
            ("service/X.cpp", "#include <httplib.h>"),
            ("widgets/window/X.cpp", '#include "service/Call.h"'),
            ("widgets/window/X.cpp", '#include "practice/Server.h"'),
            ("widgets/window/X.cpp", '#include "storage/Database.h"'),
            ("widgets/window/X.cpp", "#include <QNetworkAccessManager>"),
            ("widgets/window/X.cpp", "#include <QSqlQuery>"),
            ("library/X.cpp", "#include <boost/asio.hpp>"),
            ("elsewhere/X.cpp", ""),
        ]
        for name, line in cases:
            with self.subTest(name=name, line=line):
                self.plant(name, "\n" + line + "\n")
                code, output = self.run_check()
                self.assertEqual(code, 1, output)
                number = 2 if line else 1
                self.assertIn(f"{self.src / name}:{number}: ", output)
                self.assertIn(" 1 violations", output)
                (self.src / name).unlink()

    def test_own_header_comes_first(self):
        self.plant("widgets/gallery/View.cpp", '#include <QWidget>\n#include "widgets/gallery/View.h"\n')
        code, output = self.run_check()
        self.assertEqual(code, 1, output)
        self.assertIn("View.cpp:2: includes its own header", output)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
