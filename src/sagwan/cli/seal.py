"""`sagwan seal`: run the sealer once."""

from sagwan.cli.options import HERE, At, HomePath, Json
from sagwan.cli.output import say, say_json
from sagwan.cli.wiring import open_office
from sagwan.seal.sealer import Sealed


def seal(home: HomePath = HERE, at: At = None, as_json: Json = False) -> None:
    """Take everything that waits to the log.

    For a timer, at least as often as the config's batch_interval_hours. Finishes first what an
    interrupted run left. Closes each half-year that is over. Witnesses are asked at once, again after a
    pause, for a minute at most; one that does not answer is told, does not stop the log, and is asked
    again at the next run. One that saw another history raises an alarm: the evidence is kept in the home's
    alarms/, and nothing is sealed until a person has moved it away.

    \b
    Examples:
      sagwan seal
      17 3 * * * sagwan seal --home /srv/sagwan --json >> /var/log/sagwan-seal.jsonl

    \b
    Exit codes: 0 sealed, or nothing waited; 1 stopped before signing: another sealer is at work, the
      keeper or the log knows more than the database (sagwan recover), or an alarm stands;
      2 the home or a key cannot be read, or the disk is full.
    """
    office = open_office(home)
    done = office.sealer().run(office.now(at))
    if as_json:
        say_json(sealed_json(done))
        return
    entries = "1 entry" if done.entries == 1 else f"{done.entries:,} entries"
    batches = "1 batch" if done.batches == 1 else f"{done.batches} batches"
    say(f"sealed {entries} in {batches}; the log holds {done.size:,}" if done.entries else "nothing to seal")
    for period in done.closed:
        say(f"closed {period}: it can be published")
    if done.further:
        say(further_batches(done.further))
    if done.late:
        say("1 cosignature came late" if done.late == 1 else f"{done.late} cosignatures came late")
    for lack in done.unwitnessed:
        say(f"not witnessed: {lack}")


def further_batches(count: int) -> str:
    """What it means that a half-year needed batches beyond its last one."""
    batches = "1 further batch was" if count == 1 else f"{count} further batches were"
    return (
        f"{batches} needed at the half-year's end: everyone can see in the log that more entries waited whose"
        " law allows only bands than banded_per_batch takes; raise it before the next half-year"
    )


def sealed_json(done: Sealed) -> dict[str, object]:
    """What a run of the sealer did, for machines."""
    return {
        "entries": done.entries,
        "batches": done.batches,
        "closed": [str(period) for period in done.closed],
        "size": done.size,
        "not-witnessed": done.unwitnessed,
        "cosigned-late": done.late,
        "further-batches": done.further,
    }
