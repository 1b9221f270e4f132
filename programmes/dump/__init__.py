"""Everything that is published as files that outlive the site, and an archive filled from them again.

`making` writes a dump into a folder, `formats` its tables as CSV, JSON Lines, SQLite and Parquet, `describing` what
says what they hold; `bag` packs it with the originals; `kept` keeps the latest in the storage for readers to fetch;
`loading` fills an empty archive.
"""
