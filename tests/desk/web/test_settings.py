"""What a browser gets told besides the page: cookies, headers, https; and what of `[web]` is refused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import tests.support.django_ready  # noqa: F401
from sagwan.desk.home import HomeError, home_from, load_home
from sagwan.desk.setup import Desk
from sagwan.desk.web.config import WEB_KEYS, WebConfig, web_config
from tests.support.people import Visitor

ROOT = Path(__file__).resolve().parents[3]


def config(**web: object) -> WebConfig:
    names = {"ko": "가", "en": "A"}
    home = home_from(
        Path("/nowhere"),
        {"provider": "a", "names": names, "services": {"a": names}, "origin": "a", "web": web},
        "test",
    )
    return web_config(home)


def test_a_home_without_a_host_serves_its_own_machine_by_http(staffed: Desk) -> None:
    answer = Visitor().get("/sign-in/")
    assert answer.status_code == 200
    assert "Strict-Transport-Security" not in answer
    assert not answer.cookies["csrf"]["secure"] and answer.cookies["csrf"]["httponly"]
    assert Visitor(HTTP_HOST="desk.example.kr").get("/sign-in/").status_code == 400
    moved = Visitor(HTTP_HOST="127.0.0.1:8100").get("/sign-in/?next=/me/")
    assert (moved.status_code, moved["Location"]) == (302, "http://localhost:8100/sign-in/?next=/me/")
    assert Visitor(HTTP_HOST="127.0.0.1:8100").get("/healthz").json() == {"status": "ok"}


def test_a_home_with_a_host_insists_on_https(make_desk: Callable[..., Desk]) -> None:
    make_desk(web={"host": "desk.example.kr", "hsts_days": 30})
    plain = Visitor(HTTP_HOST="desk.example.kr").get("/sign-in/")
    assert (plain.status_code, plain["Location"]) == (301, "https://desk.example.kr/sign-in/")
    secure = Visitor(HTTP_HOST="desk.example.kr").get("/sign-in/", secure=True)
    assert secure["Strict-Transport-Security"] == f"max-age={30 * 86400}"
    cookie = secure.cookies["__Host-csrf"]
    assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/" and not cookie["domain"]
    assert Visitor().get("/healthz").status_code == 200


def test_every_page_forbids_what_it_does_not_need(staffed: Desk) -> None:
    for answer in (Visitor().get("/sign-in/"), Visitor().get("/nowhere/"), Visitor("hong").get("/people/")):
        policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert set(policy.values()) == {"'none'", "'self'"}
        assert answer["Referrer-Policy"] == answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "camera=()" in answer["Permissions-Policy"]
        assert "no-store" in answer["Cache-Control"]


def test_no_template_holds_a_script_or_a_style_of_its_own() -> None:
    for file in (ROOT / "src/sagwan/pages/templates/desk").rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text), file
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", text), file


def test_the_browser_s_language_decides_and_the_switch_keeps_the_page(staffed: Desk) -> None:
    for accepts, lang in (("ko-KR,ko;q=0.9,en;q=0.5", "ko"), ("en", "en"), ("fr", "en"), ("", "en")):
        assert f'<html lang="{lang}">' in Visitor(HTTP_ACCEPT_LANGUAGE=accepts).get("/sign-in/").text
    visitor = Visitor()
    answer = visitor.post("/language/", {"language": "ko", "next": "/sign-in/?next=/me/"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/me/")
    assert '<html lang="ko">' in visitor.get("/sign-in/").text
    assert visitor.post("/language/", {"language": "en", "next": "https://evil.example/"})["Location"] == "/"


def test_static_files_are_served_with_a_name_that_changes_with_them(staffed: Desk) -> None:
    page = Visitor().get("/sign-in/").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert re.search(r"\?[0-9a-f]{12}$", address)
        answer = Visitor().get(address)
        assert answer.status_code == 200 and len(answer.getvalue()) > 100
        answer.close()
        assert "max-age=3600" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("web", "says"),
    [
        ({"prot": 1}, "'prot' is not a setting"),
        ({"port": "8100"}, "wrong type"),
        ({"port": True}, "wrong type"),
        ({"port": 65536}, "from 0 to 65535"),
        ({"host": "https://desk.example.kr"}, "not a host name"),
        ({"listen": "0.0.0.0"}, "without a host"),  # noqa: S104
        ({"listen": ""}, "listen is empty"),
        ({"behind_proxy": "nginx"}, "not an IP address"),
        ({"idle_minutes": 0}, "from 1 to"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(web: dict[str, object], says: str) -> None:
    with pytest.raises(HomeError) as refused:
        config(**web)
    assert says in str(refused.value)


def test_settings_are_written_and_read_back(make_desk: Callable[..., Desk]) -> None:
    web = {"host": "desk.example.kr", "port": 8200, "behind_proxy": "10.0.0.1", "idle_minutes": 5}
    desk = make_desk(web=web)
    assert load_home(desk.home.path).web == web
    assert web_config(desk.home).address == "https://desk.example.kr"
    assert config().address == "http://localhost:8100"


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/reference/config.md").read_text("utf-8")
    section = page.partition("## [web]")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `([a-z_]+)` \|", section, re.M)) == sorted(WEB_KEYS)
