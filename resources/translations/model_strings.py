#!/usr/bin/env python3
"""Writes the titles and help texts of the model files as C++ that lupdate reads: they are data, and
lupdate looks at source only."""

import json
import sys
from pathlib import Path

models = Path(__file__).parent.parent / "models"
texts = set()
for path in sorted(models.glob("*.json")):
    schema = json.loads(path.read_text(encoding="utf-8"))
    for part in [schema, *schema["properties"].values()]:
        texts.update(part[key] for key in ("title", "description") if key in part)
lines = [f'QT_TRANSLATE_NOOP("models", {json.dumps(text)}),' for text in sorted(texts)]
sys.stdout.write("const char* modelStrings[] = {\n" + "\n".join(lines) + "\n};\n")
