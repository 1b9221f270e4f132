"""The rules of the parser as tables: what a mark, a number, a lead-in, a heading and furniture look like.

Each row carries an example. None names a party, a place or a file; `docs/parsing.md` says how to add one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

BULLETS = "•●○◦◉⚫∎⬤⦁▪▫■□◼◾▬‣⁃∙·➢➤➔➜➝➞→⇒⟶▷►▶▸◆◇❖♦★☆✓✔✗✘☑☐❏❑❒✦✱✅👉🔹🔸◽"
"""Signs that begin an entry wherever they begin a line."""
PRIVATE = "\uf020-\uf0ff"
"""What symbol fonts (Wingdings, Symbol) leave of their signs, as a range of a character class."""
DASHES = "-–—‐‑−"

MarkSort = Literal["bullet", "sign", "order"]
"""A bullet counts wherever it begins a line, a sign where a sentence can have ended above, the rest in its order."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern with an example that it matches."""

    name: str
    pattern: str
    example: str


@dataclass(frozen=True, slots=True)
class MarkRule(Rule):
    """A list mark, how it counts, and what must follow on it within a text."""

    sort: MarkSort
    before: str = r"\s"


def union(rules: Iterable[Rule], flags: int = 0) -> re.Pattern[str]:
    """Return one compiled pattern that matches where any rule of a table does."""
    return re.compile("|".join(f"(?:{rule.pattern})" for rule in rules), flags)


# Marks that begin a list entry. The order matters: the first that fits names the entry's kind.
MARKS: tuple[MarkRule, ...] = (
    MarkRule("bullet", rf"[{BULLETS}{PRIVATE}\ufffd]+", "• bygge flere boliger", "bullet", r"\s|$"),
    MarkRule("bullet at its words", rf"[{BULLETS}]+\ufe0f?", "•bygge flere boliger", "bullet", ""),
    MarkRule("undecoded bullet", r"\(cid:\d{1,5}\)", "(cid:127) bygge flere boliger", "bullet", ""),
    MarkRule("dash", f"[{DASHES}]", "– bygge flere boliger", "sign"),
    MarkRule("star", r"\*", "* bygge flere boliger", "sign"),
    MarkRule("guillemet", "»+", "» bygge flere boliger", "sign"),
    MarkRule("letter o", "o", "o bygge flere boliger", "sign", r"\s+\S"),
    MarkRule("number", r"\(?\d{1,3}[.)]", "1. bygge flere boliger", "order", r"\s|[A-ZÆØÅ]"),
    MarkRule("letter", r"\(?[a-zæøå]{1,2}\)", "a) bygge flere boliger", "order", r"\s|[A-ZÆØÅ]"),
    MarkRule("letter and stop", r"[a-zæøå]\.", "a. bygge flere boliger", "order", r"\s+\S\S"),
)

# What a number at a line's start is when it begins no list: dates and ordinals.
NO_NUMBERS: tuple[Rule, ...] = (Rule("ordinal", r"\d{1,3}\.\s+[a-zæøå]", "17. mai skal være gratis"),)

# Modal words that turn a sentence before a list into a lead-in. "a" for "å": text recognition loses rings.
WISHES: tuple[Rule, ...] = (
    Rule("will", r"\bvil\b", "Fjordpartiet vil:"),
    Rule("shall", r"\bskal\b", "Storfjell kommune skal:"),
    Rule("must", r"\bm[åa]\b", "Da må kommunen:"),
    Rule("go in for", r"\bg[åa]r inn for\b", "Bygdelista går inn for:"),
    Rule("argue for", r"\btar til orde for\b", "Bygdelista tar til orde for:"),
    Rule("work for", r"\b(?:arbeid|jobb)e[rt]? for\b|\barbeide for\b", "Vi arbeider for:"),
    Rule("propose", r"\bforesl[åa]r?\b", "Derfor foreslår vi:"),
    Rule("wish", r"\b(?:ønsk\w+|ynskj\w+|kjemp\w+|krev\w+|prioriter\w+)\b", "Vi ønsker:"),
    Rule("needs to", r"\btreng(?:er|e|ar)?\b", "Skolen trenger å:"),
    Rule("measures", r"\b(?:følgende|følgjande|tiltak\w*|hovedsaker|hovudsaker|punkter)\b", "Våre tiltak:"),
    Rule("mean", r"\bmei?ner(?:\sat)?\s?:", "Bygdelista mener at:"),
    Rule("promise", r"\b(?:lov[ea]r|løft[ea]r?|lovnad\w*)\b", "Dette lover vi:"),
    Rule("goals", r"\b[Mm]ål(?:et|a|ene)?(?:\ser(?:\så)?)?\s?:", "Våre mål:"),
    Rule("yes or no", r"\b(?:sier|seier|vi) (?:ja|nei) til\b", "Fjordpartiet sier ja til:"),
    Rule("through", r"\b(?:gjennom|ved|bety|innebære\w*)\s+[åa&3]\s*:", "Det vil bety å:"),
)

