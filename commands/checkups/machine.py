"""Checks of the machine: Python, time zones, fonts, an office's own template, folders and room on the disk."""

import platform
import shutil
import sys
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from commands.checkups.finding import Finding, warning, well, wrong
from settings import Settings

_OLDEST = (3, 11)
_ROOM = 1_000_000_000
"""Free bytes from which on a disk is roomy enough: some hundred submissions with files."""


def python(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Whether this Python is new enough."""
    said = f"Python {'.'.join(map(str, version))} on {platform.system()}"
    oldest = ".".join(map(str, _OLDEST))
    return well("python", said) if version >= _OLDEST else wrong("python", said, f"install Python {oldest} or newer")


def time_zone(name: str = "Asia/Ho_Chi_Minh") -> Finding:
    """Whether Vietnamese time is known here, without which no deadline can be told."""
    try:
        return well("time zones", f"{ZoneInfo(name).key} is known")
    except ZoneInfoNotFoundError:
        return wrong("time zones", f"this machine does not know {name}", "install the tzdata package")


def fonts() -> Finding:
    """Which font reports and receipts are printed in."""
    from reports.fonts import found_font, is_official

    family = found_font()
    if is_official(family):
        return well("fonts", f"PDFs are set in {family}")
    todo = "install Tinos (package fonts-croscore) or Times New Roman, which Decree 30/2020 asks for"
    return warning("fonts", f"PDFs are set in {family}", todo)


def template(settings: Settings) -> list[Finding]:
    """Whether an office's own template of the summary report can be used; nothing where it is ours."""
    from reports.forms import TemplateUnfit
    from reports.office_template import check_template

    if settings.report_template is None:
        return []
    try:
        check_template(settings.report_template)
    except TemplateUnfit as error:
        todo = "mend it, or take DONDOC_REPORT_TEMPLATE away; reports that are due wait until then"
        return [wrong("report template", str(error), todo)]
    return [well("report template", f"{settings.report_template} can be filled")]


def folders(settings: Settings) -> list[Finding]:
    """Whether the home folder and the file store, which is made with its first file, can be written, and how much room
    they have."""
    if not settings.home.is_dir():
        return [wrong("home folder", f"there is no folder {settings.home.absolute()}", "run `dondoc init`")]
    store = settings.files if settings.files.exists() else settings.home
    return [_writable("home folder", settings.home), _writable("file store", store), _room(settings.home)]


def _writable(check: str, folder: Path) -> Finding:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
            return well(check, f"{folder.absolute()} can be written")
    except OSError as error:
        todo = "let the account that runs dondoc write there, or set DONDOC_HOME"
        return wrong(check, f"{folder.absolute()} cannot be written: {error.strerror}", todo)


def _room(folder: Path, enough: int = _ROOM) -> Finding:
    free = shutil.disk_usage(folder).free
    says = f"{free / 1e9:.1f} GB free under {folder.absolute()}"
    if free >= enough:
        return well("disk", says)
    return warning("disk", says, "make room: what officers hand in is refused once the disk is full")
