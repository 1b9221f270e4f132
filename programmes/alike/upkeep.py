"""Keeping the pairs of alike pledges right: compared in the background, a programme at a time, after every change.

Like a search index, the pairs know the state of the archive that they are of (`AlikeState`). What has changed since is
written down as owed (`AlikeOwed`), and a programme is struck from there in the transaction that writes its pairs: a
worker that is killed loses at most the programme that it was at. Of a programme only what is new or changed
is compared, with all others of the archive, and what is found is written for both.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from programmes.alike.candidates import Best, Leaf, leaf, scores, weights_of
from programmes.alike.features import compare
from programmes.alike.judging import LISTED, judge, seen_from_the_other, sureness
from programmes.alike.likeness import own_words
from programmes.alike.statements import Statement, read
from programmes.alike.weights import Weights
from programmes.models import AlikeLeaf, AlikeOwed, AlikePair, AlikeState, Passage, PassageQuerySet, Programme, Section
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.models.search import ArchiveChange
from programmes.search.state import rules_sum, worked_out

logger = logging.getLogger(__name__)

MOST_CANDIDATES = 40
"""Pledges that one is compared with: so many are found at once, and more cost more than they bring."""
LEAST_FOUND = 0.16
"""Likeness of words below which a candidate is not compared; of what the judged lists have, nearly nothing is below."""
AT_ONCE = 250
"""Pledges whose candidates are read at a time."""
WORKING = 5_118_402_663
"""The advisory lock of the process that compares; chosen by chance."""


@cache
def rules() -> str:
    """Return a sum of the code and tables by which pledges are compared: when they change, all is compared anew."""
    own = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in {".py", ".toml"})
    return f"{crc32(b''.join(path.read_bytes() for path in own), rules_sum()):x}"


def catch_up(*, most: int | None = None) -> int:
    """Compare what is owed, `most` programmes of it; return how many were done. 0 where another process is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [WORKING])
        if not cursor.fetchone()[0]:
            return 0
    try:
        note_owed()
        done = 0
        for programme_id in list(AlikeOwed.objects.order_by("pk").values_list("pk", flat=True)[:most]):
            try:
                settle(programme_id)
            except DatabaseError:
                raise
            except Exception:
                logger.exception("The pledges of programme %s could not be compared; they stay owed", programme_id)
            else:
                done += 1
        return done
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [WORKING])


def build_anew() -> int:
    """Compare the whole archive from the beginning; return how many programmes were done."""
    AlikePair.objects.all().delete()
    AlikeLeaf.objects.all().delete()
    AlikeState.objects.update_or_create(id=1, defaults={"mark": "", "rules": ""})
    return catch_up()


def owed() -> int:
    """Return how many programmes have still to be compared."""
    noted = set(AlikeOwed.objects.values_list("pk", flat=True))
    return len(noted | _changed_since(AlikeState.objects.filter(id=1).first() or AlikeState()))


@transaction.atomic
def note_owed() -> None:
    """Write down which programmes have changed since it was last written down; all of them where nobody can tell.

    Only for who holds the lock: what is noted while a programme is compared would be struck out with it.
    """
    AlikeState.objects.get_or_create(id=1)
    state = AlikeState.objects.select_for_update().get(id=1)
    mark = _last_mark()  # before the changes are read: one that comes in between is owed twice, and none is lost
    changed = _changed_since(state)
    if state.rules != rules():
        AlikeLeaf.objects.all().delete()
    AlikeOwed.objects.bulk_create([AlikeOwed(pk) for pk in sorted(changed)], ignore_conflicts=True)
    if (state.mark, state.rules) != (mark, rules()):
        state.mark, state.rules = mark, rules()
        state.save()


def _last_mark() -> str:
    return ArchiveChange.objects.order_by("-pk").values_list("mark", flat=True).first() or ""


def _changed_since(state: AlikeState) -> set[int]:
    """Return the programmes that have changed since a state of the pairs; all where nobody can tell."""
    if (state.mark, state.rules) == (_last_mark(), rules()):
        return set()
    known = ArchiveChange.objects.filter(mark=state.mark).values_list("pk", flat=True).first()
    if known is None or state.rules != rules():
        compared = AlikeLeaf.objects.values_list("pk", flat=True)
        return {*Programme.objects.published().values_list("pk", flat=True), *compared}
    return {pk for pk in ArchiveChange.objects.filter(pk__gt=known).values_list("programme_id", flat=True) if pk}


@transaction.atomic
def settle(programme_id: int) -> None:
    """Make the pairs of a programme's pledges right, and strike it from what is owed."""
    known = AlikeLeaf.objects.filter(pk=programme_id).first()
    before = Leaf.from_bytes(bytes(known.kept)) if known else leaf([], [], [])
    pledges = list(_pledges(Passage.objects.published().filter(programme_id=programme_id)))
    digests = {pledge.key: pledge.digest for pledge in pledges}
    stale = {
        key
        for key, digest in zip(before.keys.tolist(), before.digests.tolist(), strict=True)
        if digests.get(key) != digest
    }
    fresh = [pledge for pledge in pledges if pledge.key not in before.keys or pledge.key in stale]
    touched = stale | {pledge.key for pledge in fresh}
    outdated = Q(one_id__in=touched) | Q(other_id__in=touched)
    if known is None:  # by older rules, or never: what is there of it is not known one by one
        outdated |= Q(one__programme_id=programme_id) | Q(other__programme_id=programme_id)
    removed, _by_model = AlikePair.objects.filter(outdated).delete()
    if pledges:
        AlikeLeaf.objects.update_or_create(pk=programme_id, defaults={"kept": _leaf(pledges).as_bytes()})
    elif known:
        known.delete()
    if fresh:
        AlikePair.objects.bulk_create(_pairs(fresh), batch_size=2000, ignore_conflicts=True)
    AlikeOwed.objects.filter(pk=programme_id).delete()
    if touched or removed:
        worked_out()


