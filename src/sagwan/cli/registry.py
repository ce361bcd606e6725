"""Every command: its name, where it lives, one line about it, and under which heading it is listed."""

from dataclasses import dataclass

_HOME, _REQUESTS, _LOG, _CARE, _PUBLIC = (
    "A home",
    "Requests",
    "Seal and publish",
    "Care of a home",
    "For everyone: verify and compare",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`name` may have two words, then the first is a group. `target` is module:function."""

    name: str
    target: str
    section: str
    short: str


def _entry(name: str, target: str, section: str, short: str) -> Entry:
    return Entry(name, f"sagwan.cli.{target}", section, short)


COMMANDS: tuple[Entry, ...] = (
    _entry(
        "demo",
        "demo:demo",
        _HOME,
        "Replay the first half of 2016 for Kakao and Naver, publish, verify and compare it.",
    ),
    _entry("init", "init:init", _HOME, "Make a home: config, keys, database, log, first people."),
    _entry("upgrade", "maintenance:upgrade", _HOME, "Bring the database's schema up to this version."),
    _entry("serve", "serve:serve", _HOME, "Serve the desk's health check on this machine."),
    _entry("person add", "person:add", _HOME, "Add a person and what they may do."),
    _entry("person list", "person:list_people", _HOME, "List the people and their roles."),
    _entry("receive", "receive:receive", _REQUESTS, "Take in one request, or a file of many."),
    _entry("list", "queue:list_requests", _REQUESTS, "List requests, the oldest first."),
    _entry("show", "show:show", _REQUESTS, "Show one request: state, findings, events, sealed lines."),
    _entry("find", "queue:find", _REQUESTS, "Find requests by a private value, such as a case number."),
    _entry("receipt", "receipt:receipt", _REQUESTS, "Write the receipt of a sealed line again."),
    _entry("document", "document:document", _REQUESTS, "Write a document that came with a request."),
    _entry("review", "steps:review", _REQUESTS, "Begin the review of a request."),
    _entry("ask", "steps:ask", _REQUESTS, "Ask the authority for a clarification."),
    _entry("answer", "steps:answer", _REQUESTS, "Record the authority's answer to a clarification."),
    _entry("propose", "propose:propose", _REQUESTS, "Propose a decision, a follow-up or a correction."),
    _entry("approve", "steps:approve", _REQUESTS, "Approve what another person proposed."),
    _entry("send-back", "steps:send_back", _REQUESTS, "Send a proposal or an approved decision back."),
    _entry("disclose", "steps:disclose", _REQUESTS, "Record that data was handed over."),
    _entry("resolve", "steps:resolve", _REQUESTS, "Close a request as it was decided."),
    _entry("withdraw", "steps:withdraw", _REQUESTS, "Record that the authority took its request back."),
    _entry("decide", "decide:decide", _REQUESTS, "Decide a request at once, in the name of two people."),
    _entry("seal", "seal:seal", _LOG, "Take everything that waits to the log."),
    _entry("publish", "publish:publish", _LOG, "Publish a half-year, or preview it."),
    _entry("witness init", "witness:init", _LOG, "Make a witness: its key and its memory."),
    _entry("witness add", "witness:add", _LOG, "Follow one more log."),
    _entry("witness serve", "witness:serve", _LOG, "Serve a witness over HTTP."),
    _entry("fsck", "maintenance:fsck", _CARE, "Check the whole store against itself, keeper and log."),
    _entry("rebuild", "maintenance:rebuild", _CARE, "Make all projections anew from the events."),
    _entry("backup", "backup:backup", _CARE, "Write a checked backup of the home."),
    _entry("restore", "backup:restore", _CARE, "Put a backup into a new home."),
    _entry("recover", "maintenance:recover", _CARE, "Bring a restored home up to what keeper and log know."),
    _entry("destroy-key", "destroy:destroy_key", _CARE, "Destroy the key of a request's private parts."),
    _entry("verify", "verify:verify", _PUBLIC, "Recount a published folder, or check a receipt."),
    _entry(
        "brief", "brief:brief", _PUBLIC, "Write what an article would say of a half-year, with footnotes."
    ),
    _entry("score", "score:score", _PUBLIC, "Score what providers' reports disclose, point by point."),
    _entry(
        "figure",
        "figure:figure",
        _PUBLIC,
        "Show one figure with every claim on it, what they differ in and why, and its editions.",
    ),
    _entry(
        "claims import",
        "claims_import:import_claims",
        _PUBLIC,
        "Bring files of published figures into a store of claims.",
    ),
    _entry(
        "claims list",
        "claims:list_claims",
        _PUBLIC,
        "List what the claims say: by edition, coverage, state, figure or year, or what is contested.",
    ),
    _entry(
        "claims restatements",
        "claims:list_restatements",
        _PUBLIC,
        "Show what later editions of one source say otherwise: before, after, and why.",
    ),
    _entry(
        "compare", "compare:compare", _PUBLIC, "Set every published figure of a half-year beside its rivals."
    ),
)

GROUPS: dict[str, tuple[str, str]] = {
    "person": (_HOME, "The people of a home: add, list."),
    "claims": (_PUBLIC, "Published figures: import, list, restatements."),
    "witness": (_LOG, "A witness of logs: init, add, serve."),
}
"""Heading and one line of each group of commands."""
