"""The layout of the JSON files, as JSON Schema 2020-12."""

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_FIGURE_FIELDS = ("provider", "service", "jurisdiction", "period", "category", "metric", "part")
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
    "properties": {"id": _TEXT, "value": _TEXT, "source_url": _TEXT, "source_publisher": _TEXT},
    "required": ["id", "value", "source_url", "source_publisher", "source_date", "source_kind"],
}
_EXPLANATION = {
    "type": "object",
    "properties": {"code": _TEXT, "claims": {"type": "array", "items": _TEXT}, "sentence": _SENTENCES},
    "required": ["code", "claims", "against", "sentence"],
}

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
                    "explanations": {"type": "array", "items": _EXPLANATION},
                    "missing": _TEXT_OR_NULL,
                },
                "required": ["figure", "status", "value", "preferred", "voices", "rivals", "explanations"],
            },
        },
    },
    "required": ["period", "figures"],
}
