"""The one place that knows Norwegian: search, OCR repair, themes and the desk ask it, and it knows none of them.

- lexicon: is this a word, a noun, how usual is it, what is its lemma
- characters: the signs of a text in one writing; tokens: which words does it have
- keyboard, spelling: how are words typed without æ, ø and å, and how do they sound; apart: written apart or together
- inflection, compounds, ellipsis: endings taken off, compounds taken apart, half-written words completed
- nynorsk: what is this in bokmål, and the other way; analysis, families: which words are one to readers
- derivation, directions: the noun of a verb, verbs of several words, verbs that take a thing the same way
- synonyms, groups: which words mean the same, and which are near; language: which language is a text in
- sentences: where those of a text begin; slugs, sorting: a name as an address, and its place in the alphabet

`tables.toml`, `directions.toml`, `synonyms.toml`, `same_things.tsv`, `los_words.tsv`,
`near_words.tsv`, `nynorsk.tsv` and `combining.tsv` are the rules as data.
"""
