"""The reference page names every finding with its weight, and the list of free mail names its sources."""

import re
import tomllib
from pathlib import Path

from sagwan.desk.people.domains import check_domains, normal, problem_of
from sagwan.desk.people.sender_finding import Code, severity_of
from sagwan.record.errors import InvalidValue

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "src" / "sagwan" / "desk" / "people" / "data"


def test_the_page_tells_every_finding() -> None:
    page = (ROOT / "docs" / "reference" / "sender-findings.md").read_text("utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \| (blocks|warns|notes) \|", page, re.MULTILINE)
    assert told == [(str(code), str(severity_of(code))) for code in Code]


def test_every_free_mail_domain_is_one_and_has_a_source() -> None:
    providers = tomllib.loads((DATA / "free-mail.toml").read_text("utf-8"))["provider"]
    domains = [domain for provider in providers for domain in provider["domains"]]
    assert len(domains) == len(set(domains)) and all(provider["source"] for provider in providers)
    for domain in domains:
        assert problem_of(domain) == "" and normal(domain) == domain


def test_endings_are_nobodys_and_signs_stand_for_one_letter() -> None:
    words = tomllib.loads((DATA / "domain-words.toml").read_text("utf-8"))
    for ending in words["suffixes"]:
        try:
            check_domains([ending])
        except InvalidValue as error:
            assert "share" in error.message
        else:
            raise AssertionError(f"{ending} was taken for an authority's own")
    signs = [sign for row in words["alike"].values() for sign in row]
    assert len(signs) == len(set(signs))
