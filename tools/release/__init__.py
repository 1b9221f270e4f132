"""What a release is: a version, its migrations and a dump of it that are kept for good, an archive with its sums."""
