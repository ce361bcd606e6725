"""The note is a person's remark: whatever stands in it, the result is the same."""

import random
from dataclasses import replace

from sagwan.compare import compare, load_packaged


def test_no_rule_reads_the_note() -> None:
    claims = load_packaged()
    assert any(claim.note for claim in claims)
    notes = [claim.note for claim in claims]
    random.Random(16).shuffle(notes)
    blank = [replace(claim, note="") for claim in claims]
    mixed = [replace(claim, note=note) for claim, note in zip(claims, notes, strict=True)]
    told = compare(claims).to_json()
    assert compare(blank).to_json() == told
    assert compare(mixed).to_json() == told
