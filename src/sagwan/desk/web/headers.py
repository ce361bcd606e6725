"""Headers that Django does not set, and one redirect: passkeys need a name, 127.0.0.1 is none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
    )
) + ", publickey-credentials-create=(self), publickey-credentials-get=(self)"  # fmt: skip

PLAIN = ("/healthz", "/api/")
"""Addresses that need no passkey; a program would lose its token on the way to another name."""


class Headers:
    """No page of the desk is kept by a browser or a proxy, none asks for a device but the passkey."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host, _, port = request.get_host().partition(":")
        if host == "127.0.0.1" and request.method == "GET" and not request.path.startswith(PLAIN):
            return HttpResponseRedirect(f"http://localhost:{port}{request.get_full_path()}")
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response.setdefault("Cache-Control", "no-store")
        return response
