"""`dondoc up`: the whole installation in one terminal."""

import asyncio
import signal
from collections.abc import Callable

from services.installation import running
from services.processes import answers
from services.temporal import embedded
from settings import Settings

_UI_OFFSET = 1000


async def up(settings: Settings, say: Callable[[str], None]) -> None:
    """Run until Ctrl-C or SIGTERM, then stop cleanly. State stays in the home folder; the next `up` goes on."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    ui_port = int(settings.temporal_address.rsplit(":", 1)[1]) + _UI_OFFSET
    if not settings.catches_mail and not await answers(settings.smtp_host, settings.smtp_port):
        address = f"{settings.smtp_host}:{settings.smtp_port}"
        say(f"the mail server does not answer at {address}: mail waits in the outbox until it does")
    async with running(settings, say, ui_port):
        for line in addresses(settings, ui_port):
            say(line)
        say("Ctrl-C stops; what runs goes on with the next `dondoc up`.")
        await stop.wait()
        say("stopping ...")


def addresses(settings: Settings, ui_port: int) -> list[str]:
    """Where everything can be reached, a line each."""
    lines = [f"pages        {settings.pages_url}"]
    if settings.catches_mail:
        lines.append(f"caught mail  http://{settings.host}:{settings.mail_page_port} (folder {settings.maildir})")
    if embedded(settings):
        host = settings.temporal_address.rsplit(":", 1)[0]
        lines.append(f"Temporal     {settings.temporal_address}, looked at on http://{host}:{ui_port}")
    lines.append(f"logs         {settings.logs}")
    return lines
