"""The real server: a body that is too large, a proxy that is believed, one that is not."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

import tests.support.django_ready  # noqa: F401
from sagwan.desk.setup import Desk
from sagwan.desk.web import gate
from sagwan.desk.web.config import web_config
from sagwan.desk.web.server import DeskServer, NotReady
from sagwan.law.errors import LawPackError


@contextmanager
def serving(desk: Desk) -> Iterator[int]:
    server = DeskServer(web_config(desk.home), port=0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.stop()
        thread.join()


def ask(port: int, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with suppress(BrokenPipeError, ConnectionResetError):  # a refusal may come before all was sent
            connection.request("POST" if body else "GET", path, body or None, {"Host": "localhost", **named})
        answer = connection.getresponse()
        answer.read()
        return answer.status, dict(answer.getheaders())
    finally:
        connection.close()


def test_a_body_that_is_too_large_is_refused(make_desk: Callable[..., Desk]) -> None:
    with serving(make_desk(web={"max_body_mb": 1})) as port:
        assert ask(port, "/ask/", b"x" * 1000)[0] == 403, "no token"
        assert ask(port, "/ask/", b"x" * (1024 * 1024 + 1))[0] == 413


def test_the_server_does_not_say_what_it_is(make_desk: Callable[..., Desk]) -> None:
    with serving(make_desk()) as port:
        status, headers = ask(port, "/sign-in/")
    assert status == 200 and "Server" not in headers


@pytest.mark.parametrize(("proxy", "status"), [("127.0.0.1", 200), ("10.9.9.9", 301), ("", 301)])
def test_only_the_named_proxy_is_believed(proxy: str, status: int, make_desk: Callable[..., Desk]) -> None:
    web = {"host": "desk.example.kr"} | ({"behind_proxy": proxy} if proxy else {})
    with serving(make_desk(web=web)) as port:
        told = {"Host": "desk.example.kr", "X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.7"}
        assert ask(port, "/sign-in/", **told)[0] == status


def test_a_desk_that_fails_a_check_is_not_served(
    make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()
    monkeypatch.setattr(gate, "rule_of", lambda view: None)
    with pytest.raises(NotReady, match="does not declare who may come"):
        DeskServer(web_config(desk.home), port=0)


def test_stopping_twice_is_stopping_once(make_desk: Callable[..., Desk]) -> None:
    server = DeskServer(web_config(make_desk().home), port=0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    server.stop()
    thread.join()
    server.stop()
    with pytest.raises(OSError):
        ask(server.port, "/sign-in/")


def test_a_way_of_banding_that_the_law_does_not_have_is_said_before_serving(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(banded_per_batch=50, bands={"US": "of-1000"})
    with pytest.raises(LawPackError, match="'of-1000' is no way to report bands") as told:
        DeskServer(web_config(desk.home), port=0)
    assert "one of " in told.value.hint
