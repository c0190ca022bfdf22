"""Numbers as Vietnamese papers write them."""


def figure(value: float) -> str:
    """A dot between thousands, a comma before at most two decimals, no decimals that are zero: `1.234,5`."""
    whole, _, decimals = f"{value:,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")
