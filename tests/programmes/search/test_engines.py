"""Whoosh and PostgreSQL answer alike; a damaged or wrong index is mended; a killed writer harms nothing."""

import random
from collections import Counter

import numpy as np
import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection as db_connection
from django.db import transaction
from haystack import connections

from programmes.models import Passage, PassageTheme, Programme
from programmes.search import (
    Filters,
    Part,
    engine_named,
    index_programme,
    owed,
    postgres_index,
    search,
    whoosh_codec,
    whoosh_index,
    whoosh_snapshot,
)
from programmes.search.engine import Scope
from programmes.search.entries import IndexEntry, entries_of_programmes
from programmes.search.options import Option
from programmes.search.plan import AllOf, Leaf, Plan
from programmes.search.terms import WORD, Likeness
from programmes.search.theme_sets import ThemeSets
from programmes.search.upkeep import differences
from programmes.search.whoosh_engine import WhooshBackend
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = """
    skole skoler skulen elev elever lærer lærere gratis SFO skolehelsetjenesten barnehage barnehager utleiebolig
    bolig boliger buss tog kollektivtrafikk by byutvikling Bærum grønn grønne vei vegar bønder ikke i og vil EU EUs
    helse- og omsorgstjenester 40 % kirke kyrkje kunstig intelligens KI l'été o'brien
    """.split()  # noqa: SIM905 - words read best as words
ASKED = [*WORDS, "baerum", "gronn", "skolefritidsordning", "ukjentord", "AI", "kollektivtransport", "skatt"]
EXACT = (Option(Likeness.WORD, (WORD + "skole",)),)


@pytest.fixture
def archive():
    """Two hundred entries put together by chance, the same every time, of three parties and four years.

    In lists and in running text, with dissents, questions, other text and headings among them.
    """
    chance = random.Random(20)
    for number in range(8):
        branch = builders.national_branch(f"P{number % 3}", f"Grenda {number % 3}")
        theme = builders.theme(f"tema-{number % 2}", f"Tema {number % 2}")
        texts = [" ".join(chance.choices(WORDS, k=chance.randint(3, 9))) + "." for _ in range(40)]
        builders.programme(
            branch=branch,
            year=2011 + 4 * (number % 4),
            title=f"Program {number}",
            parse=builders.parsed(
                texts[:20],
                section=" ".join(chance.choices(WORDS, k=3)),
                prose_pledges=texts[20:25],
                dissents=texts[25:28],
                questions=texts[28:30],
                prose=texts[30:],
                theme=theme.slug,
            ),
        )
    engine_named("postgres").rebuild()


def generated_queries(count):
    """Return queries of every form of the grammar, put together by chance, the same every time."""
    chance = random.Random(4)
    forms = [
        lambda: chance.choice(ASKED),
        lambda: f"{chance.choice(ASKED)} {chance.choice(ASKED)}",
        lambda: f'"{chance.choice(WORDS)} {chance.choice(WORDS)}"',
        lambda: f"{chance.choice(ASKED)} -{chance.choice(ASKED)}",
        lambda: f"{chance.choice(ASKED)} OR {chance.choice(ASKED)}",
        lambda: f"{chance.choice(ASKED)[:3]}*",
        lambda: f"{chance.choice(ASKED)} parti:grenda-{chance.randint(0, 3)}",
        lambda: f"{chance.choice(ASKED)} -parti:grenda-1 år:{chance.choice([2011, 2015])} år:2019",
        lambda: f"tema:tema-{chance.randint(0, 1)} {chance.choice(ASKED)}",
        lambda: f"kapittel:kultur -{chance.choice(ASKED)}",
        lambda: f"{chance.choice(ASKED)}-{chance.choice(ASKED)}",
        lambda: f"{chance.choice(ASKED)}/{chance.choice(ASKED)} OR {chance.choice(ASKED)}*",
        lambda: f"parti:grenda-{chance.randint(0, 2)} -år:{chance.choice([2011, 2015])}",
        lambda: f"tema:tema-{chance.randint(0, 1)}",
        lambda: f"hva mener Grenda {chance.randint(0, 3)} om {chance.choice(ASKED)} og {chance.choice(ASKED)}?",
        lambda: f"år:{chance.choice([2011, 2015])} -tema:tema-{chance.randint(0, 1)} -{chance.choice(ASKED)}",
    ]
    return [forms[number % len(forms)]() for number in range(count)]


