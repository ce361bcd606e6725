"""A pack's `[[bands]]`: how its law lets figures be printed that it forbids to print exactly."""

from sagwan.law.errors import LawPackError
from sagwan.law.model import Opened
from sagwan.law.model_bands import BandFigure, BandMeasure, BandOption, BandPeriod
from sagwan.law.overlap import check_apart
from sagwan.law.pack import Pack
from sagwan.law.reader import Table


def read_bands(table: Table, instruments: frozenset[str]) -> BandOption:
    """One `[[bands]]`; `instruments` are the pack's."""
    since, until = table.span()
    option = BandOption(
        citation=table.citation(),
        since=since,
        until=until,
        slug=table.slug("slug"),
        label=table.label(),
        width=table.count("width"),
        period=table.choice("period", BandPeriod),
        figures=table.tables("figures", "figure", lambda each: _figure(each, instruments)),
    )
    if not option.figures:
        raise table.fail("figures", "must name the figures that may be printed")
    check_apart(table.at("figures"), [((f.slug, f.measure), option) for f in option.figures])
    for index, figure in enumerate(option.figures):
        if option.period is BandPeriod.YEAR and figure.delay % 2:
            raise LawPackError(f"{table.at('figures')}[{index}].delay", "a year comes late by whole years")
    return option


def _figure(table: Table, instruments: frozenset[str]) -> BandFigure:
    named = table.slugs("instruments", instruments)
    if not named:
        raise table.fail("instruments", "must name the instruments that it adds together")
    return BandFigure(
        slug=table.slug("slug"),
        label=table.label(),
        instruments=named,
        measure=table.choice("measure", BandMeasure),
        citation=table.citation(),
        delay=table.count("delay", 0),
        new_service_days=table.count("new_service_days", 0),
    )


def check_bands(pack: Pack) -> None:
    """Options stand apart, and each figure is of instruments whose lines the pack keeps closed as banded."""
    check_apart("bands", [(option.slug, option) for option in pack.bands])
    for number, option in enumerate(pack.bands):
        for index, figure in enumerate(option.figures):
            for slug in figure.instruments:
                if any(rule.how is not Opened.BANDED for rule in pack.instrument(slug).opened):
                    raise LawPackError(
                        f"bands[{number}].figures[{index}].instruments",
                        f"{slug!r} is not an instrument that is opened = banded",
                    )
