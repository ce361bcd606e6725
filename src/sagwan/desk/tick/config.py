"""What falls due by itself, and when: the table `[tick]` of `sagwan.toml`, checked. Knows no Django."""

from dataclasses import dataclass, fields

from sagwan.desk.home import Home, HomeError


@dataclass(frozen=True, slots=True)
class TickConfig:
    """What `[tick]` says; docs/reference/config.md tells every key.

    in_server: `sagwan serve` does it each minute. seal: it also starts the sealer when a batch is due.
    remind_hours, hold_warn_days, revet_days: how long before a clock, the end of a hold, the end of a vetting
    somebody is told. keep_years: how long private parts are kept where the law gives no term; 0 is for ever.
    """

    in_server: bool = True
    seal: bool = True
    remind_hours: int = 24
    hold_warn_days: int = 7
    revet_days: int = 30
    keep_years: int = 0


_BOUNDS = {
    "remind_hours": (1, 720),
    "hold_warn_days": (1, 90),
    "revet_days": (1, 365),
    "keep_years": (0, 100),
}


def tick_config(home: Home) -> TickConfig:
    """The home's `[tick]`; raise HomeError naming the key that cannot be used."""
    kinds = {field.name: field.type for field in fields(TickConfig)}
    for key, value in (home.tick or {}).items():
        if key not in kinds:
            raise HomeError(f"[tick] {key!r} is not a setting", hint=f"settings: {', '.join(kinds)}")
        if type(value) is not kinds[key]:
            raise HomeError(f"[tick] {key} is {value!r}, which is of the wrong type")
    config = TickConfig(**(home.tick or {}))  # type: ignore[arg-type]
    for key, (low, high) in _BOUNDS.items():
        if not low <= getattr(config, key) <= high:
            raise HomeError(f"[tick] {key} is {getattr(config, key)}", hint=f"from {low} to {high}")
    return config
