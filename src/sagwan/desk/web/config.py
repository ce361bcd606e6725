"""How the desk is reached: the table `[web]` of `sagwan.toml`, checked. Knows no Django."""

import re
from dataclasses import dataclass, fields
from types import MappingProxyType

from sagwan.desk.home import Home, HomeError

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_ADDRESS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-f:]*:[0-9a-f:]*")


@dataclass(frozen=True, slots=True)
class WebConfig:
    """What `[web]` says; docs/reference/config.md tells every key.

    host: the name under which browsers reach the desk, by https; '' is this machine alone, by plain http.
    listen, port: where the server listens. behind_proxy: the address of the proxy whose word on client and
    scheme is believed; '' is none. hsts_days: how long a browser shall insist on https. idle_minutes,
    session_hours: when a session ends. max_body_mb: the largest upload. threads: requests at once.
    """

    host: str = ""
    listen: str = "127.0.0.1"
    port: int = 8100
    behind_proxy: str = ""
    hsts_days: int = 365
    idle_minutes: int = 30
    session_hours: int = 12
    max_body_mb: int = 100
    threads: int = 8

    @property
    def secure(self) -> bool:
        """Whether browsers come by https."""
        return bool(self.host)

    @property
    def address(self) -> str:
        """What a browser's address line begins with, without final slash."""
        return f"https://{self.host}" if self.host else f"http://localhost:{self.port}"


_BOUNDS = MappingProxyType(
    {
        "port": (0, 65535),
        "hsts_days": (0, 3650),
        "idle_minutes": (1, 24 * 60),
        "session_hours": (1, 7 * 24),
        "max_body_mb": (1, 10_000),
        "threads": (1, 256),
    }
)
WEB_KEYS = tuple(field.name for field in fields(WebConfig))


def web_config(home: Home) -> WebConfig:
    """The home's `[web]`; raise HomeError naming the key that cannot be used."""
    kinds = {field.name: field.type for field in fields(WebConfig)}
    for key, value in (home.web or {}).items():
        if key not in kinds:
            raise HomeError(f"[web] {key!r} is not a setting", hint=f"settings: {', '.join(kinds)}")
        if type(value) is not kinds[key]:
            raise HomeError(f"[web] {key} is {value!r}, which is of the wrong type")
    config = WebConfig(**(home.web or {}))  # type: ignore[arg-type]
    _check(config)
    return config


def _check(config: WebConfig) -> None:
    for key, (low, high) in _BOUNDS.items():
        if not low <= getattr(config, key) <= high:
            raise HomeError(f"[web] {key} is {getattr(config, key)}", hint=f"from {low} to {high}")
    if config.host and not _HOST.fullmatch(config.host):
        raise HomeError(
            f"[web] host {config.host!r} is not a host name", hint="such as desk.example.kr, without https://"
        )
    for key in ("listen", "behind_proxy"):
        value = getattr(config, key)
        if value and not _ADDRESS.fullmatch(value):
            raise HomeError(f"[web] {key} {value!r} is not an IP address", hint="such as 127.0.0.1")
    if not config.listen:
        raise HomeError("[web] listen is empty", hint="127.0.0.1, or the address of a network card")
    if not config.host and config.listen not in ("127.0.0.1", "::1"):
        raise HomeError(
            f"[web] listens on {config.listen} without a host",
            hint="name the host that browsers use, and put a proxy with https before it",
        )
