import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "extra: needs providers' own files, which are not part of the project")
