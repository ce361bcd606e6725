"""Why something does not go out."""

from sagwan.record.errors import IllegalStep


class OutsideScope(IllegalStep):
    """A file holds, or is declared to hold, what was not approved. `outside` lists it; nothing was kept."""

    def __init__(self, name: str, outside: tuple[str, ...], more: int = 0) -> None:
        listed = "; ".join(outside) + (f"; and {more:,} more" if more else "")
        super().__init__(
            f"{name} is outside what was approved: {listed}", hint="hand over only what was granted"
        )
        self.outside = outside
        self.more = more


class ProductionRefused(IllegalStep):
    """A step that the production's stage, the four-eyes rule or its end does not allow."""


class Changed(ProductionRefused):
    """What would go out is not what the page showed; nothing was done."""


class SecondFactorNeeded(ProductionRefused):
    """A production is fetched only after a second factor was shown just now."""
