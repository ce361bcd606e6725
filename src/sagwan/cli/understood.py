"""What an import understood of a file, for people and as plain data."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sagwan.cli.output import say
from sagwan.cli.speech import Speech, speech
from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.edition import Edition
from sagwan.compare.editions import Change, restatements
from sagwan.compare.importers import Understood
from sagwan.compare.importers.understood import DatedBy
from sagwan.compare.store import Store
from sagwan.compare.words import Language

SHOWN = 10
_DIGITS = 12
_DATED = {
    DatedBy.GIVEN: "as you gave it",
    DatedBy.LAST_DAY: "the last day that the file speaks of; --date sets another",
    DatedBy.TABLE: "as each row says",
}


@dataclass(slots=True)
class Report:
    """A file's name, what was understood of it, and what that means beside a store.

    `new` counts the claims that are not there yet, `restated` are the changes that they bring, `again` is
    true where the same bytes were imported before. `stored` is the table written, once it is.
    """

    name: str
    understood: Understood
    new: int
    again: bool
    restated: tuple[Change, ...]
    stored: Path | None = None

    @property
    def states(self) -> dict[str, int]:
        return _count(claim.read.code.value for claim in self.understood.claims)

    @property
    def causes(self) -> dict[str, int]:
        return _count(change.cause.value for change in self.restated)

    @property
    def editions(self) -> list[str]:
        return sorted({claim.edition for claim in self.understood.claims if claim.edition})

    def to_json(self) -> dict[str, object]:
        return {
            "file": self.name,
            **self.understood.to_json(),
            "editions": self.editions,
            "states": self.states,
            "new": self.new,
            "imported_before": self.again,
            "restated": self.causes,
            "restatements": [change.to_json() for change in self.restated if change.is_of_the_number],
            "stored": str(self.stored) if self.stored else None,
        }


def report(name: str, understood: Understood, known: Mapping[str, Claim], box: Store) -> Report:
    """Set what was understood beside the claims that are known."""
    again = box.holds(checksum(understood))
    fresh = [] if again else [claim for claim in understood.claims if claim.id not in known]
    return Report(name, understood, len(fresh), again, tuple(_restated(fresh, known)))


def checksum(understood: Understood) -> str:
    """What an import is known by: the file's SHA-256. A published folder says more to a reader who names its
    key, so that it can be brought once without and once with it."""
    if not any(claim.source_kind is SourceKind.RECOUNTED for claim in understood.claims):
        return understood.edition.sha256
    return hashlib.sha256(f"{understood.edition.sha256} recounted".encode()).hexdigest()


def _restated(fresh: Sequence[Claim], known: Mapping[str, Claim]) -> list[Change]:
    """What is restated now that was not before: by the new claims, or of them where they are older."""
    providers = {claim.provider for claim in fresh}
    beside = [claim for claim in known.values() if claim.provider in providers]
    before = set(restatements(beside))
    return [change for change in restatements([*beside, *fresh]) if change not in before]


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def say_report(one: Report, language: Language) -> None:
    """What was understood, for people."""
    told, understood = speech(language), one.understood
    say(f"{one.name}: {understood.format}")
    counts = {"rows": understood.rows, "claims": len(understood.claims), "new": one.new}
    spelt = {name: f"{count:,}" for name, count in counts.items()}
    say(f"  {told('{rows} rows, {claims} claims, {new} of them new', **spelt)}")
    if one.again:
        say(f"  {told('this file was imported before')}")
    countries = [code or told("(none named)") for code in understood.jurisdictions]
    say(f"  {told('periods')}: {_spread(understood.periods, told)}")
    say(f"  {told('countries')}: {_spread(countries, told)}")
    if understood.dates:
        dated = _spread(understood.dates, told)
        say(f"  {told('source date')}: {dated} ({told(_DATED[understood.dated_by])})")
    say(f"  {told('states')}: {_counts(one.states, told)}")
    for edition in _editions(one.editions):
        say(f"  {told('edition')}: {edition}")
    if one.restated:
        say(f"  {told('beside what is stored')}: {_counts(one.causes, told)}")
        _say_some(
            [f"{each.figure}: {each.sentence(language)}" for each in _telling(one.restated)],
            told,
        )
    unread = [f"{spot.spot}: {spot.printed[:60]!r}: {spot.why}" for spot in understood.unread]
    _say_list(told("could not read"), unread, told)
    _say_list(told("warning"), [f"{w.spot}: {w.text}" for w in understood.warnings], told)


def _telling(changes: Iterable[Change]) -> list[Change]:
    """The changes of numbers; first those of a figure that both editions have."""
    found = [change for change in changes if change.is_of_the_number]
    return sorted(found, key=lambda change: change.before is None or change.after is None)


def _editions(texts: Sequence[str]) -> list[str]:
    """Publisher, address where it is one, day and the start of the checksum; tables of one place together."""
    tables: dict[tuple[str, str, str], list[str]] = {}
    for text in texts:
        edition = Edition.parse(text)
        address = "" if edition.address.startswith("urn:") else edition.address
        where = (edition.publisher, address, edition.retrieved)
        tables.setdefault(where, []).append(edition.sha256[:_DIGITS])
    return [
        " ".join(filter(None, (*where, ", ".join(sums[:SHOWN]) + (" …" if len(sums) > SHOWN else ""))))
        for where, sums in tables.items()
    ][:SHOWN]


def _say_list(what: str, lines: Sequence[str], told: Speech) -> None:
    if lines:
        say(f"  {what}: {len(lines):,}")
    _say_some(lines, told)


def _say_some(lines: Sequence[str], told: Speech) -> None:
    for line in lines[:SHOWN]:
        say(f"    {' '.join(line.split())}")
    if len(lines) > SHOWN:
        say(f"    {told('and {count} more (--json names all)', count=f'{len(lines) - SHOWN:,}')}")


def _spread(items: Sequence[str], told: Speech) -> str:
    if len(items) <= SHOWN:
        return ", ".join(items) or told("none")
    return told("{count}, from {first} to {last}", count=f"{len(items):,}", first=items[0], last=items[-1])


def _counts(counts: Mapping[str, int], told: Speech) -> str:
    each = (told("{count} {name}", count=f"{count:,}", name=told(name)) for name, count in counts.items())
    return ", ".join(each)
