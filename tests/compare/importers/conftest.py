from pathlib import Path

import pytest

RAW = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "raw"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "extra: needs providers' own files, which are not part of the project")


@pytest.fixture(scope="session")
def raw() -> Path:
    """The folder of providers' own files, where there is one beside the repository."""
    if not RAW.is_dir():
        pytest.skip("no providers' files beside the repository")
    return RAW
