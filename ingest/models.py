"""What is kept beside the archive: uploads, raw parses, corrections, roles, the log, what the worker's checks found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from programmes.models import Branch, Programme


class StoredParse(models.Model):
    """What the parser made of a programme's file, untouched: corrections are applied to it again and again."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="stored_parse")
    document = models.JSONField(_("parse"))
    """The whole parse with the lines of the source, as `ingest.parser.as_json.to_wire` gives it."""
    public_ids = models.JSONField(default=dict)
    """The public id that each entry of this parse has had, by the entry's id: what a correction undone brings back."""
    parser_version = models.CharField(_("parserversjon"), max_length=20)
    parsed_at = models.DateTimeField(_("lest"))

    class Meta:
        verbose_name = _("rå parse")
        verbose_name_plural = _("rå parser")

    def __str__(self) -> str:
        return f"{self.programme} ({self.parser_version})"


class Upload(models.Model):
    """A file on its way in: received, parsed in the background, confirmed by a person, then a programme."""

    class State(models.TextChoices):
        WAITING = "waiting", _("venter")
        WORKING = "working", _("leses")
        READY = "ready", _("klar til å bekreftes")
        FAILED = "failed", _("kunne ikke leses")
        CANCELLED = "cancelled", _("avbrutt")
        CONFIRMED = "confirmed", _("lagt inn")

    file = models.FileField(_("fil"), max_length=200)
    filename = models.CharField(_("filnavn"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("størrelse"))
    """Bytes."""
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads", verbose_name=_("lastet opp av")
    )
    uploaded_at = models.DateTimeField(_("lastet opp"), auto_now_add=True)
    details = models.JSONField(_("opplysninger"), default=dict)
    """What is known of the programme: guessed by the parser or given in a manifest, until a person confirms it."""
    state = models.CharField(_("tilstand"), max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(_("steg"), max_length=60, blank=True)
    pages_done = models.PositiveIntegerField(_("sider lest"), default=0)
    pages_total = models.PositiveIntegerField(_("sider i alt"), default=0)
    error = models.TextField(_("feil"), blank=True)
    document = models.JSONField(_("parse"), null=True, blank=True)
    """The JSON of the parse once there is one, until the programme is made; kept to compare one with it."""
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="uploads", verbose_name=_("program")
    )

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("opplasting")
        verbose_name_plural = _("opplastinger")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(document=None) | Q(programme__isnull=False),
                name="upload_confirmed_has_programme",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="upload_failure_has_reason"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_unread(self) -> bool:
        """Whether the file waits to be read, or is being read."""
        return self.state in (self.State.WAITING, self.State.WORKING)

    @property
    def is_other_file(self) -> bool:
        """Whether the file is one that a programme, read from another file, is compared with."""
        return self.state == self.State.CONFIRMED and self.document is not None


