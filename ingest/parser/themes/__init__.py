"""Themes: what an item is about, decided by a vocabulary that an editor can read (`docs/themes.md`)."""

from ingest.parser.themes.classifier import Classification, classify, classify_programme, with_themes, with_themes_of
