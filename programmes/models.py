"""What the archive keeps: registers (parties, areas, branches, themes) and programmes with their text."""

from __future__ import annotations

import secrets

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from .querysets import (
    PLEDGE_KINDS,
    AreaQuerySet,
    BranchQuerySet,
    PartyQuerySet,
    PassageQuerySet,
    PledgeManager,
    ProgrammeQuerySet,
    ThemeQuerySet,
)

PUBLIC_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody confuses when reading an address aloud."""


def new_public_id() -> str:
    """Return a new random public id of eight characters (31⁸, about 10¹², possible)."""
    return "".join(secrets.choice(PUBLIC_ID_LETTERS) for _letter in range(8))


class Level(models.TextChoices):
    """The level of government that a branch or programme is for."""

    NATIONAL = "national", _("Nasjonalt")
    COUNTY = "county", _("Fylke")
    MUNICIPALITY = "municipality", _("Kommune")


class LanguageCode(models.TextChoices):
    """The language that a programme is written in."""

    BOKMAL = "nb", _("bokmål")
    NYNORSK = "nn", _("nynorsk")
    NORTHERN_SAMI = "se", _("nordsamisk")
    ENGLISH = "en", _("engelsk")


class Party(models.Model):
    """A party, by the code that Norwegian election results use."""

    code = models.CharField(_("kode"), max_length=12, unique=True)
    slug = models.SlugField(_("adresse"), max_length=60, unique=True)
    name_nb = models.CharField(_("navn, bokmål"), max_length=100)
    name_nn = models.CharField(_("navn, nynorsk"), max_length=100)
    colour = models.CharField(
        _("farge"), max_length=7, default="#5b5a52", validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )

    objects = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["name_nb"]
        verbose_name = _("parti")
        verbose_name_plural = _("partier")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the party's page."""
        return reverse("party", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_nn if get_language() == "nn" else self.name_nb


class Area(models.Model):
    """A municipality or county as it was between two reforms; codes are reused, so the dates tell them apart."""

    code = models.CharField(_("nummer"), max_length=4)
    name = models.CharField(_("navn"), max_length=100)
    slug = models.SlugField(_("adresse"), max_length=100)
    level = models.CharField(
        _("nivå"),
        max_length=12,
        choices=[(Level.COUNTY, Level.COUNTY.label), (Level.MUNICIPALITY, Level.MUNICIPALITY.label)],
    )
    county = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="municipalities", verbose_name=_("fylke")
    )
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", blank=True, verbose_name=_("etterfølgere")
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name", "valid_from"]
        verbose_name = _("område")
        verbose_name_plural = _("områder")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="area_code_once_per_period"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="area_valid_in_order"
            ),
            models.CheckConstraint(condition=Q(level__in=["county", "municipality"]), name="area_level_known"),
        ]

    def __str__(self) -> str:
        return self.name if self.valid_to is None else f"{self.name} ({self.valid_from:%Y}–{self.valid_to:%Y})"


class Branch(models.Model):
    """A party's chapter: national, or for a county or a municipality, under a parent branch."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="branches", verbose_name=_("parti"))
    level = models.CharField(_("nivå"), max_length=12, choices=Level)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="branches", verbose_name=_("område")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("overordnet lag"),
    )
    name = models.CharField(_("navn"), max_length=150)
    slug = models.SlugField(_("adresse"), max_length=100)

    objects = BranchQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("lag")
        verbose_name_plural = _("lag")
        constraints = [
            models.UniqueConstraint(fields=["party", "slug"], name="branch_slug_once_per_party"),
            models.UniqueConstraint(
                fields=["party", "area"], condition=Q(area__isnull=False), name="branch_once_per_party_and_area"
            ),
            models.UniqueConstraint(
                fields=["party"], condition=Q(level="national"), name="branch_national_once_per_party"
            ),
            models.CheckConstraint(
                condition=Q(level="national", area=None)
                | (Q(level__in=["county", "municipality"]) & Q(area__isnull=False)),
                name="branch_local_has_area",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the branch's page."""
        return reverse("branch", args=[self.party.slug, self.slug])


