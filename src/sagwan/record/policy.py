"""Standing policy: what a provider always answers to a kind of request, as a draft for people to decide on.

Such as: voluntary requests for subscriber data are refused, with the word to come back with a warrant. A
draft decides nothing: one person proposes it and another approves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sagwan.record.errors import InvalidValue
from sagwan.record.events import Decision
from sagwan.record.request import check_slug
from sagwan.record.state import Stage, State
from sagwan.record.vocabulary import Mark, Outcome

_KEYS = ("outcome", "reason", "instrument", "service", "emergency")


@dataclass(frozen=True, slots=True)
class Policy:
    """Requests under `instrument` ('' any), to `service` ('' any) end so. Emergencies only with `emergency`.

    Only refusals: nothing is ever handed over by a rule.
    """

    reason: str
    instrument: str = ""
    service: str = ""
    emergency: bool = False
    outcome: Outcome = Outcome.REFUSED

    def fits(self, state: State) -> bool:
        """Is the request of the kind that the policy is for, and still undecided and unsuspected?"""
        return (
            state.stage in (Stage.RECEIVED, Stage.UNDER_REVIEW)
            and not state.stages
            and not state.suspected_by
            and self.instrument in ("", state.instrument)
            and self.service in ("", state.service)
            and (self.emergency or Mark.EMERGENCY not in state.received.marks)
        )


def draft(policies: Iterable[Policy], state: State) -> Decision | None:
    """The decision that the first fitting policy would make, or None."""
    for policy in policies:
        if policy.fits(state):
            return Decision(policy.outcome, policy.reason)
    return None


def read_policy(values: Mapping[str, object]) -> Policy:
    """A policy from a table of a config; raise InvalidValue naming the key that is unknown or wrong."""
    for key in values:
        if key not in _KEYS:
            raise InvalidValue(f"{key!r} is no key of a policy", hint=f"keys: {', '.join(_KEYS)}")
    if values.get("outcome", "refused") != "refused":
        raise InvalidValue(
            f"a policy's outcome is {values['outcome']!r}", hint="only refused: people hand over"
        )
    emergency = values.get("emergency", False)
    if not isinstance(emergency, bool):
        raise InvalidValue("a policy's emergency is neither true nor false")
    reason, instrument, service = (_slug(values, key) for key in ("reason", "instrument", "service"))
    if not reason:
        raise InvalidValue("a policy's reason is missing", hint="one of the law pack's reasons")
    return Policy(reason, instrument, service, emergency)


def _slug(values: Mapping[str, object], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise InvalidValue(f"a policy's {key} is {value!r}", hint="write a slug")
    if value:
        check_slug(value, f"a policy's {key}")
    return value
