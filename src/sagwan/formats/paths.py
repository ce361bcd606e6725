"""Where each file of a published folder lies, relative to its root (design.md, 'What is published')."""

from sagwan.record.period import Period

OPENINGS_SPLIT = 1_048_576  # a new openings file begins at log indexes divisible by this

INDEX = "index.html"
KEY = "key"
CHECKPOINT = "log/checkpoint"
LOG = "log/"
REPORT_SCHEMA = "report.schema.json"
DATAPACKAGE = "datapackage.json"
RECEIPT = "receipt"


def handover(number: int) -> str:
    """The handover `number` of one of the log's keys, counted from 1 (formats/handover.py)."""
    return f"{LOG}keys/{number:03d}"


def report_json(period: Period) -> str:
    return f"report/{period}.json"


def report_csv(period: Period) -> str:
    return f"report/{period}.csv"


def restated_csv(period: Period) -> str:
    return f"report/{period}.restated.csv"


def manifest(period: Period) -> str:
    return f"report/{period}.manifest"


def report_line(period: Period) -> str:
    return f"report/{period}.line"


def report_checkpoint(period: Period) -> str:
    return f"report/{period}.checkpoint"


def checkpoint(period: Period, number: int) -> str:
    """The half-year's cosigned checkpoint `number`, counted from 0 within the half-year."""
    return f"report/{period}/checkpoints/{number:03d}"


def openings(period: Period, first: int) -> str:
    """The openings file whose first line opens log entry `first`."""
    return f"openings/{period}/{first}.tsv"


def late(period: Period) -> str:
    return f"openings/{period}/late.tsv"


def openings_starts(first: int, cut: int) -> list[int]:
    """The first index of each openings file of the entries first..cut-1; none for an empty half-year."""
    if first >= cut:
        return []
    splits = range(first - first % OPENINGS_SPLIT + OPENINGS_SPLIT, cut, OPENINGS_SPLIT)
    return [first, *splits]