def leaves() -> Iterator[Leaf]:
    """Yield the words of each compared programme's pledges, one programme after the other."""
    for row in AlikeLeaf.objects.order_by("pk").iterator(chunk_size=10):
        yield Leaf.from_bytes(bytes(row.kept))


def leaves_as_published() -> Iterator[Leaf]:
    """Yield the words of each published programme's pledges as they are now: kept ones, or read anew where owed.

    For who asks the archive once and can't wait for the worker's pairs; nothing is written.
    """
    state = AlikeState.objects.filter(id=1).first() or AlikeState()
    stale = {*AlikeOwed.objects.values_list("pk", flat=True), *_changed_since(state)}
    for pk in list(Programme.objects.published().order_by("pk").values_list("pk", flat=True)):
        known = None if pk in stale else AlikeLeaf.objects.filter(pk=pk).first()
        if known:
            yield Leaf.from_bytes(bytes(known.kept))
        else:
            yield _leaf(list(_pledges(Passage.objects.published().filter(programme_id=pk))))


@dataclass(frozen=True, slots=True)
class Kept:
    """A pledge with its key, as it is compared."""

    key: int
    digest: int
    statement: Statement


def pairs_of(programme_id: int) -> list[AlikePair]:
    """Return all pairs of a programme's pledges, unsaved: what `settle` writes of one that is new."""
    return list(_pairs(list(_pledges(Passage.objects.published().filter(programme_id=programme_id)))))


def _leaf(pledges: Sequence[Kept]) -> Leaf:
    return leaf([each.statement for each in pledges], [each.key for each in pledges], [each.digest for each in pledges])


def _pledges(passages: PassageQuerySet) -> Iterator[Kept]:
    """Yield what is compared of some passages; dissents among them, which are marked where they are shown."""
    rows = list(passages.filter(kind__in=ADDRESSED_AS_PLEDGES).order_by("pk"))
    headings = _headings({row.programme_id for row in rows})
    for row in rows:
        above = headings[row.section_id]
        written = "\n".join((row.readable_text, row.lead_in, above))
        yield Kept(row.pk, crc32(written.encode()), read(row.readable_text, lead_in=row.lead_in, headings=above))


def _headings(programmes: set[int]) -> dict[int, str]:
    """Return for each section of some programmes its title and those above it."""
    found: dict[int, str] = {}
    sections = Section.objects.filter(programme_id__in=programmes).order_by("programme_id", "position")
    for pk, parent, title in sections.values_list("pk", "parent_id", "title"):
        found[pk] = f"{found.get(parent, '')} > {title}".removeprefix(" > ") if parent else title
    return found


def statements_of(keys: Sequence[int]) -> dict[int, Statement]:
    """Return pledges by their keys as they are compared; what has gone meanwhile is left out."""
    return {each.key: each.statement for each in _pledges(Passage.objects.published().filter(pk__in=keys))}


def found_for(
    statements: Sequence[Statement], among: Iterable[Leaf], weights: Weights, most: int
) -> list[list[tuple[int, float]]]:
    """Return for each of some pledges the keys of those that may be like it, with how well they were found."""
    asked = leaf(statements, range(len(statements)), [0] * len(statements), asks=True)
    best = Best.of(len(statements), most)
    for each in among:
        best.add(scores(asked, each, weights), each.keys)
    return best.of_each()


def _pairs(fresh: Sequence[Kept]) -> Iterator[AlikePair]:
    """Yield the pairs of some pledges with all others of the archive, both ways round."""
    weights = weights_of(leaves())
    found = found_for([pledge.statement for pledge in fresh], leaves(), weights, MOST_CANDIDATES)
    own = {pledge.key: pledge.statement for pledge in fresh}
    done: set[tuple[int, int]] = set()
    for first in range(0, len(fresh), AT_ONCE):
        some = list(zip(fresh[first : first + AT_ONCE], found[first : first + AT_ONCE], strict=True))
        keys = {key for _pledge, of_one in some for key, score in of_one if score >= LEAST_FOUND}
        others = own | statements_of([key for key in keys if key not in own])
        for pledge, of_one in some:
            for key, score in of_one:
                ends = (min(key, pledge.key), max(key, pledge.key))
                if score < LEAST_FOUND or key == pledge.key or ends in done or key not in others:
                    continue
                done.add(ends)
                yield from _rows(pledge.key, key, pledge.statement, others[key], weights)


def _rows(one_id: int, other_id: int, one: Statement, other: Statement, weights: Weights) -> Iterator[AlikePair]:
    pair = compare(one, other, weights)
    label = judge(pair).label
    if label not in AlikePair.Label.values or (sure := sureness(pair, label)) < LISTED:
        return
    yield _row(one_id, other_id, label, sure, own_words(one, other, weights))
    yield _row(other_id, one_id, seen_from_the_other(label), sure, own_words(other, one, weights))


def _row(one_id: int, other_id: int, label: str, sure: float, places: list[tuple[int, int]]) -> AlikePair:
    flat = [place for both in places for place in both]
    return AlikePair(one_id=one_id, other_id=other_id, label=label, score=sure, own_words=flat)
