"""Settings of an installation: environment variables `DONDOC_…`; Temporal's own are the standard `TEMPORAL_…`."""

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, FilePath, PlainSerializer
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_ALWAYS = "always"
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


def _hours(written: object) -> object:
    """`07:00-18:00` as two times of day, `always` as None. Raises `ValueError` for anything else, also for hours over
    midnight."""
    if not isinstance(written, str):
        return written
    if written == _ALWAYS:
        return None
    found = _HOURS.fullmatch(written.replace(" ", ""))
    if found is None:
        raise ValueError("write the first and the last hour like 07:00-18:00, or always")
    first, last = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if first >= last:
        raise ValueError("the first hour must come before the last, as in 07:00-18:00")
    return first, last


def _written(hours: tuple[time, time] | None) -> str:
    """As `_hours` reads it."""
    if hours is None:
        return _ALWAYS
    return f"{hours[0]:%H:%M}-{hours[1]:%H:%M}"


_Hours = Annotated[tuple[time, time] | None, NoDecode, BeforeValidator(_hours), PlainSerializer(_written)]


class Settings(BaseSettings):
    """What differs between installations. Everything has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", extra="ignore")

    home: Path = Field(default=Path("var"), description="Where state lives: database, files, mails, reports, logs")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty: SQLite in the home folder")
    temporal_address: str = Field(default="127.0.0.1:7233", description="Where the embedded server listens")
    host: str = Field(default="127.0.0.1", description="Address on which the pages and the mail catcher listen")
    web_port: int = 8080
    mail_page_port: int = Field(default=8025, description="Where the mail catcher shows what it caught")
    base_url: str = Field(default="", description="Address of the pages as officers reach them")
    smtp_host: str = Field(default="", description="Mail server; empty: `dondoc up` catches mail in the home folder")
    smtp_port: int = 1025
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_ca_file: FilePath | None = Field(
        default=None, description="Authorities (PEM) trusted for the mail server's certificate beside the system's own"
    )
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_connections: int = Field(default=4, ge=1, description="Connections to the mail server that one worker opens")
    smtp_rate: float = Field(default=50, gt=0, description="Mails a second that one worker sends at most")
    smtp_collect: float = Field(default=1, ge=0, description="Seconds that a delivery waits for more mail")
    mail_hours: _Hours = Field(
        default=(time(7), time(18)),
        description="Hours in Vietnam between which mail leaves on working days; None: always",
    )
    mail_from: str = Field(default="dondoc@localhost", description="Sender address of all mail")
    mail_domain: str = Field(default="dondoc.invalid", description="Right-hand side of Message-IDs")

    report_template: FilePath | None = Field(
        default=None, description="An office's own Word template of summary reports; empty: ours"
    )
    signing_key: Path | None = Field(
        default=None, description="Private key (PEM, Ed25519) that signs what auditors take away; empty: nothing does"
    )

    @property
    def sql_url(self) -> str:
        return self.database_url or f"sqlite:///{(self.home / 'dondoc.db').absolute()}"

    @property
    def pages_url(self) -> str:
        return self.base_url or f"http://{self.host}:{self.web_port}"

    @property
    def files(self) -> Path:
        return self.home / "files"

    @property
    def archive(self) -> Path:
        return self.home / "archive"

    @property
    def maildir(self) -> Path:
        return self.home / "mail"

    @property
    def reports(self) -> Path:
        return self.home / "reports"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def temporal_state(self) -> Path:
        return self.home / "temporal.db"

    @property
    def catches_mail(self) -> bool:
        """Whether no mail server is configured, so that `dondoc up` brings its own catcher."""
        return not self.smtp_host
