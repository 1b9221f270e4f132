"""What followers are told: since when each pledge has been public in its present words, and who asked for mail."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models.programmes import Programme

KEY_BYTES = 24
"""Of the secret in the links of an alert's mails: more than anybody can guess."""

LONGEST_FOLLOWED = 1500
"""Characters of a query as it stands in an address, where each æ takes six: PostgreSQL's index takes no more."""


class PublishedWords(models.Model):
    """Since when the public has been able to read a pledge, and to read it in its present words; see `news`.

    It is kept by the public id, and not by the passage: one that is taken out and comes back as it was is nothing new.
    """

    public_id = models.CharField(max_length=8, primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="published_words")
    words = models.UUIDField()
    """A sum of the words, by which a change is known (`news.sum_of`)."""
    first_at = models.DateTimeField()
    since = models.DateTimeField()
    """Later than that of all that was published or changed before it, whatever the clock said."""

    class Meta:
        indexes = [models.Index(fields=["since"]), models.Index(fields=["programme", "since"])]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.since:%Y-%m-%d %H:%M}"


def new_key() -> str:
    """Return a new secret for the links of an alert."""
    return secrets.token_urlsafe(KEY_BYTES)


class Alert(models.Model):
    """That somebody wants mail of what is new in something; without an account, and gone when they leave.

    What people follow may tell what they believe, so the row has no more than the mails need, and no log, metric or
    page has the address.
    """

    class Often(models.TextChoices):
        AT_ONCE = "at_once", _("med én gang")
        DAILY = "daily", _("én gang om dagen")

    key = models.CharField(max_length=40, unique=True, default=new_key)
    """Stands in the links of the mails: who has it may end the alert, and do nothing else."""
    address = models.EmailField(max_length=254)
    """In small letters."""
    followed = models.CharField(max_length=LONGEST_FOLLOWED, blank=True)
    """The query of the search that is followed, as `Followed.query_string` writes it; empty for everything."""
    often = models.CharField(max_length=8, choices=Often, default=Often.DAILY)
    language = models.CharField(max_length=2)
    site = models.CharField(max_length=270)
    """Our own address, as it was when they asked: `https://programarkivet.example`."""
    asked_at = models.DateTimeField()
    """When they asked last; an address that is not confirmed is forgotten some days later."""
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True)
    """All that is public since this moment (`PublishedWords.since`) or earlier has been told."""
    telling_until = models.DateTimeField(null=True)
    """Up to where a mail tells that is being sent: one that was cut off is sent again just as it was."""
    mailed_at = models.DateTimeField(null=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    """Mails in a row that the address has refused for good."""
    wait_until = models.DateTimeField(null=True)
    """After a refusal: nothing is sent before."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "followed"], name="alert_once_per_address"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(told_until__isnull=False),
                name="alert_confirmed_is_told_until",
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"
