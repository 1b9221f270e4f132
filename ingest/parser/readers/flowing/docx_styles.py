"""Styles and numbering of DOCX: what a paragraph is, and the number or bullet that Word shows before it.

ECMA-376 part 1: styles 17.7, numbering 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.parser.readers.flowing.numbering import ordinal, readable_bullet
from ingest.parser.readers.flowing.office import Element, attribute, child, children, local, whole
from ingest.parser.readers.flowing.word_flow import MAX_CHAIN, ParagraphKind, style_chain

NUMBER_FORMATS = {
    # w:numFmt      our style     third of a list
    "decimal": "decimal",  # 3
    "decimalZero": "decimal",
    "lowerLetter": "alpha",  # c
    "upperLetter": "Alpha",  # C
    "lowerRoman": "roman",  # iii
    "upperRoman": "Roman",  # III
}
TOGGLES = {"vanish": "hidden", "strike": "struck", "dstrike": "struck"}
"""What takes words out of the text that a page shows."""
MAY_BE_COLOURED = ("{*}tc", "{*}txbxContent")
"""What may have a ground of its own: a cell, a text box."""
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Label:
    """The bullet or number before a paragraph, and the list level from 1."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Look:
    """How words stand to the text that they stand in."""

    raised: bool = False
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    white: bool = False
    """Set in white …"""
    ground: bool = False
    """… on a ground that may be of another colour."""

    @property
    def why(self) -> str:
        """Why the words are no text, or ""."""
        if self.deleted:
            return "deleted text"
        if self.hidden or (self.white and not self.ground):
            return "hidden text"
        return "struck-out text" if self.struck else ""


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        self.coloured_page = False
        """The pages have a ground of their own."""
        self._looks: dict[tuple[str, Look], Look] = {}
        for style in children(root):
            if local(style) == "style":
                self._styles[attribute(style, "styleId")] = style
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                    self._default = attribute(style, "styleId")

    def chain(self, style_id: str) -> list[Element]:
        """Return a style and those that it is based on, nearest first."""
        return style_chain(self._styles, style_id, lambda style: attribute(child(style, "basedOn"), "val"))

    def of(self, paragraph: Element) -> list[Element]:
        """Return the chain of a paragraph's styles."""
        return self.chain(attribute(child(paragraph, "pPr", "pStyle"), "val") or self._default)

    def kind(self, paragraph: Element) -> ParagraphKind:
        """Return what a paragraph is by its own properties and its styles."""
        chain = self.of(paragraph)
        levels = [attribute(child(owner, "pPr", "outlineLvl"), "val") for owner in (paragraph, *chain)]
        outline = next((whole(level, 9) for level in levels if level), None)
        return ParagraphKind.of([attribute(child(style, "name"), "val") for style in chain], outline)

    def is_bold(self, paragraph: Element) -> bool:
        """Return whether a paragraph's styles set its words bold."""
        toggles = (is_on(child(style, "rPr", "b")) for style in self.of(paragraph))
        return next((on for on in toggles if on is not None), False)

    def look(self, run: Element, paragraph: Look) -> Look:
        """Return how a run stands to the text, by its own properties and its style's, else as its paragraph's."""
        own = child(run, "rPr")
        if own is None:
            return paragraph
        style = attribute(child(own, "rStyle"), "val")
        return _look(own, self._style_look(style, paragraph) if style else paragraph)

    def paragraph_look(self, paragraph: Element) -> Look:
        """Return how the words of a paragraph stand to the text by its style and by what it stands in."""
        grounds = (child(owner, "pPr", "shd") for owner in (paragraph, *self.of(paragraph)))
        boxed = next(paragraph.iterancestors(*MAY_BE_COLOURED), None) is not None
        around = Look(ground=boxed or self.coloured_page or any(ground is not None for ground in grounds))
        return self._style_look(attribute(child(paragraph, "pPr", "pStyle"), "val") or self._default, around)

    def _style_look(self, style: str, around: Look) -> Look:
        known = self._looks.get((style, around))
        if known is None:
            known = around
            for owner in reversed(self.chain(style)):
                known = _look(child(owner, "rPr"), known)
            self._looks[style, around] = known
        return known


