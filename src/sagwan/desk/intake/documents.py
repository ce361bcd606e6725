"""One look at a document that came in: malware, what the file holds, what the paper says."""

from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.intake import pdf, scan
from sagwan.desk.intake.compare_paper import differences
from sagwan.desk.intake.findings import Finding
from sagwan.desk.intake.paper import Found, read_paper
from sagwan.desk.intake.pdf import Inspection, inspect, is_pdf
from sagwan.desk.intake.scan import Scan
from sagwan.desk.intake.settings import IntakeSettings
from sagwan.law.pack import Pack
from sagwan.record.request import Filing


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at one document found. `inspection` and `paper` are None for what is no PDF, or is malware
    (which nothing is let near)."""

    name: str
    scan: Scan
    inspection: Inspection | None
    paper: Found | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of the file itself."""
        found = scan.findings(self.scan, self.name)
        return found + (pdf.findings(self.inspection, self.name) if self.inspection else ())

    def against(self, filing: Filing, pack: Pack) -> tuple[Finding, ...]:
        """Where the document and the form name different values."""
        names = {one.slug: one.names[-1].label for one in pack.instruments}
        return differences(filing, self.paper, sources=pack.source_names, names=names) if self.paper else ()


def look(
    name: str, data: bytes, settings: IntakeSettings, pack: Pack, *, now: datetime | None = None
) -> Look:
    """Look at a document. Never raises for what its bytes hold; raises intake.Refused where the home takes
    nothing in that was not scanned, and it could not be."""
    scanned = scan.scan(data, settings.clamd)
    scan.require(scanned, name, required=settings.clamd_required)
    if scanned.verdict is scan.Verdict.FOUND or not is_pdf(data):
        return Look(name, scanned, None, None)
    inspection = inspect(data, settings, now=now)
    text = inspection.text
    paper = read_paper(text, sources=pack.source_names.values()) if text.strip() else None
    return Look(name, scanned, inspection, paper)
