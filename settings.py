"""Settings of an installation: environment variables `DONDOC_…`; Temporal's own are the standard `TEMPORAL_…`."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_rate: float = Field(default=50, gt=0, description="Mails a second that one worker sends at most")
    smtp_collect: float = Field(default=1, ge=0, description="Seconds that a delivery waits for more mail")
    mail_from: str = Field(default="dondoc@localhost", description="Sender address of all mail")
    mail_domain: str = Field(default="dondoc.invalid", description="Right-hand side of Message-IDs")

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