class Correction(models.Model):
    """One change that a person made to a parse, kept as an edit on a place in the source: a new parse keeps it."""

    class Kind(models.TextChoices):
        TEXT = "text", _("rettet tekst")
        SPLIT = "split", _("delt")
        MERGE = "merge", _("slått sammen med forrige")
        MOVE = "move", _("flyttet til kapittel")
        KIND = "kind", _("endret type")
        NEST = "nest", _("endret hva det hører under")
        LEVEL = "level", _("endret nivå")
        BEGIN = "begin", _("flyttet overskrift")
        FURNITURE = "furniture", _("tatt ut som sidefyll")
        RESCUE = "rescue", _("hentet fram fra sidefyll")
        ADD = "add", _("lagt til fra kilden")
        REPAIR = "repair", _("godtatt eller angret reparasjon")
        THEMES = "themes", _("satt temaer")
        FACTS = "facts", _("endret opplysninger")
        """The programme's own: title, period, branch …; of no place in its text, and no edit of the parse."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(_("hva"), max_length=10, choices=Kind)
    place = models.JSONField(_("sted"))
    """`page`, `line`, `quote` and 32 characters `before` and `after`: how the place is found again in another parse.

    `of` is "heading" where it is a heading's.
    """
    change = models.JSONField(_("endring"))
    """What the kind needs, for example `{"text": "…"}`; see `ingest.parser.edits`."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="corrections")
    made_at = models.DateTimeField(_("når"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="undone_corrections"
    )
    undone_at = models.DateTimeField(_("angret"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revisjon"), default=0)
    """The revision of the programme that the correction made."""
    undone_revision = models.PositiveIntegerField(_("angret i revisjon"), null=True, blank=True)
    fits = models.BooleanField(_("passer"), default=True)
    """Whether the place was found in the present parse; where not, the correction is shown and waits."""
    unfit_reason = models.CharField(_("hvorfor den ikke passer"), max_length=200, blank=True)
    doubt_answer = models.ForeignKey(
        "DoubtAnswer", on_delete=models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    """The answer to a doubt that made it; what is undone with the answer."""

    class Meta:
        ordering = ["pk"]
        verbose_name = _("rettelse")
        verbose_name_plural = _("rettelser")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="correction_undone_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place.get('quote', '')[:60]}"


class DoubtAnswer(models.Model):
    """What a person answered to something in doubt: it holds as long as the words in doubt are the same."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="doubt_answers")
    kind = models.CharField(_("hva"), max_length=40)
    """The kind of doubt, as the questions of `ingest.desk.doubts` name it."""
    place = models.JSONField(_("sted"))
    """`page`, `line`, `quote` (all words that it is about) and a few characters `before` and `after`."""
    answer = models.CharField(_("svar"), max_length=20)
    """`accept`: it is right as it was read; else what was done instead, kept as corrections."""
    given_with = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="given_too")
    """The first of several alike that were answered at once: they are undone together."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="doubt_answers")
    made_at = models.DateTimeField(_("når"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="undone_doubt_answers"
    )
    undone_at = models.DateTimeField(_("angret"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("svar på tvil")
        verbose_name_plural = _("svar på tvil")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="doubt_answer_undone_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.place.get('quote', '')[:60]}"


class Role(models.TextChoices):
    """What a person may do at the desk; a reader needs no login."""

    CONTRIBUTOR = "contributor", _("bidragsyter")
    EDITOR = "editor", _("redaktør")
    ADMINISTRATOR = "administrator", _("administrator")


class Membership(models.Model):
    """The role of a user, and for a contributor the branches whose programmes are their own."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership")
    role = models.CharField(_("rolle"), max_length=13, choices=Role)
    branches = models.ManyToManyField(Branch, blank=True, related_name="contributors", verbose_name=_("egne lag"))
    one_time_until = models.DateTimeField(_("engangspassord gjelder til"), null=True, blank=True)
    """Set while the password is one that an administrator made: it must be changed, and is of no use after this."""

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @cached_property
    def branch_ids(self) -> set[int]:
        """Return the keys of the user's own branches, asked for once: many rows of a list want to know."""
        return set(self.branches.values_list("pk", flat=True))


class LogEntry(models.Model):
    """One line of the audit log: who did what to what, and when. Lines are never changed or removed."""

    at = models.DateTimeField(_("når"), auto_now_add=True, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(_("handling"), max_length=40)
    programme = models.ForeignKey(Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="log")
    subject = models.CharField(_("hva"), max_length=300)
    """In words, so that the line can be read when its object is gone."""
    details = models.JSONField(_("detaljer"), default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("logglinje")
        verbose_name_plural = _("logg")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user}: {self.action} {self.subject}"


class CheckFinding(models.Model):
    """What one of the worker's checks (`ingest.schedule`) found the last time that it was run: a row for each check."""

    name = models.CharField(_("sjekk"), max_length=60, unique=True)
    known_since = models.DateTimeField(_("ventet siden"), auto_now_add=True)
    began_at = models.DateTimeField(_("begynte"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ferdig"), null=True, blank=True)
    is_ok = models.BooleanField(_("i orden"), default=True)
    figure = models.CharField(_("funn"), max_length=300, blank=True)
    """What was looked at and found, in a few words with figures."""
    details = models.JSONField(_("detaljer"), default=list)
    """A line for each thing that is wrong, a hundred at most."""
    last_ok_at = models.DateTimeField(_("sist i orden"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("funn")
        verbose_name_plural = _("funn")

    def __str__(self) -> str:
        return f"{self.name}: {self.figure}"
