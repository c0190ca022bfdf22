"""The name of the body that issues a paper, as it stands at the top of it (Decree 30/2020, DOMAIN section 1.3)."""

from itertools import takewhile

from models.unit import Unit


def parent_body(issuer: Unit) -> str:
    """The body above the issuing one, in capitals; empty where the registry names none."""
    return issuer.parent_body.upper().replace("ỦY BAN NHÂN DÂN", "UBND")


def body(issuer: Unit) -> str:
    """The issuing body in capitals, without the territory that the line above it already names."""
    own, above = issuer.name.upper().split(), issuer.parent_body.upper().split()
    pairs = zip(reversed(own), reversed(above), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return " ".join(own[: len(own) - shared] or own)
