"""Every text of an error that can reach a page has its Korean; and the check that says so can fail."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

sys.path.append(str(ROOT / "scripts"))
_SPEC = importlib.util.spec_from_file_location("refusal_texts", ROOT / "scripts" / "refusals.py")
assert _SPEC and _SPEC.loader
refusals = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(refusals)

FIELD = re.compile(r"\{[0-9]+\}")
ERRORS = """
class SagwanError(Exception):
    def __init__(self, message, *, hint=""):
        super().__init__(message)

class Odd(SagwanError):
    pass

class Placed(SagwanError):
    def __init__(self, where, problem):
        super().__init__(f"{where}: {problem}")
"""
CODE = """
from sagwan.record.errors import Odd, Placed

LATER = "come back later"

def check(day, what, pair):
    if day:
        raise Odd(f"{day!r} is odd" if what else "it is odd", hint=LATER)
    text = f"{day} is {'too late' if what else 'too early'}"
    raise Odd(text)

def need(what):
    raise Odd(f"the {what} is missing", hint=f"give {{}} to {what}")

ROWS = ((1, "a brick"), (2, "a stone"))

def split(table):
    for start, what in ROWS:
        if table == start:
            raise Odd(f"{table} is {what}")

def word(text):
    raise Odd(f"{text!r} is no word")

def parsed(path):
    if fault := wrong(path):
        raise ValueError(fault)
    raise ValueError("it is torn")

def wrong(path):
    return "it is wet"

def opened(path):
    word("en")
    "one and two".split("and")
    try:
        parsed(path)
    except ValueError as error:
        name = f"stored-{path}"
        raise Odd(f"{path} cannot be read: {error}", hint=f"{name} is there")

def use():
    need("paper of the court")
    raise Placed("here.py", "nothing is there")
"""
FOUND = {
    "{0} is odd", "it is odd", "come back later", "{0} is too late", "{0} is too early",
    "the {0} is missing", "give {{}} to {0}", "paper of the court", "nothing is there",
    "{0} is a brick", "{0} is a stone", "{0} is no word", "{0} is there", "{0} cannot be read: {1}",
    "it is torn", "it is wet",
}  # fmt: skip


VERDICT = """
from sagwan.verify.verdict import Failure

class Findings:
    def add(self, check, file, message, expected="", found=""):
        self.take(Failure(check, file, message, str(expected), str(found)))

def check(findings, size):
    findings.add(1, "a.txt", f"the file has {size} bytes", "at most 3 bytes", size)
    findings.leave_unchecked(2, "the log is not there")
    return replace(findings, failures=(f"the seal of {size} is broken",))
"""
PAIRS = """
def _what_is_wrong(kind):
    if kind:
        return ("once received", f"received at {kind}") if kind == "b" else None
    return "something before it", "none"
"""
QUERY = """
-- a comment that 'nobody reads'
SELECT 'line ' || n || ': it is empty', CASE WHEN kind = 'report' THEN 'one line' ELSE bytes || ' bytes' END
"""
SAID = {
    "the file has {0} bytes", "at most 3 bytes", "the log is not there", "the seal of {0} is broken",
    "once received", "received at {0}", "something before it", "none",
    "line {0}: it is empty", "one line", "{0} bytes",
}  # fmt: skip


def test_what_a_verdict_says_is_found(tmp_path: Path):
    """Failures, pairs of what was expected and found, and the sentences of an engine's queries."""
    package = tmp_path / "src" / "sagwan"
    (package / "verify").mkdir(parents=True)
    for name, text in (("run.py", VERDICT), ("lives.py", PAIRS), ("follow.sql", QUERY)):
        (package / "verify" / name).write_text(text)
    assert set(refusals.read(package)) == SAID


MODULE = r"""
import { Malformed } from "./notes.js"; // a comment that "nobody reads"
const QUOTE = /["'`/]/;
const cut = (size, half) => size / 2 > half ? "one of two" : `${size} of {${half}}`;
function check(findings, size) {
  if (size[0] === '"') fail(`the file has ${size ? `more than ${size} bytes` : "no end"} \u2014 a pity`);
  findings.add(1, "a/b.txt", "torn", size > 1 ? "whole" : "none", `${size}`, names["key"]);
  return size === "a" ? ["received once", "already"] : [];
}
const row = `${size} ${half}`.split("word");
"""


def test_what_the_browser_says_is_found(tmp_path: Path):
    """Neither comments, regular expressions nor names are texts; a page's own are in both languages."""
    folder = tmp_path / "src" / "sagwan" / "pages" / "static" / "verify"
    folder.mkdir(parents=True)
    for name in ("say.js", "view.js"):
        (folder / name).write_text(MODULE if name == "say.js" else '"a text of the page"')
    assert set(refusals.read(tmp_path / "src" / "sagwan")) == {
        "one of two", "{0} of {{{1}}}", "the file has {0} — a pity", "more than {0} bytes", "no end", "torn",
        "whole", "none", "received once", "already",     }  # fmt: skip


def test_every_refusal_has_its_korean():
    assert sorted(refusals.problems()) == []


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small package whose errors are all translated."""
    package = tmp_path / "src" / "sagwan"
    for room, text in (("record", ERRORS), ("desk", CODE)):
        (package / room).mkdir(parents=True)
        (package / room / "errors.py").write_text(text)
    folder = package / "locale" / "ko" / "refusals"
    folder.mkdir(parents=True)
    lines = [f'"{text}" = "{"".join(FIELD.findall(text))} {{{{}}}} 하나"\n' for text in sorted(FOUND)]
    (folder / "all.toml").write_text("".join(lines))
    assert list(refusals.problems(package)) == []
    return package


def edit(package: Path, old: str, new: str) -> str:
    path = package / "desk" / "errors.py" if old in CODE else package / "locale/ko/refusals/all.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return "\n".join(refusals.problems(package))


def test_texts_are_followed_to_where_they_are_written(source):
    """Neither what is quoted is a text, nor a file's name, nor what a method of the same name is given."""
    assert set(refusals.read(source)) == FOUND


def test_a_new_text_is_missing_and_the_old_one_stale(source):
    found = edit(source, "it is odd", "it is even")
    assert "no Korean for 'it is even'" in found and "no error says 'it is odd'" in found


def test_a_helper_that_a_new_caller_gives_a_text_is_followed(source):
    assert "'seal of the court'" in edit(
        source, 'raise Placed("here.py"', 'need("seal of the court")\n    raise Placed("here.py"'
    )


def test_a_lost_value_is_noticed(source):
    assert "the values differ: '{0} is odd'" in edit(source, '"{0} is odd" = "{0}', '"{0} is odd" = "')


def test_an_empty_translation_is_noticed(source):
    assert "empty: 'it is odd'" in edit(source, '"it is odd" = " {{}} 하나"', '"it is odd" = ""')


def test_an_entry_in_two_files_is_noticed(source):
    (source / "locale/ko/refusals/more.toml").write_text('"it is odd" = "둘"\n')
    assert "doubled: 'it is odd'" in "\n".join(refusals.problems(source))


def test_the_command_exits_with_1_where_something_is_wrong(source, monkeypatch, capsys):
    monkeypatch.setattr(refusals.problems, "__defaults__", (source,))
    assert refusals.main(["--check"]) == 0
    (source / "locale/ko/refusals/all.toml").unlink()
    monkeypatch.setattr(refusals.missing, "__defaults__", (source,))
    assert refusals.main(["--check"]) == 1
    assert "no Korean for 'it is odd'" in capsys.readouterr().err
