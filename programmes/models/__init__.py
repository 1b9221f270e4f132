"""What the archive keeps: the registers, programmes, their passages, and what search derives from them."""

from programmes.models.passages import PUBLIC_ID_LETTERS, GonePledge, Passage, PassageTheme, Pledge, new_public_id
from programmes.models.programmes import LanguageCode, Programme, ProgrammeTheme, Section
from programmes.models.registers import Area, Branch, Level, Party, Theme
from programmes.models.search import SearchEntry, SearchStamp, SearchThemeSet, SearchWord

__all__ = [
    "PUBLIC_ID_LETTERS",
    "Area",
    "Branch",
    "GonePledge",
    "LanguageCode",
    "Level",
    "Party",
    "Passage",
    "PassageTheme",
    "Pledge",
    "Programme",
    "ProgrammeTheme",
    "SearchEntry",
    "SearchStamp",
    "SearchThemeSet",
    "SearchWord",
    "Section",
    "Theme",
    "new_public_id",
]
