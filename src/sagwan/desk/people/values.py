"""Values about people and authorities, checked once and kept in one form: names, mail, phone. Pure."""

import re
import secrets
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sagwan.desk.people.domains import domain_of, normal, problem_of
from sagwan.record.errors import InvalidValue
from sagwan.record.request import clean

_PERSON = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
_AUTHORITY = re.compile(r"[a-z][a-z0-9-]{0,59}\Z")
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}\Z")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{2,28}[0-9](?: ?(?:x|ext\.?|내선) ?[0-9]{1,6})?\Z")


def person_name(text: str) -> str:
    if not _PERSON.match(text):
        raise InvalidValue(f"{text!r} cannot be a person's name", hint="lower-case letters, digits and -")
    return text


def authority_slug(text: str) -> str:
    if not _AUTHORITY.match(text):
        raise InvalidValue(f"{text!r} cannot be an authority's slug", hint="lower-case letters, digits and -")
    return text


def official_name() -> str:
    """A name for an official in commands and events that says nothing of who it is."""
    return f"o-{secrets.token_hex(4)}"


def mail_address(text: str) -> str:
    """One bare address, its domain in one form; raise InvalidValue naming what is wrong."""
    value = clean(text, "mail address", longest=254)
    local, at, domain = value.rpartition("@")
    if not at or not _LOCAL.match(local) or ".." in f".{local}.":
        raise InvalidValue(f"{value!r} is not a mail address", hint="such as name@police.example")
    if problem := problem_of(domain):
        raise InvalidValue(f"the mail address {value!r}: {problem}", hint="such as name@police.example")
    return f"{local.lower()}@{normal(domain)}"


def mail_domain(address: str) -> str:
    """The domain of an address that `mail_address` returned."""
    return domain_of(address)


def phone_number(text: str) -> str:
    """A phone number as it was written; raise InvalidValue where it is none."""
    value = clean(text, "phone number", longest=40)
    if not _PHONE.match(value):
        raise InvalidValue(f"{value!r} is not a phone number", hint="digits, such as +82 2 123 4567")
    return value


def same_phone(one: str, other: str, *, country: str = "82") -> bool:
    """Are two numbers the same? Signs between digits do not count, nor whether 0 or +`country` leads.

    An extension does: behind one switchboard sit many people.
    """
    return bool(one) and bool(other) and _digits(one, country) == _digits(other, country)


def _digits(number: str, country: str) -> tuple[str, str]:
    main, _, extension = re.sub(r"(?:x|ext\.?|내선)", "x", number).partition("x")
    digits = re.sub(r"[^0-9+]", "", main)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith(f"+{country}"):
        digits = "0" + digits[1 + len(country) :].lstrip("0")
    return digits, re.sub("[^0-9]", "", extension)


def time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue(f"time zone {text!r} is not known", hint="such as Asia/Seoul") from None
    return text
