import csv
from importlib import resources

import pycountry
import pytest

from sagwan.compare.importers import Place, country
from sagwan.compare.importers.countries import is_known


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("South Korea", "KR"),
        ("Korea", "KR"),
        ("Korea Republic Of", "KR"),
        ("Korea, Republic Of", "KR"),
        ("Korea, Republic of", "KR"),
        ("대한민국", "KR"),
        ("United States", "US"),
        ("USA", "US"),
        ("United States Minor Outlying Islands", "UM"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Tu\u0308rkiye", "TR"),
        ("TURKEY", "TR"),
        ("Turkey*", "TR"),
        ("Hong Kong", "HK"),
        ("Hong Kong SAR", "HK"),
        ("China mainland", "CN"),
        ("Kosovo", "XK"),
        ("Côte d\u2019Ivoire", "CI"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Guinea", "GN"),
        ("Guinea-Bissau", "GW"),
        ("Dominica", "DM"),
        ("Dominican Republic", "DO"),
        ("EL", "GR"),
        ("GR", "GR"),
        ("UK", "GB"),
        ("XK", "XK"),
        ("EU", "EU"),
    ],
)
def test_whole_names_and_codes(printed: str, code: str) -> None:
    assert country(printed) == Place(code, printed)


@pytest.mark.parametrize(
    "printed", ["To Be Determined", "N/A", "Somaliland", "United", "Kore", "<b>France</b>", "ZZ"]
)
def test_a_name_that_is_not_known_is_kept_and_not_guessed(printed: str) -> None:
    place = country(printed)
    assert (place.code, place.printed, place.part) == ("", printed, printed)
    assert not is_known(place)


def test_a_total_is_no_country() -> None:
    assert country("TOTAL") == Place("", "TOTAL", "total")
    assert is_known(country("TOTAL"))


def test_a_printed_code_decides_and_the_name_stays() -> None:
    assert country("Falkland Islands (Islas Malvinas)", "FK").code == "FK"
    assert country("Nowhere at all", "KR") == Place("KR", "Nowhere at all")
    assert country("South Korea", "??").code == "KR"
    assert country("", "") == Place("", "")
    assert country("", "ZZ") == Place("", "", "code ZZ")


def test_small_letters_are_no_code() -> None:
    assert country("us").code == ""


def test_the_table_of_spellings_is_sound() -> None:
    text = resources.files("sagwan.compare.importers").joinpath("data/countries.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({row["printed"] for row in rows}) == len(rows)
    beyond = {"XK", "EU", "AN", "UN"}
    for row in rows:
        assert row["reason"].strip(), row
        assert row["code"] in beyond or pycountry.countries.get(alpha_2=row["code"]), row
        named = pycountry.countries.get(name=row["printed"])
        assert named is None or named.alpha_2 == row["code"], row