def answer(query, engine, **options):
    result = search(query, engine=engine, per_page=1000, beside=1000, **options)
    return (
        [(hit.public_id, hit.score) for hit in result.hits],
        [mention.public_id for mention in result.mentions],
        [chapter.section.public_id for chapter in result.chapters],
        {facet: [(row.value, row.count) for row in rows] for facet, rows in result.facets.items()},
        (result.total, result.kinds, result.below_headings, result.coverage),
        (result.suggestion, result.relaxed, result.without_filter),
    )


def write(engine, programme_id, entries):
    """Put the entries of a programme into an index in place of those that it has, whatever the archive says."""
    if engine == "postgres":
        postgres_index.replace(programme_id, entries)
        return
    folder = engine_named("whoosh").folder
    folder.snapshot(checked=False)
    with folder._writing():
        folder._replace(programme_id, entries)


def test_both_engines_give_the_same_answers(archive):
    queries = ["", *generated_queries(160)]
    different = [query for query in queries if answer(query, "whoosh") != answer(query, "postgres")]
    assert different == []
    sizes = Counter(search(query).total > 0 for query in queries)
    assert sizes[True] > 64, "too few of the queries find anything"


def test_an_index_of_many_segments_answers_as_one_of_a_single_one(archive, monkeypatch):
    queries = generated_queries(24)
    before = [answer(query, "whoosh") for query in queries]
    monkeypatch.setattr(whoosh_index, "SEGMENT", 30)
    engine_named("whoosh").rebuild()
    assert len(engine_named("whoosh").folder.snapshot().reader.leaf_readers()) > 1
    assert [answer(query, "whoosh") for query in queries] == before


def test_small_segments_are_merged_without_what_was_deleted():
    branch = builders.national_branch("FJORD", "Fjordpartiet")
    programmes = [
        builders.programme(branch=branch, year=2003 + 4 * number, parse=builders.parsed([text, "Gratis buss og tog."]))
        for number, text in enumerate(f"Gratis skole, nummer {number}, til hver elev." for number in range(6))
    ]
    for programme in (*programmes[2:4], *programmes[2:4]):
        write("whoosh", programme.pk, ())
        write("whoosh", programme.pk, entries_of_programmes([programme.pk]))
    write("whoosh", programmes[5].pk, ())
    engine_named("postgres").rebuild()
    write("postgres", programmes[5].pk, ())
    assert len(engine_named("whoosh").folder.snapshot().reader.leaf_readers()) < 6
    for query in ("skole", '"til hver elev"', '"buss og tog"', "skole nummer", "gratis -buss", "elev*", ""):
        assert answer(query, "whoosh") == answer(query, "postgres")
    assert search("skole", engine="whoosh").total == 5


def test_an_index_written_in_small_chunks_is_the_same(archive, monkeypatch):
    queries = generated_queries(24)
    before = [answer(query, "postgres") for query in queries]
    words_before = engine_named("postgres").vocabulary().counts
    monkeypatch.setattr(postgres_index, "COPIED", 30)
    monkeypatch.setattr(postgres_index, "WRITTEN", 7)
    monkeypatch.setattr(postgres_index, "MAX_KEPT", 5)
    engine_named("postgres").rebuild()
    assert [answer(query, "postgres") for query in queries] == before
    assert engine_named("postgres").vocabulary().counts == words_before == engine_named("whoosh").vocabulary().counts


def test_words_are_counted_alike_after_changes(archive):
    for programme in Programme.objects.order_by("pk")[:3]:
        for engine in ("whoosh", "postgres"):
            write(engine, programme.pk, ())
    one, other = (engine_named(engine).vocabulary().counts for engine in ("whoosh", "postgres"))
    assert one == other
    assert sum(one.values()) > 0


@pytest.mark.parametrize(
    "plan", [Plan(Leaf(())), Plan(AllOf((Leaf(()), Leaf(EXACT)))), Plan(None, (Leaf(()),))], ids=str
)
def test_what_nothing_is_like_finds_nothing_and_shuts_nothing_out(archive, plan):
    counts = [
        engine.count(plan, scope=Scope())
        for engine in map(engine_named, ("whoosh", "postgres"))
        if engine.vocabulary().counts
    ]
    assert counts == ([0, 0] if plan.wanted else [216, 216])


def test_a_very_long_pledge_is_found_by_its_beginning_and_by_every_word():
    long = "Gratis skole " + "og buss " * 9000 + "samt én ferge til Fjordvik."
    builders.programme(branch=builders.national_branch("FJORD", "Fjordpartiet"), parse=builders.parsed([long]))
    for query in ("buss", '"gratis skole og buss"', "ferge fjordvik", "fjordvik -buss"):
        assert answer(query, "whoosh") == answer(query, "postgres")
        assert search(query, engine="postgres").total == (0 if "-" in query else 1)


