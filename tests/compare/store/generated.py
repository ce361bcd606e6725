"""Claims drawn at random with the shape of real ones, small enough to collide often."""

import random

from sagwan.compare import Claim, SourceKind

PROVIDERS = ("acme", "naver+kakao", "ministry", "zeta")
SERVICES = ("all", "mail", "chat", "메일")
PERIODS = (
    "2015H1",
    "2015H2",
    "2015",
    "2016H1",
    "2016H2",
    "2016",
    "2016Q1",
    "2016-03",
    "2016-01-05/2016-02-01",
)
METRICS = (
    ("requested", "requests"),
    ("processed", "requests"),
    ("compliance-percent", "percent"),
    ("x", "average"),
)
PARTS = ("", "", "authority=police", "channel=mlat;stage=follow-up")
CELLS = (
    "",
    "-",
    "0",
    "1,809",
    "1909",
    "0-499",
    "7 - 499",
    "<10",
    "n/a",
    "#REF!",
    "12.5",
    "80%",
    "999999999999999999",
)
DATES = ("2015", "2016-08", "2016-08-03", "2017-01-31", "2024-04-23")


def claims(count: int, seed: int) -> list[Claim]:
    draw = random.Random(seed)
    return list({one.id: one for one in (_claim(draw) for _ in range(count))}.values())


def _claim(draw: random.Random) -> Claim:
    metric, unit = draw.choice(METRICS)
    publisher = draw.choice(("Acme", "Paper", "Other / Agency", "Agency (copy)"))
    rounded = draw.random() < 0.05 and unit == "requests"
    return Claim(
        provider=draw.choice(PROVIDERS),
        service=draw.choice(SERVICES),
        jurisdiction=draw.choice(("KR", "US", "")),
        period=draw.choice(PERIODS),
        category=draw.choice(("search-and-seizure-warrant", "a/b", "")),
        metric=metric,
        part=draw.choice(PARTS),
        value="40,000" if rounded else draw.choice(CELLS),
        unit=unit,
        source_url=f"https://example.com/{draw.randrange(3)}",
        source_publisher=publisher,
        source_date=draw.choice(DATES),
        source_kind=draw.choice(list(SourceKind)),
        state="rounded" if rounded else "",
        rule="nearest-1000" if rounded else "",
        process=draw.choice(("", "Subpoenas")),
        sheet=draw.choice(("", "Tabelle\t1")),
    )
