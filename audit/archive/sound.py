"""Whether what is to be archived is whole: what was tampered with must not take the place of what is kept."""

from collections.abc import Sequence

from audit.archive.manifest import Chained, Manifest
from rules.chain import GENESIS, links


class Unsound(Exception):
    """A register is not archived, because its chain does not fit itself or what is archived of it already."""


def check_chain(name: str, chain: Sequence[Chained]) -> None:
    """Raises `Unsound` where the links of a chain do not follow one another."""
    for number, (link, hash_) in enumerate(zip(chain, links(item.body for item in chain), strict=True), start=1):
        if link.seq != number:
            raise Unsound(f"{name} {number} is missing, {link.seq} stands in its place")
        if link.hash != hash_:
            raise Unsound(f"{name} {link.seq} does not fit its hash")


def check_head(events: Sequence[Chained], last_seq: int, chain_head: str) -> None:
    """Raises `Unsound` where events end elsewhere than their register says."""
    if len(events) != last_seq or head_at(events, last_seq) != chain_head:
        raise Unsound(f"the events end at {len(events)}, its register says {last_seq}, {chain_head}")


def check_follows(events: Sequence[Chained], journal: Sequence[Chained], before: Manifest) -> None:
    """Raises `Unsound` where chains do not go on from what is archived."""
    for name, chain, seq, head in (
        ("event", events, before.last_seq, before.chain_head),
        ("entry of the journal", journal, before.journal_seq, before.journal_head),
    ):
        if head_at(chain, seq) != head:
            raise Unsound(f"{name} {seq} is another than the archive has")


def head_at(chain: Sequence[Chained], seq: int) -> str | None:
    """The hash of a chain at a number; None where it does not go so far."""
    if seq == 0:
        return GENESIS
    return chain[seq - 1].hash if seq <= len(chain) else None