# The end of a sentence that introduces a list with no colon.
BARE_LEAD_INS: tuple[Rule, ...] = (
    Rule("party will", r"(?:^|[.!?]\s)(?:[A-ZÆØÅ][\w.-]*\s){1,4}vil$", "Folkets By vil"),
    Rule("party in capitals", r"^(?:[A-ZÆØÅ0-9][A-ZÆØÅ0-9.-]*\s){1,4}VIL$", "GRENDA FØRST VIL"),
    Rule("will the party", r"\bvil\s+(?:vi|me|[A-ZÆØÅ][\w.-]*(?:\s[A-ZÆØÅ][\w.-]*){0,3})$", "Derfor vil vi"),
)

# How an entry of a list of wishes begins.
PLEDGE_FORMS: tuple[Rule, ...] = (
    Rule("infinitive", r"(?:Å |å |Ikk?j?e )?(?i:%VERBS%)\b", "Bygge flere boliger"),
    Rule("clause", r"[Aa]t\s", "At skolen skal være gratis"),
    Rule(
        "more",
        r"(?:Flei?re|Økte?|Auka|Bedre|Betre|Gratis|Mer|Meir|Færre|Lavere|Lågare|Full|Styrket|Ja til|Nei til)\b",
        "Flere busser",
    ),
    Rule("modal", r"[^.:]{3,80}?\b(?:skal|må|bør|vil)\b", "Kommunen skal eie kinoen"),
)

QUESTIONS: tuple[Rule, ...] = (
    Rule("questions", r"(?:Spørsm[åa]l|Spurningar|Spgrsm[åa]l)(?:\s+til\s.+)?:", "Spørsmål:"),
)

# Sentences of running text that promise something: kept apart from the items.
PROSE_PLEDGES: tuple[Rule, ...] = (
    Rule("we will", r"\b(?:[Vv]i|[Mm]e) vil\b(?!\s?:| si\b| ikke si\b)", "Vi vil styrke skolen."),
    Rule("will we", r"\bvil (?:vi|me)\b", "Derfor vil vi styrke skolen."),
    Rule(
        "party will",
        r"(?:^|[.!?]\s)(?!(?:De[nti]?|Dette|Dei|Da|Alle|Mange|Flere|Noen|Som|Ingen)\b)(?:[A-ZÆØÅ][\w-]*\s){1,4}"
        r"(?:vil|går inn for|ønsker å|ynskjer å)\s(?!ikke\b|også\b)[a-zæøå]+",
        "Fjordpartiet vil styrke skolen.",
    ),
)

# Whole lines that belong to the page. Captions go with their credit.
FURNITURE: tuple[Rule, ...] = (
    Rule(
        "photo credit", r".*\b(?:[Ff]oto(?:graf)?|FOTO|[Ii]llustrasjon|Photo)\s?:\s?\S.*", "Ei ferje. Foto: Kari Fjord"
    ),
    Rule("page number", r"[-–|•·\s]*(?:[Ss]ide\s*)?\d{1,5}(?:\s*(?:av|/|of)\s*\d{1,5})?[-–|•·\s]*", "Side 3 av 40"),
    Rule("cross-reference", r"\*?\s?[Ll]es (?:mer|meir) om .*\bi kapit.*", "*Les mer om skole i kapittelet Oppvekst"),
    Rule("table of contents", r".*\S\s?(?:\.\s?){4,}\s?\d{1,4}", "Skole ........ 12"),
)

CONTENTS_TITLE: tuple[Rule, ...] = (
    Rule("contents", r"(?i:innh[oa]ld(?:sfortegnelse|sliste|soversikt)?:?)", "Innhold"),
)

# Numbers before a heading's words.
HEADING_NUMBERS: tuple[Rule, ...] = (
    Rule("chapter", r"(?:[Kk]ap(?:ittel|\.)|KAPITTEL)\s+\d{1,2}\s?[.:–-]?(?=\s)", "Kapittel 3: Skole"),
    Rule("decimal", r"\d{1,2}(?:\.\d{1,2}){1,3}[A-Z]?\.?(?=\s)", "2.1 Skole"),
    Rule("number", r"\d{1,2}(?:[.):](?=\s+\S)|(?=\s+[A-ZÆØÅ]))", "2. Skole"),
    Rule("roman", r"[IVX]{1,5}\.(?=\s)", "IV. Skole"),
)

