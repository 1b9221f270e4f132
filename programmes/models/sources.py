"""The source itself, as far as readers may look at it beside a quote: its lines, and pictures of its pages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programmes.models.programmes import Programme


class SourceSheet(models.Model):
    """A page of a programme's file, or a stretch of lines of a long one, in order by page and line.

    The lines are those of the present parse, and written with it. The picture of a PDF's page is drawn by the worker
    once the programme is published, and removed when it no longer is.
    """

    class Picture(models.TextChoices):
        OWED = "owed", _("skal tegnes")
        DRAWN = "drawn", _("tegnet")
        NONE = "none", _("uten bilde")
        """A file without pages has none, nor has a page that could not be drawn."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="source_sheets", verbose_name=_("program")
    )
    page = models.PositiveIntegerField(_("side"))
    line_first = models.PositiveIntegerField(_("fra linje"))
    line_last = models.PositiveIntegerField(_("til linje"))
    lines = models.JSONField(_("linjer"), default=list)
    """[[number, text, box, whether it is text], …] in reading order. The box is left, top, right and bottom in points
    from the page's upper left corner, null where it isn't known; what is no text is furniture."""
    picture = models.CharField(_("bilde"), max_length=5, choices=Picture, default=Picture.NONE)
    picture_name = models.CharField(_("bildefil"), max_length=200, blank=True)
    """The picture's name in the storage, where it is drawn."""
    width = models.FloatField(_("bredde"), default=0.0)
    """Of the page in points, where its picture is drawn; so is the height."""
    height = models.FloatField(_("høyde"), default=0.0)

    class Meta:
        ordering = ["programme", "page", "line_first"]
        verbose_name = _("kildeark")
        verbose_name_plural = _("kildeark")
        constraints = [
            models.UniqueConstraint(fields=["programme", "page", "line_first"], name="source_sheet_once"),
            models.CheckConstraint(condition=Q(line_last__gte=F("line_first")), name="source_sheet_lines_in_order"),
            models.CheckConstraint(
                condition=~Q(picture="drawn") | ~Q(picture_name=""), name="source_sheet_drawn_has_picture"
            ),
        ]
        indexes = [models.Index(fields=["programme"], condition=Q(picture="owed"), name="source_sheet_owed")]

    def __str__(self) -> str:
        return f"{self.programme}, side {self.page}, linje {self.line_first}–{self.line_last}"