def test_themes_of_one_main_theme_count_an_entry_once():
    sets = ThemeSets([(3, [1]), (7, [11, 12, 2]), (9, [5]), (10, [])])
    main_theme_of = {1: 1, 11: 1, 12: 1, 2: 2}
    counts = sets.count_main_themes(np.array([3, 7, 8, 9]), np.array([10, 5, 100, 100]), main_theme_of)
    assert counts == {1: 15, 2: 5}, "set 8 and theme 5 are not known"
    assert sets.with_any({2, 5}).tolist() == [7, 9]
    assert sets.count_main_themes(np.array([3]), np.array([1]), {}) == {}


@pytest.mark.parametrize("engine", ["whoosh", "postgres"])
def test_no_theme_is_lost_however_many_a_pledge_has(engine):
    programme = builders.programme(parse=builders.parsed(["Gratis buss til skolen.", "Gratis tog."]))
    pledge, other = Passage.objects.filter(kind="pledge").order_by("position")
    themes = [builders.theme(f"tema-{number}", f"Tema {number}") for number in range(12)]
    for number, theme in enumerate(themes):
        PassageTheme.objects.create(passage=pledge, theme=theme, is_main=number == 7)
    PassageTheme.objects.create(passage=other, theme=themes[11], is_main=True)
    index_programme(programme)
    engine_named(engine).catch_up()
    found = search("gratis", engine=engine, per_page=20)
    assert {row.value: row.count for row in found.facets["theme"]} == {
        theme.slug: 2 if theme == themes[11] else 1 for theme in themes
    }
    for theme in themes:
        assert search(f"gratis tema:{theme.slug}", engine=engine).total == (2 if theme == themes[11] else 1)
    assert not differences(engine_named(engine))


def test_an_index_that_does_not_know_the_themes_is_built_anew(archive, monkeypatch, caplog):
    before = answer("skole", "whoosh")
    with monkeypatch.context() as older:
        for module in (whoosh_codec, whoosh_snapshot):
            older.setattr(module, "THEME_SET", "?")
        engine_named("whoosh").rebuild()
    assert answer("skole", "whoosh") == before
    assert "Building the search index anew" in caplog.text


@pytest.mark.parametrize("sort", ["relevance", "newest", "party"])
def test_both_engines_sort_and_page_alike(archive, sort):
    for query in ("skole", "", "bolig OR by"):
        for page in (1, 2, 5):
            one, other = (
                [hit.public_id for hit in search(query, engine=engine, sort=sort, page=page, per_page=7).hits]
                for engine in ("whoosh", "postgres")
            )
            assert one == other


@pytest.mark.parametrize("form", [(), ("list",), ("text",), ("list", "text")])
def test_filters_given_apart_count_alike(archive, form):
    filters = Filters(party=("grenda-0",), year=("2011", "2015"), theme=("tema-0",), form=form)
    for query in ("skole", ""):
        assert answer(query, "whoosh", filters=filters) == answer(query, "postgres", filters=filters)


@pytest.mark.parametrize("part", [Part.TEXT, Part.CHAPTERS])
def test_other_parts_are_paged_alike(archive, part):
    seen = []
    for page in (1, 2):
        one, other = (
            search("skole OR by", engine=engine, part=part, page=page, per_page=2) for engine in ("whoosh", "postgres")
        )
        assert (one.mentions, one.chapters, one.pages) == (other.mentions, other.chapters, other.pages)
        texts, headings = [each.public_id for each in one.mentions], [each.section.public_id for each in one.chapters]
        seen += texts if part is Part.TEXT else headings
    assert len(set(seen)) == len(seen) > 2


@pytest.mark.parametrize("engine", ["whoosh", "postgres"])
def test_check_index_finds_and_mends(archive, engine):
    assert not differences(engine_named(engine))
    changed, deleted = Passage.objects.order_by("pk")[:2]
    Passage.objects.filter(pk=changed.pk).update(text="Noe helt annet.")
    deleted_id = deleted.pk
    deleted.delete()
    found = differences(engine_named(engine))
    assert (found.missing, found.stray, found.changed) == (set(), {deleted_id}, {changed.pk})
    with pytest.raises(CommandError):
        call_command("check_index", "--engine", engine, "--no-mend")
    call_command("check_index", "--engine", engine)
    assert not differences(engine_named(engine))


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_index_is_built_anew(archive, tmp_path, caplog):  # Whoosh leaves a file open where it fails
    before = search("skole").total
    for damaged in ("*.toc", "*.seg"):
        WhooshBackend._folders.clear()  # as in a process that starts
        connections.reload("default")
        caplog.clear()
        for file in (tmp_path / "index").glob(f"*/{damaged}"):
            content = file.read_bytes()
            file.unlink()
            file.write_bytes(content[:40] + bytes(len(content) - 40))
        assert search("skole").total == before
        assert "Building the search index anew" in caplog.text


