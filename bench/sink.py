"""A mail server that takes everything and does as little as it can: `python -m bench.sink PORT FILE`."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Caught:
    """A mail as it came in: from whom, to whom, and every byte of it."""

    sender: str
    to: str
    content: bytes


class Sink:
    """Appends every mail to a file."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("ab", buffering=0)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.original_content or b""
        head = f"{len(content)} {envelope.mail_from} {' '.join(envelope.rcpt_tos)}\n"
        self._file.write(head.encode() + content)
        return "250 OK"


def caught(file: Path, after: int = 0) -> Iterator[Caught]:
    """The mails of a file, one after the other, beginning behind so many bytes."""
    with file.open("rb") as mails:
        mails.seek(after)
        while head := mails.readline():
            size, sender, to = head.decode().split()
            yield Caught(sender, to, mails.read(int(size)))


async def main(port: int, file: Path) -> None:
    """Take mail until told to stop."""
    sink = Sink(file)
    async with await asyncio.get_running_loop().create_server(lambda: SMTP(sink), "127.0.0.1", port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
