"""Rates: what was complied with, handed over or refused, for each request, account or million users."""

from fractions import Fraction

from sagwan.compare.measures.ratio import Ratio, divide
from sagwan.compare.value import Missing, Value

MILLION = 1_000_000


def compliance_rate(requested: Value, processed: Value) -> Ratio | Missing:
    """The share of requests complied with, in full or in part: processed / requested.

    May exceed 1: what is processed in a half-year may have come in before it, and some providers count so.
    """
    return divide(processed, requested)


def accounts_per_processed(accounts: Value, processed: Value) -> Ratio | Missing:
    """How many accounts' data went out for each request complied with: accounts / processed."""
    return divide(accounts, processed)


def accounts_per_request(accounts: Value, requested: Value) -> Ratio | Missing:
    """How many accounts a request is about: accounts / requested."""
    return divide(accounts, requested)


def per_million(counted: Value, users: Value) -> Ratio | Missing:
    """Requests or accounts for every million users; `users` is the value of a claim of its own."""
    ratio = divide(counted, users)
    if isinstance(ratio, Missing):
        return ratio
    return Ratio(ratio.low * MILLION, ratio.high * MILLION)


def share(part: Value, whole: Value) -> Ratio | Missing:
    """part / whole where the part is counted in the whole, so that the share of 1 cannot exceed 1.

    Ends of bands that would exceed it are cut. A part that is larger than the whole for certain is no part:
    its ratio is given back as it is, over 1, for a reader to see.
    """
    ratio = divide(part, whole)
    if isinstance(ratio, Missing) or ratio.low > 1:
        return ratio
    return Ratio(ratio.low, min(ratio.high, Fraction(1)))
