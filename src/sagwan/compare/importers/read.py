"""Reads a file, an archive or a folder as claims: the one door of the importers."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sagwan.compare.check import fault
from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.edition import Edition
from sagwan.compare.importers import own, sagwan
from sagwan.compare.importers.csvs import read_csv
from sagwan.compare.importers.errors import ImporterError, TooLarge, UnknownFormat
from sagwan.compare.importers.foreign import check_kind
from sagwan.compare.importers.formats import Format, all_words, recognise, resembles
from sagwan.compare.importers.limits import DEFAULT, Limits
from sagwan.compare.importers.maker import Maker
from sagwan.compare.importers.text import decode
from sagwan.compare.importers.understood import (
    Caution,
    DatedBy,
    Document,
    Origin,
    Spot,
    Understood,
    Unread,
)
from sagwan.compare.importers.xlsx import is_workbook, read_xlsx
from sagwan.compare.importers.zips import MAGIC, members
from sagwan.compare.load import load, unique
from sagwan.compare.period import is_period
from sagwan.verify import Trust

NO_TRUST = Trust()
NOBODY = Origin()
_PEEK = 64 * 1024
# Also those that are named, and not read, and files without a suffix, as some providers serve them.
_SUFFIXES = frozenset(
    {"", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json", ".zip", ".xls", ".xlsb", ".ods", ".pdf", ".hwp"}
)


def read(
    path: str | Path, *, limits: Limits = DEFAULT, origin: Origin = NOBODY, trust: Trust = NO_TRUST
) -> Understood:
    """Read what lies at a path; a folder published by Sagwan may also be an http(s) address.

    A folder or archive of providers' files gives the claims of all files in it that are known and sound; the
    others are named in `unread`. Raises UnknownFormat where nothing is known, TooLarge past a limit,
    BadEncoding, ImporterError where a known file is broken, ClaimsError where our own table is.
    """
    _check_origin(origin)
    if isinstance(path, str) and path.startswith(("http://", "https://")):
        return sagwan.read(path, origin, trust)
    path = Path(path)
    if path.is_dir():
        if (path / "report").is_dir() and (path / "log").is_dir():
            return sagwan.read(str(path), origin, trust)
        return _read_folder(path, limits, origin)
    if not path.is_file():
        raise ImporterError(f"{path} is neither a file nor a folder")
    if _is_own(path):
        return _read_claims(path, origin)
    return _read_bytes(_bytes(path, limits), path.name, limits, origin)


def read_bytes(data: bytes, name: str, *, limits: Limits = DEFAULT, origin: Origin = NOBODY) -> Understood:
    """Read a file's bytes; its name counts, as Meta's period stands nowhere else. Raises as `read` does."""
    _check_origin(origin)
    limits.check_bytes(name, len(data))
    return _read_bytes(data, name, limits, origin)


def _check_origin(origin: Origin) -> None:
    """Raise ImporterError where what is said of a file's origin could not stand in a table of claims."""
    said = {"source_url": origin.address, "source_publisher": origin.publisher, "source_date": origin.date}
    for column, text in said.items():
        if text and (wrong := fault(column, text)):
            raise ImporterError(f"the origin given: {column.removeprefix('source_')} {wrong}")
    if origin.period and not is_period(origin.period):
        raise ImporterError(f"the origin given: {origin.period!r} is not a period", hint="write 2016H1")


def _bytes(path: Path, limits: Limits) -> bytes:
    """A file's bytes, never more than the limit, however it grows while it is read."""
    limits.check_bytes(str(path), path.stat().st_size)
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.bytes + 1)
    except OSError as error:
        raise ImporterError(f"{path} cannot be read: {error.strerror}") from None
    limits.check_bytes(str(path), len(data))
    return data


def _read_bytes(data: bytes, name: str, limits: Limits, origin: Origin) -> Understood:
    check_kind(data, name)
    if data.startswith(MAGIC) and not is_workbook(data, name, limits):
        inside = ((f"{name}/{member}", content) for member, content in members(data, name, limits))
        return _read_many(inside, hashlib.sha256(data).hexdigest(), name, limits, origin)
    return _read_one(data, name, limits, origin)


def _read_folder(path: Path, limits: Limits, origin: Origin) -> Understood:
    files = sorted(one for one in path.rglob("*") if one.is_file() and _may_be_table(one.relative_to(path)))
    if not files:
        raise UnknownFormat(f"{path} holds no table", hint=f"known: {all_words()}")
    if len(files) > limits.members:
        raise ImporterError(f"{path} holds {len(files):,} files, more than {limits.members:,}")
    contents = ((one.relative_to(path).as_posix(), _bytes(one, limits)) for one in files)
    return _read_many(contents, "", str(path), limits, origin)


def _may_be_table(file: Path) -> bool:
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in file.parts)
    return not hidden and file.suffix.casefold() in _SUFFIXES


def _read_many(
    files: Iterable[tuple[str, bytes]], sha256: str, name: str, limits: Limits, origin: Origin
) -> Understood:
    """Read each file by itself. A folder's checksum is that of its files' `sha256sum` lines."""
    sums, read_, unknown = [], [], []
    for file, data in files:
        sums.append(f"{hashlib.sha256(data).hexdigest()}  {file}\n")
        try:
            read_.append(_read_bytes(data, file, limits, origin))
        except TooLarge:
            raise
        except ImporterError as error:
            # A picture or a note among the tables is no reason to refuse them; what is broken is named.
            unknown.append(Unread(Spot(file), "", error.message))
    if not read_:
        first = f": {unknown[0].why}" if unknown else ""
        raise UnknownFormat(f"nothing in {name} is known{first}", hint=f"known: {all_words()}")
    whole = sha256 or hashlib.sha256("".join(sums).encode()).hexdigest()
    return _join(read_, unknown, whole, origin)


