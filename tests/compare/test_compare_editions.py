"""Restatements and their causes, on claims with the shape of those of reports.md's providers."""

from dataclasses import replace

import pytest

from sagwan.compare import Cause, Change, Claim, Edition, changes, load_packaged, restatements

from .make import claim


def row(value: str, edition: int = 1, **fields: str) -> Claim:
    """A claim of a whole file's edition: 1 is the earlier, 2 the later."""
    date = f"202{edition}-01-01"
    where = str(Edition("Acme", f"https://acme.example/{edition}.csv", date, f"{edition:064x}"))
    return claim(value, "Acme", kind="company-report", source_date=date, edition=where, **fields)


def told(before: str, after: str, **fields: str) -> list[tuple[str, str]]:
    found = changes([row(before, **fields)], [row(after, 2, **fields)])
    return [(change.kind.value, change.cause.value) for change in found]


SECRET = {"category": "national-security-letters", "unit": "range"}


@pytest.mark.parametrize(
    ("before", "after", "fields", "cause"),
    [
        ("10", "1", {}, Cause.CORRECTION),
        ("#REF!", "12", {}, Cause.CORRECTION),
        ("0", "51", {}, Cause.CORRECTION),
        ("", "0", {}, Cause.FORMATTING),
        ("0", "-", {}, Cause.FORMATTING),
        ("1809", "1,809", {}, Cause.FORMATTING),
        ("261,884", "260,000", {}, Cause.FORMATTING),
        ("52.50%", "53%", {"unit": "percent"}, Cause.FORMATTING),
        ("66.67", "67", {"unit": "percent"}, Cause.FORMATTING),
        ("0.33", "33", {"unit": "percent"}, Cause.FORMATTING),
        ("52.50%", "54%", {"unit": "percent"}, Cause.CORRECTION),
        ("52%", "53%", {"unit": "percent"}, Cause.CORRECTION),
        ("7-499", "13-499", SECRET, Cause.UN_GAGGING),
        ("3-499", "13-499", {"unit": "range", "rule": "50-usc-1874-500"}, Cause.UN_GAGGING),
        ("13-499", "7-499", SECRET, Cause.RE_DEFINITION),
        ("7-499", "13-499", {"unit": "range"}, Cause.RE_DEFINITION),
        ("0-249", "0-499", SECRET, Cause.RE_DEFINITION),
        ("0-999", "927", {"unit": "count"}, Cause.RE_DEFINITION),
        ("0-499", "500-999", SECRET, Cause.CORRECTION),
    ],
)
def test_the_cause_of_a_change(before: str, after: str, fields: dict[str, str], cause: Cause) -> None:
    assert told(before, after, **fields) == [("changed", cause.value)]


def test_nothing_changed() -> None:
    assert told("12", "12") == told("", "") == told(" 12", "12 ") == []


def test_what_was_announced_is_no_restatement() -> None:
    due = replace(row(""), state="not-yet-due")
    assert changes([due], [row("12", 2)]) == ()
    partial, complete = (
        replace(row("5"), completeness="partial"),
        replace(row("12", 2), completeness="complete"),
    )
    assert changes([partial], [complete]) == ()


def test_a_number_that_came_or_went() -> None:
    assert told("", "12") == [("added", "unknown")]
    assert told("12", "") == [("removed", "unknown")]
    withdrawn = replace(row("12", 2), state="withdrawn")
    [change] = changes([row("12")], [withdrawn])
    assert (change.kind, change.cause) == ("removed", Cause.UNKNOWN)


def test_another_thing_counted_is_another_definition() -> None:
    [change] = changes([row("10", counted="account")], [row("12", 2, counted="customer")])
    assert change.cause is Cause.RE_DEFINITION
    [change] = changes([row("10")], [row("12", 2, counted="customer")])
    assert change.cause is Cause.CORRECTION


