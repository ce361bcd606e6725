"""docs/reference/lifecycle.md prints the tables of the code; this keeps them the same."""

import re
from pathlib import Path
from typing import get_args

from sagwan.record.events import SEALED, Event
from sagwan.record.lifecycle import ALLOWED, ALWAYS, WHILE_OPEN

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "lifecycle.md"


def table(heading: str) -> list[tuple[str, str]]:
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    return rows[2:]


def test_the_table_of_stages_is_current() -> None:
    assert table("What each stage takes") == [
        (f"`{stage}`", ", ".join(commands)) for stage, commands in ALLOWED.items()
    ]


def test_what_moves_no_stage_is_listed() -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"At every stage but `resolved` and `withdrawn`: {', '.join(WHILE_OPEN)}." in text
    assert f"At every stage: {', '.join(ALWAYS)}." in text


def test_the_table_of_lines_is_current() -> None:
    expected = [(event.__name__, f"`{kind}`") for event, kind in SEALED.items()]
    assert table("Events and the lines they seal") == expected


def test_every_event_is_told() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [event.__name__ for event in get_args(Event) if event.__name__ not in text] == []
