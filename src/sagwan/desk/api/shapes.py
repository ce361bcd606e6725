"""The shapes that bodies and answers are made of. A body has no member that is not named here."""

import base64
import binascii
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictInt,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from sagwan.record.request import MAX_ACCOUNTS, MAX_DOCUMENTS, MAX_PAPER_TEXT, MAX_TEXT, TARGET_KINDS

_BASE64 = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"


class Body(BaseModel):
    """What comes in."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Shown(BaseModel):
    """What goes out."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class OneOf:
    """Marks a text as a word of a closed list, or '' too where there may be none."""

    def __init__(self, words: type[StrEnum] | frozenset[str], *, none: bool = False) -> None:
        self.words = sorted(map(str, words)) + ([""] if none else [])

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "enum": self.words}

    def _check(self, word: str) -> str:
        if word not in self.words:
            raise ValueError(f"must be one of {', '.join(filter(None, self.words))}")
        return word


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError("must be a day such as 2016-03-02")
    try:
        return date.fromisoformat(value if len(value) == 10 else "")
    except ValueError:
        raise ValueError("must be a day such as 2016-03-02") from None


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("must be base64") from None


Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$")]
SlugOrNone = Annotated[str, Field(pattern=r"^[a-z0-9-]{0,64}$")]
Number = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", description="A request's number.")]
Count = Annotated[StrictInt, Field(ge=0, le=MAX_ACCOUNTS)]
Line = Annotated[str, Field(min_length=1, max_length=500)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
Code = Annotated[str, Field(pattern=r"^[0-9]{6}$", description="What the authenticator app shows now.")]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Base64 = Annotated[
    bytes,
    BeforeValidator(_bytes),
    WithJsonSchema({"type": "string", "contentEncoding": "base64", "pattern": _BASE64}),
]
Paper = Annotated[dict[Slug, Annotated[str, Field(max_length=MAX_PAPER_TEXT)]], Field(max_length=100)]
Limit = Annotated[int, Field(ge=1, le=200, description="Rows of a page.")]
After = Annotated[str, Field(max_length=80, description="`next` of the page before.")]


class Paging(BaseModel):
    """Which page of a list."""

    after: After = ""
    limit: Limit = 50


class Target(Body):
    """One account, ID, number or room that a request names."""

    kind: Annotated[str, OneOf(TARGET_KINDS)]
    value: Line


class Document(Body):
    """A file: its name and its bytes."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    content: Base64


Documents = Annotated[list[Document], Field(max_length=MAX_DOCUMENTS)]


class File(Shown):
    """A file that is kept: its name, its SHA-256 in hex, and how many bytes it has."""

    name: str
    sha256: str
    bytes: int


class Words(Shown):
    """The same in Korean and English."""

    ko: str
    en: str


class Named(Words):
    """A slug and what it is called."""

    slug: str
