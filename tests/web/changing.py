"""A ledger that answers after the register has changed: what the page is afterwards is given beforehand."""

from models.command import Command, Receipt
from models.pages import RegisterPage
from tests.web.fakes import FakeCascades, FakePages


class ChangingCascades(FakeCascades):
    """The port over which a command changes what the pages show."""

    def __init__(self, pages: FakePages) -> None:
        super().__init__()
        self.pages = pages
        self.afterwards: RegisterPage | None = None

    async def send(self, cascade_id: str, command: Command) -> Receipt:
        if self.afterwards is not None:
            self.pages.register = self.afterwards
        return await super().send(cascade_id, command)
