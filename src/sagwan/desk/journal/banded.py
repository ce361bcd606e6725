"""Lines whose law allows only bands: how many of them and of their cover each batch holds, and how many wait.

See docs/decisions/0016-bands.md. A line is banded if its `behind` is a number, fixed when it was written.
"""

from sagwan.desk.home import Home
from sagwan.desk.journal.models import Batch, Line, Place
from sagwan.record.period import Period


def per_batch(home: Home, period: Period) -> int:
    """How many banded entries each batch of a half-year holds: what its batches hold already, so that the
    number never changes within a half-year once it is more than 0; else what the config says."""
    if not Line.objects.filter(period=str(period), behind__isnull=False).exists():
        return home.banded_per_batch
    for number in (
        Batch.objects.filter(period=str(period)).order_by("-number").values_list("number", flat=True)
    ):
        places = Place.objects.filter(batch_id=number)
        if places.filter(line__isnull=True).exists():
            continue  # of entries whose line was lost it is not known which were banded
        return places.filter(line__behind__isnull=False).count() or home.banded_per_batch
    return home.banded_per_batch


def waiting() -> int:
    """How many banded lines have no place yet."""
    last = Batch.objects.order_by("-number").values_list("settled", flat=True).first()
    return Line.objects.filter(id__gt=last or 0, behind__isnull=False, place__isnull=True).count()
