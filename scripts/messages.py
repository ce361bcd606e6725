"""Keep the catalogue of messages: `python scripts/messages.py update` after a change, `--check` in the tests.

Messages are English, marked with `_()`, `translate()`, `ngettext()` or `N_()`; in templates `_()` and
`ngettext()`.
Translations live in src/sagwan/locale/<language>/LC_MESSAGES/sagwan.po; sagwan.mo is made from it.
Needs Babel, which only developers need.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "sagwan"
TRANSLATED = ("ko",)
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {"_": None, "translate": None, "gettext": None, "N_": None, "ngettext": (1, 2)}


class Plain(Catalog):
    """A catalogue whose header says only what is needed: no dates, people or tools, so that the same
    translations give the same bytes everywhere."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def new_catalogue(language: str | None = None) -> Plain:
    header = "# Sagwan's messages; kept by scripts/messages.py."
    return Plain(locale=language, project="Sagwan", charset="utf-8", header_comment=header, fuzzy=False)


def extract(source: Path = SOURCE) -> Catalog:
    """Every message that code and templates mark, with the files it stands in."""
    catalogue = new_catalogue()
    found = extract_from_dir(source, METHODS, OPTIONS, keywords=KEYWORDS)
    for file, _line, message, _comments, _context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        catalogue.add(message, locations=[(f"src/sagwan/{file}", None)])
    return catalogue


def load(language: str, source: Path = SOURCE) -> Catalog:
    path = po_path(language, source)
    catalogue = new_catalogue(language)
    if path.exists():
        with path.open("rb") as file:
            read = read_po(file, locale=language)
        for message in messages(read):
            catalogue[message.id] = message
        catalogue.obsolete = read.obsolete
    return catalogue


def po_path(language: str, source: Path = SOURCE) -> Path:
    return source / "locale" / language / "LC_MESSAGES" / "sagwan.po"


def update(source: Path = SOURCE) -> None:
    """Bring the .po files up to what is marked; a new message has no translation, an unused one goes."""
    template = extract(source)
    for language in TRANSLATED:
        old, new = load(language, source), new_catalogue(language)
        for message in messages(template):
            known = old.get(message.id)
            new.add(message.id, known.string if known else "", locations=message.locations)
        path = po_path(language, source)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(new))


def compile_all(source: Path = SOURCE) -> None:
    for language in TRANSLATED:
        po_path(language, source).with_suffix(".mo").write_bytes(mo_bytes(load(language, source)))


def problems(source: Path = SOURCE) -> Iterator[str]:
    """What is wrong: missing, empty, fuzzy or stale messages, wrong placeholders, a .mo of another .po."""
    marked = {message.id: message for message in messages(extract(source))}
    for language in TRANSLATED:
        path = po_path(language, source)
        catalogue = load(language, source)
        known = {message.id: message for message in messages(catalogue)}
        where = path.relative_to(source.parent.parent)
        for text in marked.keys() - known.keys():
            yield f"{where}: missing: {text!r} (run scripts/messages.py update, then translate it)"
        for text in (known.keys() - marked.keys()) | set(catalogue.obsolete):
            yield f"{where}: stale: {text!r} is marked nowhere"
        for message in known.values():
            yield from (f"{where}: {fault}" for fault in faults(message, catalogue))
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != mo_bytes(catalogue):
            yield f"{where.with_suffix('.mo')}: not compiled from the .po (run scripts/messages.py compile)"


def faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(strings):
        yield f"empty: {message.id!r}"
        return
    if message.fuzzy:
        yield f"fuzzy: {message.id!r}"
    for error in message.check(catalogue):
        yield f"{message.id!r}: {error}"


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def po_bytes(catalogue: Catalog) -> bytes:
    sink = io.BytesIO()
    write_po(sink, catalogue, width=108, sort_by_file=True, include_lineno=False)
    return sink.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    sink = io.BytesIO()
    write_mo(sink, catalogue)
    return sink.getvalue()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", nargs="?", choices=["extract", "update", "compile"])
    parser.add_argument("--check", action="store_true", help="exit 1 where a translation is wrong")
    chosen = parser.parse_args(arguments)
    if not chosen.command and not chosen.check:
        parser.error("name a command or --check")
    if chosen.command == "extract":
        sys.stdout.buffer.write(po_bytes(extract()))
    if chosen.command == "update":
        update()
    if chosen.command in ("update", "compile"):
        compile_all()
    found = sorted(problems()) if chosen.check else []
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
