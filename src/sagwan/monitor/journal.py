"""What a monitor tells: a plain log that only grows, and an Atom feed (RFC 4287) of the last findings."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from sagwan.monitor.words import Finding
from sagwan.record.errors import SagwanError
from sagwan.seal.files import write_whole

ENTRIES = 200
"""Findings that the feed shows."""

FEEDS = {"en": "feed.xml", "ko": "feed.ko.xml"}
_ATOM = "http://www.w3.org/2005/Atom"
_TITLES = {"en": "Sagwan monitor", "ko": "사관 감시"}
_LEVELS = {
    "en": {"note": "Note", "unreachable": "Unreachable", "alarm": "ALARM"},
    "ko": {"note": "알림", "unreachable": "읽을 수 없음", "alarm": "경보"},
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding at its instant (ISO 8601, UTC) about the log at `url`."""

    at: str
    url: str
    level: str
    name: str
    text: dict[str, str]

    @classmethod
    def of(cls, at: datetime, url: str, found: Finding) -> "Entry":
        instant = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return cls(instant, url, str(found.level), found.name, dict(found.text))

    def line(self) -> str:
        """As the log has it: instant, level, what, log, sentence; no line feed or TAB within."""
        parts = (self.at, self.level, self.name, self.url, self.text["en"])
        return "\t".join(" ".join(part.split()) for part in parts)


class Journal:
    """`monitor.log` and the feeds in a monitor's folder."""

    def __init__(self, folder: Path) -> None:
        self._log, self._last, self._folder = folder / "monitor.log", folder / "last.json", folder

    def add(self, entries: Sequence[Entry]) -> None:
        """Append to the log, and write the feeds anew, also where there is nothing new yet."""
        if entries:
            with self._log.open("a", encoding="utf-8") as log:
                log.writelines(f"{entry.line()}\n" for entry in entries)
        last = [*self._read(), *entries][-ENTRIES:]
        if entries or not (self._folder / FEEDS["en"]).exists():
            text = json.dumps([asdict(entry) for entry in last], ensure_ascii=False, indent=1)
            write_whole(self._last, f"{text}\n".encode())
            for lang, name in FEEDS.items():
                write_whole(self._folder / name, feed(last, lang, str(self._folder.resolve())))

    def _read(self) -> list[Entry]:
        try:
            return [Entry(**entry) for entry in json.loads(self._last.read_text("utf-8"))]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError) as error:
            raise SagwanError(
                f"{self._last} cannot be read: {error}", hint="remove it: the feed begins anew, the log stays"
            ) from None


def feed(entries: Sequence[Entry], lang: str, place: str) -> bytes:
    """An Atom feed, the newest entry first; the same finding has the same id for ever."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang})

    def put(parent: ET.Element, name: str, text: str) -> None:
        ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = _printable(text)

    put(root, "id", _urn(f"feed {place} {lang}"))
    put(root, "title", _TITLES[lang])
    put(root, "updated", entries[-1].at if entries else "1970-01-01T00:00:00Z")
    put(ET.SubElement(root, f"{{{_ATOM}}}author"), "name", "sagwan monitor")
    for entry in reversed(entries):
        item = ET.SubElement(root, f"{{{_ATOM}}}entry")
        put(item, "id", _urn(f"{entry.at} {entry.url} {entry.name}"))
        put(item, "title", f"{_LEVELS[lang][entry.level]}: {entry.url}")
        put(item, "updated", entry.at)
        ET.SubElement(item, f"{{{_ATOM}}}category", {"term": entry.level})
        put(item, "content", entry.text[lang])
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _urn(text: str) -> str:
    return uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16], version=5).urn


def _printable(text: str) -> str:
    """Without what XML 1.0 cannot hold: a hostile log may send anything."""
    return "".join(
        char
        for char in text
        if char in "\t\n" or (char >= " " and not "\ud800" <= char <= "\udfff" and char < "\ufffe")
    )
