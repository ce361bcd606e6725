"""A desk with two authorities, whose officials file in the portal."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sagwan.desk.setup import Desk
from sagwan.desk.vault.master import write_secret
from sagwan.tlog import KeyType, SigningKey
from tests.desk.web.conftest import no_attempts, staffed
from tests.support.desks import make_desk
from tests.support.people import Visitor

__all__ = ["make_desk", "no_attempts", "staffed"]


@pytest.fixture
def desk(staffed: Desk) -> Desk:
    """The staffed desk with a receipts key, a colleague of the official, and an official elsewhere."""
    from sagwan.desk.people.authorities import approve_vetting  # noqa: PLC0415
    from sagwan.desk.people.officials import invite_official  # noqa: PLC0415

    key = SigningKey(f"{staffed.home.origin}/receipts", KeyType.ED25519, secrets.token_bytes(32))
    write_secret(staffed.home.keys / "receipts.key", key.private_text())
    now = datetime.now(UTC)
    approve_vetting(staffed, slug="daegu", actor="lee", at=now)
    for name, authority in (("han-official", "seoul-gasang"), ("oh-official", "daegu")):
        invite_official(
            staffed, authority=authority, full_name=f"가상 {name[:2]}", name=name, actor="hong", at=now,
            email=f"{name}@{authority}.example.kr", phone="010-0000-7777",
        )  # fmt: skip
    return staffed


@pytest.fixture
def official(desk: Desk) -> Callable[..., Visitor]:
    """`official()` is signed in as the authority's official; a name makes it another."""
    return lambda name="park-official", **headers: Visitor(name, **headers)
