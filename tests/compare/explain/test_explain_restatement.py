from sagwan.compare.explain.restatement import explain

from ..make import claim, found, own


def test_the_same_source_says_otherwise_later() -> None:
    then, now = own(10, "2019-04-14"), own(1, "2024-05-09")
    [explanation] = found(explain, then, now)
    assert explanation.variant == "earlier"
    assert (explanation.claims, explanation.against) == ((then.id,), (now.id,))
    for language in ("en", "ko"):
        assert all(text in explanation.sentence(language) for text in ("10", "2019-04-14", "2024-05-09"))


def test_all_press_of_the_day_against_the_table_years_later() -> None:
    then = [claim(1295), claim(1295)]
    now = own(1925, "2026-07-01")
    [explanation] = found(explain, then[0], now, then[1])
    assert set(explanation.claims) == {c.id for c in then}


def test_one_stray_figure_is_no_restatement() -> None:
    assert found(explain, claim(603), own(630, "2026-07-01")) == []


def test_sources_of_the_same_season_do_not_restate_each_other() -> None:
    assert found(explain, claim(687), own(697, "2026-07-01"), claim(697), claim(697), claim(687)) == []
    later = [claim(20, source_date="2015-01-23"), claim(20, source_date="2015-01-23")]
    assert found(explain, later[0], claim(81, source_date="2015-08-04"), later[1]) == []


def test_a_month_or_a_year_as_date_counts_at_its_nearer_end() -> None:
    then = [claim(20, source_date="2015"), claim(20, source_date="2015")]
    assert found(explain, then[0], own(81, "2016-11"), then[1]) == []
    assert found(explain, then[0], own(81, "2017-01"), then[1])


def test_the_same_number_made_round_is_not_restated() -> None:
    exact = [claim(9380125), claim(9380125)]
    assert found(explain, exact[0], own(9380000, "2026-07-01"), exact[1]) == []


def test_a_later_value_outranked_by_kind_needs_two_voices() -> None:
    later = [claim(4209, source_date="2017-11-03"), claim(4209, source_date="2017-11-03")]
    [explanation] = found(explain, later[0], own(2407), later[1])
    assert explanation.variant == "later"
    assert found(explain, later[0], own(2407)) == []
