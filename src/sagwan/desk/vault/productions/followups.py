"""After a follow-up: the names behind the pseudonyms of exactly those whom the further request lists."""

import csv
import hashlib
import io
import secrets
from datetime import datetime, timedelta

from sagwan.desk.casework.queries import Story, story
from sagwan.desk.casework.roles import APPROVER
from sagwan.desk.journal.actions import ConcurrentChange
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk
from sagwan.desk.vault import blinding, documents
from sagwan.desk.vault.models import BlindingKey, Production
from sagwan.desk.vault.productions import drafts, store
from sagwan.desk.vault.productions.errors import ProductionRefused
from sagwan.desk.vault.productions.package import MANIFEST, Entry, manifest
from sagwan.desk.vault.productions.shipping import DAYS, Locking, Released, check_days, seal_package
from sagwan.desk.vault.productions.trail import note
from sagwan.record.events import FollowedUp, FollowUp, Proposed
from sagwan.record.request import Target

NAMES = "pseudonyms.csv"


def names(key: bytes, targets: tuple[Target, ...]) -> bytes:
    """The mapping file: pseudonym, kind and value of each target, by pseudonym; nobody else."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(("pseudonym", "kind", "value"))
    writer.writerows(sorted((blinding.pseudonym(key, one.value), one.kind, one.value) for one in targets))
    return sink.getvalue().encode()


def release_names(
    desk: Desk,
    number: str,
    follow_up: int,
    *,
    releaser: str,
    at: datetime,
    locking: Locking | None = None,
    days: int = DAYS,
) -> Released:
    """Package and encrypt the names that follow-up `follow_up` (from 1) lists; once for each follow-up.

    The releaser is an approver who did not propose it. Raise ProductionRefused or UnknownPerson.
    """
    Staff().require(releaser, (APPROVER,), "release names")
    check_days(days)
    targets = _may_go(desk, number, follow_up, releaser)
    stream = drafts.stream_of(number)
    keys = drafts.keyring(desk, stream)
    data = names(blinding.request_key(keys, stream), targets)
    entry = Entry(NAMES, hashlib.sha256(data).hexdigest(), len(data))
    text = manifest((("request", number), ("follow-up", str(follow_up))), at, [entry])
    described = documents.described(MANIFEST, text)
    with store.working(desk.home) as work:
        files = [(entry, lambda sink: sink.write(data))]
        sealed, passphrase = seal_package(work, text, files, locking or Locking())
        with store.coming_in(desk.home), writing():
            blob, size = store.keep(desk.home, sealed)
            ends = at + timedelta(days=days)
            out = Released(number, follow_up, described.digest, size, ends, passphrase)
            documents.keep(keys, stream, (described,), (text,))
            _send(stream, out, blob)
            facts = {"follow_up": follow_up, "manifest": out.manifest, "accounts": len(targets)}
            note(desk, number, "FollowUpReleased", releaser, at, **facts, **out.terms)
    return out


def _send(stream: str, out: Released, blob: str) -> None:
    if Production.objects.filter(stream=stream, follow_up=True, stage=out.stage).exists():
        raise ConcurrentChange(f"the names of follow-up {out.stage} were released already")
    Production(
        name=secrets.token_hex(8),
        stream=stream,
        follow_up=True,
        stage=out.stage,
        secret=b"",
        manifest=out.manifest,
        blob=blob,
        size=out.size,
        expires_at=out.expires_at,
    ).save(force_insert=True)


def _may_go(desk: Desk, number: str, follow_up: int, releaser: str) -> tuple[Target, ...]:
    """Whose names this person may release; raise ProductionRefused."""
    told = story(desk, number)
    targets, proposer = _listed(told, follow_up)
    if releaser == proposer:
        raise ProductionRefused(
            f"{releaser} proposed the follow-up and cannot release it",
            hint="a second person must (four eyes)",
        )
    if told.progress.state.suspected_by:
        raise ProductionRefused(f"{number} is suspected to be forged: nothing goes out")
    if not BlindingKey.objects.filter(stream=drafts.stream_of(number)).exists():
        raise ProductionRefused(f"nobody was blinded in what went out of {number}")
    return targets


def _listed(told: Story, follow_up: int) -> tuple[tuple[Target, ...], str]:
    """(the targets that an approved follow-up names, who proposed it)."""
    proposer, count = "", 0
    for _, event in told.events:
        if isinstance(event, Proposed) and isinstance(event.proposal, FollowUp):
            proposer = event.by
        if isinstance(event, FollowedUp):
            count += 1
            if count == follow_up:
                if event.matter is None or not event.matter.targets:
                    raise ProductionRefused(f"follow-up {follow_up} of {told.number} names no target")
                return event.matter.targets, proposer
    raise ProductionRefused(
        f"{told.number} has no follow-up {follow_up}", hint="propose one and have it approved"
    )
