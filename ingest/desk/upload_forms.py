"""The forms of an upload: what a person says of a programme before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ingest.desk.area_lookup import area_in_name, area_named, branch_named, branches_named, label_of
from ingest.desk.name_field import NameField
from ingest.intake.branch_question import BranchQuestion, branch_question
from ingest.intake.details import DETAIL_FIELDS, LONGEST, YEARS, Details, Fault, Wrong, faults, kind_of_level
from ingest.models import Upload
from programmes.branches import UnknownArea, get_or_create_branch
from programmes.identity import letters
from programmes.models import Area, Branch, LanguageCode, Level, Party, Programme

KEEP_BOTH = "both"
OTHER_FILE_OF = "other-"
OWN_KINDS = ("statement", "consultation")
"""Kinds of document that a text says it is, whatever its branch's level."""
COMPARED = ("title", "party", "branch", "level", "period_start", "period_end", "language", "status")
"""Fields that a manifest gives and a file may say too."""
PERIOD_LENGTH = 4  # years between Norwegian elections
MESSAGES = {
    Fault("period_end", Wrong.BACKWARDS): _("Perioden kan ikke slutte før den begynner."),
    Fault("area", Wrong.NOT_LOCAL): _(
        "Et nasjonalt lag har ikke kommune eller fylke. Tøm feltet, eller velg et annet nivå."
    ),
    Fault("area", Wrong.MISSING): _("Skriv hvilken kommune eller hvilket fylke laget hører til."),
}
"""What is said of the faults that the fields themselves don't find."""


