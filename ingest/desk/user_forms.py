"""The forms of the desk's users: to log in, and for an administrator to say who they are."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ingest.desk.name_field import NameField
from ingest.desk.permissions import membership_of, role_of
from ingest.models import Role


class LoginForm(AuthenticationForm):
    """Name and password; a one-time password works for a while only."""

    error_messages = {
        "invalid_login": _("Brukernavnet eller passordet er feil. Passordet skiller mellom store og små bokstaver."),
        "inactive": _("Denne brukeren er stengt ute."),
        "expired": _("Engangspassordet er gått ut. Be en administrator om et nytt."),
        "no_role": _("Denne brukeren har ingen rolle i redaksjonen. Be en administrator om en."),
    }

    def confirm_login_allowed(self, user: User) -> None:
        """Refuse a user without a role, and a one-time password that has run out."""
        super().confirm_login_allowed(user)
        if role_of(user) is None:
            raise forms.ValidationError(self.error_messages["no_role"], code="no_role")
        membership = membership_of(user)
        if membership and membership.one_time_until and membership.one_time_until < timezone.now():
            raise forms.ValidationError(self.error_messages["expired"], code="expired")


class CodeForm(forms.Form):
    """A code from the app, or a recovery code."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )


class PasswordAgainForm(forms.Form):
    """The password once more, for what nobody else may do who finds a page open. A wrong one counts as at the login."""

    password = forms.CharField(
        label=_("Passordet ditt"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Refuse a password that is not the user's, and any where the login is locked for the user."""
        password = str(self.cleaned_data["password"])
        name = cast(User, self.request.user).get_username()
        if authenticate(self.request, username=name, password=password) is None:
            raise forms.ValidationError(_("Passordet er feil."), code="wrong")
        return password


class SetUpForm(PasswordAgainForm):
    """What the app shows, to set it up, and the password."""

    code = forms.CharField(
        label=_("Koden som appen viser"),
        help_text=_("Seks sifre. De byttes hvert halve minutt."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class UserForm(forms.ModelForm):
    """Who a user is, which role they have, and whether they may come in."""

    role = forms.ChoiceField(label=_("Rolle"), choices=Role.choices, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "is_active"]
        field_classes = {"first_name": NameField, "last_name": NameField}
        labels = {
            "username": _("Brukernavn"),
            "first_name": _("Fornavn"),
            "last_name": _("Etternavn"),
            "email": _("E-post"),
            "is_active": _("Kan logge inn"),
        }
        help_texts = {
            "username": _("Bokstaver, tall og @ . + - _"),
            "is_active": _("Ta bort haken for å stenge brukeren ute. Det brukeren har gjort, blir stående i loggen."),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if self.instance.pk:
            self.fields["role"].initial = role_of(self.instance)

    def clean(self) -> dict[str, Any]:
        """Keep administrators from shutting themselves out, for then perhaps nobody could let them in."""
        cleaned = super().clean() or {}
        if self.instance.pk == self.by.pk:
            if cleaned.get("role") != Role.ADMINISTRATOR:
                self.add_error("role", _("Du kan ikke ta fra deg selv rollen som administrator."))
            if not cleaned.get("is_active"):
                self.add_error("is_active", _("Du kan ikke stenge deg selv ute."))
        elif self.instance.is_superuser and not self.by.is_superuser:
            raise forms.ValidationError(_("Bare den som selv satte opp arkivet, kan endre denne brukeren."))
        elif self.instance.is_superuser and cleaned.get("role") != Role.ADMINISTRATOR:
            self.add_error("role", _("Denne brukeren satte opp arkivet og er alltid administrator."))
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What the form changes, for the log: each field's new value."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
