"""Mail to a person about their own sign-in: short, in Korean and English, never with a link to click."""

from datetime import datetime

from sagwan.desk import setup
from sagwan.desk.mail.outbox import Note, put
from sagwan.desk.people.models import Person
from sagwan.desk.web.moments import moment
from sagwan.pages import LANGUAGES, N_, translator

NEW_DEVICE = (
    N_("A new device signed in"),
    N_("A device that was not known signed in to your account: {device}."),
)
INVITED = (
    N_("A new invitation was made for you"),
    N_("An administrator made an invitation that replaces how you sign in, should it be used."),
)
CHANGES = {
    "mfa/email/webauthn_added": (N_("A passkey was added"), N_("A passkey was added to your account.")),
    "mfa/email/webauthn_removed": (
        N_("A passkey was removed"),
        N_("A passkey was removed from your account."),
    ),
    "mfa/email/totp_activated": (
        N_("An authenticator app was added"),
        N_("An authenticator app was added to your account."),
    ),
    "mfa/email/totp_deactivated": (
        N_("An authenticator app was removed"),
        N_("The authenticator app was removed from your account."),
    ),
    "mfa/email/recovery_codes_generated": (
        N_("New recovery codes were made"),
        N_("New recovery codes were made for your account; the old ones no longer work."),
    ),
    "account/email/password_set": (N_("A password was set"), N_("A password was set for your account.")),
    "account/email/password_changed": (
        N_("Your password was changed"),
        N_("The password of your account was changed."),
    ),
}
"""allauth's name of a notice → its subject and what it says."""
CLOSING = N_(
    "Was it not you? Sign out everywhere on your page of the desk, and tell the administrator at once."
)


def tell(person: Person, words: tuple[str, str], at: datetime, **facts: str) -> bool:
    """Put a notice into the outbox; return whether it will go out. Signing in does not wait for a server."""
    lines = {}
    for lang in LANGUAGES:
        text = translator(lang).gettext(words[1]).format(**facts)
        lines[lang] = f"{text}\n{moment(at, lang)}\n"
    note = Note(
        subject={lang: translator(lang).gettext(words[0]) for lang in LANGUAGES},
        line=lines,
        closing={lang: translator(lang).gettext(CLOSING) for lang in LANGUAGES},
    )
    return put(setup.current(), person.email, note)