def test_a_country_under_a_new_name_is_neither_lost_nor_found() -> None:
    old = [
        row(v, jurisdiction="TR", jurisdiction_printed="Turkey", metric=m)
        for m, v in (("a", "3"), ("b", "0"))
    ]
    new = [
        row(v, 2, jurisdiction="TR", jurisdiction_printed="Türkiye", metric=m)
        for m, v in (("a", "3"), ("b", "0"))
    ]
    found = changes(old, new)
    assert [change.cause for change in found] == [Cause.RENAME] * 2
    assert not any(change.is_of_the_number for change in found)
    assert "Turkey → Türkiye" in found[0].sentence("en")
    # A name that only one edition prints is no rename.
    assert changes([row("3")], [row("3", 2, jurisdiction_printed="Korea")]) == ()


ANCHOR = {"category": "anchor"}


def test_a_category_under_a_new_name() -> None:
    old = [
        row("7", **ANCHOR),
        row("12", category="court-orders"),
        row("50%", category="court-orders", metric="p", unit="percent"),
    ]
    new = [
        row("7", 2, **ANCHOR),
        row("12", 2, category="other-court-orders"),
        row("50%", 2, category="other-court-orders", metric="p", unit="percent"),
    ]
    found = changes(old, new)
    assert [(c.kind, c.cause) for c in found] == [("changed", Cause.RENAME)] * 2
    assert {c.before.category for c in found if c.before} == {"court-orders"}


def test_no_rename_is_guessed_where_two_could_be_meant() -> None:
    old = [row("7", **ANCHOR), row("12", category="a")]
    new = [row("7", 2, **ANCHOR), row("12", 2, category="b"), row("12", 2, category="c")]
    assert Cause.RENAME not in {change.cause for change in changes(old, new)}
    # Nor from noughts alone, nor from one country to another.
    zeros = changes(
        [row("7", **ANCHOR), row("0", category="a")], [row("7", 2, **ANCHOR), row("0", 2, category="b")]
    )
    assert {change.cause for change in zeros} == {Cause.FORMATTING}
    old = [
        row("7", **ANCHOR, jurisdiction="TW"),
        row("7", **ANCHOR),
        row("1", category="a", jurisdiction="KR", jurisdiction_printed="Korea"),
    ]
    new = [
        row("7", 2, **ANCHOR, jurisdiction="TW"),
        row("7", 2, **ANCHOR),
        row("1", 2, category="a", jurisdiction="TW", jurisdiction_printed="Taiwan"),
    ]
    assert {change.cause for change in changes(old, new)} == {Cause.UNKNOWN}


def russia(requests: str, moved: str) -> tuple[Change, ...]:
    """Google's Russia of 2017H1: 318 became 285 while a row for a local subsidiary of 34 appeared."""
    share = {"metric": "compliance-percent", "unit": "percent"}
    old = [row("318"), row("10", **share)]
    new = [row(requests, 2), row("0", 2, **share), row(moved, 2, category="local-subsidiary")]
    return changes(old, new)


def test_what_one_kind_lost_another_gained() -> None:
    found = russia("285", "34")
    assert {change.cause for change in found} == {Cause.RE_CLASSING}
    assert len(found) == 3
    [lost] = [c for c in found if c.before and c.before.value == "318"]
    assert [one.value for one in lost.others] == ["34"]
    assert "local-subsidiary 34" in lost.sentence("en")


def test_a_loss_that_no_gain_answers_is_not_re_classed() -> None:
    assert Cause.RE_CLASSING not in {change.cause for change in russia("285", "12")}
    assert Cause.RE_CLASSING not in {change.cause for change in russia("319", "34")}


def test_rows_of_noughts_come_and_go_as_form() -> None:
    found = changes(
        [row("7", **ANCHOR), row("0", category="x")], [row("7", 2, **ANCHOR), row("", 2, category="y")]
    )
    assert [(c.kind, c.cause) for c in found] == [("removed", Cause.FORMATTING), ("added", Cause.FORMATTING)]


