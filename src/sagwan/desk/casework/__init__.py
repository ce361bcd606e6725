"""The work on requests: commands in, events out, and the cases that queues and counts are read from."""
