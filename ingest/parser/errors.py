"""What can go wrong with a programme file, each named for the user's problem.

`str(error)` is one or two sentences in Norwegian that say what is wrong and what to do.
"""


class IngestError(Exception):
    """Anything that keeps a file from being read or stored."""

    message = "Filen kunne ikke leses."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class EmptyFile(IngestError):
    """The file has no content."""

    message = "Filen er tom. Velg filen på nytt og prøv igjen."


class UnknownFormat(IngestError):
    """No reader knows this kind of file."""

    message = "Filtypen kan ikke leses. Bruk PDF, ren tekst, Markdown, HTML, DOCX, ODT eller RTF."


class FileTooLarge(IngestError):
    """The file is larger than the limit."""

    message = "Filen er for stor."


class BrokenFile(IngestError):
    """The file is damaged or is not what it says it is."""

    message = "Filen er skadet og kan ikke leses. Last den ned på nytt fra kilden, og prøv igjen."


class EncryptedFile(IngestError):
    """The file needs a password."""

    message = "Filen er låst med passord. Lagre en kopi uten passord, og prøv igjen."


class NoText(IngestError):
    """A scan: pages with pictures and no text."""

    message = "PDF-en er skannet og har ingen tekst. Kjør tekstgjenkjenning (OCR) på den først."


class ParseLimitReached(IngestError):
    """Reading took more time or memory than is allowed."""

    message = "Filen tok for lang tid eller for mye minne å lese. Del den i mindre filer."


class ParserFailure(IngestError):
    """The parser itself failed on the file: a fault of ours, to be found in the log."""

    message = "Filen kunne ikke leses på grunn av en feil i programmet. Feilen er logget."
