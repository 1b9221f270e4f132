"""What the archive keeps: the registers, programmes, their passages, and what search derives from them."""

from .passages import PUBLIC_ID_LETTERS, GonePledge, Passage, PassageTheme, Pledge, new_public_id
from .programmes import LanguageCode, Programme, ProgrammeTheme, Section
from .registers import Area, Branch, Level, Party, Theme
from .search import SearchEntry, SearchStamp, SearchThemeSet, SearchWord

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
