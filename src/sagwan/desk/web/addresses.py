"""Where to sign in."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from sagwan.desk.web.signin import door


def sign_in_address(request: HttpRequest) -> str:
    """The sign-in page, which leads back to what was asked for; what was sent by a form is not repeated."""
    address = reverse("demo-door" if door.is_open() else "account_login")
    if request.method not in ("GET", "HEAD") or request.path in ("/", address):
        return address
    return f"{address}?{urlencode({'next': request.get_full_path()})}"
