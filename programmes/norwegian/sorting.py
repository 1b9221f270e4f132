"""Norwegian alphabetical order, which the embedded PostgreSQL has no collation for."""

_ORDER = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"})


def norwegian_order(text: str) -> str:
    """Return a key that sorts texts as Norwegian dictionaries do: … z, æ, ø, å; capitals as small letters, aa as å."""
    return text.casefold().replace("aa", "å").translate(_ORDER)
