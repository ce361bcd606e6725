"""The desk as a WSGI application, and a small threaded server for one machine."""

from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A health check a minute is no news."""


def desk_server(port: int) -> WSGIServer:
    """A server of the open home's desk on 127.0.0.1; port 0 takes a free one.

    Raise OSError where the port is taken.
    """
    return make_server("127.0.0.1", port, WSGIHandler(), _Server, _Quiet)
