"""What can be wrong with a law pack, or with a question put to one."""

from sagwan.record.errors import SagwanError


class LawPackError(SagwanError):
    """A pack that cannot be used. `where` is the TOML path: `instrument[2].items[0].kind`; empty: all."""

    def __init__(self, where: str, problem: str, *, hint: str = "") -> None:
        super().__init__(f"law pack: {where}: {problem}" if where else f"law pack: {problem}", hint=hint)
        self.where = where


class UnknownInstrument(SagwanError):
    """The pack has no instrument of that name at all."""


class NotInForce(SagwanError):
    """The pack knows the instrument, but it was not law on that day."""


class ResolutionNotAllowed(SagwanError):
    """An outcome, reason and data that do not go together under this instrument on that day."""


class TermNotAllowed(SagwanError):
    """A hold, a deferral, a notice or an emergency that goes beyond what the law allows on that day."""
