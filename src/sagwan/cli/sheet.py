"""The sheet for keeping the keys: what each is, where it belongs, and what is lost with it."""

from datetime import date

from sagwan.desk.home import Home
from sagwan.desk.vault.master import MasterKey
from sagwan.tlog import SigningKey, VerifierKey

_RULE = "-" * 78


def sheet(
    home: Home,
    master: MasterKey,
    log: VerifierKey,
    receipts: VerifierKey,
    recovery: SigningKey,
    day: date,
) -> str:
    """The text of the sheet. It holds the master key: whoever has it and the database reads everything; and
    the recovery key, which is nowhere else."""
    name = f"{home.names['en']} ({home.names['ko']}), {home.origin}"
    marked = "SYNTHETIC: a home for demonstration or training\n" if home.synthetic else ""
    return f"""{_RULE}
KEYS OF {name}
made on {day.isoformat()}
{marked}
Print this sheet twice. Keep one copy in a safe, the other in another building.
Then delete every file that holds it.

1. THE MASTER KEY                                            keys/master.key
   {master.text()}

   Opens everything private: authorities, case numbers, targets, lines not yet
   published, the keeper. It lies in no database and in no backup.
   Lost:   the private parts, and every line not yet published, stay closed for
           ever; the log stands, its entries are withheld as lost.
   Stolen: with the database or a backup, everything can be read.

{_signing_parts(log, receipts)}
{_recovery_part(recovery)}
TELL YOUR READERS the three verifier keys by a way that is not the published
folder: your website's imprint, a letter to the ministry, a newspaper. A reader
who has them from elsewhere can verify; one who has not must believe you.

TO USE THIS SHEET: put the line of 1 into the file keys/master.key, alone, readable
by its owner only (chmod 600), then run sagwan fsck.
{_RULE}
"""


def _signing_parts(log: VerifierKey, receipts: VerifierKey) -> str:
    return f"""2. THE LOG KEY                                               keys/log.key
   its verifier key, for everyone to know:
   {log}

   Signs the log's checkpoints. Only the machine that seals needs it.
   Keep a copy of the file on a medium beside this sheet.
   Lost:   the log cannot grow; a new log under a new name must begin, and
           readers be told why.
   Stolen: a forged log can be signed; witnesses make the fork visible.
           At once: sagwan key stolen log

3. THE RECEIPTS KEY                                          keys/receipts.key
   its verifier key, for everyone to know:
   {receipts}

   Signs the promise on each receipt. Keep a copy as of the log key.
   Lost:   old receipts still verify; new ones need a new key and a notice.
   Stolen: promises can be forged in your name. At once:
           sagwan key stolen receipts
"""


def _recovery_part(recovery: SigningKey) -> str:
    return f"""4. THE RECOVERY KEY                                          only on this sheet
   {recovery.private_text()}
   its verifier key, for everyone to know:
   {recovery.verifier}

   Says that key 2 or 3 was stolen, and which one comes after it.
   It lies on no machine: type it in when it is needed, never before.
   Lost:   readers must be told of a theft by other ways, one by one.
   Stolen: with nothing else it can still name a new log key: tell readers.
"""
