"""The processes of one installation, started in order: Temporal, mail catcher, workers, pages."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import naming
from services.processes import Supervisor, free_port, python, refuse_taken_port, wait_for_port
from services.temporal import connect_when_ready, embedded, ensure_search_attributes, keep_histories, server_command
from settings import Settings
from store.engine import make_engine, migrate


@asynccontextmanager
async def running(
    settings: Settings, say: Callable[[str], None], temporal_ui_port: int | None
) -> AsyncIterator[Supervisor]:
    """A running installation. Raises `Unreachable` where a part of it cannot start; then nothing is left running."""
    settings.home.mkdir(parents=True, exist_ok=True)
    host, temporal_port = settings.temporal_address.rsplit(":", 1)
    refuse_taken_port("pages", settings.host, settings.web_port, "DONDOC_WEB_PORT")
    if embedded(settings):
        refuse_taken_port("Temporal", host, int(temporal_port), "DONDOC_TEMPORAL_ADDRESS")
    if settings.catches_mail:
        refuse_taken_port("mail catcher", settings.host, settings.smtp_port, "DONDOC_SMTP_PORT")
        refuse_taken_port("caught mail", settings.host, settings.mail_page_port, "DONDOC_MAIL_PAGE_PORT")
    migrate(make_engine(settings.sql_url))
    supervisor = Supervisor(settings.logs, environment(settings), say)
    try:
        if embedded(settings):
            await supervisor.start("temporal", server_command(settings, temporal_ui_port))
        if settings.catches_mail:
            await supervisor.start("mail", python("services.mail_catcher"))
            await wait_for_port("mail catcher", settings.host, settings.smtp_port)
        if embedded(settings):
            await wait_for_port("Temporal", host, int(temporal_port))
        client = await connect_when_ready(settings)
        await ensure_search_attributes(client)
        if embedded(settings):
            await keep_histories(client)
        await supervisor.start("worker", [*python("worker"), naming.CASCADE_QUEUE])
        await supervisor.start("postman", [*python("worker"), naming.MAIL_QUEUE, naming.REPORT_QUEUE])
        await supervisor.start("web", python("services.web_server"))
        await wait_for_port("pages", settings.host, settings.web_port)
        yield supervisor
    finally:
        await supervisor.stop()


def alone(home: Path, **changed: Any) -> Settings:
    """The settings of an installation of its own: its state in a folder, on free ports, with mail at all hours."""
    ports = {name: free_port() for name in ("web_port", "smtp_port", "mail_page_port")}
    address = f"127.0.0.1:{free_port()}"
    return Settings(**{"home": home, "temporal_address": address, "mail_hours": None, **ports, **changed})


def environment(settings: Settings) -> dict[str, str]:
    """The settings as environment variables, so that every process of the installation has the same ones."""
    values = settings.model_dump(mode="json") | {"home": str(settings.home.absolute())}
    return {f"DONDOC_{name.upper()}": str(value) for name, value in values.items() if value is not None}
