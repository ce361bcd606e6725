"""Every command: its name, where it lives, one line about it, and under which heading it is listed."""

from dataclasses import dataclass

_HOME, _ASKERS, _REQUESTS, _LOG, _CARE, _PUBLIC = (
    "A home",
    "Who asks",
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
    _entry("serve", "serve:serve", _HOME, "Serve the desk, until Ctrl-C or SIGTERM."),
    _entry("key show", "key:show", _CARE, "Show the log's keys, and which gave way to which."),
    _entry(
        "key rotate",
        "key:rotate",
        _CARE,
        "Let the log's or the receipts key give way to a new one, as planned.",
    ),
    _entry("key stolen", "key:stolen", _CARE, "Declare the log's or the receipts key stolen."),
    _entry("key recovery", "key:recovery", _CARE, "Make the recovery key of a home that has none."),
    _entry("person add", "person:add", _HOME, "Add a person and what they may do."),
    _entry("person invite", "person:invite", _HOME, "Print a link by which a person joins the desk."),
    _entry("person agree", "person:agree", _HOME, "Agree to an invitation, as the second person."),
    _entry("person suspend", "person:suspend", _HOME, "Stop a person at once."),
    _entry("person lift", "person:lift", _HOME, "Let a suspended person or official in again."),
    _entry("person list", "person:list_people", _HOME, "List the people and their roles."),
    _entry("authority add", "authority:add", _ASKERS, "Add an authority, not yet vetted."),
    _entry("authority vet", "authority:vet", _ASKERS, "Propose the vetting of an authority."),
    _entry(
        "authority approve",
        "authority:approve",
        _ASKERS,
        "Approve the vetting of an authority, or decline it.",
    ),
    _entry(
        "authority suspend",
        "authority:suspend",
        _ASKERS,
        "Stop an authority and all its officials, at once.",
    ),
    _entry("authority lift", "authority:lift", _ASKERS, "Let a suspended authority ask again."),
    _entry(
        "authority list",
        "authority:list_authorities",
        _ASKERS,
        "List the authorities and how far their vetting has come.",
    ),
    _entry(
        "authority show",
        "authority:show",
        _ASKERS,
        "Show an authority: what is vetted, what is proposed, and what this home has seen of it.",
    ),
    _entry("official invite", "official:invite", _ASKERS, "Print a link by which an official joins."),
    _entry(
        "official confirm",
        "official:confirm",
        _ASKERS,
        "Record a call-back to the authority's independent contact about an official.",
    ),
    _entry("official suspend", "official:suspend", _ASKERS, "Stop an official at once."),
    _entry(
        "official list",
        "official:list_officials",
        _ASKERS,
        "List the officials, or who asked for an account and waits.",
    ),
    _entry("receive", "receive:receive", _REQUESTS, "Take in one request, or a file of many."),
    _entry("list", "queue:list_requests", _REQUESTS, "List requests, the oldest first."),
    _entry("show", "show:show", _REQUESTS, "Show one request: state, findings, events, sealed lines."),
    _entry("find", "queue:find", _REQUESTS, "Find requests by a private value, such as a case number."),
    _entry("receipt", "receipt:receipt", _REQUESTS, "Write the receipt of a sealed line again."),
    _entry(
        "reveal",
        "reveal:reveal",
        _REQUESTS,
        "Show chosen private items of a request, with proofs.",
    ),
    _entry("document", "document:document", _REQUESTS, "Write a document that came with a request."),
    _entry("letter", "letter:letter", _REQUESTS, "Write a letter about a request."),
    _entry("review", "steps:review", _REQUESTS, "Begin the review of a request."),
    _entry(
        "finding",
        "finding:finding",
        _REQUESTS,
        "Answer a finding: it stands, was mended, does not matter here, or is not about this request.",
    ),
    _entry("ask", "steps:ask", _REQUESTS, "Ask the authority for a clarification."),
    _entry("answer", "steps:answer", _REQUESTS, "Record the authority's answer to a clarification."),
    _entry("propose", "propose:propose", _REQUESTS, "Propose a decision, a follow-up or a correction."),
    _entry("approve", "steps:approve", _REQUESTS, "Approve what another person proposed."),
    _entry("send-back", "steps:send_back", _REQUESTS, "Send a proposal or an approved decision back."),
    _entry("disclose", "steps:disclose", _REQUESTS, "Record that data was handed over."),
    _entry("resolve", "steps:resolve", _REQUESTS, "Close a request as it was decided."),
    _entry("withdraw", "steps:withdraw", _REQUESTS, "Record that the authority took its request back."),
    _entry("decide", "decide:decide", _REQUESTS, "Decide a request at once, in the name of two people."),
    _entry(
        "production add",
        "production_put:add",
        _REQUESTS,
        "Put files into a production, each checked against what was approved.",
    ),
    _entry(
        "production remove",
        "production_put:remove",
        _REQUESTS,
        "Take a file out of a production before its release.",
    ),
    _entry(
        "production check",
        "production:check",
        _REQUESTS,
        "Show what would go out, and what stands against it.",
    ),
    _entry(
        "production release",
        "production:release",
        _REQUESTS,
        "Package, encrypt and hand over what was put in.",
    ),
    _entry(
        "production list",
        "production:list_productions",
        _REQUESTS,
        "List what went out of a request, and until when it can be fetched.",
    ),
    _entry(
        "production fetch",
        "production:fetch",
        _REQUESTS,
        "Write an encrypted package, to bring it to the authority another way.",
    ),
    _entry(
        "production end",
        "production:end",
        _REQUESTS,
        "End the time in which a production can be fetched, and destroy its package.",
    ),
    _entry("tick", "tick:tick", _REQUESTS, "Do what falls due by itself."),
    _entry("seal", "seal:seal", _LOG, "Take everything that waits to the log."),
    _entry("publish", "publish:publish", _LOG, "Publish a half-year, or preview it."),
    _entry("upload", "upload:upload", _LOG, "Bring a published folder into an object store."),
    _entry(
        "monitor",
        "monitor:monitor",
        _PUBLIC,
        "Watch logs: do they grow consistently, do reports appear when due, does none change?",
    ),
    _entry("witness init", "witness:init", _LOG, "Make a witness: its key and its memory."),
    _entry("witness add", "witness:add", _LOG, "Follow one more log, or a known one under its new key."),
    _entry(
        "witness list",
        "witness:list_logs",
        _LOG,
        "List the logs that a witness follows, and how far it has cosigned them.",
    ),
    _entry(
        "witness show",
        "witness:show",
        _LOG,
        "Print the last checkpoint of a log that a witness cosigned, as it stands.",
    ),
    _entry("witness serve", "witness:serve", _LOG, "Serve a witness over HTTP."),
    _entry("fsck", "maintenance:fsck", _CARE, "Check the whole store against itself, keeper and log."),
    _entry("rebuild", "maintenance:rebuild", _CARE, "Make all projections anew from the events."),
    _entry("backup", "backup:backup", _CARE, "Write a checked backup of the home."),
    _entry("restore", "backup:restore", _CARE, "Put a backup into a new home."),
    _entry("recover", "maintenance:recover", _CARE, "Bring a restored home up to what keeper and log know."),
    _entry("destroy-key", "destroy:destroy_key", _CARE, "Destroy the key of a request's private parts."),
    _entry(
        "verify",
        "verify:verify",
        _PUBLIC,
        "Recount a published folder, or check a receipt or revealed items.",
    ),
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
    "person": (_HOME, "The people of a home: add, invite, agree, suspend, lift, list."),
    "authority": (_ASKERS, "Authorities: add, vet, approve, suspend, lift, list, show."),
    "official": (_ASKERS, "Officials of authorities: invite, confirm, suspend, list."),
    "production": (_REQUESTS, "What goes out: add, remove, check, release, list, fetch, end."),
    "key": (_CARE, "The log's keys: show, rotate, stolen, recovery."),
    "claims": (_PUBLIC, "Published figures: import, list, restatements."),
    "witness": (_LOG, "A witness of logs: init, add, list, show, serve."),
}
"""Heading and one line of each group of commands."""
