import pytest

from sagwan.verify import Trust
from tests.support.folder import Keys


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys()


@pytest.fixture(scope="session")
def trust(keys) -> Trust:
    """A reader who names the log's key and asks for both witnesses."""
    return Trust(key=keys.vkey, policy=keys.policy())
