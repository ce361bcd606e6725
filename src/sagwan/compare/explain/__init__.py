"""Explanations: one small pure rule for each way in which published figures come to differ.

A rule looks at one doubted value and at the other claims, and yields an explanation only where a test holds.
No rule reads a claim's note, and none knows a source, a service or a figure by name.
"""

from sagwan.compare.book import Book
from sagwan.compare.explain import (
    another_category,
    another_metric,
    another_period,
    another_population,
    categories_together,
    change_as_total,
    fraction,
    half_vs_year,
    not_the_sum,
    one_digit,
    percent,
    restatement,
    rounding,
    rows_shifted,
    sum_of_halves,
    sum_of_parts,
    sum_of_services,
    unit,
)
from sagwan.compare.explain.model import Code, Doubt, Explanation, Rule

RULES: tuple[Rule, ...] = (
    rows_shifted.explain,
    another_metric.explain,
    another_category.explain,
    half_vs_year.explain,
    another_period.explain,
    change_as_total.explain,
    sum_of_halves.explain,
    sum_of_services.explain,
    sum_of_parts.explain,
    another_population.explain,
    categories_together.explain,
    unit.explain,
    percent.explain,
    fraction.explain,
    rounding.explain,
    one_digit.explain,
    not_the_sum.explain,
    restatement.explain,
)


def explain(doubt: Doubt, book: Book) -> tuple[Explanation, ...]:
    """Every explanation of a doubt that holds, the most specific first."""
    return tuple(found for rule in RULES for found in rule(doubt, book))


__all__ = ["RULES", "Code", "Doubt", "Explanation", "Rule", "explain"]
