"""A service that did not answer."""


class Unreachable(Exception):
    """A service cannot be reached: which one, at what address, and what to do."""

    def __init__(self, service: str, address: str, advice: str) -> None:
        super().__init__(f"{service} cannot be reached at {address}: {advice}")
        self.service = service
        self.address = address
        self.advice = advice
