"""Precision of joins and recall of suggestions on labelled pairs: `python -m tests.soak.identities --write docs/validation.md`."""

from tests.contacts.labelled.measure import report
from tests.soak.writing import run

if __name__ == "__main__":
    run("identities", lambda _: report(), __doc__)
