"""What a letter says, as values: every text in the letter's language, every date in words, nothing left to
look up. A template lays them out and adds its own sentences, never a fact."""

from dataclasses import dataclass
from datetime import date

from sagwan.desk.letters.kinds import Kind


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes. Lines of `address` and `contact`; the unit in charge stands under the name."""

    name: str
    unit: str
    address: tuple[str, ...]
    contact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom: an institution (or '' for a person alone), and who there."""

    name: str
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who answers for the letter. `awaiting`: nobody has approved yet, so only a preview has this."""

    rank: str = ""
    name: str = ""
    awaiting: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """The request that the letter is about; `case_number` '' where the reader may not know it."""

    number: str
    case_number: str
    service: str
    instrument: str
    citation: str
    received: str
    data: tuple[str, ...]
    accounts: int
    emergency: bool


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """`missing`: sentences on what the document lacks. `duties`: what the authority owes, and until when."""

    targets: int
    missing: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarification:
    """The question, as the one who asked it wrote it; `pauses`: the law stops a clock until the answer."""

    question: str
    asked: str
    pauses: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason of the law pack; citation '' where it states a fact, not a right. `remedies` are sentences on
    what the authority can do instead."""

    label: str
    citation: str
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """So many targets got nothing of a category: `answer` says refused or no data."""

    answer: str
    reason: str
    targets: int


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of target and one data category: how many were asked for, granted, and not."""

    kind: str
    data: str
    asked: int
    granted: int
    withheld: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """One target that gets less than was asked, for the asking official alone."""

    kind: str
    value: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision: what is granted, what not and why. `rows` is empty where it was made as a whole.

    `granted_days` and `asked_days`: first and last day, '' where all days that were asked for are granted.
    `named` are targets that get less than was asked, `unnamed` how many more there are than are listed.
    `defects`: what a person confirmed to be wrong with the document. `only_refused`: nothing was looked up,
    so nothing is said of whether there are such data.
    """

    decided: str
    only_refused: bool
    grounds: tuple[Ground, ...]
    granted_data: tuple[str, ...]
    granted_accounts: int
    rows: tuple[Row, ...] = ()
    named: tuple[Named, ...] = ()
    unnamed: int = 0
    granted_days: str = ""
    asked_days: str = ""
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preservation:
    """A hold, both days included. `extension_days` 0: it cannot be extended (again)."""

    start: str
    until: str
    released_on: str
    extended: bool
    extension_days: int
    extendable_until: str
    scope: str
    citation: str


@dataclass(frozen=True, slots=True)
class Production:
    """What was handed over: `manifest` is a SHA-256 in hex; `fetch_until` '' where it was handed
    over in another way than as a production that can be fetched."""

    stage: int
    disclosed: str
    data: tuple[str, ...]
    accounts: int
    manifest: str
    fetch_until: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What the person concerned may know: their own target, what was handed over, when, to whom, under
    which law."""

    kind: str
    target: str
    authority: str
    data: tuple[str, ...]
    disclosed: tuple[str, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class Forgery:
    """A request in an authority's name that the provider takes for forged; `disclosed` are the days on which
    data went out before anyone suspected it."""

    authority: str
    officials: tuple[str, ...]
    channel: str
    suspected: str
    disclosed: tuple[str, ...]
    preserved_documents: int


Body = Acknowledgement | Clarification | Answer | Preservation | Production | Notice | Forgery


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, whole. `number` is the provider's; `day` is the letter's date, `dated` the same in words.

    `preview`: not to be sent, and marked so on every page. `synthetic`: of a home for demonstration.
    """

    kind: Kind
    lang: str
    number: str
    day: date
    dated: str
    head: Letterhead
    to: Recipient
    matter: Matter
    body: Body
    signer: Signer
    preview: bool
    synthetic: bool
