"""The seven checks in order, over one published folder (design: 'What verify checks')."""

from collections.abc import Callable
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.report import Rows
from sagwan.record.period import Period
from sagwan.record.vocabulary import WithheldReason
from sagwan.verify import binding, recount, words
from sagwan.verify.bands import check_bands
from sagwan.verify.engine import CountedOpenings, Engine, HashedLog, Python
from sagwan.verify.findings import Findings
from sagwan.verify.history import check_clock, check_handovers, check_history, check_roots
from sagwan.verify.memory import Remembered
from sagwan.verify.openings import Openings
from sagwan.verify.published import HalfYear, read_published
from sagwan.verify.source import Source, open_source
from sagwan.verify.trust import Trust
from sagwan.verify.verdict import PYTHON, Anchor, Check, PeriodVerdict, Status, Verdict

Progress = Callable[[int, int], None]
"""Called with how many entries and lines are done, and how many there are."""

NOBODY = Trust()
"""A reader who brings nothing along."""


def verify(
    source: str | Path,
    *,
    trust: Trust = NOBODY,
    period: str | Period | None = None,
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> Verdict:
    """Recount a published folder, from a path or an http(s) address, with the engine named (else Python's).

    With `period` the half-years up to that one are checked, else all. What does not hold is in the verdict;
    raises SagwanError only where there is nothing to check (no folder, no answer, no report) or where what
    the reader brought along is ill-formed. Where `trust.memory` is given and everything held, the visit is
    remembered.
    """
    wanted = Period.parse(period) if isinstance(period, str) else period
    with engine or Python() as used, open_source(source) as opened:
        run = Run(opened, trust, wanted, progress, used)
        verdict = run.verdict()
        run.remember(verdict)
        return verdict


class Run:
    """One verification of a source that stays open while it lasts."""

    def __init__(
        self,
        source: Source,
        trust: Trust,
        wanted: Period | None = None,
        progress: Progress | None = None,
        engine: Engine | None = None,
    ) -> None:
        self.engine = engine or Python()
        self.source = source
        self.trust = trust
        self.wanted = wanted
        self.findings = Findings()
        self.published = read_published(source, trust, wanted, self.findings)
        self.tree: HashedLog = self.engine.tree(source, self.published.sizes)
        self.counted: CountedOpenings | None = None
        self.results: list[PeriodVerdict] = []
        halves = self.published.half_years
        total = self.tree.total + sum(half.covered.cut - half.covered.first for half in halves)
        self._report = progress
        self._total = total

    @property
    def openings(self) -> Openings | None:
        """The openings as Python read them, to look single lines up; None where another engine did."""
        return self.counted if isinstance(self.counted, Openings) else None

    def verdict(self) -> Verdict:
        """Make all checks."""
        published = self.published
        for done in self.tree.hash(self.findings):
            self._progress(done)
        check_roots(published, self.tree, self.findings)
        check_handovers(published, self.tree, self.findings)
        check_clock(published, self.findings)
        check_history(published, self.tree, self.findings)
        self._check_binding()
        self._check_lines()
        return Verdict(
            source=self.source.name,
            origin=published.anchors.origin,
            key=published.anchors.key,
            anchor=published.anchors.anchor,
            size=published.head.checkpoint.size if published.head else 0,
            checks=tuple(self._checks()),
            periods=tuple(self.results),
            synthetic=any(half.report.synthetic for half in published.half_years if half.report),
            limits=words.LIMITS,
            engine=self.engine.name,
        )

    def _progress(self, done: int) -> None:
        if self._report:
            self._report(done, self._total)

    def remember(self, verdict: Verdict) -> None:
        """Keep what this visit saw, for the next one."""
        head, earlier = self.published.head, self.published.anchors.remembered
        if self.trust.memory is None or not verdict.holds or head is None:
            return
        manifests = dict(earlier.manifests) if earlier else {}
        manifests.update({str(half.period): half.bound.digest for half in self.published.half_years})
        memo = self.published.anchors.memo
        seen = Remembered(memo, head.checkpoint.size, head.checkpoint.root.hex(), manifests)
        self.trust.memory.keep(verdict.origin, seen)

    def _check_binding(self) -> None:
        """Check 4, but for the `report` lines that the next half-year opens."""
        remembered = self.published.anchors.remembered
        for half in self.published.half_years:
            period, bound, covered = half.period, half.bound, half.covered
            if half.plausible:
                binding.check_files(
                    self.source, bound, covered.first, covered.cut, self.findings, self.engine.hash_files
                )
            line = binding.read_report_line(self.source, period, self.findings)
            size = half.sealed.checkpoint.size if half.sealed else None
            if line:
                known = size if size in self.tree.roots else None
                binding.check_report_line(self.source, bound, line, covered.cut, known, self.findings)
            before = remembered.manifests.get(str(period)) if remembered else None
            if before and bound.digest and before != bound.digest:
                message = f"another report of {period} than the one you saw before"
                self.findings.add(4, paths.manifest(period), message, before, bound.digest)
        bounds = [half.bound for half in self.published.half_years]
        numbered = {one.file for half in self.published.half_years for one in half.checkpoints}
        binding.check_strays(self.source, bounds, numbered, self.wanted, self.findings)

    def _check_lines(self) -> None:
        """Checks 5 to 7, half-year by half-year, and at the end the lives of all requests."""
        known = self.tree.total if self.tree.complete else 0
        ranges = [half.covered for half in self.published.half_years if half.plausible]
        self.counted = openings = self.engine.openings(self.source, ranges, known, self.findings)
        stated: dict[Period, Rows] = {}
        for half in self.published.half_years:
            if half.plausible:
                self._check_half_year(half, openings, stated)
                continue
            openings.skip(half.covered)
            file, first = paths.openings(half.period, half.covered.first), half.covered.first
            found = f"{len(half.bound.files)} files listed"
            self.findings.add(6, file, "far fewer lines than entries", half.covered.cut, found, first)
        openings.end()
        reports = {half.period: half.bound.digest for half in self.published.half_years}
        binding.check_reports_opened(openings.reports, reports, self.findings)

    def _check_half_year(self, half: HalfYear, openings: CountedOpenings, stated: dict[Period, Rows]) -> None:
        period, covered = half.period, half.covered
        opened, withheld = openings.read(covered, lambda line: self._progress(self.tree.total + line))
        tables = openings.tables
        restated = recount.restate(tables, stated, period)
        rows = stated[period] = tables[period].counts()
        result = PeriodVerdict(
            period=str(period),
            first=covered.first,
            cut=covered.cut,
            opened=opened,
            withheld=withheld,
            rows=rows,
            restated=restated,
            report=half.report,
            manifest=half.bound.digest,
        )
        self.results.append(result)
        self._check_cap(result)
        self._check_table(half, result)

    def _check_cap(self, result: PeriodVerdict) -> None:
        cap, share = self.trust.max_withheld, result.withheld_share
        if cap is not None and share > cap:
            file, message = f"openings/{result.period}", "more is withheld than your policy allows"
            self.findings.add(6, file, message, f"at most {cap:.2%}", f"{share:.2%}", result.first)

    def _check_table(self, half: HalfYear, result: PeriodVerdict) -> None:
        root, period = self.source.root, half.period
        if half.report:
            recounted = recount.recounted_report(half.report, self.published.anchors.origin, result)
            recount.check_json(root, period, half.report, recounted, self.findings)
        else:
            file = paths.report_json(period)
            self.findings.add(7, file, half.wrong, "the recounted report", "no report")
        banded = {one.period: one.withheld.get(WithheldReason.BANDED, 0) for one in self.results}
        check_bands(half, self.source, banded, self.findings)
        recount.check_csv(root, period, result.rows, self.findings)
        recount.check_restated_csv(root, period, result.restated, self.findings)

    def _checks(self) -> list[Check]:
        """The lines of the verdict: what each check says if nothing failed, or what did."""
        if self.counted and self.counted.uncompared:
            self.findings.leave_unchecked(5, "the log does not give all its entries")
        anchors, halves = self.published.anchors, self.published.half_years
        opened = sum(result.opened for result in self.results)
        withheld = sum(sum(result.withheld.values()) for result in self.results)
        rows = sum(len(result.rows) for result in self.results)
        kept = anchors.remembered.size if anchors.remembered else None
        signed, dated = Status.HOLDS, Status.HOLDS
        if not anchors.witnessed:
            signed, dated = Status.NOT_WITNESSED, Status.UNDATED
        if anchors.anchor is Anchor.FOLDER:
            signed = Status.SELF_DECLARED
        handed = anchors.chain.followed
        hashed = words.hashed(self.tree.total, len(self.published.checkpoints), anchors.witnessed)
        return [
            self._line(1, signed, words.signed(anchors.anchor, anchors.policy.quorum, handed)),
            self._line(2, dated, hashed),
            self._line(3, Status.HOLDS, words.consistent(kept)),
            self._line(4, Status.HOLDS, words.bound(len(halves))),
            self._line(5, Status.HOLDS, words.opened(opened + withheld)),
            self._line(6, Status.HOLDS, words.followed(opened, withheld)),
            self._line(7, Status.HOLDS, words.recounted(rows)),
        ]

    def _line(self, number: int, status: Status, text: words.Text) -> Check:
        failures, more = self.findings.failures(number)
        why = self.findings.unchecked(number)
        if failures:
            status = Status.FAILED
            text = words.failed(len(failures) + more, failures[0].message)
        elif why:
            status, text = Status.NOT_CHECKED, words.not_checked(why)
        by = self.engine.made.get(number, PYTHON)
        return Check(number, words.NAMES[number], status, text, failures, more, by)
