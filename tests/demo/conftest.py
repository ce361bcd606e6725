"""The demo's scenario, loaded once, and each provider's half-year lived through once."""

from importlib.resources import files

import pytest

from sagwan.demo.scenario import Scenario, load

from .lived import Lived, live

SCENARIO = files("sagwan.demo").joinpath("scenario.toml").read_bytes()


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load(SCENARIO)


@pytest.fixture(scope="session", params=["kakao", "naver"])
def lived(request: pytest.FixtureRequest, scenario: Scenario) -> Lived:
    return live(scenario, request.param)
