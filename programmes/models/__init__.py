"""What the archive keeps: the registers, programmes, their passages, and what search derives from them."""

from programmes.models.passages import (
    PLEDGE_KINDS,
    PUBLIC_ID_LETTERS,
    GonePledge,
    Passage,
    PassageQuerySet,
    PassageTheme,
    Pledge,
    new_public_id,
)
from programmes.models.programmes import LanguageCode, Programme, ProgrammeQuerySet, ProgrammeTheme, Section
from programmes.models.registers import Area, Branch, Level, Party, Theme
from programmes.models.search import SearchEntry, SearchStamp, SearchThemeSet, SearchWord
