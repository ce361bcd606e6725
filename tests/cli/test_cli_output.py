"""Tables: by Rich on a terminal, plain in a pipe; the same words in both."""

import io
import re

import pytest

from sagwan.cli.output import Shown, say_table

HEADS = ("", "figure", "value", "source")
ROWS = [
    ("!", "kakao/daum/KR/2016H1/x", Shown("1,925"), "카카오 자체 집계표 [bold]not bold[/bold]"),
    ("~", "apple/apple/US/2016H1/y", Shown("0–499"), "Apple"),
    ("-", "apple/apple/US/2016H1/z", "–", ""),
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, sink: io.StringIO, columns: int = 100) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout", sink)
    say_table(HEADS, ROWS)
    return [re.sub("\x1b\\[[0-9;]*m", "", line).rstrip() for line in sink.getvalue().splitlines()]


def test_a_terminal_and_a_pipe_show_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    rich, plain = shown(monkeypatch, Terminal()), shown(monkeypatch, io.StringIO())
    assert [line.split() for line in rich] == [line.split() for line in plain]
    for lines in (rich, plain):
        assert "[bold]not bold[/bold]" in lines[1]  # what a source is called is no markup
        ends = {
            line.index(word) + len(word)
            for line, word in zip(lines[1:], ("1,925", "0–499", "–"), strict=True)
        }
        assert len(ends) == 1  # numbers to the right, and a band or no number with them


def test_a_dispute_is_told_by_a_sign_and_only_stressed_by_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    sink = Terminal()
    assert shown(monkeypatch, sink)[1].startswith("!")
    raw = sink.getvalue().splitlines()
    assert "\x1b[1m" in raw[1] and "\x1b" not in raw[2]


def test_a_narrow_terminal_folds_prose_and_keeps_keys_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(monkeypatch, Terminal(), 60)
    assert all(len(line) <= 60 for line in lines) and len(lines) > len(ROWS) + 1
    assert all(any(row[1] in line for line in lines) for row in ROWS)
    tiny = shown(monkeypatch, Terminal(), 30)
    assert "".join(tiny).replace(" ", "").count("kakao") == 1  # folded, and nothing lost
