import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare import Figure
from sagwan.compare.figure import join_part, parse_key, split_part

# What may stand in a key's field; an empty provider, service, period or metric names no figure.
WORDS = st.text(alphabet="abcAZ019-+ .%/~é한", min_size=1, max_size=8)


def test_parts_are_in_order_and_without_the_marks() -> None:
    part = join_part({"stage": "follow-up", "authority": "Police; other = all/some", "channel": ""})
    assert part == "authority=police-other-all-some;stage=follow-up"
    assert split_part(part) == {"authority": "police-other-all-some", "stage": "follow-up"}
    assert split_part("") == {}


@pytest.mark.parametrize(
    "key",
    [
        "kakao/daum/KR/2016H1/communication-restriction/processed",
        "kakao/daum/KR/2016H1/communication-restriction/processed/stage=follow-up",
        "github/github/-/2021/-/requested",
        "x/y/EU/2024-02-17--2024-12-31/dsa-orders/requested",
    ],
)
def test_a_key_names_its_figure(key: str) -> None:
    assert str(parse_key(key)) == key


@given(
    WORDS,
    WORDS,
    st.sampled_from(["", "KR"]),
    st.sampled_from(["2016H1", "2024-02-17/2024-12-31"]),
    WORDS,
    WORDS,
)
def test_any_figure_has_a_key_of_its_own(
    provider: str, service: str, country: str, period: str, category: str, metric: str
) -> None:
    figure = Figure(provider, service, country, period, category, metric, "a=b")
    assert parse_key(str(figure)) == figure


@pytest.mark.parametrize("key", ["", "a/b", "a/b/c/d/e/f/g/h"])
def test_what_names_no_figure(key: str) -> None:
    with pytest.raises(ValueError, match="provider/service"):
        parse_key(key)
