"""Mail domains: one form for each, whose they are, and which look like another's. Pure, but for its data.

A look-alike is not what is wrong with a stolen mailbox: that one passes every check here. See `standing`.
"""

import re
import string
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from sagwan.record.errors import InvalidValue

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
LONG_CORE = 9
"""From so many characters on, two slips in a name are still a look-alike."""


class Alike(StrEnum):
    """In which way one domain looks like another."""

    SIGNS = "look-alike-signs"
    SLIP = "a-slip-away"
    ENDING = "other-ending"
    WORDS = "words-added"
    INSIDE = "name-inside"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """`domain` is not `of`, but looks like it."""

    domain: str
    of: str
    how: Alike


def normal(domain: str) -> str:
    """The one form in which a domain is kept and compared: lower case, ASCII (IDNA), no final dot."""
    text = unicodedata.normalize("NFKC", domain).strip().rstrip(".").lower()
    if text.isascii():
        return text
    return ".".join(_ascii(label) for label in text.split("."))


def _ascii(label: str) -> str:
    if label.isascii():
        return label
    try:
        return label.encode("idna").decode("ascii").lower()
    except UnicodeError:  # a label that no registry would give out; it must still be comparable
        return "xn--" + label.encode("punycode").decode("ascii").lower()


def shown(domain: str) -> str:
    """The domain as a browser would show it, with the signs of its own script."""
    return ".".join(_unicode(label) for label in normal(domain).split("."))


def _unicode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def problem_of(domain: str) -> str:
    """What keeps `domain` from being a mail domain, in words; '' where nothing does."""
    name = normal(domain)
    labels = name.split(".")
    if not name or len(name) > 253 or len(labels) < 2:
        return f"{domain!r} is no domain"
    if not all(_LABEL.match(label) for label in labels) or labels[-1].isdigit():
        return f"{domain!r} is no domain"
    return ""


def domain_of(address: str) -> str:
    """The domain of a mail address, normal; '' where it has none."""
    return normal(address.rpartition("@")[2]) if "@" in address else ""


def belongs(domain: str, own: str) -> bool:
    """Is `domain` the domain `own` or one below it? Both normal."""
    return domain == own or domain.endswith("." + own)


def free_mail(domain: str) -> str:
    """Who gives addresses of that domain to anyone, by name; '' where nobody known does."""
    return next((name for free, name in _free().items() if belongs(normal(domain), free)), "")


def check_domains(domains: Iterable[str]) -> tuple[str, ...]:
    """An authority's domains, normal, each once; raise InvalidValue for one that can be nobody's alone."""
    found = set()
    for domain in domains:
        if problem := problem_of(domain):
            raise InvalidValue(problem, hint="such as police.go.kr, without @ and without www.")
        name = normal(domain)
        if name in _suffixes():
            raise InvalidValue(f"{name} is an ending that many share", hint="name the authority's own domain")
        if provider := free_mail(name):
            raise InvalidValue(
                f"{name} is free mail ({provider}): anyone may have an address there",
                hint="name a domain that only the authority has",
            )
        found.add(name)
    return tuple(sorted(found))


def look_alike(domain: str, vetted: Iterable[str]) -> Resemblance | None:
    """The vetted domain that `domain` looks like without being it or below it; None where there is none.

    Own domains, all vetted domains and whatever is below one of them, are never look-alikes.
    """
    name, known = normal(domain), [normal(each) for each in vetted]
    if any(belongs(name, own) for own in known):
        return None
    for test in (_signs, _ending, _slip, _inside, _words):
        for own in known:
            if (how := test(name, own)) is not None:
                return Resemblance(name, own, how)
    return None


def _signs(name: str, own: str) -> Alike | None:
    return Alike.SIGNS if belongs(skeleton(name), skeleton(own)) else None


