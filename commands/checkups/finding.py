"""What one check of `dondoc doctor` found."""

from enum import StrEnum

from models.base import Wire
from models.unreachable import Unreachable


class Verdict(StrEnum):
    """`away` is a service that cannot be reached; `wrong` and `warning` are for people to put right."""

    WELL = "well"
    WARNING = "warning"
    WRONG = "wrong"
    AWAY = "away"


class Finding(Wire):
    """`check` names what was looked at, `says` what was found there, `todo` what to do about it."""

    check: str
    verdict: Verdict
    says: str
    todo: str = ""


def well(check: str, says: str) -> Finding:
    return Finding(check=check, verdict=Verdict.WELL, says=says)


def warning(check: str, says: str, todo: str) -> Finding:
    return Finding(check=check, verdict=Verdict.WARNING, says=says, todo=todo)


def wrong(check: str, says: str, todo: str) -> Finding:
    return Finding(check=check, verdict=Verdict.WRONG, says=says, todo=todo)


def out_of_reach(check: str, error: Unreachable) -> Finding:
    """A service that did not answer, with the advice that it comes with."""
    return away(check, f"{error.service} cannot be reached at {error.address}", error.advice)


def away(check: str, says: str, todo: str) -> Finding:
    return Finding(check=check, verdict=Verdict.AWAY, says=says, todo=todo)
