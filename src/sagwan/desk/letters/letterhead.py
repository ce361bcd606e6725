"""Who writes: the table `[letter]` of `sagwan.toml`, checked. Knows no Django.

[letter]
unit = { ko = "통신비밀 업무팀", en = "Law Enforcement Response" }
address = { ko = "…", en = "…" }          # lines are parted by |
contact = { ko = "전화 …|전자우편 …", en = "…" }

[letter.signers]
lee = { ko = "법무실장", en = "General Counsel" }
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sagwan.desk.home import Home, HomeError
from sagwan.desk.letters.facts import Letterhead
from sagwan.record.errors import InvalidValue
from sagwan.record.request import clean

_TEXTS = ("name", "unit", "address", "contact")
_UNIT = {"ko": "통신비밀 업무 담당", "en": "Responses to government requests"}
_APPROVER = {"ko": "승인자", "en": "Approver"}
_IN_CHARGE = {"ko": "담당", "en": "In charge"}
_LONGEST = 300

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LetterConfig:
    """What `[letter]` says, by language; `signers` maps a person's name to their rank."""

    name: Texts
    unit: Texts
    address: Texts
    contact: Texts
    signers: Mapping[str, Texts] = field(default_factory=dict)

    def head(self, lang: str) -> Letterhead:
        return Letterhead(
            self.name[lang], self.unit[lang], _lines(self.address[lang]), _lines(self.contact[lang])
        )

    def rank(self, person: str, lang: str, *, approves: bool) -> str:
        """The rank under which a person signs; where the config names none, what they did."""
        return self.signers.get(person, _APPROVER if approves else _IN_CHARGE)[lang]


def read_letter_config(home: Home) -> LetterConfig:
    """The home's letterhead; raise HomeError naming the key that is unknown or wrong.

    Without `[letter]`: the provider's name, a unit in plain words, no address and no contact.
    """
    table = dict(home.letter or {})
    signers = table.pop("signers", {})
    unknown = sorted(set(table) - set(_TEXTS))
    if unknown:
        raise HomeError(
            f"letter: {unknown[0]!r} is not a setting", hint=f"settings: {', '.join(_TEXTS)}, signers"
        )
    if not isinstance(signers, Mapping):
        raise HomeError("letter.signers must map people's names to their ranks")
    empty = {"ko": "", "en": ""}
    return LetterConfig(
        name=_texts("name", table.get("name", home.names)),
        unit=_texts("unit", table.get("unit", _UNIT)),
        address=_texts("address", table.get("address", empty), required=False),
        contact=_texts("contact", table.get("contact", empty), required=False),
        signers={name: _texts(f"signers.{name}", rank) for name, rank in signers.items()},
    )


def _texts(key: str, value: object, *, required: bool = True) -> Texts:
    if not isinstance(value, Mapping) or set(value) != {"ko", "en"}:
        raise HomeError(f"letter.{key} must be given in Korean (ko) and in English (en)")
    try:
        return {
            lang: clean(str(text), f"letter.{key}.{lang}", longest=_LONGEST, required=required)
            for lang, text in value.items()
        }
    except InvalidValue as error:
        raise HomeError(error.message, hint=error.hint) from None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("|") if line.strip())