class Theme(models.Model):
    """A theme of Los, or one of our own; `parent` is the main theme of a sub-theme."""

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    uri = models.URLField(_("URI i Los"), blank=True)
    label_nb = models.CharField(_("navn, bokmål"), max_length=100)
    label_nn = models.CharField(_("navn, nynorsk"), max_length=100)
    label_en = models.CharField(_("navn, engelsk"), max_length=100)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="sub_themes", verbose_name=_("hovedtema")
    )

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["label_nb"]
        verbose_name = _("tema")
        verbose_name_plural = _("temaer")
        constraints = [models.UniqueConstraint(fields=["uri"], condition=~Q(uri=""), name="theme_uri_once")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Return the address of the theme's page."""
        return reverse("theme", args=[self.slug])

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return {"nn": self.label_nn, "en": self.label_en}.get(get_language() or "nb", self.label_nb)


class Programme(models.Model):
    """One edition of what a branch went to the voters with, read from one file."""

    class Kind(models.TextChoices):
        PARLIAMENTARY = "parliamentary", _("stortingsprogram")
        COUNTY = "county", _("fylkestingsprogram")
        MUNICIPAL = "municipal", _("kommuneprogram")
        PRINCIPLES = "principles", _("prinsipprogram")
        STATEMENT = "statement", _("uttalelse")
        CONSULTATION = "consultation", _("innspill")

    class Status(models.TextChoices):
        """How far the text is through the party's own process."""

        ADOPTED = "adopted", _("vedtatt")
        PROPOSAL = "proposal", _("forslag")

    class Publication(models.TextChoices):
        """How far the programme is through ours."""

        DRAFT = "draft", _("kladd")
        REVIEW = "review", _("til gjennomsyn")
        PUBLISHED = "published", _("publisert")
        WITHDRAWN = "withdrawn", _("trukket tilbake")

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("lag"))
    title = models.CharField(_("tittel"), max_length=250)
    slug = models.SlugField(_("adresse"), max_length=80)
    kind = models.CharField(_("type"), max_length=15, choices=Kind)
    period_start = models.PositiveSmallIntegerField(_("fra år"))
    period_end = models.PositiveSmallIntegerField(_("til år"))
    language = models.CharField(_("språk"), max_length=2, choices=LanguageCode, default=LanguageCode.BOKMAL)
    status = models.CharField(_("vedtak"), max_length=10, choices=Status, default=Status.ADOPTED)
    adopted_on = models.DateField(_("vedtatt dato"), null=True, blank=True)
    source_url = models.URLField(_("kildeadresse"), max_length=500, blank=True)

    file = models.FileField(_("originalfil"), upload_to="originals/%Y/", max_length=200)
    filename = models.CharField(_("filnavn"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")])
    media_type = models.CharField(_("filtype"), max_length=100)
    pages = models.PositiveIntegerField(_("sider"), default=1)

    publication = models.CharField(_("publisering"), max_length=10, choices=Publication, default=Publication.DRAFT)
    published_at = models.DateTimeField(_("publisert"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("hvorfor trukket tilbake"), max_length=500, blank=True)

    replaces = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("erstatter utgaven"),
    )
    revision = models.PositiveIntegerField(_("revisjon"), default=0, editable=False)
    """Raised by every change to the text, so that a form filled in on an older one is noticed."""

    pledge_count = models.PositiveIntegerField(_("løfter"), default=0, editable=False)
    """Pledges and sub-pledges, kept here so that no page has to count them."""

    parser_version = models.CharField(_("parserversjon"), max_length=20)
    parsed_at = models.DateTimeField(_("lest inn"))
    parse_report = models.JSONField(_("parserapport"), default=dict)
    """Counts, coverage and problems of the parse: `coverage`, `problems`, `sections`, `items`, `repaired`."""

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-period_start", "branch__name", "title"]
        verbose_name = _("program")
        verbose_name_plural = _("programmer")
        constraints = [
            models.UniqueConstraint(fields=["branch", "slug"], name="programme_slug_once_per_branch"),
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="programme_period_in_order"),
            models.CheckConstraint(
                condition=Q(publication__in=["draft", "review"]) | Q(published_at__isnull=False),
                name="programme_published_has_date",
            ),
        ]
        indexes = [models.Index(fields=["publication", "-period_start"])]

    def __str__(self) -> str:
        return f"{self.branch}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the programme's page."""
        return reverse("programme", args=[self.branch.party.slug, self.branch.slug, self.slug])

    @property
    def has_pages(self) -> bool:
        """Whether the file has pages of its own, so that a quote can name one; a text file has lines alone."""
        return self.media_type == "application/pdf"

    @property
    def quality_line(self) -> str:
        """One or two sentences for readers on how sure the parse is."""
        report = self.parse_report
        unassigned = report.get("coverage", {}).get("unassigned", 0)
        problems = len(report.get("problems", []))
        parts = [
            _("Hele teksten er gjort rede for.")
            if not unassigned
            else _("%(count)s tegn av teksten er ikke plassert.") % {"count": unassigned},
            _("Parseren hadde ingen merknader.")
            if not problems
            else ngettext("Parseren hadde %(count)s merknad.", "Parseren hadde %(count)s merknader.", problems)
            % {"count": problems},
        ]
        if report.get("repaired"):
            parts.append(
                ngettext("%(count)s avsnitt er reparert.", "%(count)s avsnitt er reparert.", report["repaired"])
                % {"count": report["repaired"]}
            )
        return " ".join(str(part) for part in parts)

    @property
    def period(self) -> str:
        """The period as readers write it: `2023–2027`, or one year."""
        if self.period_start == self.period_end:
            return str(self.period_start)
        return f"{self.period_start}–{self.period_end}"


class Section(models.Model):
    """A heading and what stands under it, in document order by `position`."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="sections", verbose_name=_("program")
    )
    position = models.PositiveIntegerField(_("plass"))
    level = models.PositiveSmallIntegerField(_("nivå"))
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("overordnet")
    )
    number = models.CharField(_("nummer"), max_length=20, blank=True)
    title = models.CharField(_("tittel"), max_length=500, blank=True)
    source_title = models.CharField(_("overskriften i kilden"), max_length=525, blank=True)
    """Number and title as the source has them, where an editor has corrected them; empty where not."""
    slug = models.SlugField(_("adresse"), max_length=120)
    page = models.PositiveIntegerField(_("side"))
    line = models.PositiveIntegerField(_("linje"))

    class Meta:
        ordering = ["programme", "position"]
        verbose_name = _("kapittel")
        verbose_name_plural = _("kapitler")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"], name="section_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["programme", "slug"], name="section_slug_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Return the address of the section's own page."""
        programme = self.programme
        return reverse("section", args=[programme.branch.party.slug, programme.branch.slug, programme.slug, self.slug])


class Passage(models.Model):
    """A paragraph of prose or one entry of a list, in document order by `position`."""

    class Kind(models.TextChoices):
        PROSE = "prose", _("brødtekst")
        PROSE_PLEDGE = "prose_pledge", _("løfte i brødtekst")
        PLEDGE = "pledge", _("løfte")
        SUB_PLEDGE = "sub_pledge", _("delløfte")
        QUESTION = "question", _("spørsmål")

    public_id = models.CharField(_("løftenummer"), max_length=8, unique=True, default=new_public_id, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="passages", verbose_name=_("program")
    )
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="passages", verbose_name=_("kapittel"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sub_pledges",
        verbose_name=_("hører under"),
    )
    position = models.PositiveIntegerField(_("plass"))
    number = models.CharField(_("løfte nr."), max_length=16, blank=True)
    """Running number among the list entries, printed as ¶ in the margin: 109, 110, 110a; empty for prose."""
    kind = models.CharField(_("type"), max_length=12, choices=Kind)
    lead_in = models.TextField(_("innledning"), blank=True)
    marker = models.CharField(_("punkttegn"), max_length=20, blank=True)
    text = models.TextField(_("tekst"))
    """The wording of the source, untouched."""
    repaired = models.TextField(_("reparert tekst"), blank=True)
    """`text` with damage from text recognition repaired, where there was any."""
    corrected = models.TextField(_("rettet tekst"), blank=True)
    """What an editor made of `text`, where the parser read the file wrongly; the source's wording stays beside it."""
    page_first = models.PositiveIntegerField(_("fra side"))
    page_last = models.PositiveIntegerField(_("til side"))
    line_first = models.PositiveIntegerField(_("fra linje"))
    line_last = models.PositiveIntegerField(_("til linje"))
    earlier = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="later", verbose_name=_("løftet før")
    )
    """The same pledge in the branch's programme before this one; see `history`."""
    earlier_likeness = models.FloatField(_("likhet med løftet før"), null=True, blank=True)
    """Per cent; 98 and above is the same words."""
    themes = models.ManyToManyField(Theme, through="PassageTheme", related_name="passages", verbose_name=_("temaer"))

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "position"]
        verbose_name = _("avsnitt")
        verbose_name_plural = _("avsnitt")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"], name="passage_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(page_last__gte=F("page_first")), name="passage_pages_in_order"),
            models.CheckConstraint(
                condition=Q(kind="sub_pledge", parent__isnull=False) | ~Q(kind="sub_pledge"),
                name="passage_sub_pledge_has_parent",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="passage_has_text"),
        ]

    def __str__(self) -> str:
        return self.readable_text

    def get_absolute_url(self) -> str:
        """Return the permanent address of the passage."""
        return reverse("pledge", args=[self.public_id])

    @property
    def is_pledge(self) -> bool:
        """Whether this is an entry of a list of what the party wants."""
        return self.kind in PLEDGE_KINDS

    @property
    def margin(self) -> str:
        """The mark in the margin: `¶ 110a`; empty for prose."""
        return f"¶ {self.number}" if self.number else ""

    @property
    def readable_text(self) -> str:
        """The text that readers see: corrected by an editor or repaired where the source was damaged."""
        return self.corrected or self.repaired or self.text


