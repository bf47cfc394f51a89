"""Precision and recall of the text rules on labelled texts: `python -m tests.soak.texts --write docs/validation.md`.

With `--write` it also writes pipeline/model/text_accuracy.toml.
"""

import sys

from tests.measures.texts.labelled.accuracy import FILE, as_toml, measured
from tests.measures.texts.labelled.report import report
from tests.soak.writing import run

if __name__ == "__main__":
    run("texts", lambda _: report(), __doc__)
    if any(argument.startswith("--write") for argument in sys.argv):
        FILE.write_text(as_toml(measured()), encoding="utf-8")
