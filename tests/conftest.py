"""Every test's ground: the rule for CI, and a private PostgreSQL for those who ask for one."""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.support.ci_rule", "tests.support.postgres")

# The browser tests' driver keeps an event loop running in this thread until the session ends; Django would
# take every later query for one from asynchronous code, and refuse it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A shell lets what it starts in the background ignore Ctrl-C, and so would every server that a test starts
# and stops with it: the test would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No test asserts a time, so no property has a deadline either: the machine may be busy.
settings.register_profile(
    "untimed", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: of several processes none is left alone with one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
