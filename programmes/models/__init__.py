"""What the archive keeps: the registers, programmes, their passages, and what search derives from them."""

from programmes.models.alike import AlikeLeaf, AlikeOwed, AlikePair, AlikeState
from programmes.models.callers import Caller
from programmes.models.following import Alert, PublishedWords
from programmes.models.passages import PLEDGE_KINDS, GonePledge, Passage, PassageQuerySet, PassageTheme, Pledge
from programmes.models.programmes import (
    FormerAddress,
    LanguageCode,
    Programme,
    ProgrammeQuerySet,
    ProgrammeTheme,
    Section,
)
from programmes.models.public_ids import PUBLIC_ID_LETTERS, new_public_id
from programmes.models.registers import Area, Branch, Level, Party, Theme, is_current, is_published
from programmes.models.search import ArchiveState, SearchEntry, SearchStamp, SearchText, SearchThemeSet, SearchWord
from programmes.models.sources import SourceSheet
