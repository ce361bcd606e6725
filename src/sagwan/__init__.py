"""Sagwan: recorded as received, counted as recorded."""

__version__ = "0.1.0"
