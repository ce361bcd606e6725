"""Entries whose line was lost, and lines of such entries that were found again.

A place is never changed, so a line that is found later stands beside it, known by its commitment.
"""

from sagwan.desk.journal.models import Line, Place
from sagwan.desk.vault.keyring import CHUNK


def lost_commitments() -> set[bytes]:
    """The commitments of entries that have a place but no line there; nearly always none."""
    return {bytes(c) for c in Place.objects.filter(line__isnull=True).values_list("commitment", flat=True)}


def found_again() -> dict[bytes, Line]:
    """The lines of lost entries that are there again, by commitment."""
    wanted = sorted(lost_commitments())
    return {
        bytes(line.commitment): line
        for start in range(0, len(wanted), CHUNK)
        for line in Line.objects.filter(commitment__in=wanted[start : start + CHUNK])
    }