class Pledge(Passage):
    """A passage that is an entry of a list of what the party wants."""

    objects = PledgeManager()

    class Meta:
        proxy = True
        verbose_name = _("løfte")
        verbose_name_plural = _("løfter")


REASON_PLACES = {
    "text": _("ord i løftet"),
    "lead-in": _("ord i innledningen til listen"),
    "parent": _("ord i løftet det hører under"),
    "heading": _("ord i overskriften"),
    "neighbours": _("løftene rundt handler om det samme"),
}
"""What led to a theme, as a reader is told."""


class PassageTheme(models.Model):
    """That a passage belongs under a theme, and who says so."""

    class Origin(models.TextChoices):
        AUTOMATIC = "automatic", _("automatisk")
        EDITOR = "editor", _("redaktør")

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="passage_themes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="passage_themes")
    is_main = models.BooleanField(_("hovedtema"), default=False)
    origin = models.CharField(_("opphav"), max_length=10, choices=Origin, default=Origin.AUTOMATIC)
    reasons = models.JSONField(_("grunner"), default=list, blank=True)
    """What led the parser to the theme, the weightiest first: [[place, word], …], a key of `REASON_PLACES` and the
    word as it stands there, empty for the neighbours. Empty where an editor chose."""

    class Meta:
        verbose_name = _("tema for avsnitt")
        verbose_name_plural = _("temaer for avsnitt")
        constraints = [
            models.UniqueConstraint(fields=["passage", "theme"], name="passage_theme_once"),
            models.UniqueConstraint(fields=["passage"], condition=Q(is_main=True), name="passage_main_theme_once"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id}: {self.theme}"

    def reasons_told(self) -> list[tuple[str, list[str]]]:
        """Return why the parser chose the theme, for a person to read: what it looked at, and the words found there."""
        words: dict[str, dict[str, str]] = {}
        for place, word in self.reasons:
            words.setdefault(place, {}).setdefault(word.casefold(), word)
        return [(REASON_PLACES[place], [word for word in found.values() if word]) for place, found in words.items()]


class ProgrammeTheme(models.Model):
    """How many pledges of a programme fall under a theme, so that no page has to count them; see `counts`."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="theme_counts")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="programme_counts")
    pledge_count = models.PositiveIntegerField(_("løfter"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "theme"], name="programme_theme_counted_once")]

    def __str__(self) -> str:
        return f"{self.programme}, {self.theme}: {self.pledge_count}"


class GonePledge(models.Model):
    """A public id whose pledge a later parse no longer has: its address says so instead of vanishing."""

    public_id = models.CharField(_("løftenummer"), max_length=8, primary_key=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="gone_pledges", verbose_name=_("program")
    )
    text = models.TextField(_("teksten slik den sto"))
    gone_at = models.DateTimeField(_("borte siden"), auto_now_add=True)

    class Meta:
        verbose_name = _("bortfalt løfte")
        verbose_name_plural = _("bortfalte løfter")

    def __str__(self) -> str:
        return self.public_id


from .models_search import SearchEntry, SearchStamp, SearchThemeSet, SearchWord  # noqa: E402, F401 - Django finds models here
