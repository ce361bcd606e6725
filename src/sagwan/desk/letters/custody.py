"""What is kept and what is handed over: a hold placed, a hold about to lapse, a production."""

from datetime import timedelta

from sagwan.desk.letters.facts import Preservation, Production
from sagwan.desk.letters.kinds import LetterNotPossible
from sagwan.desk.letters.source import Source
from sagwan.law.terms import hold_rule
from sagwan.record.events import HoldPlaced


def preservation(source: Source) -> Preservation:
    """The hold that stands; raise LetterNotPossible where there is none on the letter's day."""
    hold, placed = source.state.hold, source.last(HoldPlaced)
    if hold is None or placed is None:
        raise LetterNotPossible("no hold was placed", hint="place it first (PlaceHold)")
    if hold.released is not None:
        raise LetterNotPossible(f"the hold was released: {hold.released}")
    if source.day > hold.until:
        raise LetterNotPossible(f"the hold ended on {hold.until}")
    matter = placed[1].matter
    if matter is None:
        raise LetterNotPossible("what is held is not known any more: its key was destroyed")
    rule = hold_rule(source.instrument)
    extension = 0 if hold.extended else rule.extension
    return Preservation(
        start=source.dated(hold.start),
        until=source.dated(hold.until),
        released_on=source.dated(hold.until + timedelta(days=1)),
        extended=hold.extended,
        extension_days=extension,
        extendable_until=source.dated(hold.until + timedelta(days=extension)) if extension else "",
        scope=matter.text,
        citation=rule.citation.text(source.lang),
    )


def production(source: Source, stage: int | None) -> Production:
    """What was handed over in a stage, the latest for None; raise LetterNotPossible where it is gone."""
    found = source.disclosed(stage)
    if found is None:
        raise LetterNotPossible("nothing was handed over" + (f" in stage {stage}" if stage else ""))
    stored, event = found
    ends = source.to_fetch.get(event.stage)
    if event.stage in source.state.expired or (ends is not None and source.day > source.day_of(ends)):
        raise LetterNotPossible(f"what was handed over in stage {event.stage} can be fetched no more")
    if not event.manifest:
        raise LetterNotPossible(
            f"stage {event.stage} was handed over without a manifest", hint="there is nothing to check"
        )
    return Production(
        stage=event.stage,
        disclosed=source.moment(stored.at),
        data=source.data(event.data),
        accounts=event.accounts,
        manifest=event.manifest,
        fetch_until=source.moment(ends) if ends else "",
    )