def test_a_released_letter_is_un_gagging() -> None:
    letter = {"category": "national-security-letters", "metric": "released"}
    old = [row("1", part="letter=a", **letter)]
    new = [row("1", 2, part="letter=a", **letter), row("1", 2, part="letter=b", **letter)]
    [change] = changes(old, new)
    assert (change.kind, change.cause) == ("added", Cause.UN_GAGGING)


def test_a_file_of_other_periods_or_tables_removes_nothing() -> None:
    assert changes([row("12")], [row("9", 2, period="2016H2")]) == ()
    # A table that the earlier archive did not have adds nothing to the tables that it had.
    other = replace(row("5", 2, category="fisa"), edition=str(Edition("Acme", "https://x", "", "f" * 64)))
    assert changes([row("12")], [row("12", 2), other]) == ()


def test_walking_all_editions_of_all_sources() -> None:
    first, second, third = row("10"), row("10", 2), row("12", 3)
    news = [claim("10", "Paper", source_date="2019"), claim("11", "Paper", source_date="2020")]
    [change] = restatements([third, *news, first, second])
    assert (change.before, change.after) == (second, third)
    # The last edition that spoke of the period counts, not the last edition.
    other = row("5", 2, period="2017H1")
    [change] = restatements([first, other, row("5", 3, period="2017H1"), third])
    assert change.before == first


def test_an_excerpt_leaves_out_without_saying_so() -> None:
    """Claims without an edition were picked by hand."""
    old = [claim("10", "Acme", kind="company-report", source_date="2019")]
    new = [
        claim("10", "Acme", kind="company-report", source_date="2020"),
        claim("5", "Acme", kind="company-report", source_date="2020", category="other"),
    ]
    assert restatements([*old, *new]) == ()


def test_an_excerpt_of_one_country_says_nothing_of_another() -> None:
    """What moved between kinds of request is seen although an excerpt of the report lies beside."""
    moved = [row("53", category="other"), row("42", 2, category="other"), row("11", 2, category="court")]
    excerpt = replace(row("7", jurisdiction="US", category="other"), edition="")
    found = restatements([*moved, excerpt, row("7", 2, jurisdiction="US", category="other")])
    assert {(change.figure.category, change.cause) for change in found} == {
        ("other", Cause.RE_CLASSING),
        ("court", Cause.RE_CLASSING),
    }


def test_the_packaged_restatements() -> None:
    """Google's copies of 2019 and 2024 differ in four counts of wiretaps; all else is form."""
    found = restatements(load_packaged())
    real = [
        (str(c.figure), c.before.value, c.after.value)
        for c in found
        if c.is_of_the_number and c.before and c.after
    ]
    assert real == [
        ("google/google/US/2017H1/wiretap-orders/accounts", "19", "1"),
        ("google/google/US/2017H1/wiretap-orders/requested", "10", "1"),
        ("google/google/US/2018H1/wiretap-orders/accounts", "4", "3"),
        ("google/google/US/2018H1/wiretap-orders/requested", "3", "2"),
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_cause_has_a_sentence_with_its_numbers(language: str) -> None:
    found = [
        *changes([row("10")], [row("12", 2)]),
        *changes([row("7-499", **SECRET)], [row("13-499", 2, **SECRET)]),
        *russia("285", "34"),
        *changes([row("7", **ANCHOR), row("9", category="x")], [row("7", 2, **ANCHOR)]),
    ]
    sentences = [change.sentence(language) for change in found]  # type: ignore[arg-type]
    assert len(set(sentences)) == len(found)
    for change, text in zip(found, sentences, strict=True):
        assert "{" not in text
        for one in (change.before, change.after):
            assert one is None or one.value.replace("-", "–") in text
        assert set(change.to_json()) == {"figure", "kind", "cause", "before", "after", "others"}