def _join(parts: list[Understood], unknown: list[Unread], sha256: str, origin: Origin) -> Understood:
    claims = unique(claim for part in parts for claim in part.claims)
    publishers = sorted({part.edition.publisher for part in parts})
    address = origin.address or f"urn:sha256:{sha256}"
    return Understood(
        ", ".join(sorted({part.format for part in parts})),
        Edition(", ".join(publishers), address, origin.retrieved, sha256),
        claims,
        (*(one for part in parts for one in part.unread), *unknown),
        tuple(one for part in parts for one in part.warnings),
        tuple(sorted({one for part in parts for one in part.periods})),
        tuple(sorted({one for part in parts for one in part.jurisdictions})),
        sum(part.rows for part in parts),
        tuple(file for part in parts for file in part.files),
        dates=_dates(claims),
        dated_by=parts[0].dated_by,
    )


def _read_one(data: bytes, name: str, limits: Limits, origin: Origin) -> Understood:
    document, cautions = _document(data, name, limits)
    if own.knows(document):
        return _own(own.read(document), name, document.sha256, origin)
    found = recognise(document)
    if not found:
        like = resembles(document)
        said = f"{name} is no format that is known" + (f": {like}" if like else "")
        raise UnknownFormat(said, hint=f"known: {all_words()}")
    return _import(document, found, cautions, origin)


def _document(data: bytes, name: str, limits: Limits) -> tuple[Document, list[Caution]]:
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith(MAGIC):
        document = Document(name, sha256, read_xlsx(data, name, limits))
        hidden = [table.sheet for table in document.tables if table.is_hidden and table.rows]
        said = "the sheet is hidden in the workbook: it is read like the others"
        return document, [Caution("hidden-sheet", Spot(name, sheet), said) for sheet in hidden]
    text = decode(data, name)
    cautions = []
    if text.encoding not in ("utf-8", "utf-16-le", "utf-16-be"):
        said = f"the file was read as {text.encoding.upper()}: look at the names in it"
        cautions.append(Caution("encoding", Spot(name), said))
    if text.text.lstrip()[:1] in ("{", "["):
        return Document(name, sha256, json=_json(text.text, name, limits), text=text.text), cautions
    return Document(name, sha256, (read_csv(text.text, name, limits),), text=text.text), cautions


def _json(text: str, name: str, limits: Limits) -> Any:
    # Checked first: the parser recurses, and a million brackets would end it.
    depth = deepest = 0
    quoted = escaped = False
    for mark in text:
        if quoted:
            quoted, escaped = escaped or mark != '"', mark == "\\" and not escaped
        elif mark == '"':
            quoted = True
        else:
            depth += (mark in "[{") - (mark in "]}")
            deepest = max(deepest, depth)
            if deepest > limits.depth:
                raise ImporterError(f"{name}: JSON nested more than {limits.depth} deep")
    try:
        # Numbers stay as they are printed.
        return json.loads(text, parse_int=str, parse_float=str)
    except ValueError as error:
        raise ImporterError(f"{name} is not sound JSON: {error}") from None


def _import(document: Document, found: Format, cautions: list[Caution], origin: Origin) -> Understood:
    maker = Maker(document, origin, found.publisher, found.kind)
    found.read(document, maker)
    claims = unique(maker.finish())
    if not claims and not maker.unread:
        maker.warn("empty", 0, "the table has a header, and no figure below it")
    return Understood(
        found.name,
        maker.edition,
        claims,
        tuple(maker.unread),
        (*cautions, *maker.cautions),
        *_spread(claims),
        len(maker.rows),
        (document.name,),
        dates=_dates(claims),
        dated_by=DatedBy.GIVEN if origin.date else DatedBy.LAST_DAY,
    )


def _spread(claims: Iterable[Claim]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    periods, jurisdictions = set(), set()
    for claim in claims:
        periods.add(claim.period)
        jurisdictions.add(claim.jurisdiction)
    return tuple(sorted(periods)), tuple(sorted(jurisdictions))


def _dates(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.source_date for claim in claims}))


def _is_own(path: Path) -> bool:
    """True where the first line is the header of a claims table: such a file is read line by line."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_PEEK).splitlines()[:1]
    except OSError as error:
        raise ImporterError(f"{path} cannot be read: {error.strerror}") from None
    cells = (cell.strip('"') for line in head for cell in line.decode("utf-8-sig", "replace").split(","))
    return own.is_header(tuple(cells))


def _read_claims(path: Path, origin: Origin) -> Understood:
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return _own(load(path), path.name, digest.hexdigest(), origin)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_PEEK):
            yield chunk


def _own(claims: tuple[Claim, ...], name: str, sha256: str, origin: Origin) -> Understood:
    """A table's claims, except those that say they were recounted: only a folder can show that."""
    kept = tuple(claim for claim in claims if claim.source_kind is not SourceKind.RECOUNTED)
    dropped = len(claims) - len(kept)
    text = f"{dropped} claims say they were recounted; a table cannot show that: import the published folder"
    return Understood(
        own.NAME,
        Edition(origin.publisher, origin.address or f"urn:sha256:{sha256}", origin.retrieved, sha256),
        kept,
        own.unread(kept),
        (Caution("recounted", Spot(name), text),) if dropped else (),
        *_spread(kept),
        len(claims),
        (name,),
        dates=_dates(kept),
        dated_by=DatedBy.TABLE,
    )