class ConfirmForm(forms.Form):
    """What the archive must know of a programme: guessed from its file, settled by a person."""

    title = NameField(label=_("Tittel"), max_length=LONGEST["title"])
    party = forms.ModelChoiceField(
        Party.objects.order_by("name_nb"), label=capfirst(_("parti")), to_field_name="code", empty_label=_("Velg parti")
    )
    level = forms.ChoiceField(label=capfirst(_("nivå")), choices=Level.choices, widget=forms.RadioSelect)
    branch = NameField(
        label=capfirst(_("lag")),
        max_length=LONGEST["branch"],
        help_text=_("Lagets eget navn. Finnes det ikke fra før, blir du spurt om det skal opprettes."),
        widget=forms.TextInput(attrs={"list": "lag-forslag", "data-lookup": "lag", "autocomplete": "off"}),
    )
    area = forms.CharField(
        label=_("Kommune eller fylke"),
        required=False,
        max_length=120,
        help_text=_(
            "Navn eller nummer. Står tomt for et nasjonalt lag, og kan stå tomt for et lag som finnes fra før."
        ),
        widget=forms.TextInput(attrs={"list": "omrade-forslag", "data-lookup": "omrade", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Type"), choices=[("", _("Velg type")), *Programme.Kind.choices])
    period_start = forms.IntegerField(label=_("Fra år"), min_value=YEARS[0], max_value=YEARS[-1])
    period_end = forms.IntegerField(label=_("Til år"), min_value=YEARS[0], max_value=YEARS[-1])
    language = forms.ChoiceField(label=_("Språk"), choices=LanguageCode.choices)
    status = forms.ChoiceField(label=_("Vedtak"), choices=Programme.Status.choices)
    adopted_on = forms.DateField(
        label=_("Vedtatt dato"),
        required=False,
        help_text=_("For eksempel 2023-03-14. Kan stå tom."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    source_url = forms.URLField(
        label=_("Kildeadresse"), required=False, max_length=LONGEST["source_url"], assume_scheme="https"
    )
    new_branch = forms.CharField(required=False, widget=forms.HiddenInput)
    """The answer to a `BranchQuestion`: that the branch is to be made."""
    same = forms.CharField(required=False, widget=forms.HiddenInput)
    """What to do about what may be the same programme: `both`, the key of the one to replace, or `other-` and that of
    the one which this is another file of."""

    question: BranchQuestion | None = None
    """What is asked about the branch, once that is known."""

    @classmethod
    def begun(cls, upload: Upload, *, prefix: str | None = None) -> ConfirmForm:
        """Return the form as it begins, with what would be asked about the branch that is guessed."""
        form = cls(initial=guess(upload), prefix=prefix)
        known = form.initial
        party = Party.objects.filter(code=known["party"]).first()
        year = known["period_start"]
        if party and known["branch"] and known["level"] in Level.values and isinstance(year, int):
            area = area_named(str(known["area"]), level=known["level"], on_year=year) if known["area"] else None
            if area or known["level"] == Level.NATIONAL:
                form.question = branch_question(
                    party=party,
                    name=known["branch"],
                    level=known["level"],
                    area_code=area.code if area else None,
                    on_year=year,
                )
        return form

    def clean(self) -> dict[str, Any]:
        """Settle the branch: one that exists, or what is needed to make it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.place: Area | None = None
        names_branch = {"party", "level", "branch", "period_start"} <= data.keys()
        if names_branch:
            self._find_place(data)
        said = {name: data.get(name, "") for name in (*DETAIL_FIELDS, "branch", "level")}
        area = data.get("area") or (self.place.code if self.place else None)
        for fault in faults(**said, party=str(data.get("party", "")), area=area):
            if not self.has_error(fault.field) and (names_branch or fault.field != "area"):
                self.add_error(fault.field, MESSAGES[fault])
        if not self.errors:
            self._ask_about_branch(data)
        return data

    def _ask_about_branch(self, data: dict[str, Any]) -> None:
        """Ask where the archive's branch of the place has another name than the one typed, or where there is none."""
        try:
            question = branch_question(
                party=data["party"],
                name=data["branch"],
                level=data["level"],
                area_code=self.place.code if self.place else None,
                on_year=data["period_start"],
            )
        except UnknownArea as error:
            self.add_error("area", str(error))
            return
        if question is not None and (not question.answer or data["new_branch"] != question.answer):
            self.question = question
            self.add_error("branch", str(question))

    def _find_place(self, data: dict[str, Any]) -> None:
        """Find the area that is named, or else that of a branch that is there already."""
        if data["level"] == Level.NATIONAL:
            return
        named = branches_named(data["branch"], party=data["party"])
        branch = named[0] if len(named) == 1 else None
        if data.get("area"):
            self.place = area_named(data["area"], level=data["level"], on_year=data["period_start"])
            if self.place is None:
                self.add_error(
                    "area",
                    _("Registeret har ingen slik på dette nivået. Skriv navnet eller nummeret, for eksempel «0301»."),
                )
        elif branch is not None and branch.level == data["level"]:
            self.place = branch.area
        elif len(named) > 1:
            places = ", ".join(label_of(each.area) if each.area else str(each) for each in named)
            self.add_error(
                "area", _("Partiet har flere lag med dette navnet (%(places)s). Hvilket er det?") % {"places": places}
            )

    def get_branch(self) -> Branch:
        """Return the branch, made where it is new; to be called in the transaction that makes the programme."""
        data = self.cleaned_data
        return get_or_create_branch(
            party=data["party"],
            name=data["branch"].strip(),
            level=data["level"],
            area_code=self.place.code if self.place else None,
            on_year=data["period_start"],
        )

    @property
    def details(self) -> Details:
        """What the form says of the programme itself."""
        return Details(**{name: self.cleaned_data[name] for name in DETAIL_FIELDS})

    def decision(self, same: Sequence[Programme]) -> Decision | None:
        """Return what is decided about programmes that may be the same, None where that must be asked."""
        answer = self.cleaned_data["same"]
        for programme in same:
            if answer == str(programme.pk):
                return Decision(replaces=programme)
            if answer == f"{OTHER_FILE_OF}{programme.pk}":
                return Decision(other_file_of=programme)
        return Decision() if not same or answer == KEEP_BOTH else None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an upload: a programme of its own, maybe a new edition of another, or another file of one."""

    replaces: Programme | None = None
    other_file_of: Programme | None = None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field that a manifest gives otherwise than the file itself."""

    label: str
    given: str
    read: str


def meta_of(upload: Upload) -> dict[str, Any]:
    """Return what a file says of itself; lists of uploads bring it along as `meta`, without the rest of the parse."""
    meta = getattr(upload, "meta", None)
    return meta if isinstance(meta, dict) else (upload.document or {}).get("meta", {})


def mismatches(upload: Upload) -> list[Mismatch]:
    """Return where what was given with a file differs from what the file says of itself."""
    meta = meta_of(upload)
    read = {name: meta.get(name) for name in (*COMPARED, "kind")}
    if meta.get("doc_type") in OWN_KINDS:
        read["kind"] = meta["doc_type"]
    found = []
    for name, told in read.items():
        given = upload.details.get(name)
        if given and told and letters(str(given)) != letters(str(told)):
            field = ConfirmForm.base_fields[name]
            names = dict(getattr(field, "choices", ())) if isinstance(field, forms.ChoiceField) else {}
            words = [str(names.get(value, value)) for value in (given, told)]
            found.append(Mismatch(str(field.label), *words))
    return found


def guess(upload: Upload) -> dict[str, Any]:
    """Return what the form begins with: what was given with the file, else what the parse found, else the usual."""
    meta = meta_of(upload)
    known = {name: value for name, value in meta.items() if value} | upload.details
    year = known.get("period_start") or timezone.localdate().year
    usual = {"language": LanguageCode.BOKMAL, "status": Programme.Status.UNKNOWN}
    initial: dict[str, Any] = dict.fromkeys(ConfirmForm.base_fields, "") | usual | known
    if initial["period_start"] and not initial["period_end"]:
        initial["period_end"] = initial["period_start"] + PERIOD_LENGTH
    party = Party.objects.filter(code=initial["party"]).first()
    if party and initial["level"] == Level.NATIONAL and not initial["branch"]:
        national = Branch.objects.filter(party=party, level=Level.NATIONAL).first()
        initial["branch"] = national.name if national else ""
    branch = branch_named(initial["branch"], party=party) if party and initial["branch"] else None
    if branch is not None:
        initial["level"] = branch.level
        if branch.area and not initial["area"]:
            initial["area"] = label_of(branch.area)
    elif initial["branch"] and not initial["area"] and initial["level"] != Level.NATIONAL:
        for level in (initial["level"],) if initial["level"] else (Level.MUNICIPALITY, Level.COUNTY):
            if area := area_in_name(initial["branch"], level=level, on_year=year):
                initial |= {"level": level, "area": label_of(area)}
                break
    doc_type = known.get("doc_type")
    by_type = doc_type if doc_type in OWN_KINDS else kind_of_level(initial["level"])
    return initial | {"kind": known.get("kind") or by_type}
