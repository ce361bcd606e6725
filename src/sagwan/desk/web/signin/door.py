"""Whether the demo's door stands open: only where all is invented, and nobody but this machine can come.

`sagwan demo` and `sagwan serve --demo` open it, never a setting. While it is shut its addresses do not exist.
"""

from django.conf import settings
from django.urls import clear_url_caches

from sagwan.desk import setup
from sagwan.desk.home import Home
from sagwan.desk.web.config import web_config
from sagwan.record.errors import SagwanError

ADDRESSES = "sagwan.desk.web.signin.demo_urls"
LOOPBACK = ("127.0.0.1", "::1")


class DoorRefused(SagwanError):
    """The demo's door cannot be opened here."""


def open_door() -> None:
    """Let the desk that is open be entered as anyone; raise DoorRefused unless it is a demo's."""
    check(setup.current().home)
    settings.ROOT_URLCONF = ADDRESSES
    clear_url_caches()


def check(home: Home) -> None:
    """Raise DoorRefused where people or data could be real, or where another machine could come."""
    if not home.synthetic:
        raise DoorRefused(
            f"{home.path} is not synthetic: nobody enters it without a second factor",
            hint="leave --demo out; people join by invitation: sagwan person invite",
        )
    config = web_config(home)
    if config.host or config.behind_proxy or config.listen not in LOOPBACK:
        raise DoorRefused(
            f"other machines can reach the desk of {home.path}",
            hint="[web] must name neither host nor behind_proxy, and listen on 127.0.0.1 or ::1",
        )


def is_open() -> bool:
    return bool(settings.ROOT_URLCONF == ADDRESSES)
