"""The teller: writes numbers of figures into sentences, each with the mark of its footnote."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from sagwan.compare.brief.model import DerivedNote, FigureNote, Mark, Note, Text, fill
from sagwan.compare.conflict import Rule
from sagwan.compare.figure import Figure
from sagwan.compare.gaps import INSTRUMENTS, METRICS
from sagwan.compare.measures import Ratio, add_up, display, display_ratio
from sagwan.compare.names import NAMES
from sagwan.compare.period import halves_of, is_year
from sagwan.compare.result import Comparison, Reconciled, Status
from sagwan.compare.series import Shelf
from sagwan.compare.totals import Addend, Total
from sagwan.compare.value import Exact, Missing
from sagwan.compare.words import Language, amount, part_name, word
from sagwan.pages import Labels, translator
from sagwan.pages.i18n import period_name

Service = tuple[str, str, str]  # provider, service, jurisdiction


class Teller:
    """Knows the figures, the language and the footnotes made so far. Nothing here decides what is told."""

    def __init__(self, comparison: Comparison, period: str, lang: Language, labels: Labels) -> None:
        self.comparison = comparison
        self.period = period
        self.lang: Language = lang
        self.labels = labels
        self.shelf = Shelf(comparison)
        self.gettext: Callable[[str], str] = translator(lang).gettext
        self.periods = periods_in(period)
        self._notes: list[Note] = []
        self._of: dict[object, int] = {}

    # What there is

    def at(self, service: Service, category: str, metric: str, period: str = "") -> Reconciled | None:
        """A figure whose number can be told: as it stands or, of a year that nobody prints, the sum of its
        halves. A nought that may mean 'not reported' is no number to tell."""
        figure = self._figure(service, category, metric, period)
        item = self.comparison.by_key.get(figure)
        known = item if item and item.value is not None and not is_doubtful_nought(item) else None
        if is_year(figure.period) and metric in METRICS and (known is None or _is_not_the_sum(known)):
            return self._of_halves(figure) or known
        return known

    def nought(self, service: Service, category: str, metric: str) -> Reconciled | None:
        """A printed nought that may mean 'not reported'."""
        item = self.comparison.by_key.get(self._figure(service, category, metric))
        return item if item and is_doubtful_nought(item) else None

    def _figure(self, service: Service, category: str, metric: str, period: str = "") -> Figure:
        provider, name, jurisdiction = service
        return Figure(provider, name, jurisdiction, period or self.period, category, metric)

    def _of_halves(self, figure: Figure) -> Reconciled | None:
        parts = []
        for half in halves_of(figure.period):
            item = self.comparison.by_key.get(figure.in_period(half))
            if item is None or is_doubtful_nought(item) or not isinstance(item.value, Exact):
                return None
            parts.append(Addend(item.figure, int(item.value.number), item.supporters))
        total = Total(tuple(parts))
        return Reconciled(figure, Status.DERIVED, Exact(total.count), total=total)

    def row(
        self, services: Iterable[Service], category: str, metric: str
    ) -> list[tuple[Service, Reconciled]]:
        """The services for which the figure is known."""
        found = ((service, self.at(service, category, metric)) for service in services)
        return [(service, item) for service, item in found if item]

    def cells(self, service: Service, metric: str, period: str = "") -> list[Reconciled | None]:
        return [self.at(service, instrument, metric, period) for instrument in INSTRUMENTS]

    # Words

    def say(self, message: str, **fields: str | Text) -> Text:
        """A translated message with its places filled."""
        return fill(self.gettext(message), fields)

    def service(self, service: Service) -> str:
        return NAMES.get(service[1], {}).get(self.lang) or self.labels.service(service[1], self.lang)

    def provider(self, slug: str) -> str:
        return NAMES.get(slug, {}).get(self.lang) or self.labels.provider(slug, self.lang)

    def instrument(self, category: str) -> str:
        return word(category, self.lang)

    def period_of(self, period: str) -> str:
        return period_name(period, self.lang)

    # Numbers

    def number(self, item: Reconciled) -> Text:
        """A figure's value with its footnote. A figure without a value has no number to write."""
        if item.value is None:
            raise ValueError(f"{item.figure} has no value to write")
        return (amount(item.value), Mark(self.note(item), self.disputed(item)))

    def disputed(self, item: Reconciled) -> bool:
        """True where sources differ on the figure, or on one that it is the sum of."""
        return is_disputed(item) or any(map(is_disputed, self.comparison.disputed_parts(item)))

    def total(self, items: Sequence[Reconciled | None]) -> Text | None:
        """The sum of figures, `at least` where one is missing; None where none is known."""
        found = add_up(item.value if item else None for item in items)
        known = [item for item in items if item and item.value is not None]
        if found is None:
            return None
        if len(items) == 1:
            return self.number(known[0])
        low, high = f"{found.low:,}", "" if found.high is None else f"{found.high:,}"
        shown = low if found.is_exact else f"{low}–{high}"
        if found.is_floor:
            shown = self.gettext("at least %(count)s") % {"count": low}
        formula = " + ".join(amount(item.value) for item in known if item.value is not None)
        return (shown, self.derived(formula, known))

    def ratio(
        self, part: Reconciled, whole: Reconciled, ratio: Ratio | Missing, *, percent: bool
    ) -> Text | None:
        """A ratio of two figures in words, or None where there is none."""
        if isinstance(ratio, Missing) or part.value is None or whole.value is None:
            return None
        shown = display_ratio(ratio, places=1, percent=percent)
        return (shown, self.derived(f"{amount(part.value)} / {amount(whole.value)}", [part, whole]))

    def relative(self, change: Fraction, formula: str, items: Sequence[Reconciled]) -> Text:
        """The size of a relative change in percent, without its sign."""
        return (display(abs(change), places=1, percent=True), self.derived(formula, items))

    # Footnotes

    def note(self, item: Reconciled) -> int:
        """The number of a figure's footnote, made when it is first needed."""
        if item.total and not item.claims:
            known = self.comparison.by_key
            parts = [known[part.figure] for part in item.total.parts if part.figure in known]
            return self.derived(item.total.sum_text, parts).note
        if item.figure not in self._of:
            self._of[item.figure] = self._add(self._figure_note(item))
        return self._of[item.figure]

    def derived(self, formula: str, items: Sequence[Reconciled]) -> Mark:
        """The mark of a number that follows from figures; it is disputed as soon as one of them is."""
        notes = tuple(dict.fromkeys(self.note(item) for item in items))
        key = (formula, notes)
        if key not in self._of:
            self._of[key] = self._add(DerivedNote(0, formula, notes))
        return Mark(self._of[key], any(map(self.disputed, items)))

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(self._notes)

    def _add(self, note: Note) -> int:
        number = len(self._notes) + 1
        self._notes.append(replace(note, number=number))
        return number

    def note_title(self, item: Reconciled) -> str:
        """The figure in words; its period only where that is not the brief's."""
        period = item.figure.period
        title = self._title(item)
        return title if period == self.period else f"{title}, {self.period_of(period)}"

    def _title(self, item: Reconciled) -> str:
        figure = item.figure
        part = part_name(figure.part, self.lang) if figure.part else ""
        words = (self.name(figure), self.word(figure.category), self.word(figure.metric), self.word(part))
        return ", ".join(filter(None, words))

    def word(self, slug: str) -> str:
        """A slug in words; one without a word of its own is spelt with blanks."""
        told = word(slug, self.lang)
        return told.replace("-", " ") if told == slug else told

    def _figure_note(self, item: Reconciled) -> FigureNote:
        title = f"{self._title(item)}, {self.period_of(item.figure.period)}"
        value = "" if item.value is None else amount(item.value)
        return FigureNote(0, item.figure, title, value, item.supporters, item.rivals)

    def name(self, figure: Figure) -> str:
        slug = figure.provider if figure.service == "all" else figure.service
        return NAMES.get(slug, {}).get(self.lang, slug)


def periods_in(period: str) -> tuple[str, ...]:
    """The period, and of a year its halves: what is told of a year may lie in either."""
    return (period, *halves_of(period)) if is_year(period) else (period,)


def _is_not_the_sum(item: Reconciled) -> bool:
    """True for a year that is printed otherwise than its halves add up to."""
    return any(conflict.rule is Rule.NOT_THE_SUM for conflict in item.conflicts)


def is_doubtful_nought(item: Reconciled) -> bool:
    """True for a printed nought that cannot be, since more followed from it, or that is a blank elsewhere."""
    broken = {conflict.rule for conflict in item.conflicts}
    return item.value == Exact(0) and bool(broken & {Rule.ZERO_BUT_FOLLOWED, Rule.ZERO_WAS_BLANK})


def is_disputed(item: Reconciled) -> bool:
    """True where sources differ by more than rounding."""
    return item.status is Status.DISPUTED and not item.rounding_only
