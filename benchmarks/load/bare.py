"""A bare Django page on the same server with as many threads: what the machine gives at best.

python benchmarks/load/bare.py PORT THREADS
"""

import sys

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path
from waitress import serve


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a bare page")


urlpatterns = [path("", page)]

if __name__ == "__main__":
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"], MIDDLEWARE=[])
    django.setup()
    serve(WSGIHandler(), host="127.0.0.1", port=int(sys.argv[1]), threads=int(sys.argv[2]), _quiet=True)
