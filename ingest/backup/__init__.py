"""Backups of the whole archive: how one is made, what makes it whole, and how it is put back."""
