"""How somebody changes or ends the whole directive on the pages of its first register."""

from playwright.async_api import Page

from models.changing import CannotChange, Hindrance
from models.fault import Fault
from tests.browser.hands import fill, press
from tests.browser.serving import Fakes
from tests.web import samples

_REASON = "Theo Công văn số 5100/UBND-VHXH ngày 20/10/2020: điều chỉnh nhiệm vụ những tháng cuối năm."
_FILE = {"name": "908-sua-doi.yaml", "mimeType": "application/yaml", "buffer": b"document:\n  date: 2020-13-14\n"}
_FAULTS = (
    Fault(
        code="value",
        path="document.date",
        line=2,
        message="'date' is a day: write for example `date: 2024-03-08`, not '2020-13-14'",
    ),
    Fault(
        code="unknown_unit",
        path="requirements.services.to.units.0",
        line=41,
        message="no unit '481-ldtb' in the registry; did you mean '481-ldtbxh'?",
    ),
)


def supervised(fakes: Fakes) -> None:
    fakes.pages.register = fakes.pages.register.model_copy(update={"supervises": True})


def faulty(fakes: Fakes) -> None:
    supervised(fakes)
    fakes.changes.hindered = CannotChange(Hindrance.FILE_FAULTY, _FAULTS)


def behind(fakes: Fakes) -> None:
    supervised(fakes)
    fakes.changes.version, fakes.changes.behind = 2, 2


async def upload(page: Page) -> None:
    form = page.locator("#amending-form")
    await form.locator("input[type=file]").set_input_files(_FILE)  # type: ignore[arg-type]  # a mapping of that form
    await fill(form, why=_REASON, number="99/SLĐTBXH-BĐG", date="01/10/2020")
    await press(form)


async def upload_and_unfold(page: Page) -> None:
    await upload(page)
    await page.locator("summary").first.click()


async def end_without_reason(page: Page) -> None:
    await press(page.locator("#ending-form"))


async def look_for_units(page: Page) -> None:
    form = page.locator("#enlisting-form")
    await form.locator("input[value=services]").check()
    await fill(form, words="huyen phu", why=_REASON)
    await form.locator("button[value=search]").click()


async def about_to_enlist(page: Page) -> None:
    await look_for_units(page)
    form = page.locator("#enlisting-form")
    await form.locator(f"input[value='{samples.unit('huyện Phú Vang').code}']").check()
    await form.locator("button[value=look]").click()
