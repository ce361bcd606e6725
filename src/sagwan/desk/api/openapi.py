"""The OpenAPI document: what Ninja knows of the calls, and the rest: headers, forms, problems, files."""

from copy import deepcopy
from typing import Any

from sagwan.desk.api.calls.common import CALLS, Call
from sagwan.desk.api.once import HEADER, KEY
from sagwan.desk.api.parsing import CALL, FILE, FILES, JSON, PARTS
from sagwan.desk.api.problems import MEDIA_TYPE, TITLES, URN
from sagwan.desk.api.scopes import TITLES as SCOPES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ABOUT = """\
The desk for machines. A call shows a token (`Authorization: Bearer …`) and acts as the person to whom the
token belongs: by their role, and never with more. Session cookies are not looked at.

Every POST bears an `Idempotency-Key` of your own; sent again it gives the first answer again. A POST about
one request bears `If-Match` with the `ETag` of your last read. Whatever goes wrong is a problem, as RFC 9457
describes them."""

_EVERY = ("malformed", "no-token", "not-for-this-token", "invalid", "too-many", "broken")
_POST = ("idempotency-key", "other-body", "too-large", "media-type", "not-possible", "changed-meanwhile")
_ONE = ("not-found",)
_SEEN = ("moved-on", "no-if-match")


def described(found: dict[str, Any]) -> dict[str, Any]:
    """Ninja's document with the rest; every response of every call is in it."""
    document = deepcopy(dict(found))
    document["jsonSchemaDialect"] = DIALECT
    document["info"]["description"] = ABOUT
    document["servers"] = [{"url": "/"}]
    components = document["components"]
    components["schemas"]["Problem"] = _problem()
    scopes = "; ".join(f"{scope}: {title}" for scope, title in SCOPES.items())
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": f"Scopes: {scopes}."}
    }
    for operations in document["paths"].values():
        for operation in operations.values():
            _complete(operation, CALLS[operation["operationId"]])
    return document


def _complete(operation: dict[str, Any], call: Call) -> None:
    operation["security"] = [{"token": list(call.scopes)}]
    operation["x-scopes"] = list(call.scopes)
    parameters: list[dict[str, Any]] = operation["parameters"]
    if call.method == "POST":
        shape = {"type": "string", "pattern": f"^{KEY.pattern.removesuffix(chr(92) + 'Z')}$"}
        parameters.append({"in": "header", "name": HEADER, "required": True, "schema": shape})
    if call.if_match:
        shape = {"type": "string", "pattern": '^(W/)?"[^",]{1,78}"$'}
        parameters.append({"in": "header", "name": "If-Match", "required": True, "schema": shape})
    if call.parts:
        _forms(operation["requestBody"], call)
    good = operation["responses"][call.status]
    if call.media:
        media = call.media.partition(";")[0]
        shape = {"type": "object" if media == JSON else "string"}
        if media not in (JSON, "text/plain"):
            shape["contentEncoding"] = "binary"
        good["content"] = {media: {"schema": shape}}
    if call.etag:
        good["headers"] = {"ETag": {"schema": {"type": "string"}, "required": True}}
    operation["responses"] = {str(call.status): good} | _problems(call)


def _forms(body: dict[str, Any], call: Call) -> None:
    """The same body as a form in parts, with the files beside it."""
    shape = body["content"][JSON]["schema"]
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    one = {FILES: {"type": "array", "items": file}, FILE: file}
    form = {
        "type": "object",
        "properties": {CALL: shape} | {part: one[part] for part in call.parts},
        "required": [CALL, *(call.parts if call.parts_only else ())],
        "additionalProperties": False,
    }
    parts = {"schema": form, "encoding": {CALL: {"contentType": JSON}}}
    body["content"] = {PARTS: parts} if call.parts_only else body["content"] | {PARTS: parts}


def _problems(call: Call) -> dict[str, Any]:
    """Every problem that a call can answer with, by its status."""
    slugs = [*_EVERY, "not-allowed", "method"]
    slugs += _POST if call.method == "POST" else ()
    slugs += _ONE if "{" in call.path else ()
    slugs += _SEEN if call.if_match else ()
    slugs += ("not-possible",) if call.media else ()
    by_status: dict[int, list[str]] = {}
    for slug in dict.fromkeys(slugs):
        by_status.setdefault(TITLES[slug][0], []).append(slug)
    return {
        str(status): {
            "description": "; ".join(TITLES[slug][1] for slug in found),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, found in sorted(by_status.items())
    }


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    fault = {
        "type": "object",
        "description": "One member or parameter at fault.",
        "properties": {
            "pointer": {"type": "string", "description": "Where in the body (RFC 6901)."},
            "parameter": text,
            "in": text,
            "detail": text,
        },
        "required": ["detail"],
    }
    return {
        "title": "Problem",
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": {"type": "string", "enum": [URN + slug for slug in TITLES]},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "errors": {"type": "array", "items": fault},
            "incident": text,
        },
        "required": ["type", "title", "status"],
    }
