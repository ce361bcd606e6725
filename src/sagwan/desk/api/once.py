"""Doing a call once: the answer to an `Idempotency-Key` is kept, and given again instead of doing it again.

The key, what the call does and its answer are one transaction. So of two that come at once one waits for the
other and gets its answer; and what failed left nothing behind and may be sent again under the same key.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from pydantic import BaseModel

from sagwan.desk import clock, setup
from sagwan.desk.api.models import Answer
from sagwan.desk.api.parsing import fingerprint
from sagwan.desk.api.problems import Problem
from sagwan.desk.journal.locks import writing
from sagwan.desk.vault.master import seal, unseal

HEADER = "Idempotency-Key"
KEY = re.compile(r"[A-Za-z0-9._:-]{8,128}\Z")
KEPT = timedelta(days=2)
"""So long is an answer given again."""

Ready = TypeVar("Ready")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call answers; it is kept, encrypted, for a while."""

    body: BaseModel
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def check_key(request: HttpRequest) -> None:
    """Raise Problem where a call that changes something has no usable key."""
    if not KEY.match(request.headers.get(HEADER, "")):
        raise Problem("idempotency-key", f"Send {HEADER}, 8 to 128 letters, digits and . _ : - of your own.")


def once(
    request: HttpRequest,
    work: Callable[[Ready], Reply | StreamingHttpResponse],
    *,
    prepare: Callable[[], Ready],
) -> HttpResponseBase:
    """Answer as before where the call was done; else do it.

    `prepare` comes before the transaction, for what takes long or must stand whatever becomes of the call (a
    code is used up); `work` gets what it returns.
    """
    said = fingerprint(request)
    before = _given(request, said)
    if before is not None:
        return before
    ready = prepare()
    with writing():
        row = _begin(request, said)
        if row is None:
            given = _given(request, said)
            if given is None:
                raise Problem("changed-meanwhile")
            return given
        reply = work(ready)
        if isinstance(reply, StreamingHttpResponse):
            return reply
        _keep(row, reply)
    return _response(row)


def apart(request: HttpRequest, work: Callable[[], Reply]) -> HttpResponseBase:
    """`once` for work that may not be within a transaction: files are written, and cannot be taken back.

    The key is taken first. Should the desk stop half-way, nothing can be told of the call: the key answers
    so until it goes.
    """
    said = fingerprint(request)
    before = _given(request, said)
    if before is not None:
        return before
    with writing():
        row = _begin(request, said)
    if row is None:
        raise Problem("changed-meanwhile", "The same call is being done.")
    try:
        reply = work()
    except BaseException:
        row.delete()
        raise
    _keep(row, reply)
    return _response(row)


def simply(request: HttpRequest, work: Callable[[], Reply | StreamingHttpResponse]) -> HttpResponseBase:
    """`once` for a call that needs no preparation."""
    return once(request, lambda _: work(), prepare=lambda: None)


def _begin(request: HttpRequest, said: str) -> Answer | None:
    """Take the key; None where somebody has it. Old ones go."""
    now = clock.now()
    Answer.objects.filter(at__lt=now - KEPT).delete()
    row = Answer(token=request.token, key=request.headers[HEADER], fingerprint=said, at=now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _given(request: HttpRequest, said: str) -> HttpResponse | None:
    """The answer that was given to this call; raise Problem where the key belongs to another one."""
    row = Answer.objects.filter(token=request.token, key=request.headers[HEADER]).first()
    if row is None:
        return None
    if not secrets.compare_digest(row.fingerprint, said):
        raise Problem("other-body", "Use a new key for each call.")
    if not row.sealed:
        raise Problem("answered-already", "See how the request stands; then call under a new key.")
    response = _response(row)
    response["Idempotency-Replayed"] = "true"
    return response


def _keep(row: Answer, reply: Reply) -> None:
    row.status, row.headers = reply.status, dict(reply.headers)
    row.sealed = seal(_cipher(), reply.body.model_dump_json().encode(), _context(row))
    row.save(update_fields=["status", "headers", "sealed"])


def _cipher() -> AESGCM:
    return AESGCM(setup.current().master.derive("api-answers"))


def _context(row: Answer) -> bytes:
    return f"answer {row.token_id} {row.key}".encode()


def _response(row: Answer) -> HttpResponse:
    body = unseal(_cipher(), bytes(row.sealed), _context(row))
    response = HttpResponse(body, status=row.status, content_type="application/json")
    for name, value in row.headers.items():
        response[name] = value
    return response
