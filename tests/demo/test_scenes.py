"""The demo's people and the requests on its desks: all of it fits the scenario, and all of it is invented."""

from datetime import date

import pytest

from sagwan.demo.people import Cast, cast_of
from sagwan.demo.scenario import Scenario
from sagwan.demo.scene_steps import COMMANDS
from sagwan.demo.scenes import ORDINALS, Scenes, filing_of, load_scenes

PRODUCTIONS = {"put-in", "release", "release-to-passphrase", "fetch"}


@pytest.fixture
def scenes(scenario: Scenario) -> Scenes:
    return load_scenes(scenario.zone)


@pytest.fixture(params=["kakao", "naver"])
def cast(request: pytest.FixtureRequest, scenario: Scenario) -> Cast:
    return cast_of(scenario.provider(request.param))


def test_every_role_is_there_and_four_eyes_are_possible(cast: Cast) -> None:
    assert len(cast.who("review")) >= 2 and len(cast.who("approve")) >= 2 and cast.who("intake")
    assert len(cast.staff("administrator")) == 2 and len(cast.staff("auditor")) == 1
    names = [person.name for person in (*cast.handling, *cast.others)]
    names += [official.name for office in cast.offices for official in office.officials]
    assert all(any("가" <= sign <= "힣" for sign in name) and "(" in name for name in names)
    keys = [person.key for person in (*cast.handling, *cast.others)]
    keys += [official.key for office in cast.offices for official in office.officials]
    assert len(set(keys)) == len(keys)


def test_authorities_are_the_scenarios_and_nobodys(cast: Cast, scenario: Scenario) -> None:
    known = {authority.name for authority in scenario.authorities}
    for office in cast.offices:
        assert office.name in known and "가상" in office.name and "Invented" in office.english
        assert office.domain.endswith(".example")
        assert office.vetted_on is None or cast.began_on < office.vetted_on < date(2016, 1, 1)


def test_the_scenes_come_after_the_half_year_and_before_now(scenes: Scenes) -> None:
    for scene in scenes.scenes:
        instants = [scene.came, *(beat.at for beat in scene.beats), scenes.today]
        assert instants == sorted(instants), scene.about
        assert scene.came.date() > date(2016, 6, 30)
        assert bool(scene.by) != bool(scene.mail), scene.about


def test_every_step_is_one_that_can_be_played(scenes: Scenes) -> None:
    told = {beat.what for scene in scenes.scenes for beat in scene.beats}
    assert told <= {*COMMANDS, *PRODUCTIONS}
    assert {*COMMANDS, *PRODUCTIONS} - told == set()


def test_officials_file_for_their_own_authority(scenes: Scenes, cast: Cast) -> None:
    for scene in scenes.scenes:
        if scene.by:
            assert scene.by in {official.key for official in cast.office(scene.office).officials}


def test_a_scene_takes_nobodys_account_and_no_ones_case(
    scenes: Scenes, cast: Cast, scenario: Scenario
) -> None:
    seen: set[str] = set()
    for scene in scenes.scenes:
        made = filing_of(scenario, cast, scene, "kakao", "text")
        names = {target.value for target in made.targets}
        assert len(names) == scene.accounts and not names & seen
        seen |= names
        assert made.case_number == f"가상-2016-{ORDINALS + scene.number}"
