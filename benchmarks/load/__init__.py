"""The desk under load: many requests and many people. `benchmarks/desk.py` runs it."""