@pytest.mark.parametrize("damaged", ["CURRENT", "*/STATE"])
@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x01", b"../..", b""])
def test_damage_to_what_names_the_index_or_its_state_is_mended(archive, tmp_path, damaged, content):
    before = search("skole").total
    for file in (tmp_path / "index").glob(damaged):
        file.write_bytes(content)
    assert owed() != 0
    assert search("skole").total == before
    assert owed() == 0


def test_a_writer_killed_while_building_leaves_the_index_in_use(archive, monkeypatch):
    folder = engine_named("whoosh").folder
    before = search("skole").total

    def entries_then_killed():
        yield from ()
        raise KeyboardInterrupt

    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(whoosh_index, "published_entries", entries_then_killed)
        folder.rebuild()
    assert search("skole").total == before
    folder.rebuild()
    assert len([path for path in folder.path.iterdir() if path.is_dir()]) == 1


class Killed(IndexEntry):
    """An entry at which the process that writes it dies."""

    @property
    def terms(self):
        """Die."""
        raise KeyboardInterrupt


def test_a_writer_killed_while_changing_leaves_the_index_as_it_was(archive):
    before = answer("skole", "whoosh")
    programme = Passage.objects.first().programme_id
    first, *rest = entries_of_programmes([programme])
    fields = {name: getattr(first, name) for name in IndexEntry.__dataclass_fields__}
    with pytest.raises(KeyboardInterrupt):
        write("whoosh", programme, [Killed(**fields | {"text": "Annet"}), *rest[5:]])
    WhooshBackend._folders.clear()  # as in a process that starts
    connections.reload("default")
    assert answer("skole", "whoosh") == before
    write("whoosh", programme, entries_of_programmes([programme]))
    assert not differences(engine_named("whoosh"))


def test_the_postgres_index_is_part_of_the_transaction(archive):
    engine = engine_named("postgres")
    words_before = engine.vocabulary().counts
    programme = Passage.objects.first().programme_id
    with pytest.raises(RuntimeError), transaction.atomic():
        write("postgres", programme, ())
        raise RuntimeError
    assert not differences(engine)
    assert search("", engine="postgres").total == 216
    write("postgres", programme, ())
    assert len(differences(engine).missing) == 40 + 1, "the passages and the heading"
    assert search("", engine="postgres").total == 189
    write("postgres", programme, entries_of_programmes([programme]))
    assert not differences(engine)
    assert search("", engine="postgres").total == 216
    assert engine.vocabulary().counts == words_before


def use(engine, settings):
    """Make an engine the one that is asked and kept up to date."""
    settings.SEARCH_ENGINE = engine
    connections.connections_info["default"] = settings.SEARCH_ENGINES[engine]
    connections.reload("default")


@pytest.mark.parametrize("engine", ["whoosh", "postgres"])
def test_an_engine_that_was_not_in_use_is_made_right_before_it_answers(archive, settings, engine, caplog):
    settings.SEARCH_ENGINES = {**settings.SEARCH_ENGINES, "whoosh": connections.connections_info["default"]}
    branch = builders.national_branch("FJORD", "Fjordpartiet")
    before = search("fjellheis", engine=engine).total
    use({"whoosh": "postgres", "postgres": "whoosh"}[engine], settings)
    builders.programme(branch=branch, parse=builders.parsed(["Bygge fjellheis til Storfjell."]))
    WhooshBackend._folders.clear()  # as in a process that starts with the other engine
    caplog.clear()
    assert (before, search("fjellheis", engine=engine).total) == (0, 1)
    assert "behind the archive" not in caplog.text, "it catches up"
    engine_named(engine).clear()
    assert search("fjellheis", engine=engine).total == 1
    assert "behind the archive" in caplog.text, "it is built"
    caplog.clear()
    assert search("fjellheis", engine=engine).total == 1
    assert not caplog.text, "once"


def test_readers_are_asked_to_come_back_while_another_process_builds(archive, client, settings):
    use("postgres", settings)
    engine_named("postgres").clear()
    with psycopg.connect(
        **db_connection.get_connection_params() | {"dbname": db_connection.settings_dict["NAME"]}
    ) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [postgres_index.BUILDING])
        answer = client.get("/sok/?q=skole")
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert client.get("/sok/?q=skole").status_code == 200
