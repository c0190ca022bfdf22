"""Handing in, as a browser does it."""

import httpx

from models.command import Submit
from models.register import ObligationLine
from tests.web import contents, samples
from tests.web.fakes import OFFICER_TOKEN, FakeCascades

HOME = f"/v/{OFFICER_TOKEN}"
COMMAND = "made-when-the-page-was-shown"
PLAN = {"number": "Số: 45/KH–UBND", "date": "2020-05-22", "signer": "Hồ Văn Ngưm"}
OWED_PLAN = samples.line("action-month-plan")
GOOD_PLAN = ("files", ("Kế hoạch.pdf", contents.PDF, "text/plain"))


async def hand_in(
    client: httpx.AsyncClient, line: ObligationLine, *files: tuple[str, tuple[str, bytes, str]], **typed: str
) -> httpx.Response:
    """Post the form of an obligation; browsers always send one empty file field."""
    return await client.post(
        f"{HOME}/submit",
        data={"command": COMMAND, "obligation": line.key, **typed},
        files=[*files, ("files", ("", b"", "application/octet-stream"))],
    )


def answered(cascades: FakeCascades) -> Submit:
    """The one answer that reached the ledger."""
    (command,) = cascades.sent
    assert isinstance(command, Submit)
    return command
