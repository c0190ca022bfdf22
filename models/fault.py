"""Something wrong or doubtful in a file, said so that it can be mended."""

from models.base import Wire


class Fault(Wire):
    """`path` is where in the file, like `requirements.annual-plan.due`; `line` counts from 1, 0 if unknown."""

    code: str
    path: str
    line: int
    message: str
