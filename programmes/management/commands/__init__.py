"""Commands on the registers and the archive."""
