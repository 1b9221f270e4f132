"""Puts a fault into what is in memory already, so that nothing has to be started anew for it."""

from __future__ import annotations

import gc
import inspect
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

Functions = dict[CodeType, list[FunctionType]]
"""The functions in memory by what they run."""


class NotInFunctions(Exception):
    """The fault shows when its module is imported, or can't be had by functions that are made already."""


def functions_of(paths: Iterable[Path]) -> Functions:
    """Return the functions in memory whose source stands in some files."""
    wanted = {str(path) for path in paths}
    found: Functions = defaultdict(list)
    for each in gc.get_objects():
        # `isinstance` would ask what is lazy what it is, and so make it
        if type(each) is FunctionType and each.__code__.co_filename in wanted:
            found[each.__code__].append(each)
    return found


def changed_code(path: Path, before: str, after: str) -> list[tuple[CodeType, CodeType | None]]:
    """Return what functions of a module run, each before and after a fault, where they differ; None for one that went.

    Raises `NotInFunctions` where more differs than functions, `SyntaxError` where the fault is no Python.
    """
    return list(_pairs(_compiled(before, path), compile(after, path, "exec", dont_inherit=True)))


@lru_cache(maxsize=1)
def _compiled(source: str, path: Path) -> CodeType:
    return compile(source, path, "exec", dont_inherit=True)


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType | None]]:
    if old.co_freevars != new.co_freevars:
        raise NotInFunctions
    if old.co_flags & inspect.CO_OPTIMIZED:  # a function, and no module or class
        if old != new:
            yield old, new
    elif _runs(old) != _runs(new):
        raise NotInFunctions
    inner_old, inner_new = _inner(old), _inner(new)
    for name, ones in inner_old.items():
        others: Sequence[CodeType | None] = inner_new.get(name, [])
        if len(others) != len(ones):  # what follows a `return` is not compiled, and what is in it neither
            others = [None] * len(ones)
        for one, other in zip(ones, others, strict=True):
            if other is None:
                yield one, None
            else:
                yield from _pairs(one, other)


def _inner(code: CodeType) -> dict[str, list[CodeType]]:
    """Return what is defined in a function, class or module, by its name."""
    found: dict[str, list[CodeType]] = defaultdict(list)
    for each in code.co_consts:
        if isinstance(each, CodeType):
            found[each.co_name].append(each)
    return found


def _runs(code: CodeType) -> tuple[object, ...]:
    """Return what a module or class does itself, apart from the functions in it."""
    constants = [(type(each), each) for each in code.co_consts if not isinstance(each, CodeType)]
    return code.co_code, constants, code.co_names


def swap(functions: Functions, pairs: Iterable[tuple[CodeType, CodeType | None]]) -> None:
    """Let functions in memory run what stands beside what they run now.

    Raises `NotInFunctions` where one can't, or where no function is in memory: the fault would be nowhere.
    """
    found = [(function, new) for old, new in pairs for function in functions.get(old, ())]
    if not found:
        raise NotInFunctions
    for function, new in found:
        if new is None:
            raise NotInFunctions
        try:
            function.__code__ = new
        except ValueError as error:  # it asks for other names of the function around it
            raise NotInFunctions from error


def import_again(path: Path, source: str) -> None:
    """Let a module in memory do anew what it does when it is imported, with other source.

    What others have imported from it under the same name becomes the new one there too; what they keep elsewhere, in a
    table or by a decorator, stays the old one: that tests pass says nothing then. Raises what the module raises.
    """
    module = next(each for each in sys.modules.values() if getattr(each, "__file__", None) == str(path))
    before = dict(vars(module))
    exec(compile(source, path, "exec", dont_inherit=True), vars(module))  # noqa: S102 - a module of our own
    new = {name: value for name, value in vars(module).items() if before.get(name) is not value}
    for other in [each for each in sys.modules.values() if isinstance(each, ModuleType) and each is not module]:
        known = vars(other)
        for name in new.keys() & known.keys():
            if name in before and known[name] is before[name] and not name.startswith("__"):
                known[name] = new[name]
