"""Tests of the house itself: its rooms, its sizes, its documents, its package, its rules for tests."""
