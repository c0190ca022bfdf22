"""What people do on a page: find a form, unfold it, fill it in, press its button."""

from playwright.async_api import FilePayload, Locator, Page

PLAN = {"number": "12/KH-UBND", "date": "02/03/2020", "signer": "Lê Thị Lan"}
"""What is typed into the form of a plan."""


def form(page: Page, action: str, **fields: str) -> Locator:
    """The form that posts to an action and has hidden fields with these values."""
    found = page.locator(f"form[action$='/{action}']")
    for name, value in fields.items():
        found = found.filter(has=page.locator(f"input[name='{name}'][value='{value}']"))
    return found


async def unfold(inside: Locator) -> None:
    """Open everything around an element, from the outside in."""
    folded = inside.locator("xpath=ancestor::details[not(@open)]")
    while await folded.count():
        await folded.first.locator("> summary").click()


async def fill(inside: Locator, **typed: str) -> None:
    """Unfold a form and type into its fields; what is typed of a group of radio buttons is the one to choose."""
    await unfold(inside)
    for name, text in typed.items():
        field = inside.locator(f"[name='{name}']").first
        if await field.get_attribute("type") == "radio":
            await inside.locator(f"[name='{name}'][value='{text}']").check()
        else:
            await field.fill(text)


async def choose_file(inside: Locator, name: str, content: bytes) -> None:
    """Choose a file, which the browser calls a PDF whatever it is."""
    file = FilePayload(name=name, mimeType="application/pdf", buffer=content)
    await inside.locator("input[type=file]").set_input_files(file)


async def press(inside: Locator, name: str = "") -> None:
    """Press the button of a form that says this, or the one that sends it."""
    await unfold(inside)
    button = inside.get_by_role("button", name=name) if name else inside.locator("button:not(.plain-button)")
    await button.click()
