"""Events, the only truth: append-only, chained, with the opening lines that they write."""
