"""The registers: parties, areas, branches and themes, loaded from `fixtures/registers/`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes.models.addresses import address


def is_published(path: str = "") -> Q:
    """Return the condition that the programme at the end of a path of fields is public."""
    return Q(**{f"{path}publication": "published"})


def is_current(path: str = "") -> Q:
    """Return the condition that it is public and that no newer edition of it is: what searches and counts take in."""
    return is_published(path) & Q(**{f"{path}is_replaced": False})


class Level(models.TextChoices):
    """The level of government that a branch or programme is for."""

    NATIONAL = "national", _("Nasjonalt")
    COUNTY = "county", _("Fylke")
    MUNICIPALITY = "municipality", _("Kommune")


class PartyQuerySet(models.QuerySet):
    """Parties with what their pages show."""

    def with_published(self) -> PartyQuerySet:
        """Return the parties that have a published programme, with `programme_count` and counts of pledges."""
        published = is_current("branches__programmes__")
        return (
            self.annotate(
                programme_count=Count("branches__programmes", filter=published),
                pledge_count=Sum("branches__programmes__pledge_count", filter=published, default=0),
                prose_pledge_count=Sum("branches__programmes__prose_pledge_count", filter=published, default=0),
            )
            .filter(programme_count__gt=0)
            .order_by("-pledge_count", "name_nb")
        )


class Party(models.Model):
    """A party, by the code that Norwegian election results use."""

    code = models.CharField(_("kode"), max_length=12, unique=True)
    slug = models.SlugField(_("adresse"), max_length=60, unique=True)
    name_nb = models.CharField(_("navn, bokmål"), max_length=100)
    name_nn = models.CharField(_("navn, nynorsk"), max_length=100)
    short = models.CharField(_("forkortelse"), max_length=20, blank=True)
    also = models.JSONField(_("andre navn"), default=list, blank=True)
    """Other ways to write the name, and other and older names."""
    storting_since = models.PositiveSmallIntegerField(_("på Stortinget siden"), null=True, blank=True)
    """The election since which the party has sat in the Storting without a break."""
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
        return address("party", self.slug)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_nn if get_language() == "nn" else self.name_nb

    @property
    def names(self) -> tuple[str, ...]:
        """All that the party may be called: address, code, abbreviation, name, other and older names."""
        known = (self.slug, self.code, self.short, self.name_nb, self.name_nn, *self.also)
        return tuple(name for name in known if name)


class AreaQuerySet(models.QuerySet):
    """Areas by time."""

    def valid_on(self, day: date) -> AreaQuerySet:
        """Return the areas that existed on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class Area(models.Model):
    """A municipality or county as it was between two reforms; codes are reused, so only the dates keep them apart."""

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

    def get_absolute_url(self) -> str:
        """Return the address of the place's page, the same through the reforms."""
        return address("place", self.slug)


class BranchQuerySet(models.QuerySet):
    """Branches with what their pages show."""

    def with_published(self) -> BranchQuerySet:
        """Return the branches that have a published programme, with `programme_count` and counts of pledges."""
        published = is_current("programmes__")
        return (
            self.select_related("party", "area")
            .annotate(
                programme_count=Count("programmes", filter=published),
                pledge_count=Sum("programmes__pledge_count", filter=published, default=0),
                prose_pledge_count=Sum("programmes__prose_pledge_count", filter=published, default=0),
            )
            .filter(programme_count__gt=0)
            .order_by("name")
        )


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
        return address("branch", self.party.slug, self.slug)

    @property
    def label(self) -> str:
        """The name in the reader's language: for the whole country that of the party, a chapter's as it is written."""
        return self.party.name if self.level == Level.NATIONAL else self.name


class ThemeQuerySet(models.QuerySet):
    """Themes by place in the vocabulary."""

    def main(self) -> ThemeQuerySet:
        """Return the main themes."""
        return self.filter(parent=None)

    def with_pledge_counts(self, **programmes: Any) -> ThemeQuerySet:
        """Return themes with `pledge_count`: published pledges under them, as main theme or as another.

        `prose_pledge_count` are those of them in running text; `programmes` narrows both to some programmes, for
        example `branch=branch`.
        """
        counted = is_current("programme_counts__programme__") & Q(
            **{f"programme_counts__programme__{field}": value for field, value in programmes.items()}
        )
        return self.annotate(
            pledge_count=Sum("programme_counts__pledge_count", filter=counted, default=0),
            prose_pledge_count=Sum("programme_counts__prose_pledge_count", filter=counted, default=0),
        ).order_by("-pledge_count", "label_nb")

    def summed_over(self, kept: QuerySet[Any]) -> ThemeQuerySet:
        """Return the themes that have a count in some `ProgrammeTheme` rows, with their sum as `pledge_count`."""
        of_theme = kept.order_by().filter(theme=OuterRef("pk")).values("theme")
        summed = self.annotate(pledge_count=Subquery(of_theme.annotate(sum=Sum("pledge_count")).values("sum")))
        return summed.filter(pledge_count__gt=0).order_by("-pledge_count", "label_nb")

    def counted_in(self, pledges: QuerySet[Any]) -> ThemeQuerySet:
        """Return the themes that some pledges fall under, with `pledge_count`: how many of them."""
        among = Q(passage_themes__passage__in=pledges.order_by().values("pk"))
        counted = self.annotate(pledge_count=Count("passage_themes", filter=among))
        return counted.filter(pledge_count__gt=0).order_by("-pledge_count", "label_nb")


class Theme(models.Model):
    """A theme of Los, or one of our own; `parent` is the main theme of a sub-theme."""

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    uri = models.URLField(_("URI i Los"), blank=True)
    label_nb = models.CharField(_("navn, bokmål"), max_length=100)
    label_nn = models.CharField(_("navn, nynorsk"), max_length=100)
    label_en = models.CharField(_("navn, engelsk"), max_length=100)
    also = models.JSONField(_("andre ord"), default=list, blank=True)
    """Words that lead to the theme, in bokmål and nynorsk: those of Los, and ours from the register."""
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
        return address("theme", self.slug)

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return {"nn": self.label_nn, "en": self.label_en}.get(get_language() or "nb", self.label_nb)
