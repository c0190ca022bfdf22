"""Checks of what is reached over the network besides Temporal: the pages, and the mail server."""

import asyncio

import httpx

from commands.checkups.finding import Finding, away, well
from mail.smtp import SmtpConnection, SmtpServer
from models.delivery import TryLater
from settings import Settings

_SECONDS = 10


async def pages(settings: Settings) -> Finding:
    """Whether the pages answer where officers are sent."""
    url = f"{settings.pages_url.rstrip('/')}/health"
    todo = "run `dondoc up`, or check DONDOC_BASE_URL and the web server in front"
    try:
        async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False) as client:
            answer = await client.get(url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return away("pages", f"{url}: {str(error) or type(error).__name__}", todo)
    if answer.text.strip() == "ok":
        return well("pages", f"{url} answers")
    return away("pages", f"{url} answers {answer.status_code}, and not as dondoc does", todo)


async def mail_server(settings: Settings) -> Finding:
    """Whether the mail server takes us in, encrypted and signed in as the settings say; no mail is sent."""
    server = SmtpServer(
        settings.smtp_host or settings.host,
        settings.smtp_port,
        settings.smtp_security,
        settings.smtp_user,
        settings.smtp_password,
        settings.smtp_ca_file,
    )
    connection = SmtpConnection(server)
    todo = "run `dondoc up`" if settings.catches_mail else "check the mail server and the settings DONDOC_SMTP_…"
    try:
        async with asyncio.timeout(_SECONDS):
            await connection.ready()
    except TryLater as error:
        return away("mail server", str(error), todo)
    except TimeoutError:
        return away("mail server", f"{server}: no answer within {_SECONDS} seconds", todo)
    finally:
        await connection.close()
    how = {"none": "not encrypted", "starttls": "encrypted (STARTTLS)", "tls": "encrypted (TLS)"}
    signed = ", signed in" if settings.smtp_user else ""
    caught = "; mail is caught in the home folder, not delivered" if settings.catches_mail else ""
    return well("mail server", f"{server} answers, {how[settings.smtp_security]}{signed}{caught}")
