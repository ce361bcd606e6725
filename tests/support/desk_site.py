"""A desk served for a browser, and what a person does in one: passkeys, codes."""

import base64
import hmac
import re
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import CDPSession, Page

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.people.actions import add_person, invite_person
from sagwan.desk.people.authorities import add_authority, approve_vetting, propose_vetting
from sagwan.desk.people.invitations import agree, waiting
from sagwan.desk.people.models import Person
from sagwan.desk.people.officials import ask_account, invite_official
from sagwan.desk.people.records import AuthorityKind, Contact, SourceKind
from sagwan.desk.setup import Desk
from sagwan.desk.web.config import web_config
from sagwan.desk.web.server import DeskServer
from tests.support.home import START, filing, make_home, receive


@dataclass(frozen=True, slots=True)
class Site:
    """A desk that answers at `address`, which has no final slash."""

    desk: Desk
    address: str

    def invitation(self, name: str, actor: str = "hong") -> str:
        """The address of a new invitation."""
        now = datetime.now(UTC)
        token = invite_person(self.desk, name=name, actor=actor, at=now)
        for other in Person.objects.filter(is_active=True).exclude(name__in=(name, actor)):
            if any(row.name == name for row in waiting(other, now)):
                agree(self.desk, name=name, actor=other.name, at=now)
        return f"{self.address}/join/{token}/"


@contextmanager
def served_desk(folder: Path, urls: str = "", **config: Any) -> Iterator[Site]:
    """A home with staff of every role, served by the real server; `urls` instead of the desk's addresses."""
    desk = make_home(folder, **config)
    if urls:
        settings.ROOT_URLCONF = urls
    cache.clear()  # no attempt of another test counts
    for name, role in (("hong", "administrator"), ("choi", "auditor")):
        add_person(desk, name=name, full_name=name.title(), roles=(role,), actor="test", at=START)
    server = DeskServer(web_config(desk.home), port=0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Site(desk, f"http://localhost:{server.port}")
    finally:
        server.stop()
        thread.join()


def furnish(desk: Desk) -> None:
    """Authorities, one vetted and one that waits, an official, somebody who asks, and a few requests."""
    now = datetime.now(UTC)
    for slug, ko, en in (
        ("seoul-gasang", "가상서울경찰서", "Seoul Gasang Police Station"),
        ("daegu", "가상대구지방검찰청", "Daegu Gasang Prosecution"),
    ):
        kind = AuthorityKind.POLICE if slug.startswith("seoul") else AuthorityKind.PROSECUTION
        add_authority(desk, slug=slug, kind=kind, name_ko=ko, name_en=en, actor="hong", at=now)
        contact = Contact("02-0000-1234", "", SourceKind.DIRECTORY, "정부 전화번호부 2026, 12쪽")
        propose_vetting(
            desk, slug=slug, domains=[f"{slug}.example.kr"], head="가상 김서장", contact=contact,
            how="대표번호로 걸어 형사과로 연결", actor="hong", at=now,
        )  # fmt: skip
    approve_vetting(desk, slug="seoul-gasang", actor="lee", at=now)
    invite_official(
        desk, authority="seoul-gasang", full_name="가상 박형사", email="park@seoul-gasang.example.kr",
        phone="010-0000-9999", name="park-official", actor="hong", at=now,
    )  # fmt: skip
    ask_account(
        desk, full_name="가상 최수사관", email="choi@daegu.example.kr", phone="010-0000-8888",
        authority="대구지검", text="형사 2부에서 일합니다.", at=now,
    )  # fmt: skip
    receive(desk, *(filing(f"2016-{number}") for number in range(3)))


@dataclass(frozen=True, slots=True)
class Authenticator:
    """A device of a browser that makes and shows passkeys without asking anyone."""

    session: CDPSession
    id: str


def add_authenticator(page: Page) -> Authenticator:
    """Give the browser of a page such a device."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return Authenticator(session, made["authenticatorId"])


def carry_passkey(here: Authenticator, there: Authenticator) -> None:
    """Let the second device have the first one's passkeys, as a cloud would."""
    found = here.session.send("WebAuthn.getCredentials", {"authenticatorId": here.id})
    for credential in found["credentials"]:
        there.session.send("WebAuthn.addCredential", {"authenticatorId": there.id, "credential": credential})


def enrol_with_passkey(page: Page, invitation: str) -> Authenticator:
    """From the invitation to the overview, with a passkey in the browser."""
    device = add_authenticator(page)
    page.goto(invitation)
    page.locator("main form button").click()
    page.wait_for_url("**/enrol/")
    page.locator("a[href='/me/passkeys/add/']").click()
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(re.compile(r"^\w+://[^/]+/$"))
    return device


def code_of(secret: str, at: float | None = None) -> str:
    """The six digits that an authenticator app shows for a key (RFC 6238)."""
    count = int(time.time() if at is None else at) // 30
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", count), "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
