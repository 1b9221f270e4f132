"""Whether the search of an archive in a folder finds what the live search finds."""
