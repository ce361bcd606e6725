"""Every key that a law pack may have, by table. The reader takes no other; the reference page lists all."""

_DATED = frozenset({"from", "until"})
_RULE = _DATED | {"citation"}
_LABEL = frozenset({"ko", "en"})

KEYS: dict[str, frozenset[str]] = {
    "pack": frozenset(
        {
            "pack", "jurisdiction", "zone", "version", "name", "not_legal_advice", "source", "role",
            "holidays", "never", "retention", "report", "reason", "instrument", "bands",
        }
    ),
    "label": _LABEL,
    "name": _LABEL | _DATED,
    "source": frozenset({"slug", "kind", "label"}),
    "role": frozenset({"slug", "names"}),
    "never": _RULE | {"slug", "label"},
    "retention": _RULE | {"record", "label", "instruments", "years"},
    "report": _RULE | {"slug", "label", "to", "instruments", "days"},
    "reason": _RULE | {"slug", "label", "outcomes", "instruments", "partly"},
    "instrument": _RULE
    | {
        "slug", "discloses", "names", "basis", "binding", "opened", "data", "issuers", "approvers", "items",
        "limits", "emergency", "deadlines", "notice", "holds",
    },
    "basis": _RULE | {"issuers"},
    "binding": _RULE | {"binding"},
    "opened": _RULE | {"how"},
    "data": _RULE | {"category"},
    "party": _RULE | {"role", "when", "condition"},
    "item": _RULE | {"slug", "label", "kind", "required", "when", "data", "choices", "pattern", "bound"},
    "limit": _RULE | {"item", "months", "days", "approvers"},
    "emergency": _RULE | {"label", "follow_up", "data"},
    "deadline": _RULE
    | {
        "slug", "label", "who", "kind", "number", "starts", "when", "issuers", "policy", "item", "stops",
        "met_by", "paper", "pauses",
    },
    "policy": frozenset({"kind", "number"}),
    "notice": _RULE | {"who", "label", "days", "starts", "provider", "grounds"},
    "ground": frozenset({"slug", "label", "longest", "times", "months"}),
    "bands": _RULE | {"slug", "label", "width", "period", "figures"},
    "figure": frozenset(
        {"slug", "label", "instruments", "measure", "citation", "delay", "new_service_days"}
    ),
    "hold": _RULE | {"days", "extension"},
}  # fmt: skip
