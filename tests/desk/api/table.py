"""Every call of the API: how it is called where there is nothing, and which scopes open it."""

from typing import Any

NONE = "0" * 16
SEEN = '"1"'
_ANY = {"note": "x"}

# Name → method, address, body, scopes.
CALLS: dict[str, tuple[str, str, Any, str]] = {
    "list_instruments": ("GET", "/instruments", None, "file read"),
    "file_request": ("POST", "/filings", {}, "file"),
    "list_requests": ("GET", "/requests", None, "read"),
    "read_request": ("GET", f"/requests/{NONE}", None, "read"),
    "withdraw_request": ("POST", f"/requests/{NONE}/withdrawal", {"reason": "x"}, "write"),
    "bring_paper": ("POST", f"/requests/{NONE}/paper", {"paper": {"offence": "x"}}, "write"),
    "read_messages": ("GET", f"/requests/{NONE}/messages", None, "read"),
    "write_message": ("POST", f"/requests/{NONE}/messages", {"text": "x"}, "write"),
    "read_receipt": ("GET", f"/requests/{NONE}/receipts/0", None, "read"),
    "read_proof": ("GET", f"/requests/{NONE}/receipts/0/proof", None, "read"),
    "fetch_answer": ("POST", f"/requests/{NONE}/answers/1", {"code": "000000"}, "fetch"),
    "read_queue": ("GET", "/desk/queue", None, "queue"),
    "inspect_request": ("GET", f"/desk/requests/{NONE}", None, "inspect"),
    "inspect_targets": ("GET", f"/desk/requests/{NONE}/targets", None, "inspect"),
    "inspect_document": ("GET", f"/desk/requests/{NONE}/documents/{'0' * 64}", None, "inspect"),
    "write_letter": ("GET", f"/desk/requests/{NONE}/letters/refusal", None, "inspect"),
    "start_review": ("POST", f"/desk/requests/{NONE}/review", {}, "propose"),
    "propose": ("POST", f"/desk/requests/{NONE}/proposal", {"type": "decision"}, "propose"),
    "approve": ("POST", f"/desk/requests/{NONE}/approval", {"code": "000000"}, "approve"),
    "send_back": ("POST", f"/desk/requests/{NONE}/return", _ANY, "propose approve"),
    "inspect_production": ("GET", f"/desk/requests/{NONE}/production", None, "produce"),
    "put_file": ("POST", f"/desk/requests/{NONE}/production/files", {}, "produce"),
    "bring_files": ("POST", f"/desk/requests/{NONE}/production/connector", {"connector": "x"}, "produce"),
}

# Scope → letters of the roles whose people may have it: o official, i intake, c counsel, a approver,
# e auditor (eyes), h administrator (head).
SCOPES = {
    "file": "o",
    "read": "o",
    "write": "o",
    "fetch": "o",
    "queue": "icae",
    "inspect": "icae",
    "propose": "c",
    "approve": "a",
    "produce": "ca",
}
PEOPLE = {"o": "park-official", "i": "yoon", "c": "seo", "a": "lee", "e": "choi", "h": "hong"}
