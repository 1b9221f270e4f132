"""What a PDF says about itself beside its pages: the structure tree and the bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.utils import decode_text

from ingest.parser.document import Bookmark

MOST_BOOKMARKS = 5_000
DEEPEST = 30

ROLES = ("TOC", "TOCI", "H1", "H2", "H3", "H4", "H5", "H6", "H", "Title", "Lbl", "LBody", "LI", "Caption", "TD", "TH")
"""Roles with a meaning for the stages: the outermost of these that a text stands in rules, in this order."""


def page_tags(document: PDFDocument, page: PDFPage) -> Callable[[int], str]:
    """Return a function that gives the role of a page's marked content in the structure tree, by its id."""
    root = resolve1(document.catalog.get("StructTreeRoot"))
    parents = resolve1(page.attrs.get("StructParents"))
    if not isinstance(root, dict) or not isinstance(parents, int):
        return lambda mcid: ""
    elements = _lookup(resolve1(root.get("ParentTree")), parents)
    elements = elements if isinstance(elements, list) else []
    roles = resolve1(root.get("RoleMap"))
    roles = roles if isinstance(roles, dict) else {}
    known: dict[int, str] = {}

    def tag(mcid: int) -> str:
        if not 0 <= mcid < len(elements):
            return ""
        if mcid not in known:
            known[mcid] = _role(elements[mcid], roles)
        return known[mcid]

    return tag


def _lookup(tree: Any, number: int) -> Any:
    """Return the value of a number in a PDF number tree, or None."""
    for _ in range(DEEPEST):
        if not isinstance(tree, dict):
            return None
        if "Nums" in tree:
            flat = list_value(tree["Nums"])
            for key, value in zip(flat[::2], flat[1::2], strict=False):
                if resolve1(key) == number:
                    return resolve1(value)
            return None
        for kid in list_value(tree.get("Kids", [])):
            branch = dict_value(kid)
            limits = [resolve1(limit) for limit in list_value(branch.get("Limits", []))]
            if len(limits) == 2 and limits[0] <= number <= limits[1]:
                tree = branch
                break
        else:
            return None
    return None


def _role(element: Any, roles: Mapping[str, Any]) -> str:
    """Return the role with the most meaning on the way from an element to the root."""
    path = []
    for _ in range(DEEPEST):
        element = resolve1(element)
        if not isinstance(element, dict):
            break
        name = getattr(resolve1(element.get("S")), "name", "")
        for _ in range(3):
            mapped = getattr(resolve1(roles.get(name)), "name", "")
            if not mapped or mapped == name:
                break
            name = mapped
        path.append(str(name))
        element = element.get("P")
    return next((role for role in ROLES if role in path), "P" if "P" in path else "")


def bookmarks(document: PDFDocument, pages: Mapping[object, int], heights: Mapping[int, float]) -> tuple[Bookmark, ...]:
    """Return the entries of the outline in document order; a loop in a damaged file ends the walk.

    `pages` gives the page numbers by object id, `heights` the pages' heights by number.
    """
    root = resolve1(document.catalog.get("Outlines"))
    if not isinstance(root, dict):
        return ()
    found: list[Bookmark] = []
    seen: set[int] = set()
    waiting: list[tuple[Any, int]] = [(root.get("First"), 1)]
    while waiting and len(found) < MOST_BOOKMARKS:
        reference, level = waiting.pop()
        if isinstance(reference, PDFObjRef):
            if reference.objid in seen:
                continue
            seen.add(reference.objid)
        entry = resolve1(reference)
        if not isinstance(entry, dict):
            continue
        waiting.append((entry.get("Next"), level))
        waiting.append((entry.get("First"), level + 1))
        title = resolve1(entry.get("Title"))
        if isinstance(title, bytes) and (text := " ".join(decode_text(title).split())):
            page, up = _target(document, entry, pages)
            top = None if page is None or up is None else round(heights.get(page, up) - up, 1)
            found.append(Bookmark(text, level, page, top))
    return tuple(found)


def _target(
    document: PDFDocument, entry: Mapping[str, Any], pages: Mapping[object, int]
) -> tuple[int | None, float | None]:
    """Return the page that an outline entry points to, and how far up from its foot."""
    goal = resolve1(entry.get("Dest"))
    if goal is None:
        action = resolve1(entry.get("A"))
        goal = resolve1(action.get("D")) if isinstance(action, dict) else None
    try:
        if isinstance(goal, (bytes, str)):
            goal = resolve1(document.get_dest(goal))
        elif hasattr(goal, "name"):
            goal = resolve1(document.get_dest(goal.name))
    except (PDFException, KeyError, TypeError, IndexError):
        return None, None
    if isinstance(goal, dict):
        goal = resolve1(goal.get("D"))
    if not isinstance(goal, list) or not goal:
        return None, None
    page = pages.get(goal[0].objid) if isinstance(goal[0], PDFObjRef) else None
    height = resolve1(goal[3]) if len(goal) > 3 else None
    return page, float(height) if isinstance(height, (int, float)) else None
