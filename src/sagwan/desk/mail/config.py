"""Which server takes mail: the table `[mail]` of `sagwan.toml`, checked. Knows no Django."""

from dataclasses import dataclass, fields
from pathlib import Path

from sagwan.desk.home import Home, HomeError

_SECURITY = ("starttls", "tls", "none")


@dataclass(frozen=True, slots=True)
class MailConfig:
    """What `[mail]` says; docs/reference/config.md tells every key. Without `host` nothing is sent."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password_file: str = ""
    sender: str = ""


def mail_config(home: Home) -> MailConfig:
    """The home's `[mail]`; raise HomeError naming the key that cannot be used."""
    kinds = {field.name: field.type for field in fields(MailConfig)}
    for key, value in (home.mail or {}).items():
        if key not in kinds:
            raise HomeError(f"[mail] {key!r} is not a setting", hint=f"settings: {', '.join(kinds)}")
        if type(value) is not kinds[key]:
            raise HomeError(f"[mail] {key} is {value!r}, which is of the wrong type")
    config = MailConfig(**(home.mail or {}))  # type: ignore[arg-type]
    if not 1 <= config.port <= 65535:
        raise HomeError(f"[mail] port is {config.port}", hint="from 1 to 65535")
    if config.security not in _SECURITY:
        raise HomeError(f"[mail] security is {config.security!r}", hint=f"one of {', '.join(_SECURITY)}")
    if config.host and "@" not in config.sender:
        raise HomeError("[mail] host is named, but sender is no address", hint="such as desk@example.kr")
    if config.user and config.security == "none":
        raise HomeError(
            "[mail] a user is named, but security is none",
            hint="a password goes over TLS only: starttls or tls",
        )
    return config


def mail_password(home: Home, config: MailConfig) -> str:
    """The mail server's password, from a file that is in no backup; '' where none is named."""
    if not config.password_file:
        return ""
    file = home.path / Path(config.password_file)
    try:
        return file.read_text("utf-8").strip()
    except OSError as error:
        raise HomeError(f"[mail] password_file {file} cannot be read: {error.strerror}") from None
