"""A mail server that delivers nothing: it keeps mail in a Maildir and shows it on a page.

For the demo, for tests and for trying dondoc without a mail server. Run as `python -m services.mail_catcher`.
"""

import asyncio
import email
import html
import mailbox
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from settings import Settings

_SHOWN = 200
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}}
td,th{{text-align:left;padding:.25rem .75rem .25rem 0;vertical-align:top}}</style><h1>{title}</h1>{body}</html>"""


class MaildirHandler:
    """Keeps every mail that comes, under the name `Maildir` readers know."""

    def __init__(self, folder: Path) -> None:
        for part in ("cur", "new", "tmp"):  # Maildir itself makes them only where the whole folder is missing
            (folder / part).mkdir(parents=True, exist_ok=True)
        self._box = mailbox.Maildir(folder)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.original_content or b""
        message = email.message_from_bytes(content)
        message["X-RcptTo"] = ", ".join(envelope.rcpt_tos)
        self._box.add(message)
        return "250 OK"


async def listen(folder: Path, host: str, port: int) -> asyncio.Server:
    """Start an SMTP server that keeps mail in `folder`; close it to stop. Raises `OSError` where the port is taken."""
    handler = MaildirHandler(folder)
    return await asyncio.get_running_loop().create_server(lambda: SMTP(handler, enable_SMTPUTF8=True), host, port)


def pages(folder: Path) -> Starlette:
    """Pages that list the caught mail, newest first, and show one with its links."""

    def newest() -> dict[str, EmailMessage]:
        paths = sorted((folder / "new").iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        return {path.name: _parse(path) for path in paths[:_SHOWN]}

    async def listing(_request: Request) -> Response:
        rows = [
            f"<tr><td>{html.escape(str(mail['Date']))}<td>{html.escape(str(mail['To']))}"
            f"<td><a href='/{html.escape(name, quote=True)}'>{html.escape(str(mail['Subject']))}</a>"
            for name, mail in (await run_in_threadpool(newest)).items()
        ]
        table = f"<table><tr><th>Ngày<th>Gửi đến<th>Tiêu đề{''.join(rows)}</table>" if rows else "<p>Chưa có thư nào."
        return HTMLResponse(_PAGE.format(title="Thư đã gửi", body=table))

    async def single(request: Request) -> Response:
        mail = (await run_in_threadpool(newest)).get(request.path_params["name"])
        body = mail.get_body(("html", "plain")) if mail else None
        if body is None:
            return PlainTextResponse("Không có thư này.", status_code=404)
        if body.get_content_type() == "text/html":
            return HTMLResponse(body.get_content(), headers={"Content-Security-Policy": _MAIL_POLICY})
        return PlainTextResponse(body.get_content())

    return Starlette(routes=[Route("/", listing), Route("/{name}", single)])


def _parse(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    if not isinstance(message, EmailMessage):
        raise TypeError(type(message))
    return message


async def run(settings: Settings) -> None:
    """Catch and show mail until told to stop."""
    config = uvicorn.Config(
        pages(settings.maildir), host=settings.host, port=settings.mail_page_port, access_log=False, log_level="warning"
    )
    async with await listen(settings.maildir, settings.host, settings.smtp_port):
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(run(Settings()))
