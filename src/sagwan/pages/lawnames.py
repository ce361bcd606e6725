"""What a law pack calls its instruments and reasons on a day, as labels for pages."""

from datetime import date

from sagwan.law.citation import Label
from sagwan.law.pack import Pack
from sagwan.pages.labels import Labels, Names


def labels_on(
    pack: Pack, day: date, *, services: Names | None = None, providers: Names | None = None
) -> Labels:
    """The names that hold on `day` (a half-year's last day, for its report): an instrument may be renamed,
    and a report of 2016 keeps the words of 2016. What is not law that day keeps its slug."""
    law = pack.on(day)
    return Labels(
        instruments={one.slug: _texts(one.name) for one in law.instruments},
        reasons={one.slug: _texts(one.label) for one in law.reasons},
        services=services or {},
        providers=providers or {},
    )


def _texts(label: Label) -> dict[str, str]:
    return {"ko": label.ko, "en": label.en}
