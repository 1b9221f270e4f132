"""Passages: the text of programmes in document order, pledges among them, and the themes they belong under."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from programmes.models.addresses import address
from programmes.models.programmes import Programme, Section
from programmes.models.public_ids import new_public_id
from programmes.models.registers import Theme, is_published

PLEDGE_KINDS = ("pledge", "sub_pledge")
"""Kinds of passages that say what the party wants, where they are no dissents."""
ADDRESSED_AS_PLEDGES = (*PLEDGE_KINDS, "prose_pledge")
"""Kinds of passages that have their address among the pledges; the others have theirs among the paragraphs."""


class PassageQuerySet(models.QuerySet):
    """Passages by kind, place and publication."""

    def published(self) -> PassageQuerySet:
        """Return what the public may see."""
        return self.filter(is_published("programme__"))

    def pledges(self) -> PassageQuerySet:
        """Return list entries that say what the party wants: pledges and sub-pledges, no dissents."""
        return self.filter(kind__in=PLEDGE_KINDS, dissent="")

    def pledges_in_any_form(self) -> PassageQuerySet:
        """Return what the party says that it wants, in lists and in running text; no dissents."""
        return self.filter(kind__in=ADDRESSED_AS_PLEDGES, dissent="")

    def new_since_last(self) -> PassageQuerySet:
        """Return the pledges that the branch's programme of the same kind before this one did not have."""
        before = Programme.objects.current().filter(
            branch=OuterRef("programme__branch"),
            kind=OuterRef("programme__kind"),
            period_start__lt=OuterRef("programme__period_start"),
        )
        return self.filter(Exists(before), earlier=None)

    def with_source(self) -> PassageQuerySet:
        """Return passages with all that a quote needs: section, programme, branch, party, what they stand under."""
        with_programme = self.select_related("section", "programme__branch__party", "programme__branch__area")
        return with_programme.select_related("parent__parent").defer("programme__parse_report")


class Passage(models.Model):
    """A paragraph of prose or one entry of a list, in document order by `position`."""

    class Kind(models.TextChoices):
        PROSE = "prose", _("brødtekst")
        PROSE_PLEDGE = "prose_pledge", _("løfte i løpende tekst")
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
    dissent = models.TextField(_("dissens"), blank=True)
    """The words that name the dissent or alternative that an entry stands under: then it is not the party's pledge."""
    confidence = models.FloatField(_("sikkerhet"), default=1.0)
    """How sure the parser is of the entry, its lead-in and its heading (of prose: that it holds no list), 0 to 1."""
    page_first = models.PositiveIntegerField(_("fra side"))
    page_last = models.PositiveIntegerField(_("til side"))
    line_first = models.PositiveIntegerField(_("fra linje"))
    line_last = models.PositiveIntegerField(_("til linje"))
    printed_page = models.CharField(_("sidetall i kilden"), max_length=20, blank=True)
    """The number that the source itself prints on the page where the passage begins; empty where it prints none."""
    printed_page_last = models.CharField(_("siste sidetall i kilden"), max_length=20, blank=True)
    """The one on the page where the passage ends."""
    printed_line = models.CharField(_("linjenummer i kilden"), max_length=20, blank=True)
    """The number that the source itself prints beside the first line."""
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
        """Return the permanent address of the passage; what is of another kind after a new parse is led there."""
        return address("pledge" if self.kind in ADDRESSED_AS_PLEDGES else "passage", self.public_id)

    @property
    def introductions(self) -> tuple[str, ...]:
        """The words that must go with a pledge that is quoted: its lead-in, then the entries that it stands under.

        `Utrede …` alone may mean its opposite, and `Muligheten for …` means nothing. For lists, load `parent` first.
        """
        above: list[str] = []
        under = self.parent
        while under is not None:
            above.insert(0, under.readable_text)
            under = under.parent
        is_said = not self.lead_in or any(self.lead_in in words for words in above)  # an entry may hold a lead-in
        return (*([] if is_said else [self.lead_in]), *above)

    @property
    def is_pledge(self) -> bool:
        """Whether this is an entry of a list of what the party wants; a dissent is not."""
        return self.kind in PLEDGE_KINDS and not self.dissent

    @property
    def is_prose_pledge(self) -> bool:
        """Whether this is a pledge in running text."""
        return self.kind == self.Kind.PROSE_PLEDGE and not self.dissent

    @property
    def margin(self) -> str:
        """The mark in the margin: `¶ 110a`; empty for prose."""
        return f"¶ {self.number}" if self.number else ""

    @property
    def readable_text(self) -> str:
        """The text that readers see: corrected by an editor or repaired where the source was damaged."""
        return self.corrected or self.repaired or self.text


_PassageManager = models.Manager.from_queryset(PassageQuerySet)


class PledgeManager(_PassageManager):
    """Pledges and sub-pledges alone, without dissents."""

    def get_queryset(self) -> PassageQuerySet:
        """Return list entries that say what the party wants."""
        return PassageQuerySet(self.model, using=self._db).pledges()


class Pledge(Passage):
    """A passage that is an entry of a list of what the party wants."""

    objects: ClassVar[PledgeManager] = PledgeManager()

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
"""What led to a theme, in words for readers."""


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

    def reasons_by_place(self) -> list[tuple[str, list[str]]]:
        """Return why the parser chose the theme, for a person to read: what it looked at, and the words found there."""
        words: dict[str, dict[str, str]] = {}
        for place, word in self.reasons:
            words.setdefault(place, {}).setdefault(word.casefold(), word)
        return [
            (str(REASON_PLACES[place]), [word for word in found.values() if word]) for place, found in words.items()
        ]


class GonePledge(models.Model):
    """A public id whose passage or section a later parse no longer has: its address says so instead of vanishing."""

    public_id = models.CharField(_("løftenummer"), max_length=8, primary_key=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="gone_pledges", verbose_name=_("program")
    )
    text = models.TextField(_("teksten slik den sto"))
    is_section = models.BooleanField(_("kapittel"), default=False)
    gone_at = models.DateTimeField(_("borte siden"), auto_now_add=True)

    class Meta:
        verbose_name = _("bortfalt løfte")
        verbose_name_plural = _("bortfalte løfter")

    def __str__(self) -> str:
        return self.public_id
