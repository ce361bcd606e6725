"""The demo: the first half of 2016, replayed with synthetic requests that add up to the published totals."""
