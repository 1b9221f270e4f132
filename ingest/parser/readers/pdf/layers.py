"""Layers of a PDF (optional content) that are switched off: what stands in them is not shown.

PDF 1.7, 8.11. Only the usual configuration counts; expressions of visibility and what holds for print alone do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, PDFStream, list_value, resolve1
from pdfminer.psparser import LIT, PSLiteral

LAYER = LIT("OC")
"""The tag of marked content that stands in a layer."""


def layers_off(document: PDFDocument) -> frozenset[int]:
    """Return the ids of the layers that are switched off when the file is opened."""
    properties = resolve1(document.catalog.get("OCProperties"))
    usual = resolve1(properties.get("D")) if isinstance(properties, dict) else None
    if not isinstance(usual, dict):
        return frozenset()
    off = _ids(usual.get("OFF"))
    if resolve1(usual.get("BaseState")) is LIT("OFF"):
        off |= _ids(properties.get("OCGs")) - _ids(usual.get("ON"))
    return off


def is_off(layer: object, off: frozenset[int]) -> bool:
    """Return whether a layer, or what a membership of several layers says, is switched off."""
    if layer is None:
        return False
    if isinstance(layer, PDFObjRef) and layer.objid in off:
        return True
    membership = resolve1(layer)
    if not isinstance(membership, dict) or "OCGs" not in membership:
        return False
    groups = membership["OCGs"]
    among = _references([groups] if isinstance(groups, PDFObjRef) and isinstance(resolve1(groups), dict) else groups)
    states = [group not in off for group in among]
    policy = resolve1(membership.get("P"))
    shown = {"AllOn": all(states), "AnyOff": not all(states), "AllOff": not any(states)}
    return bool(states) and not shown.get(str(getattr(policy, "name", "")), any(states))


def named_layer(forms: Mapping[Any, Any], name: object) -> object:
    """Return the layer that a form or picture of the page's resources belongs to, None for none."""
    form = resolve1(forms.get(name.name)) if isinstance(name, PSLiteral) else None
    return form.attrs.get("OC") if isinstance(form, PDFStream) else None


def _ids(references: object) -> frozenset[int]:
    return frozenset(_references(references))


def _references(references: object) -> Iterable[int]:
    """Return the ids of the objects that an array refers to."""
    array = resolve1(references)
    return [one.objid for one in list_value(array) if isinstance(one, PDFObjRef)] if isinstance(array, list) else []
