"""The layout of the JSON files, as JSON Schema 2020-12."""

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_FIGURE_FIELDS = ("provider", "service", "jurisdiction", "period", "category", "metric", "part")
_CLAIM_FIELDS = ("id", "value", "unit", "source_url", "source_publisher", "source_date", "source_kind")
_IDS = {"description": "ids of claims", "type": "array", "items": _TEXT}
_SENTENCES = {"type": "object", "properties": {"en": _TEXT, "ko": _TEXT}, "required": ["en", "ko"]}

_VALUE = {
    "description": "exact, or both ends of a band, or null where no number is known (never 0 for it)",
    "oneOf": [
        {"type": "null"},
        {
            "type": "object",
            "properties": {"exact": {"type": ["integer", "string"]}},
            "required": ["exact"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"low": {"type": "integer"}, "high": {"type": "integer"}},
            "required": ["low", "high"],
        },
    ],
}
_FIGURE = {
    "type": "object",
    "properties": dict.fromkeys(_FIGURE_FIELDS, _TEXT),
    "required": list(_FIGURE_FIELDS),
}
_CLAIM = {
    "type": "object",
    "description": "one figure as one source printed it",
    "properties": dict.fromkeys(_CLAIM_FIELDS, _TEXT),
    "required": list(_CLAIM_FIELDS),
    "additionalProperties": False,
}
_EXPLANATION = {
    "type": "object",
    "description": "a reason that held: for these claims, when tested against those; data are its numbers",
    "properties": {
        "code": _TEXT,
        "variant": _TEXT,
        "claims": _IDS,
        "against": _IDS,
        "data": {"type": "object", "additionalProperties": _TEXT},
        "sentence": _SENTENCES,
    },
    "required": ["code", "variant", "claims", "against", "data", "sentence"],
    "additionalProperties": False,
}
_CONFLICT = {
    "type": "object",
    "description": "a rule that the value breaks, the number that speaks against it, and who gives that",
    "properties": {
        "rule": _TEXT,
        "count": {"type": ["integer", "string", "null"]},
        "claims": _IDS,
        "sentence": _SENTENCES,
    },
    "required": ["rule", "count", "claims", "sentence"],
    "additionalProperties": False,
}
_PART = {
    "type": "object",
    "description": "a figure that the value is the sum of",
    "properties": {"figure": _FIGURE, "count": {"type": "integer"}, "claims": _IDS},
    "required": ["figure", "count", "claims"],
    "additionalProperties": False,
}
_BADGE = {
    "type": "object",
    "description": "a recounted number that is only shown beside: of a synthetic folder, or a floor",
    "properties": {"count": {"type": "integer"}, "standing": _TEXT, "source_url": _TEXT},
    "required": ["count", "standing", "source_url"],
    "additionalProperties": False,
}

FIELDS = (
    "figure", "status", "value", "preferred", "why", "voices", "rivals", "unexplained", "explanations",
    "conflicts", "parts", "missing", "badges",
)  # fmt: skip
"""What is said of each figure."""

LAYOUT = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "data/<period>.json: every figure of a period, reconciled",
    "type": "object",
    "properties": {
        "period": _TEXT,
        "figures": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "figure": _FIGURE,
                    "status": _TEXT,
                    "value": _VALUE,
                    "preferred": {"oneOf": [{"type": "null"}, _CLAIM]},
                    "why": _TEXT_OR_NULL,
                    "voices": {"type": "integer", "minimum": 0},
                    "rivals": {"type": "array", "items": _CLAIM},
                    "unexplained": _IDS,
                    "explanations": {"type": "array", "items": _EXPLANATION},
                    "conflicts": {"type": "array", "items": _CONFLICT},
                    "parts": {"type": "array", "items": _PART},
                    "missing": _TEXT_OR_NULL,
                    "badges": {"type": "array", "items": _BADGE},
                },
                "required": list(FIELDS),
                "additionalProperties": False,
            },
        },
    },
    "required": ["period", "figures"],
}