def _slip(name: str, own: str) -> Alike | None:
    """One slip anywhere in the domain, or two in a long name; what stands before the name does not count."""
    labels = name.split(".")
    tails = [".".join(labels[start:]) for start in range(len(labels))]
    core, ending = split(own)
    most = 2 if len(core) >= LONG_CORE else 1
    for tail in tails:
        away = slips(tail, own, most)
        if away == 1 or (1 < away <= most and split(tail)[1] == ending):
            return Alike.SLIP
    return None


def _inside(name: str, own: str) -> Alike | None:
    """police.go.kr.example.com, police-go-kr.com, policegokr.net."""
    if f".{own}." in f".{name}.":
        return Alike.INSIDE
    squeezed = skeleton(own.replace(".", "").replace("-", ""))
    return Alike.INSIDE if any(squeezed in label.replace("-", "") for label in _labels(name)) else None


def _ending(name: str, own: str) -> Alike | None:
    """police.com for police.go.kr; not police.gov.sg, which only a public body gets."""
    before, ending = split(name)
    same = _labels(before)[-1] == _core(own)
    return Alike.ENDING if same and ending not in _controlled() else None


def _words(name: str, own: str) -> Alike | None:
    """police-kr.com, mypolice.net, police112-request.org: words or figures that make it sound official."""
    core = _core(own)
    if len(core) < 3:
        return None
    for label in _labels(split(name)[0]):
        parts = label.split("-")
        if core in parts and any(part in _added() for part in parts if part != core):
            return Alike.WORDS
        if any(part.removeprefix(core) in _added() for part in parts if part.startswith(core)):
            return Alike.WORDS
        if any(part.removesuffix(core) in _added() for part in parts if part.endswith(core)):
            return Alike.WORDS
    with_figures = (part for part in re.split("[.-]", shown(name)) if part != part.strip(string.digits))
    return Alike.WORDS if any(skeleton(part.strip(string.digits)) == core for part in with_figures) else None


def _labels(name: str) -> list[str]:
    return skeleton(name).split(".")


def _core(own: str) -> str:
    """The name itself, as its skeleton: police of police.go.kr and of www.police.go.kr."""
    return _labels(split(own)[0])[-1]


def split(domain: str) -> tuple[str, str]:
    """(what was registered and stands before, ending): police.go.kr is ('police', 'go.kr')."""
    labels = domain.split(".")
    size = 2 if len(labels) > 2 and ".".join(labels[-2:]) in _suffixes() else 1
    return ".".join(labels[:-size]), ".".join(labels[-size:])


def skeleton(domain: str) -> str:
    """The domain with every sign replaced by one that stands for all that look like it."""
    text = unicodedata.normalize("NFKD", shown(domain))
    text = "".join(_alike().get(sign, sign) for sign in text if not unicodedata.combining(sign))
    for letter, pair in _words_data()["pairs"].items():
        text = text.replace("".join(_alike().get(sign, sign) for sign in pair), letter)
    return text


def slips(one: str, other: str, most: int) -> int:
    """How many signs must be put in, left out, changed or swapped with the next; `most` + 1 is 'more'."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if older and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, older[j - 2] + 1)
            row.append(least)
    return min(row[-1], most + 1)


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("sagwan.desk.people").joinpath("data", name).read_text("utf-8"))


@cache
def _words_data() -> Mapping[str, Any]:
    return _data("domain-words.toml")


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(_words_data()["suffixes"])


@cache
def _controlled() -> frozenset[str]:
    return frozenset(_words_data()["controlled"])


@cache
def _added() -> frozenset[str]:
    return frozenset(skeleton(word) for word in _words_data()["added"])


@cache
def _alike() -> Mapping[str, str]:
    return {sign: letter for letter, signs in _words_data()["alike"].items() for sign in signs}


@cache
def _free() -> Mapping[str, str]:
    providers = _data("free-mail.toml")["provider"]
    return {domain: provider["name"] for provider in providers for domain in provider["domains"]}
