"""Settings of mail: hours as people write them, and words that help where something is wrong."""

from datetime import time
from pathlib import Path

import pytest

from commands.errors import CommandError, load_settings


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        (None, (time(7), time(18))),
        ("06:30-20:00", (time(6, 30), time(20))),
        ("00:00 - 23:59", (time(0), time(23, 59))),
        ("always", None),
    ],
)
def test_hours_of_mail(monkeypatch: pytest.MonkeyPatch, written: str | None, hours: tuple[time, time] | None) -> None:
    if written:
        monkeypatch.setenv("DONDOC_MAIL_HOURS", written)
    assert load_settings().mail_hours == hours


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("7-18", "like 07:00-18:00"),
        ("07:00", "like 07:00-18:00"),
        ("07:00-24:00", "like 07:00-18:00"),
        ("22:00-06:00", "the first hour must come before the last"),
    ],
)
def test_hours_that_cannot_be_read_are_said_with_the_name_of_the_setting(
    monkeypatch: pytest.MonkeyPatch, written: str, words: str
) -> None:
    monkeypatch.setenv("DONDOC_MAIL_HOURS", written)
    with pytest.raises(CommandError, match=f"DONDOC_MAIL_HOURS: .*{words}"):
        load_settings()


def test_an_authority_that_is_not_there_is_said_before_any_mail_waits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DONDOC_SMTP_CA_FILE", str(tmp_path / "ca.pem"))
    with pytest.raises(CommandError, match="DONDOC_SMTP_CA_FILE"):
        load_settings()


def test_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_SMTP_PASSWORD", "bi mat")
    assert "bi mat" not in repr(load_settings())
