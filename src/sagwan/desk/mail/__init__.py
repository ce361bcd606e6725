"""Outgoing mail: put into an outbox with what it tells of, sent afterwards, once."""
