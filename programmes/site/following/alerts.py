"""Alerts by mail: asked for, confirmed by who has the address, ended by who gets the mails. Nobody has an account."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from programmes.models import Alert
from programmes.news import newest_moment
from programmes.site.following.followed import Followed

LINK_HOLDS = timedelta(days=3)
"""How long an alert can be confirmed; after that the address is forgotten."""
MOST_OF_ADDRESS = 100
"""Alerts that one address may have."""
_CONFIRMING = "programarkivet.alert.confirm"


def ask(*, address: str, followed: Followed, often: str, language: str, site: str) -> int:
    """Note that an address is to have an alert, if it confirms that; return the key of its row.

    `site` is our own address, without a path. The work is the same whether the address is known. An alert that it has
    already stays as it is until then.
    """
    alert = Alert(
        address=address.lower(),
        followed=followed.query_string,
        often=often,
        language=language,
        site=site,
        asked_at=timezone.now(),
    )
    (stored,) = Alert.objects.bulk_create(
        [alert], update_conflicts=True, unique_fields=["address", "followed"], update_fields=["asked_at"]
    )
    return int(stored.pk)


def confirming_token(alert: Alert, *, often: str) -> str:
    """Return what the link to confirm an alert has in it: signed, and good for `LINK_HOLDS`."""
    return signing.dumps({"key": alert.key, "often": often}, salt=_CONFIRMING)


def read_token(token: str) -> tuple[Alert, str] | None:
    """Return the alert that a link is to confirm and how often it is to be sent; None for a link that is no good.

    One that was changed, has run out, or is of an alert that is gone.
    """
    try:
        said = signing.loads(token, salt=_CONFIRMING, max_age=LINK_HOLDS)
    except signing.BadSignature:
        return None
    alert = with_key(said["key"])
    return (alert, said["often"]) if alert else None


def with_key(key: str) -> Alert | None:
    """Return the alert whose mails have a key in their links; None where it has been ended."""
    return Alert.objects.filter(key=key).first()


@transaction.atomic
def confirm(alert: Alert, *, often: str) -> bool:
    """Begin to send an alert, or send one that goes already as often as is said now.

    What is new is counted from now on. False where the address has too many alerts.
    """
    present = Alert.objects.select_for_update().get(pk=alert.pk)
    if present.confirmed_at is None:
        others = Alert.objects.filter(address=present.address, confirmed_at__isnull=False)
        if others.count() >= MOST_OF_ADDRESS:
            return False
        present.confirmed_at = timezone.now()
        present.told_until = newest_moment() or timezone.now()
    present.often = often
    present.save(update_fields=["confirmed_at", "told_until", "often"])
    return True


def leave(alert: Alert) -> None:
    """End an alert; nothing of it is kept."""
    Alert.objects.filter(pk=alert.pk).delete()


def leave_all(alert: Alert) -> None:
    """End every alert of the address that an alert goes to; nothing of them is kept."""
    Alert.objects.filter(address=alert.address).delete()


def forget_address(address: str) -> int:
    """End every alert of an address, for somebody who asks us to; return how many there were."""
    return Alert.objects.filter(address=address.strip().lower()).delete()[0]


def forget_unconfirmed() -> int:
    """Forget the addresses that were not confirmed in time; return how many alerts there were."""
    return Alert.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - LINK_HOLDS).delete()[0]
