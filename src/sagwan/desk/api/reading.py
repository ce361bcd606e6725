"""The OpenAPI document as a person reads it: chapters, calls, members. Knows no Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a body or answer, or a parameter; `depth` is how far it stands inside."""

    name: str
    kind: str
    required: bool
    about: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class CallShown:
    """One call: how it is called, what it does, what goes in and comes out."""

    name: str
    method: str
    path: str
    title: str
    about: str
    scopes: tuple[str, ...]
    parameters: tuple[Member, ...]
    body: tuple[Member, ...]
    media: tuple[str, ...]
    status: str
    answer: tuple[Member, ...]
    answer_media: str
    problems: tuple[tuple[str, str], ...]


def chapters(document: dict[str, Any]) -> list[tuple[str, list[CallShown]]]:
    """(tag, its calls) in the document's order."""
    found: dict[str, list[CallShown]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            shown = _call(document, path, method, operation)
            found.setdefault(operation["tags"][0], []).append(shown)
    return list(found.items())


def _call(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> CallShown:
    content = operation.get("requestBody", {}).get("content", {})
    status = next(iter(operation["responses"]))
    answers = operation["responses"][status].get("content", {})
    media = next(iter(answers), "")
    parameters = tuple(
        Member(
            one["name"], f"{one['in']}: {_kind(one['schema'])}", one["required"],
            one.get("description", "") or one["schema"].get("description", ""),
        )
        for one in operation["parameters"]
    )  # fmt: skip
    return CallShown(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        title=operation["summary"],
        about=operation.get("description", ""),
        scopes=tuple(operation["x-scopes"]),
        parameters=parameters,
        body=_body(document, content),
        media=tuple(content),
        status=status,
        answer=tuple(_members(document, answers[media]["schema"])) if media else (),
        answer_media=media,
        problems=tuple(
            (code, one["description"]) for code, one in operation["responses"].items() if code != status
        ),
    )


def _body(document: dict[str, Any], content: dict[str, Any]) -> tuple[Member, ...]:
    """The members of a body, which are the same in a form, where they stand in one part."""
    if "application/json" in content:
        return tuple(_members(document, content["application/json"]["schema"]))
    return tuple(_members(document, next(iter(content.values()))["schema"])) if content else ()


def _members(document: dict[str, Any], schema: dict[str, Any], depth: int = 0) -> Iterator[Member]:
    schema = _resolved(document, schema)
    for choice in schema.get("oneOf", ()):
        yield from _members(document, choice, depth)
    required = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        whole = _resolved(document, one)
        about = one.get("description") or whole.get("description", "")
        yield Member(name, _kind(one, document), name in required, about, depth)
        inner = _resolved(document, whole.get("items", {})) or whole
        if depth + 1 < DEEPEST and inner.get("properties"):
            yield from _members(document, inner, depth + 1)


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without its reference; of a choice between one and null, the one."""
    choices = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if len(choices) == 1:
        schema = choices[0]
    if "$ref" in schema:
        found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return found
    return schema


def _kind(schema: dict[str, Any], document: dict[str, Any] | None = None) -> str:
    """What a value is, in a few words."""
    if "anyOf" in schema:
        return " or ".join(_kind(one, document) for one in schema["anyOf"])
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    if "const" in schema:
        return repr(schema["const"])
    if "enum" in schema:
        return ", ".join(str(one) or "''" for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}), document)}"
    if "contentEncoding" in schema:
        return str(schema["contentEncoding"])
    return str(schema.get("format") or schema.get("type") or "any")
