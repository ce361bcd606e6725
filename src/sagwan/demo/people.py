"""The people of the demo's desks, as `people.toml` names them. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from sagwan.demo.model import Person, Provider


@dataclass(frozen=True, slots=True)
class Staff:
    """Someone of a provider who handles no request in the scenario."""

    key: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Official:
    """Someone of an authority; `confirmed`: its independent contact was called about them."""

    key: str
    name: str
    phone: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Office:
    """An authority; `name` is the scenario's, `phone` its independent contact's, found in `source`.

    `vetted_on` None: the vetting waits for a second person.
    """

    slug: str
    name: str
    english: str
    kind: str
    domain: str
    head: str
    phone: str
    source: str
    vetted_on: date | None
    officials: tuple[Official, ...]

    def mail(self, official: Official) -> str:
        return f"{official.key}@{self.domain}"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone of one provider's desk: its people with their names in both scripts, and who asks it.

    `began_on` is the day on which they came to it.
    """

    began_on: date
    handling: tuple[Person, ...]
    others: tuple[Staff, ...]
    offices: tuple[Office, ...]

    def who(self, does: str) -> tuple[str, ...]:
        """The keys of those who do `intake`, `review` or `approve`; those who do nothing else first."""
        found = [person for person in self.handling if does in person.does]
        return tuple(person.key for person in sorted(found, key=lambda person: len(person.does)))

    def staff(self, role: str) -> tuple[str, ...]:
        """The keys of those who only have this role: `administrator` or `auditor`."""
        return tuple(person.key for person in self.others if role in person.roles)

    def office(self, slug: str) -> Office:
        return next(office for office in self.offices if office.slug == slug)

    def filers(self) -> dict[str, tuple[Person, ...]]:
        """By an authority's name, its officials who are confirmed."""
        return {
            office.name: tuple(
                Person(one.key, one.name, frozenset()) for one in office.officials if one.confirmed
            )
            for office in self.offices
        }


def cast_of(provider: Provider) -> Cast:
    """The people of a provider of the scenario."""
    document = tomllib.loads(files("sagwan.demo").joinpath("people.toml").read_text("utf-8"))
    english = document["english"]
    return Cast(
        began_on=document["began_on"],
        handling=tuple(
            Person(person.key, f"{person.name} ({english[person.key]})", person.does)
            for person in provider.people
        ),
        others=tuple(
            Staff(each["key"], each["name"], tuple(each["roles"]))
            for each in document["staff"]
            if each["provider"] == provider.slug
        ),
        offices=tuple(_office(each) for each in document["authorities"]),
    )


def _office(document: Mapping[str, Any]) -> Office:
    plain = ("slug", "name", "english", "kind", "domain", "head", "phone", "source")
    return Office(
        **{name: document[name] for name in plain},
        vetted_on=document.get("vetted_on"),
        officials=tuple(Official(**each) for each in document.get("officials", ())),
    )
