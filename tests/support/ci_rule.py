"""In CI (environment variable CI=true) a skipped test is a failed test, unless it is marked `extra`.

Elsewhere a test whose component (PostgreSQL, Chromium) is not there skips, so that `make test` needs no more
than Python. In CI such tests are left out of a plain run, which says so in its header, and fail in a run that
names their marker with -m: .ci/run makes both, installing the components in between.
"""

import os
from collections.abc import Iterator

import pytest

from tests.support.components import missing

MARKER_OF_FIXTURE = {
    "postgresql": "postgresql",
    "postgresql_url": "postgresql",
    "vectors": "extra",  # other implementations' test vectors, which are not part of the project
}
RULE = "a skip is a failure in CI: install what it misses, or mark it `extra`"


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")


def pytest_report_header(config: pytest.Config) -> list[str]:
    if not in_ci():
        return []
    left_out = _left_out(config)
    return [
        f"CI: {RULE}",
        *(f"CI: tests marked {name} are left out: it is not installed" for name in left_out),
    ]


@pytest.hookimpl(tryfirst=True)  # before -m looks at the markers
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in MARKER_OF_FIXTURE.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARKER_OF_FIXTURE[fixture])
    left_out = set(_left_out(config)) if in_ci() else set()
    going = [item for item in items if any(item.get_closest_marker(name) for name in left_out)]
    if going:
        config.hook.pytest_deselected(items=going)
        items[:] = [item for item in items if item not in going]


def _left_out(config: pytest.Config) -> list[str]:
    """Markers whose component is missing and which no -m names."""
    return [name for name in missing() if name not in config.getoption("markexpr")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Iterator[None]:
    report = yield
    expected_failure = hasattr(report, "wasxfail")
    if in_ci() and report.skipped and not expected_failure and not item.get_closest_marker("extra"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """A module that skips itself while it is read skips every test in it."""
    report = yield
    if in_ci() and report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"{why}\n({RULE})"
