"""Bodies: JSON, or a form in parts whose part `call` is that JSON and whose other parts are files.

The same members come out either way: each part `documents` becomes an entry of that name with its bytes. A
part `file`, which may be large, stays where it is, and the call reads it.
"""

import hashlib
import hmac
import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from sagwan.desk import setup
from sagwan.desk.api.problems import Problem

JSON, PARTS = "application/json", "multipart/form-data"
CALL, FILES, FILE = "call", "documents", "file"
SMALL = 1_000_000
"""Bytes of a body that brings no file."""
DEEPEST = 20


class Bodies(Parser):
    """Ninja's parser. The call's guard has read the body before, and said what is wrong with it."""

    def parse_body(self, request: HttpRequest) -> Any:
        return request.members


def read_body(request: HttpRequest) -> Any:
    """The members of a body of either kind; raise Problem."""
    if request.content_type == PARTS:
        members = _parts(request)
        # Ninja asks for the body to see whether there is one, and it was read away with the parts.
        request._body = b"-"
        return members
    if request.content_type != JSON:
        raise Problem("media-type", f"Send {JSON}, or {PARTS} where files come along.")
    return read_json(request.body)


def _parts(request: HttpRequest) -> dict[str, Any]:
    fields, files = request.POST, request.FILES
    if set(fields) != {CALL} or len(fields.getlist(CALL)) != 1 or set(files) - {FILES, FILE}:
        raise Problem("malformed", f"The form has one part {CALL}, which is JSON, and files.")
    members = read_json(fields[CALL].encode())
    if not isinstance(members, dict):
        raise Problem("malformed", f"The part {CALL} is no JSON object.")
    sent = files.getlist(FILES)
    if sent:
        if members.get(FILES):
            raise Problem("malformed", f"Documents come in the part {CALL} or as files, not both.")
        members[FILES] = [{"name": file.name, "content": file.read()} for file in sent]
    return members


def read_json(data: bytes) -> Any:
    """Strict JSON in UTF-8: no member twice, no NaN, not too deep, no half of a character."""
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_constant)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        detail = str(error) if isinstance(error, _Odd) else "The body is no JSON in UTF-8."
        raise Problem("malformed", detail) from None
    if _depth(found) > DEEPEST:
        raise Problem("malformed", f"The body is nested deeper than {DEEPEST}.")
    return found


class _Odd(ValueError):
    """JSON that is well-formed and still not taken."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Odd("A member of the body is there twice.")
    return members


def _constant(word: str) -> None:
    raise _Odd(f"The body holds {word}, which is no JSON.")


def _depth(value: Any, level: int = 0) -> int:
    if level > DEEPEST:
        return level
    if isinstance(value, dict):
        return max((_depth(each, level + 1) for each in value.values()), default=level + 1)
    if isinstance(value, list):
        return max((_depth(each, level + 1) for each in value), default=level + 1)
    return level


def fingerprint(request: HttpRequest) -> str:
    """A keyed digest of what is asked, so that the same call can be told from another one. The parts of a
    form have other borders each time it is sent; what is in them counts."""
    key = setup.current().master.derive("api-calls")
    said = hmac.new(key, f"{request.method} {request.path}\n".encode(), "sha256")
    said.update(f"{request.headers.get('If-Match', '')}\n".encode())
    if request.content_type != PARTS:
        said.update(request.body)
        return said.hexdigest()
    for value in request.POST.getlist(CALL):
        said.update(hashlib.sha256(value.encode()).digest())
    for part in (FILES, FILE):
        for file in request.FILES.getlist(part):
            file.seek(0)
            said.update(f"{part} {file.name}\n".encode() + hashlib.file_digest(file, "sha256").digest())
            file.seek(0)
    return said.hexdigest()
