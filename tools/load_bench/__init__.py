"""How much the whole site bears: readers as they come, more of them than it can serve, and for a long time."""
