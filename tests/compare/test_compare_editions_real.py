"""Google's copies of April 2019 and 2024, whole: every change has the cause that a person found for it."""

from collections import Counter
from pathlib import Path

import pytest

from sagwan.compare import Cause, changes

RAW = Path(__file__).parents[3] / "shared" / "data" / "raw" / "google"


@pytest.mark.extra
@pytest.mark.skipif(not RAW.is_dir(), reason="the providers' own files are not here")
def test_google_2019_to_2024() -> None:
    """By rows: eight changed (requests moved to local subsidiaries and out of 'other'; wiretaps corrected),
    seven gone (six of noughts), eight added, and Turkey, Macau and Macedonia renamed."""
    from sagwan.compare.importers import read  # noqa: PLC0415 - only where the files are

    found = changes(read(RAW / "2019-04").claims, read(RAW / "2024-04").claims)
    rows = {
        (c.kind.value, c.cause, c.figure.under_metric("")) for c in found if c.figure.metric == "requested"
    }
    assert Counter((kind, cause) for kind, cause, _ in rows) == {
        ("changed", Cause.RE_CLASSING): 6,
        ("changed", Cause.CORRECTION): 2,
        ("removed", Cause.FORMATTING): 6,
        ("removed", Cause.UNKNOWN): 1,
        ("added", Cause.RE_CLASSING): 8,
        ("changed", Cause.RENAME): 40,
    }
    assert {c.figure.jurisdiction for c in found if c.cause is Cause.RE_CLASSING} == {"RU", "IE"}
    assert {c.figure.jurisdiction for c in found if c.cause is Cause.RENAME} == {"TR", "MK", "MO"}
    blank = [c for c in found if c.kind == "changed" and c.cause is Cause.FORMATTING]
    assert {(c.before.value, c.after.value) for c in blank if c.before and c.after} == {("", "0")}
