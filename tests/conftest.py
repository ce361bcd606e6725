"""Every test's ground: the rule for CI, and a private PostgreSQL for those who ask for one."""

import os

pytest_plugins = ("tests.support.ci_rule", "tests.support.postgres")

# The browser tests' driver keeps an event loop running in this thread until the session ends; Django would
# take every later query for one from asynchronous code, and refuse it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
