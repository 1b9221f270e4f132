"""How the values of the parser are made: dataclasses that are cheap to build and to copy with a change.

A parse builds hundreds of thousands of them. One that Python itself keeps from being changed takes nine times as long
to build, and `dataclasses.replace` three times as long to copy it (measured). So it is mypy that keeps them from being
changed.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

Kind = TypeVar("Kind")
Value = TypeVar("Value")


@dataclass_transform(frozen_default=True)
def value(kind: type[Kind]) -> type[Kind]:
    """Make a dataclass of a class of several fields: its instances are equal by what they hold, and never change."""
    made = dataclass(slots=True, unsafe_hash=True)(kind)
    made._all_fields = attrgetter(*[field.name for field in fields(made)])  # type: ignore[attr-defined, arg-type]
    return made


if TYPE_CHECKING:
    from dataclasses import replace as replace  # mypy knows which fields a value has, and of which types
else:

    def replace(one: Value, **changes: Any) -> Value:
        """Return a copy of a value with some fields changed; raise AttributeError for one that it does not have."""
        copy = type(one)(*one._all_fields(one))
        for name, content in changes.items():
            setattr(copy, name, content)
        return copy


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for values that hold each other, in this process: a parse makes none of those.

    Looking at its hundreds of thousands of values over and over takes a sixth of its time (measured).
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
