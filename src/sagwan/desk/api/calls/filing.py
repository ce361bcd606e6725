"""Officials: which processes there are, and filing a request under one."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router
from pydantic import Field, StrictBool

from sagwan.desk import setup
from sagwan.desk.api.calls.common import call, now, person_of, shown
from sagwan.desk.api.once import Reply, once
from sagwan.desk.api.problems import Problem
from sagwan.desk.api.scopes import Scope
from sagwan.desk.api.shapes import (
    Body,
    Count,
    Documents,
    Line,
    Named,
    OneOf,
    Paper,
    Shown,
    Slug,
    Text,
    Words,
)
from sagwan.desk.api.status import UNDER_REVIEW
from sagwan.desk.intake.checking import Checked
from sagwan.desk.intake.drafted import setting_of
from sagwan.desk.intake.drafts import Draft
from sagwan.desk.intake.rows import File
from sagwan.desk.intake.targets import read_target
from sagwan.desk.people.models import Person
from sagwan.desk.portal import actions
from sagwan.desk.portal.check import checked, law_for, sender_of
from sagwan.desk.vault.documents import described
from sagwan.law.citation import Label
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.pack import Pack
from sagwan.record.errors import InvalidValue
from sagwan.record.request import MAX_TARGETS, TARGET_KINDS
from sagwan.record.vocabulary import DataCategory, Outcome

router = Router(tags=["officials"])


class Item(Named):
    """Something that the law wants on the document; `choices` are its words where they are a closed list."""

    kind: str
    required: bool
    when: str
    choices: list[str]


class Instrument(Named):
    """A legal process as it is law today. `withdrawal` are the reasons for taking a request back."""

    citation: Words
    data: list[str]
    emergency: bool
    items: list[Item]
    withdrawal: list[Named]


class Instruments(Shown):
    """Under what law the official files, and for which services."""

    jurisdiction: str
    services: list[Named]
    instruments: list[Instrument]


class FilingTarget(Body):
    """What is asked about. Without `kind` its writing tells it, as with an e-mail address."""

    kind: Annotated[str, OneOf(TARGET_KINDS, none=True)] = ""
    value: Line


class Filing(Body):
    """One demand under one instrument. `accounts` only where it is not the number of targets; `paper` holds
    what stands on the document, by the slugs that the instrument's `items` name."""

    service: Slug
    instrument: Slug
    case_number: Line
    data: Annotated[list[Annotated[str, OneOf(DataCategory)]], Field(min_length=1, max_length=4)]
    targets: Annotated[list[FilingTarget], Field(min_length=1, max_length=MAX_TARGETS)]
    accounts: Count | None = None
    paper: Paper = Field(default_factory=dict)
    text: Text = ""
    emergency: StrictBool = False
    documents: Documents = Field(default_factory=list)


class Found(Shown):
    """Something that the desk's check found: what it is, and how grave."""

    code: str
    severity: str


class Filed(Shown):
    """The request as it was taken in. `targets` counts each once."""

    number: str
    status: str
    targets: int
    findings: list[Found]


@call(router, "GET", "/instruments", Scope.FILE, Scope.READ, answers=Instruments)
def list_instruments(request: HttpRequest) -> HttpResponse:
    """Which legal processes are law today for the official's authority, and what each wants on its document.

    Nothing is refused for want of an item; what is missing is a finding that the provider judges.
    """
    desk, at = setup.current(), now()
    law = law_for(desk, sender_of(person_of(request).name)[1], at)
    services = [Named(slug=slug, **names) for slug, names in desk.home.services.items()]
    found = [_instrument(one, law.pack) for one in law.instruments]
    return shown(Instruments(jurisdiction=law.pack.jurisdiction, services=services, instruments=found))


def _instrument(one: InstrumentOnDay, pack: Pack) -> Instrument:
    items = [
        Item(
            **_named(item.slug, item.label),
            kind=item.kind, required=item.required, when=item.when, choices=list(item.choices),
        )
        for item in one.items
    ]  # fmt: skip
    reasons = pack.reasons_for(one.slug, Outcome.WITHDRAWN, one.day)
    return Instrument(
        **_named(one.slug, one.name),
        citation=Words(**_words(one.citation.label)),
        data=sorted(one.categories),
        emergency=one.emergency is not None,
        items=items,
        withdrawal=[Named(**_named(reason.slug, reason.label)) for reason in reasons],
    )


def _named(slug: str, label: Label) -> dict[str, str]:
    return {"slug": slug, **_words(label)}


def _words(label: Label) -> dict[str, str]:
    return {"ko": label.ko, "en": label.en}


@call(router, "POST", "/filings", Scope.FILE, answers=Filed, status=201, parts=("documents",))
def file_request(request: HttpRequest, body: Filing) -> HttpResponseBase:
    """File a request. It is received at once, sealed with the next batch, and judged by people.

    Documents come as base64, or as parts `documents` of a form whose part `call` is this body. Each is
    looked at before it is taken: malware, broken files, and what stands on it against the form.
    """
    person, at = person_of(request), now()

    def prepare() -> Checked:
        if not actions.may_file(person.name, at):
            raise actions.MayNotFile("you cannot file now", hint="call the provider")
        return checked(setup.current(), _draft(body), _files(body), person=person.name, at=at)

    return once(request, lambda made: _filed(made, person, at), prepare=prepare)


def _filed(made: Checked, person: Person, at: datetime) -> Reply:
    number = actions.receive(setup.current(), made, person=person.name, at=at)
    found = [Found(code=str(one.code), severity=str(one.severity)) for one in made.found]
    filed = Filed(number=number, status=UNDER_REVIEW, targets=len(made.filing.targets), findings=found)
    return Reply(filed, 201, {"Location": f"/api/v1/requests/{number}"})


def _draft(body: Filing) -> Draft:
    return Draft(
        service=body.service,
        instrument=body.instrument,
        emergency=body.emergency,
        case_number=body.case_number,
        data=tuple(sorted(set(body.data))),
        targets="\n".join(_targets(body)),
        accounts=body.accounts,
        paper=dict(body.paper),
        text=body.text,
        channel="api",
    )


def _targets(body: Filing) -> list[str]:
    """Each target in its normal form, one a line; raise Problem naming those that cannot be used."""
    setting, lines, faults = setting_of(setup.current()), [], []
    for place, target in enumerate(body.targets):
        text = f"{target.kind}:{target.value}" if target.kind else target.value
        try:
            if not target.value.isprintable():
                raise InvalidValue("a target holds a character that cannot be kept")
            read = read_target(text, setting=setting)
            lines.append(f"{read.kind}:{read.value}")
        except InvalidValue as error:
            faults.append({"pointer": f"#/targets/{place}", "detail": error.hint or error.message})
    if faults:
        raise Problem("invalid", f"{len(faults):,} targets cannot be used.", errors=faults[:100])
    return lines


def _files(body: Filing) -> tuple[File, ...]:
    made = [(one.name, one.content) for one in body.documents]
    return tuple(File(name, described(name, data).digest, data) for name, data in made)
