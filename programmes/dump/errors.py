"""What can go wrong with a dump, told to administrators in Norwegian."""


class DumpError(Exception):
    """A dump that could not be made or loaded, with a sentence for whoever asked for it."""
