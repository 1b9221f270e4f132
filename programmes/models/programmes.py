"""Programmes: what a branch went to the voters with, one edition from one file, and its sections."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.models.addresses import address
from programmes.models.public_ids import new_public_id
from programmes.models.registers import Branch, Theme, is_current, is_published


class LanguageCode(models.TextChoices):
    """The language that a programme is written in."""

    BOKMAL = "nb", _("bokmål")
    NYNORSK = "nn", _("nynorsk")
    NORTHERN_SAMI = "se", _("nordsamisk")
    ENGLISH = "en", _("engelsk")


class ProgrammeQuerySet(models.QuerySet):
    """Programmes by publication, place and time."""

    def published(self) -> ProgrammeQuerySet:
        """Return what the public may see."""
        return self.filter(is_published())

    def current(self) -> ProgrammeQuerySet:
        """Return what the public may see and no newer edition has taken the place of."""
        return self.filter(is_current())

    def ever_public(self) -> ProgrammeQuerySet:
        """Return what the public may see or could once: their addresses answer, those of drafts do not."""
        return self.filter(publication__in=("published", "withdrawn"))

    def in_year(self, year: int) -> ProgrammeQuerySet:
        """Return the programmes for the election of a year: those whose period begins then."""
        return self.filter(period_start=year)

    def span(self) -> dict[str, int | None]:
        """Return how many `programmes`, `pledges` and `branches` there are, and the `first_year` and `last_year`."""
        return self.aggregate(
            programmes=Count("pk"),
            pledges=Sum("pledge_count", default=0),
            branches=Count("branch", distinct=True),
            first_year=Min("period_start"),
            last_year=Max("period_end"),
        )

    def with_branch(self) -> ProgrammeQuerySet:
        """Return programmes with their branch, its party and its area."""
        return self.select_related("branch__party", "branch__area")

    def by_year(self) -> QuerySet[Any, dict[str, int]]:
        """Return `year`, `programme_count` and `pledge_count` for each year, newest first."""
        return (
            self.order_by()
            .values(year=F("period_start"))
            .annotate(programme_count=Count("pk"), pledge_total=Sum("pledge_count"))
            .order_by("-year")
        )


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
        HEARING = "hearing", _("høringsutkast")
        UNKNOWN = "unknown", _("ukjent om vedtatt")

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
    status = models.CharField(_("vedtak"), max_length=10, choices=Status, default=Status.UNKNOWN)
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
    is_replaced = models.BooleanField(default=False, editable=False)
    """Whether a newer edition of it is published: kept by `editions.settle`, so that no list has to follow a chain."""
    revision = models.PositiveIntegerField(_("revisjon"), default=0, editable=False)
    """Raised by every change to the text, so that a form filled in on an older one is noticed."""
    changed_at = models.DateTimeField(_("sist endret"), null=True, editable=False, db_index=True)
    """When a pledge of it was last published or changed: the newest `PublishedWords.since`."""

    pledge_count = models.PositiveIntegerField(_("løfter"), default=0, editable=False)
    """Pledges and sub-pledges and pledges in running text, kept here so that no page has to count them."""
    prose_pledge_count = models.PositiveIntegerField(_("av dem i løpende tekst"), default=0, editable=False)

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
        return address("programme", self.branch.party.slug, self.branch.slug, self.slug)

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
            _("Arkivet er ikke i tvil om noe i den.")
            if not problems
            else ngettext(
                "Arkivet er i tvil om %(count)s sted i teksten.",
                "Arkivet er i tvil om %(count)s steder i teksten.",
                problems,
            )
            % {"count": problems},
        ]
        if report.get("repaired"):
            parts.append(
                ngettext("%(count)s avsnitt er reparert.", "%(count)s avsnitt er reparert.", report["repaired"])
                % {"count": report["repaired"]}
            )
        return " ".join(str(part) for part in parts)

    @property
    def is_adopted(self) -> bool:
        """Whether the party has adopted the text, as far as the archive knows."""
        return self.status == self.Status.ADOPTED

    @property
    def period(self) -> str:
        """The period as readers write it: `2023–2027`, or one year."""
        if self.period_start == self.period_end:
            return str(self.period_start)
        return f"{self.period_start}–{self.period_end}"


class FormerAddress(models.Model):
    """An address that a programme once had: it leads to today's for ever, and is never another programme's."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="former_addresses")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="former_addresses")
    slug = models.SlugField(_("adresse"), max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "slug"], name="former_address_once_per_branch")]

    def __str__(self) -> str:
        return f"{self.branch.slug}/{self.slug}"


class Section(models.Model):
    """A heading and what stands under it, in document order by `position`."""

    public_id = models.CharField(_("kapittelnummer"), max_length=8, unique=True, default=new_public_id, editable=False)
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
    confidence = models.FloatField(_("sikkerhet"), default=1.0)
    """How sure the parser is that this is a heading and stands where it belongs, 0 to 1."""

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
        return address("section", programme.branch.party.slug, programme.branch.slug, programme.slug, self.slug)

    def get_permanent_url(self) -> str:
        """Return the short address that leads to the section's page, whatever becomes of its title."""
        return address("chapter", self.public_id)


class ProgrammeTheme(models.Model):
    """How many pledges of a programme fall under a theme, so that no page has to count them; see `counts`."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="theme_counts")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="programme_counts")
    pledge_count = models.PositiveIntegerField(_("løfter"))
    prose_pledge_count = models.PositiveIntegerField(_("av dem i løpende tekst"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "theme"], name="programme_theme_counted_once")]

    def __str__(self) -> str:
        return f"{self.programme}, {self.theme}: {self.pledge_count}"