def _look(properties: Element | None, around: Look) -> Look:
    """Return a look with what some properties say of it."""
    said: dict[str, bool] = {}
    for element in properties if properties is not None else ():
        if local(element) == "vertAlign":
            said["raised"] = attribute(element, "val") == "superscript"
        elif local(element) == "color":
            said["white"] = attribute(element, "val").upper() == "FFFFFF"
        elif local(element) in ("shd", "highlight"):
            said["ground"] = True
        elif name := TOGGLES.get(local(element)):
            said[name] = bool(is_on(element))
    return replace(around, **said) if said else around


def is_on(toggle: Element | None) -> bool | None:
    """Return whether a toggle such as `w:b` is on, None where it is not given."""
    return None if toggle is None else attribute(toggle, "val") not in ("0", "false", "off", "none")


class Numbering:
    """The lists of a document, counted as the paragraphs come."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        for element in children(root):
            if local(element) == "abstractNum":
                self._lists[attribute(element, "abstractNumId")] = element
            elif local(element) == "num":
                self._nums[attribute(element, "numId")] = element
        self._counts: dict[str, list[int | None]] = {}
        self._used: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> Label | None:
        """Return the label of the next paragraph, None if it stands in no list. Call once for each, in order."""
        number = level = ""
        for owner in (paragraph, *self._styles.of(paragraph)):
            properties = child(owner, "pPr", "numPr")
            level = level or attribute(child(properties, "ilvl"), "val")
            if number := attribute(child(properties, "numId"), "val"):
                break
        if number not in self._nums:
            return None
        index = min(8, max(0, whole(level, 0)))
        abstract = self._abstract(number)
        definition = self._level(number, abstract, index)
        if definition is None:
            return None
        self._count(number, abstract, index)
        return Label(self._text(number, abstract, index, definition), index + 1)

    def _abstract(self, number: str) -> str:
        """Return the id of the list behind a number, through list styles if need be."""
        for _ in range(MAX_CHAIN):
            abstract = attribute(child(self._nums.get(number), "abstractNumId"), "val")
            style = attribute(child(self._lists.get(abstract), "numStyleLink"), "val")
            linked = next((attribute(child(s, "pPr", "numPr", "numId"), "val") for s in self._styles.chain(style)), "")
            if not linked or linked == number:
                break
            number = linked
        return abstract

    def _override(self, number: str, index: int) -> Element | None:
        overrides = (inner for inner in self._nums[number] if local(inner) == "lvlOverride")
        return next((inner for inner in overrides if attribute(inner, "ilvl") == str(index)), None)

    def _level(self, number: str, abstract: str, index: int) -> Element | None:
        """Return the definition of a level."""
        own = child(self._override(number, index), "lvl")
        if own is not None or abstract not in self._lists:
            return own
        levels = (inner for inner in self._lists[abstract] if local(inner) == "lvl")
        return next((inner for inner in levels if attribute(inner, "ilvl") == str(index)), None)

    def _start(self, number: str, abstract: str, index: int) -> int:
        start = attribute(child(self._override(number, index), "startOverride"), "val")
        return whole(start or attribute(child(self._level(number, abstract, index), "start"), "val"), 1)

    def _count(self, number: str, abstract: str, index: int) -> None:
        """Count a paragraph: its level goes up by one, those above begin if they have not, those below restart."""
        counts = self._counts.setdefault(abstract, [None] * 9)
        if (number, index) not in self._used:
            self._used.add((number, index))
            if child(self._override(number, index), "startOverride") is not None:
                counts[index] = None
        for upper in range(index):
            if counts[upper] is None:
                counts[upper] = self._start(number, abstract, upper)
        count = counts[index]
        counts[index] = self._start(number, abstract, index) if count is None else count + 1
        counts[index + 1 :] = [None] * (8 - index)

    def _text(self, number: str, abstract: str, index: int, definition: Element) -> str:
        """Return the label as it is shown: `lvlText` with its %1, %2 … replaced by the numbers of those levels."""
        pattern = attribute(child(definition, "lvlText"), "val")
        style = attribute(child(definition, "numFmt"), "val")
        if style == "bullet":
            return readable_bullet(pattern) or "•"
        if style == "none":
            return ""
        counts = self._counts[abstract]
        legal = is_on(child(definition, "isLgl"))

        def count(match: re.Match[str]) -> str:
            upper = int(match[1]) - 1
            format_of = child(self._level(number, abstract, upper), "numFmt")
            shown = "decimal" if legal else NUMBER_FORMATS.get(attribute(format_of, "val"), "decimal")
            return ordinal(counts[upper] or 1, shown)

        return _PLACEHOLDER.sub(count, pattern).strip()
