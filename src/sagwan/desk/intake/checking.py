"""A filing looked at before it is sent: what law, documents and sender give, as the desk will find it."""

from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.intake import documents
from sagwan.desk.intake.documents import Look
from sagwan.desk.intake.findings import Finding as PaperFinding
from sagwan.desk.intake.rows import File
from sagwan.desk.intake.settings import home_settings
from sagwan.desk.people.standing import SenderStanding
from sagwan.desk.setup import Desk
from sagwan.law.finding import Finding, Severity
from sagwan.law.pack import Pack
from sagwan.law.review import review
from sagwan.record.commands import Receive
from sagwan.record.request import Filing


@dataclass(frozen=True, slots=True)
class Checked:
    """What would be sent: the filing, its documents, what stands on them against the form, how the sender
    stands."""

    filing: Filing
    files: tuple[File, ...]
    law: tuple[Finding, ...]
    paper: tuple[PaperFinding, ...]
    sender: SenderStanding

    @property
    def found(self) -> tuple[Finding | PaperFinding, ...]:
        """Of law and documents, the gravest first; nothing of how the sender stands."""
        order = {severity: place for place, severity in enumerate(Severity)}
        return tuple(sorted((*self.law, *self.paper), key=lambda one: order[one.severity]))

    @property
    def codes(self) -> tuple[str, ...]:
        """Of sender and documents, each once, for the request's record."""
        return tuple(dict.fromkeys((*self.sender.codes, *codes_of(self.paper))))

    @property
    def blocking(self) -> tuple[str, ...]:
        """Those codes that a person must answer before anything goes out."""
        return tuple(dict.fromkeys((*self.sender.blocking, *blocking_of(self.paper))))

    @property
    def contents(self) -> tuple[bytes, ...]:
        return tuple(file.data for file in self.files)

    def command(self) -> Receive:
        """What the desk is asked to do once the filing is sent."""
        return Receive(
            self.filing, pack="", sender=self.sender.sender,
            sender_findings=self.codes, sender_blocking=self.blocking,
        )  # fmt: skip


def codes_of(found: tuple[PaperFinding, ...]) -> tuple[str, ...]:
    """Each code once."""
    return tuple(dict.fromkeys(str(one.code) for one in found))


def blocking_of(found: tuple[PaperFinding, ...]) -> tuple[str, ...]:
    """The codes of what stands against a disclosure, each once."""
    return tuple(dict.fromkeys(str(one.code) for one in found if one.severity is Severity.BLOCKS))


def looks(desk: Desk, files: tuple[File, ...], pack: Pack, at: datetime) -> tuple[Look, ...]:
    """A look at each file under the home's limits; raise intake.Refused where the home takes none so."""
    settings = home_settings(desk.home)
    return tuple(documents.look(file.name, file.data, settings, pack, now=at) for file in files)


def of_law(desk: Desk, filing: Filing, pack: Pack, at: datetime) -> tuple[Finding, ...]:
    """What the law of the day of `at`, in the home's zone, finds of a filing."""
    return review(filing, pack, at.astimezone(desk.home.zone).date())


def of_paper(
    desk: Desk, filing: Filing, files: tuple[File, ...], pack: Pack, at: datetime
) -> tuple[PaperFinding, ...]:
    """What is found of the documents themselves, and where they say something else than the filing."""
    seen = looks(desk, files, pack, at)
    return tuple(one for look in seen for one in (*look.findings, *look.against(filing, pack)))
