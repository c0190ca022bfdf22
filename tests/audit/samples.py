"""One of everything that a trail may hold, made from the models themselves, so that no new kind is forgotten."""

import datetime as dt
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from models.actor import Actor, ActorKind, Identified
from models.event import Event, Fact
from models.journal import Entry, Note
from tests import small

KEY = f"plan@{small.HIGH}"
AT = small.STARTS + dt.timedelta(days=3)
OFFICER = Actor(kind=ActorKind.OFFICER, unit=small.HIGH, name="Lê Thị Lan", holder="focal", identified=Identified.LINK)
FACTS: tuple[type[BaseModel], ...] = get_args(get_args(Fact)[0])
NOTES: tuple[type[BaseModel], ...] = get_args(get_args(Note)[0])
_BY_NAME = {
    "obligation": KEY,
    "obligations": (KEY,),
    "source": KEY,
    "recommendation": f"{KEY}/1.1",
    "recommendations": (f"{KEY}/1.1",),
    "unit": small.HIGH,
    "requirement": "plan",
    "step": "T+5",
    "bequeathed": {},
}
_BESIDES = {"DecisionsAwaited": {"submissions": {small.TOP: (KEY,)}}}
"""What would say nothing without."""
_STRINGS = {"request": f"{KEY}/r7", "number": "12/KH-UBND", "normal": "12/KH-UBND", "email": "lan@nho.example"}


def sample(kind: type[BaseModel]) -> Any:
    """A model of a kind with every field filled that has no default."""
    values = {
        name: _value(name, field.annotation)
        for name, field in kind.model_fields.items()
        if field.default is PydanticUndefined and field.default_factory is None
    }
    return kind(**values | _BESIDES.get(kind.__name__, {}))


def event(fact: BaseModel, seq: int = 5, actor: Actor = OFFICER) -> Event:
    """An event of a fact."""
    return Event(seq=seq, at=AT, recorded_at=AT, actor=actor, cause="c1", fact=fact)


def entry(note: BaseModel, seq: int = 3, actor: Actor = OFFICER) -> Entry:
    """An entry of a journal."""
    return Entry(seq=seq, at=AT, recorded_at=AT, actor=actor, cause="5", note=note)


def _value(name: str, kind: Any) -> Any:
    if name in _BY_NAME and kind is not int:
        return _BY_NAME[name]
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return _value(name, next(part for part in parts if part is not type(None)))
    if origin is tuple:
        return (_value(name, parts[0]),)
    if origin is dict:
        return {_value(name, parts[0]): _value(name, parts[1])}
    return _plain(name, kind)


def _plain(name: str, kind: Any) -> Any:
    if not isinstance(kind, type):
        return AT
    if issubclass(kind, BaseModel):
        return sample(kind)
    if issubclass(kind, Enum):
        return next(iter(kind))
    if issubclass(kind, str):
        return _STRINGS.get(name, "abcdef")
    if issubclass(kind, bool):
        return False
    if issubclass(kind, int):
        return 1
    return AT.date() if kind is dt.date else AT
