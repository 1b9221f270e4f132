"""Make the programme of an upload as a form says, or keep it as another file of one: for one upload, and for many."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ingest.desk import log
from ingest.desk.permissions import Action, may
from ingest.desk.upload_forms import ConfirmForm
from ingest.intake import uploads
from ingest.models import Upload
from ingest.parser.errors import IngestError
from programmes.branches import UnknownArea
from programmes.models import Programme


@dataclass(slots=True)
class Confirmed:
    """What came of confirming an upload: a programme, or what is in the way."""

    programme: Programme | None = None
    is_other_file: bool = False
    """Whether the programme was there already, and the upload is kept to be compared with it."""
    same: list[Programme] = field(default_factory=list)
    """Programmes that may be the same: the person must say."""
    fault: str = ""
    is_forbidden: bool = False

    @property
    def message(self) -> str:
        """What the person is told of what was done."""
        if self.is_other_file:
            return _("Filen er tatt vare på som en annen fil av programmet. Her er forskjellene.")
        return _("Programmet er lagt inn som kladd.")


def confirm(user: User, upload: Upload, form: ConfirmForm) -> Confirmed:
    """Confirm an upload in one transaction, with its line in the log; errors of fields stand in the form."""
    if not may(user, Action.CONFIRM, upload):
        return Confirmed(fault=_("Du har ikke rett til å legge inn dette programmet."), is_forbidden=True)
    if not form.is_valid():
        return Confirmed()
    try:
        with transaction.atomic():
            done = _confirm(user, upload, form)
            if done.programme is None:
                transaction.set_rollback(True)  # a branch is made for a programme, not for a form
            return done
    except UnknownArea as error:
        form.add_error("area", str(error))
    except IngestError as error:
        return Confirmed(fault=str(error))
    return Confirmed()


def _confirm(user: User, upload: Upload, form: ConfirmForm) -> Confirmed:
    branch, details = form.get_branch(), form.details
    if not may(user, Action.CONFIRM, branch):
        form.add_error("branch", _("Du kan bare legge inn programmer for dine egne lag."))
        return Confirmed()
    same = uploads.same_programme(branch=branch, details=details, document=upload.document or {})
    same = [programme for programme in same if may(user, Action.SEE, programme)]
    decision = form.decision(same)
    if decision is None:
        return Confirmed(same=same)
    if decision.other_file_of is not None:
        programme = decision.other_file_of
        uploads.keep_as_other_file(upload, programme=programme)
        log.record(
            user=user,
            action="upload.other_file",
            programme=programme,
            subject=str(programme),
            details={"file": upload.filename, "upload": upload.pk},
        )
        return Confirmed(programme, is_other_file=True)
    programme = uploads.confirm(upload, branch=branch, details=details, replaces=decision.replaces)
    log.record(user=user, action="upload.confirmed", programme=programme, subject=str(programme))
    return Confirmed(programme)
