"""Time's duties: what falls due by itself, each done once, by `sagwan tick`."""
