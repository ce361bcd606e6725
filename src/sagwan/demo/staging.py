"""Play the scenes at a desk: each step at its instant, through the same actions as people's pages use."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from email.message import EmailMessage

import pyrage  # type: ignore[import-untyped]

from sagwan.demo.model import Scenario
from sagwan.demo.paper import paper_of
from sagwan.demo.people import Cast
from sagwan.demo.scene_steps import COMMANDS, Given
from sagwan.demo.scenes import Scene, Scenes, filing_of
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.packs import Packs
from sagwan.desk.people.authorities import suspend_authority
from sagwan.desk.people.check import check_sender
from sagwan.desk.people.officials import ask_account
from sagwan.desk.people.senders import FilingFacts
from sagwan.desk.people.sightings import remember_domain
from sagwan.desk.setup import Desk
from sagwan.desk.vault.documents import described
from sagwan.desk.vault.productions import actions as productions
from sagwan.desk.vault.productions.declare import Columns, Declared
from sagwan.desk.vault.productions.fetching import SecondFactor, open_for_fetch
from sagwan.desk.vault.productions.shipping import Locking
from sagwan.law.pack import Pack
from sagwan.law.paper import data_period
from sagwan.law.review import review
from sagwan.record import commands as ask
from sagwan.record.request import Filing
from sagwan.record.vocabulary import DataCategory

_ROLES = {"intake": "intake", "counsel": "review", "approver": "approve"}
_SUSPENDED = "baramgol-police"


@dataclass(frozen=True, slots=True)
class Stage:
    """One request while it is played."""

    desk: Desk
    cast: Cast
    scene: Scene
    filing: Filing
    number: str

    def actor(self, who: str) -> str:
        """`counsel` is the first who reviews, `counsel-2` the second; `official` is who filed."""
        if who == "official":
            return self.scene.by
        role, _, place = who.partition("-")
        return self.cast.who(_ROLES[role])[int(place or 1) - 1]


def stage(desk: Desk, scenario: Scenario, cast: Cast, told: Scenes, services: tuple[str, ...]) -> list[str]:
    """Play all scenes, each to its end; return their requests' numbers in the scenes' order."""
    numbers = []
    for scene in sorted(told.scenes, key=lambda one: one.came):
        filing = filing_of(
            scenario, cast, scene, services[scene.number % len(services)], told.texts["filing"]
        )
        numbers.append((scene.number, _play(desk, cast, scene, filing, told)))
    _meanwhile(desk, cast, told)
    return [number for _, number in sorted(numbers)]


def _meanwhile(desk: Desk, cast: Cast, told: Scenes) -> None:
    """What else waits on the day: a stranger asks for an account, an authority is stopped."""
    office = cast.office("solnae-police")
    before = told.today.replace(hour=9, minute=15)
    ask_account(
        desk, full_name="제갈솔 경위 (Jegal Sol)", email=f"jegal-sol@{office.domain}", phone="010-0000-1701",
        authority=office.name, text=told.texts["account"], at=before,
    )  # fmt: skip
    suspend_authority(
        desk, slug=_SUSPENDED, reason=told.texts["suspended"], actor=cast.who("approve")[0], at=before
    )


def _play(desk: Desk, cast: Cast, scene: Scene, filing: Filing, told: Scenes) -> str:
    number = _receive(desk, cast, scene, filing)
    here = Stage(desk, cast, scene, filing, number)
    phone = cast.office(scene.office).phone
    for beat in scene.beats:
        actor = here.actor(beat.who)
        if beat.what in _PRODUCTIONS:
            _PRODUCTIONS[beat.what](here, actor, beat.at)
        else:
            command = COMMANDS[beat.what](Given(filing, actor, told.texts, phone))
            execute(desk, [Step(number, command, actor, beat.at)])
    return number


def _receive(desk: Desk, cast: Cast, scene: Scene, filing: Filing) -> str:
    """Take it in with its sender checked, as the portal and the intake of mail do."""
    pack = Packs(desk.home).current(filing.jurisdiction)
    found = review(filing, pack, scene.came.date())
    facts = FilingFacts(
        received_at=scene.came, signed_in=bool(scene.by), from_address=scene.mail,
        emergency=filing.emergency, law_findings=found,
    )  # fmt: skip
    sender = check_sender(
        desk, facts, official=scene.by, authority="" if scene.by else scene.office, at=scene.came
    )
    contents = _documents(scene, filing, pack)
    documents = tuple(described(name, data) for name, data in contents)
    command = ask.Receive(
        replace(filing, documents=documents), pack="", sender=sender.sender,
        sender_findings=sender.codes, sender_blocking=sender.blocking,
    )  # fmt: skip
    actor = scene.by or cast.who("intake")[0]
    step = Step("", command, actor, scene.came, tuple(data for _, data in contents))
    number = execute(desk, [step])[0].request
    if scene.mail:
        remember_domain(desk, domain=scene.mail.partition("@")[2], actor=actor, at=scene.came)
    return number


def _documents(scene: Scene, filing: Filing, pack: Pack) -> list[tuple[str, bytes]]:
    """The files that came with it: the document, or, of a mail, the raw message."""
    if scene.mail:
        return [("message.eml", _mail(scene, filing))]
    if not scene.kept:
        return []
    instrument = pack.instrument_on(filing.instrument, scene.came.date())
    return [(f"{filing.case_number}.pdf", paper_of(filing, instrument))]


def _mail(scene: Scene, filing: Filing) -> bytes:
    message = EmailMessage()
    message["From"] = scene.mail
    message["To"] = "desk@provider.example"
    message["Subject"] = filing.case_number
    message["Date"] = scene.came
    message["Message-ID"] = f"<{filing.case_number.encode().hex()}@{scene.mail.partition('@')[2]}>"
    message.set_content(f"{filing.text}\n\n{filing.authority}\n{', '.join(filing.officials)}\n")
    return bytes(message)


def _put_in(stage: Stage, actor: str, at: datetime) -> None:
    """A table of log-ins of each target, or of what is known of its owner, for each category."""
    period = data_period(stage.filing.paper)
    for category in stage.filing.data:
        timed = category is not DataCategory.SUBSCRIBER
        columns = Columns(target="account", time="at" if timed else "")
        first, last = period if timed and period else (None, None)
        declared = Declared(f"{category}.csv", stage.filing.targets, category, first, last, columns)
        table = _table(stage, timed, datetime.combine(first, time(21), at.tzinfo) if first else None)
        productions.put_in(stage.desk, stage.number, declared, table, actor=actor, at=at)


def _table(stage: Stage, timed: bool, first: datetime | None) -> io.BytesIO:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["account", "at", "ip-address"] if timed else ["account", "name"])
    for place, target in enumerate(stage.filing.targets):
        if first is None:
            rows.writerow([target.value, f"가상 이용자 {place + 1}호"])
            continue
        for hour in range(6):
            rows.writerow(
                [target.value, (first + timedelta(minutes=20 * hour)).isoformat(), f"203.0.113.{hour + 1}"]
            )
    return io.BytesIO(text.getvalue().encode())


def _release_to_key(stage: Stage, actor: str, at: datetime) -> None:
    """To a fresh public key; a note holds the secret one, so that whoever tries the demo can open it."""
    identity = pyrage.x25519.Identity.generate()
    locking = Locking((str(identity.to_public()),))
    productions.seal_and_release(stage.desk, stage.number, releaser=actor, at=at, locking=locking)
    _tell(stage, actor, at, str(identity))


def _release_to_passphrase(stage: Stage, actor: str, at: datetime) -> None:
    """To a passphrase, which is told by telephone; here a note holds it."""
    out = productions.seal_and_release(stage.desk, stage.number, releaser=actor, at=at)
    _tell(stage, actor, at, out.passphrase)


def _tell(stage: Stage, actor: str, at: datetime, secret: str) -> None:
    note = ask.AddNote(
        f"시연이라서 여는 방법을 적어 둡니다 (what opens it, since this is an example): {secret}"
    )
    execute(stage.desk, [Step(stage.number, note, actor, at)])


def _fetch(stage: Stage, actor: str, at: datetime) -> None:
    """The official takes the first production."""
    parcel = open_for_fetch(stage.desk, stage.number, 1, actor=actor, proof=SecondFactor(actor, at), at=at)
    for _ in parcel.chunks:
        pass


_PRODUCTIONS: Mapping[str, Callable[[Stage, str, datetime], None]] = {
    "put-in": _put_in,
    "release": _release_to_key,
    "release-to-passphrase": _release_to_passphrase,
    "fetch": _fetch,
}
"""Steps that are more than one command."""
