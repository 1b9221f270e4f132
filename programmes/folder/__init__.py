"""The archive as a folder of files: every page, and a search that works where they are opened from a disk.

`export.py` writes it all; `addresses.py` knows which pages there are, `naming.py` in which file each lies,
`rendering.py` has the site make them, and `relinking.py` leads their links to the files. The search is made beforehand:
`postings.py` holds the index while it is made, `askable.py` says what a reader may type, `leaves.py` writes what each
word finds, `readings.py` what is read as a name or a question, and `search_files.py` puts it into script files, for a
page that is opened from a disk can load nothing else. `static/mappesok.js` asks them.
"""
