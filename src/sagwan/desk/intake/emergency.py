"""What an emergency changes, in words: what may go out before the paper is there, and which must follow."""

from dataclasses import dataclass

from sagwan.law.in_force import InstrumentOnDay


@dataclass(frozen=True, slots=True)
class Emergency:
    """The variant's name and article, the paper that must follow, its clocks, and what may go out before."""

    name: str
    citation: str
    follows: str
    clocks: tuple[str, ...]
    data: tuple[str, ...]


def emergency_of(instrument: InstrumentOnDay, emergency: bool, lang: str) -> Emergency | None:
    """None where it is no emergency, or the law of the day knows none of this process."""
    variant = instrument.emergency
    if not emergency or variant is None:
        return None
    item = instrument.item(variant.follow_up)
    clocks = (
        rule.label.text(lang)
        for rule in instrument.deadlines
        if rule.when == "emergency" and (rule.paper == variant.follow_up or rule.who == "authority")
    )
    return Emergency(
        name=variant.label.text(lang),
        citation=variant.citation.text(lang),
        follows=item.label.text(lang) if item else variant.follow_up,
        clocks=tuple(clocks),
        data=tuple(category.value for category in variant.data),
    )
