"""The catalogue: whole, translated, compiled; and the check that says so can fail."""

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SPEC = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
assert _SPEC and _SPEC.loader
messages = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(messages)


def test_every_message_is_translated_and_compiled():
    assert list(messages.problems()) == []


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small package with one message, translated and compiled."""
    package = tmp_path / "src" / "sagwan"
    (package / "templates").mkdir(parents=True)
    (package / "code.py").write_text('_("one %(n)s")\n')
    (package / "templates" / "page.html").write_text("{{ _('two') }}\n")
    messages.update(package)
    edit(package, 'msgid "one %(n)s"\nmsgstr ""', 'msgid "one %(n)s"\nmsgstr "하나 %(n)s"')
    edit(package, 'msgid "two"\nmsgstr ""', 'msgid "two"\nmsgstr "둘"')
    messages.compile_all(package)
    assert list(messages.problems(package)) == []
    return package


def edit(package: Path, old: str, new: str) -> None:
    path = messages.po_path("ko", package)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def found(package: Path) -> str:
    return "\n".join(messages.problems(package))


def test_a_new_message_is_missing(source):
    (source / "more.py").write_text('_("three")\n')
    assert "missing: 'three'" in found(source)


def test_an_unused_message_is_stale(source):
    (source / "code.py").write_text("")
    assert "stale: 'one %(n)s'" in found(source)


def test_an_empty_translation_is_empty(source):
    edit(source, '"둘"', '""')
    assert "empty: 'two'" in found(source)


def test_a_fuzzy_translation_is_not_good_enough(source):
    edit(source, 'msgid "two"', '#, fuzzy\nmsgid "two"')
    assert "fuzzy: 'two'" in found(source)


def test_a_lost_placeholder_is_noticed(source):
    edit(source, "하나 %(n)s", "하나 %(m)s")
    assert "'one %(n)s'" in found(source)


def test_a_stale_mo_is_noticed(source):
    edit(source, '"둘"', '"두울"')
    assert "not compiled" in found(source)


def test_update_keeps_translations_drops_unused_and_repeats_itself(source):
    (source / "code.py").write_text('_("four")\n')
    messages.update(source)
    text = messages.po_path("ko", source).read_text()
    assert "둘" in text and "four" in text and "one" not in text
    messages.update(source)
    assert messages.po_path("ko", source).read_text() == text


def test_the_command_exits_with_1_where_something_is_wrong(source, monkeypatch, capsys):
    monkeypatch.setattr(messages.problems, "__defaults__", (source,))
    assert messages.main(["--check"]) == 0
    shutil.rmtree(source / "templates")
    assert messages.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().err
