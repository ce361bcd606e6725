"""Every test's ground: the rule for CI, and a private PostgreSQL for those who ask for one."""

pytest_plugins = ("tests.support.ci_rule", "tests.support.postgres")
