"""The addresses of the reading room, named here and nowhere else."""

from urllib.parse import quote

DOOR = "/tra-cuu"
ASK = f"{DOOR}/dang-nhap"
ENTER = f"{DOOR}/vao"
LEAVE = f"{DOOR}/dang-xuat"
DIRECTIVES = f"{DOOR}/van-ban"
UNITS = f"{DOOR}/don-vi"
OBLIGATIONS = f"{DOOR}/nhiem-vu"
SEARCH = f"{DOOR}/tim"
TECHNICAL = f"{DOOR}/ky-thuat"


def directive(directive_id: str) -> str:
    return f"{DIRECTIVES}/{_part(directive_id)}"


def unit(code: str) -> str:
    return f"{UNITS}/{_part(code)}"


def obligation(cascade_id: str, key: str) -> str:
    return f"{OBLIGATIONS}/{_part(cascade_id)}/{_part(key)}"


def _part(text: str) -> str:
    return quote(text, safe="@:")
