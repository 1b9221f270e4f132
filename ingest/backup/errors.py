"""What can be in the way of a backup, as a sentence for the person at the keyboard."""

from __future__ import annotations


class BackupError(Exception):
    """A backup could not be made or put back; the message says why, and what to do, in Norwegian."""