PARTS: tuple[Rule, ...] = (Rule("part", r"(?:Del|DEL|Bolk|BOLK)\s+(?:\d{1,2}|[IVX]{1,5})\b", "Del 2: Trygghet"),)

_VERBS = """
ansette arbeide auke avskaffe avvikle begrense beholde bekjempe benytte beskytte bevare bidra bistå bruke bygge byggje
bygge bedre delta doble dra effektivisere endre ende engasjere erstatte etablere evaluere finansiere fjerne flytte
forbedre forby fordele forebygge forebyggje forenkle foreslå forhindre forlenge fornye forplikte forsterke forsvare
fortsette framskynde fremme fryse følge følgje føre få garantere gi gje gjenbruke gjeninnføre gjennomføre gjennomgå
gjenopprette gjenåpne gjere gjøre gå ha halde halvere heve hindre hjelpe holde ignorere inkludere innføre innhente
inngå innlemme integrere invitere ivareta jobbe kartlegge kjempe kjøpe komme kreve kutte la lage le legge leggje
lovfeste lytte løfte løse markere minske mobilisere modernisere motarbeide motvirke nedlegge nedsette nytte nå oppdatere
oppfordre oppfylle oppgradere oppheve opprette opprettholde opprettehalde oppretthalde opprioritere oppruste organisere
overføre planlegge planleggje prioritere profesjonalisere prøve publisere påvirke realisere redde redusere regulere
rehabilitere rekruttere reversere ruste ruste samarbeide samle samordne sammen satse se selge selje senke sette setje
sikre skape skille skilte skjerpe skjerme slanke slutte spre spare stanse starte stille stimulere stoppe straffe
stryke styre styrke styrkje støtte stå søke søkje sørge sørgje ta takke teste tette tilby tilføre tilrettelegge
tilretteleggje tillate trappe tredoble trygge tydeliggjøre undersøke understøtte unngå utarbeide utbedre utfordre utføre
utnytte utrede utvide utvikle utøve utjevne utjamne utsette utlyse utbygge vedlikeholde vedlikehalde verne verdsette
vere videreføre vidareføre videreutvikle vidareutvikle vise vri vurdere være øke økt øremerke åpne opne
"""

# Weaker forms of a wish, enough right under a lead-in where the file itself says what a paragraph is.
PARAGRAPH_FORMS: tuple[Rule, ...] = (
    Rule(
        "any verb",
        r"(?!\w+ene\b|\S+\s(?:er|har|skal|må|blir|kan|vil|får|bør|og|i)\b)"
        r"(?!(?:[Aa]lle|[Bb]egge|[Dd]ette|[Dd]enne|[Dd]isse|[Ff]lere|[Mm]ange|[Nn]orge)\b)"
        r"(?i:(?:ikke|ikkje|fortsatt|fremdeles|framleis|alltid|aktivt|særlig|raskt|gradvis)\s)?"
        r"[A-ZÆØÅa-zæøå][a-zæøå]{2,}e\s",
        "Rydde snø på gangveiene",
    ),
)
CLAUSE_LEAD_INS: tuple[Rule, ...] = (Rule("that", r"\b(?:at|for at)\s?:$", "Fjordpartiet vil at:"),)
CLAUSES: tuple[Rule, ...] = (
    Rule("modal", r"\b(?:skal|må|bør|får|kan|blir|vert|har)\b", "Alle barn skal ha rett til plass"),
    Rule("passive", r"\b[a-zæøå]{2,}es\b", "Bemanningen økes"),
)
PARAGRAPH_FORM = union(PARAGRAPH_FORMS)
CLAUSE = union(CLAUSES)
_VERB = "|".join(dict.fromkeys(_VERBS.split()))
PLEDGE_FORM = re.compile(union(PLEDGE_FORMS).pattern.replace("%VERBS%", _VERB))
LISTED_FORM = re.compile(union(PLEDGE_FORMS[:3]).pattern.replace("%VERBS%", _VERB))
"""The forms that no plain sentence has."""
INFINITIVE = re.compile(PLEDGE_FORMS[0].pattern.replace("%VERBS%", _VERB))
PROSE_PLEDGE = union(PROSE_PLEDGES)
CONTENTS = union(CONTENTS_TITLE)
HEADING_NUMBER = union(HEADING_NUMBERS)
PART = union(PARTS)

_OPEN_ENDS = """
og eller samt i på til av for med om fra ved hos mot under over mellom innen gjennom å at som der
når hvis fordi en ei et eit den det de dei er var vil skal kan må har
ikke ikkje enn både så
"""
OPEN_ENDS = frozenset(_OPEN_ENDS.split())
"""Words that no sentence, heading or entry ends with: the line goes on."""
