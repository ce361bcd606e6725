"""The recount of a published folder by anyone: seven checks, a verdict, and the recounted tables.

    from sagwan.verify import Memory, Trust, verify

    verdict = verify("published/", trust=Trust(key=vkey, policy=policy_text, memory=Memory.default()))
    for check in verdict.checks:
        print(check.number, check.status, check.text["en"])
    raise SystemExit(verdict.exit_code)

Reads files (or mirrors them from an http(s) address) and hashes them; imports nothing but formats, tlog and
the standard library, so that it can be audited, and runs where nothing but `cryptography` is installed.
"""

from sagwan.verify.errors import SourceError
from sagwan.verify.memory import Memory, Remembered
from sagwan.verify.private import PrivateState, PrivateVerdict, verify_private
from sagwan.verify.receipt_verdict import ReceiptState, ReceiptVerdict
from sagwan.verify.receipts import verify_receipt
from sagwan.verify.run import Progress, verify
from sagwan.verify.trust import Trust, parse_keys
from sagwan.verify.verdict import Anchor, Check, Failure, PeriodVerdict, Status, Verdict

__all__ = [
    "Anchor",
    "Check",
    "Failure",
    "Memory",
    "PeriodVerdict",
    "PrivateState",
    "PrivateVerdict",
    "Progress",
    "ReceiptState",
    "ReceiptVerdict",
    "Remembered",
    "SourceError",
    "Status",
    "Trust",
    "Verdict",
    "parse_keys",
    "verify",
    "verify_private",
    "verify_receipt",
]
